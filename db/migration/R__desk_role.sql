-- What the application may do: read everything, do a desk's work, and nothing that could break a rule. Roles are shared by
-- a whole server, so the name carries the facility's. It cannot log in: logins are made its members.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${desk_role}') THEN
        IF NOT (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
            RAISE WARNING 'role ${desk_role} is missing and % may not create it: desks work as the owner', current_user;
            RETURN;
        END IF;
        CREATE ROLE ${desk_role} NOLOGIN;
    END IF;
    GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ${desk_role};
    GRANT SELECT ON ALL TABLES IN SCHEMA ${flyway:defaultSchema} TO ${desk_role};
    GRANT INSERT (code, name, specialization), UPDATE (active) ON doctor TO ${desk_role};
    GRANT INSERT (doctor_code, starts_at, ends_at, capacity), UPDATE (status, delay_minutes) ON slot TO ${desk_role};
    GRANT INSERT (phone, member, name, salt), UPDATE (phone, name, salt) ON patient TO ${desk_role};
    GRANT INSERT (slot_id, patient_id, priority, source, reallocated_from), UPDATE (status) ON token TO ${desk_role};
    GRANT INSERT (id, digest, outcome) ON request TO ${desk_role};
    GRANT INSERT (actor, kind, request_id, doctor_code, slot_id, token_id, patient_id, rule, facts)
        ON audit_entry TO ${desk_role};
END $$;
