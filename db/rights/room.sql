-- A consulting room reads the queue without phone numbers, calls patients in and ends their turns. It gives no place
-- and takes none: which changes it may tell of, the triggers of R__guards.sql hold that are named *_is_within_ones_work.
-- The last two rights let it lock a slot and a doctor; the columns are those that no change passes.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT (only_row, default_region, zone, clock, phone_key_digest, version) ON facility TO ${role};
GRANT SELECT (id, member, name, version) ON patient TO ${role};
GRANT SELECT ON flyway_schema_history, doctor, slot, slot_count, token, serving, request, audit_entry TO ${role};
GRANT UPDATE (status) ON token TO ${role};
GRANT INSERT (id, digest, kind, outcome) ON request TO ${role};
GRANT INSERT (actor, kind, request_id, doctor_code, slot_id, token_id, patient_id, rule, facts)
    ON audit_entry TO ${role};
GRANT UPDATE (id) ON slot TO ${role};
GRANT UPDATE (code) ON doctor TO ${role};
