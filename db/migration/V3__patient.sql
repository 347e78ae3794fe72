CREATE DOMAIN phone_number AS text CONSTRAINT patient_phone_is_e164 CHECK (VALUE ~ '^\+[1-9][0-9]{4,14}$');
CREATE DOMAIN member_number AS integer CONSTRAINT patient_member_is_sane CHECK (VALUE BETWEEN 1 AND 99);
CREATE DOMAIN patient_name AS text CONSTRAINT patient_name_is_plain_text CHECK (is_plain_text(VALUE, 200));
CREATE DOMAIN patient_salt AS bytea CONSTRAINT patient_salt_is_128_bits CHECK (octet_length(VALUE) = 16);

CREATE TABLE patient (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- null while nobody knows it, and once the patient was erased
    phone   phone_number,
    -- tells apart the people who share a phone
    member  member_number NOT NULL DEFAULT 1,
    -- null once the patient was erased
    name    patient_name,
    -- Goes into the hash that the audit log holds in place of name and number: once this row is erased, nobody
    -- can find them by trying.
    salt    patient_salt,
    -- how many times the row was set, its making included: each needs an audit entry
    version integer NOT NULL DEFAULT 1,
    -- For all who have a number: nulls differ from each other.
    CONSTRAINT patient_phone_and_member_are_unique UNIQUE (phone, member),
    -- Known with a number, known without one, or erased, and then wholly so. A number that was there goes only with
    -- the rest: see patient_changes_legally.
    CONSTRAINT patient_is_known_or_erased CHECK (
        CASE WHEN name IS NULL THEN num_nonnulls(phone, salt) = 0
             ELSE salt IS NOT NULL AND (phone IS NOT NULL OR member = 1) END)
);

-- Finds patients by part of a name or by the last digits of a number, quick among a million. What one writes and another
-- leaves out, apostrophes, full stops and hyphens, is left out here. `db migrate` makes the extension, unless an
-- administrator had put it in another schema before.
DO $$
BEGIN
    EXECUTE format(
        $index$CREATE INDEX patient_by_part_of_name ON patient
            USING gin (translate(lower(name), '''’‘ʼ`´.-‐‑–', '') %I.gin_trgm_ops)$index$,
        (SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_trgm'));
END $$;
CREATE INDEX patient_by_last_digits ON patient (reverse(phone) text_pattern_ops);

-- What the log holds in place of a patient's name and number, made anew from the row as it is. Who may read only
-- this can verify the log, and reads neither: the salt stays inside. The encoding is the log's. Null once the patient
-- was erased.
CREATE VIEW patient_identity AS
    SELECT id, version,
           encode(sha256(convert_to(
               '32:' || encode(salt, 'hex')
                   || coalesce(octet_length(phone) || ':' || phone, '-')
                   || octet_length(member::text) || ':' || member
                   || octet_length(name) || ':' || name, 'UTF8')), 'hex') AS identity
      FROM patient;
