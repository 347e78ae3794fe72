-- An auditor reads the log and what it tells of, and no patient: of those only the salted digests that the log holds
-- as well. Not the key of the facility either, without which no phone number can be tried out in a request's digest.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT (only_row, default_region, zone, clock, phone_key_digest, version) ON facility TO ${role};
GRANT SELECT ON flyway_schema_history, doctor, slot, slot_count, token, serving, request, audit_entry,
    patient_identity
    TO ${role};
GRANT EXECUTE ON FUNCTION patient_identities() TO ${role};
