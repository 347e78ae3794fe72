-- One facility is one schema. No statement here or in the application names a schema: the
-- connection's search_path chooses it. Functions that run with their owner's rights are the one
-- exception: they pin it, so that no caller can slip a table of his own under their names.

-- Fixed when the facility is made.
CREATE TABLE facility (
    only_row       boolean PRIMARY KEY DEFAULT true CONSTRAINT facility_is_one_row CHECK (only_row),
    -- ISO 3166 code that phone numbers without a country code belong to
    default_region text NOT NULL CONSTRAINT facility_region_is_iso_code CHECK (default_region ~ '^[A-Z]{2}$'),
    -- IANA zone for people's eyes; storage is UTC
    zone           text NOT NULL,
    -- whose clock dates the decisions: the database's, or a simulation's logical one
    clock          text NOT NULL CONSTRAINT facility_clock_is_known CHECK (clock IN ('DATABASE', 'SIMULATION'))
);

-- Refuses whatever its trigger is made for. First argument: the name of what is protected, which the
-- application turns into an error; second: the sentence for a person at an SQL prompt.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], MESSAGE = TG_ARGV[1];
END $$;

CREATE TRIGGER facility_is_fixed BEFORE UPDATE OR DELETE ON facility
    FOR EACH ROW EXECUTE FUNCTION refuse('facility_is_fixed', 'the settings of a facility are fixed when it is made');
CREATE TRIGGER facility_is_kept BEFORE TRUNCATE ON facility
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('facility_is_fixed', 'the settings of a facility are fixed when it is made');

-- The time of a decision: when its transaction began, by the database's clock, because the desks'
-- clocks differ. Only a facility made for simulation takes the time from the program.
CREATE FUNCTION decision_time() RETURNS timestamptz LANGUAGE sql STABLE
    SET search_path = ${flyway:defaultSchema}, pg_temp
RETURN (
    SELECT CASE clock WHEN 'DATABASE' THEN now() ELSE current_setting('opd.logical_time')::timestamptz END
      FROM facility
);

-- Text that a person wrote and that is shown to others: one line, in composed form (NFC), without
-- what erases, reorders or hides characters on a screen: controls, zero-width and bidirectional
-- marks, line separators, tags. ZWNJ and ZWJ (U+200C, U+200D) stay: Indic names need them. And one
-- character at least that is drawn as something.
CREATE FUNCTION is_plain_text(value text, most integer) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN char_length(value) BETWEEN 1 AND most
   AND value = btrim(value)
   AND value IS NFC NORMALIZED
   AND value !~ '[\u0001-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD\U000E0000-\U000E007F]'
   AND value ~ '[^ \u00A0\u00AD\u034F\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200D\u202F\u205F\u2800\u3000\u3164\uFE00-\uFE0F\uFFA0\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0100-\U000E01EF]';
