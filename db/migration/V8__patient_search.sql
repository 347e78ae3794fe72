-- Finding patients by part of a name or by the last digits of a number, quick among a million.
-- `db migrate` makes the extension, unless an administrator had put it in another schema before.
DO $$
BEGIN
    EXECUTE format(
        'CREATE INDEX patient_by_part_of_name ON patient USING gin (lower(name) %I.gin_trgm_ops)',
        (SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_trgm'));
END $$;
CREATE INDEX patient_by_last_digits ON patient (reverse(phone) text_pattern_ops);
