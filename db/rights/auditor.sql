-- An auditor reads the log and what it tells of, and no patient: of those only the salted digests that the
-- log holds as well. Not the requests' digests either, which have no salt: phone numbers could be tried.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT ON facility, flyway_schema_history, doctor, slot, slot_count, token, audit_entry, patient_identity
    TO ${role};
GRANT SELECT (id, outcome) ON request TO ${role};
