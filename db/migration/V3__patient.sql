CREATE TABLE patient (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    phone  text NOT NULL CONSTRAINT patient_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{4,14}$'),
    -- tells apart the people who share a phone
    member integer NOT NULL DEFAULT 1 CONSTRAINT patient_member_is_sane CHECK (member BETWEEN 1 AND 99),
    name   text NOT NULL CONSTRAINT patient_name_is_plain_text CHECK (is_plain_text(name, 200)),
    -- Goes into the hash that the audit log holds in place of name and number: once this row is
    -- erased, nobody can find them by trying.
    salt   bytea NOT NULL CONSTRAINT patient_salt_is_128_bits CHECK (octet_length(salt) = 16),
    CONSTRAINT patient_phone_and_member_are_unique UNIQUE (phone, member)
);

CREATE TRIGGER patient_is_kept BEFORE DELETE OR TRUNCATE ON patient
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('patient_is_kept', 'patients are never deleted');
