-- A desk reads everything, does a desk's work, and can do nothing that would break a rule.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};
GRANT EXECUTE ON FUNCTION patient_identities() TO ${role};
GRANT INSERT (code, name, specialization), UPDATE (active, name, specialization) ON doctor TO ${role};
GRANT INSERT (doctor_code, starts_at, ends_at, capacity), UPDATE (status, delay_minutes, ends_at, capacity)
    ON slot TO ${role};
GRANT INSERT (phone, member, name, salt), UPDATE (phone, member, name, salt) ON patient TO ${role};
GRANT INSERT (slot_id, patient_id, priority, source, reallocated_from), UPDATE (status) ON token TO ${role};
GRANT INSERT (id, digest, kind, outcome) ON request TO ${role};
GRANT INSERT (actor, kind, request_id, doctor_code, slot_id, token_id, patient_id, rule, facts)
    ON audit_entry TO ${role};
