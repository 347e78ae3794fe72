-- The role that desks work under; what it may do stands in db/rights. Roles are shared by a whole server, so
-- the name carries the facility's. It cannot log in: logins are made its members, or `db roles` lets it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${desk_role}') THEN
        IF NOT (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
            RAISE WARNING 'role ${desk_role} is missing and % may not create it: desks work as the owner', current_user;
            RETURN;
        END IF;
        CREATE ROLE ${desk_role} NOLOGIN;
    END IF;
END $$;
