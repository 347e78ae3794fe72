-- What a facility's schema is made of: a line for each property of each of its objects, as PostgreSQL 15 to 18 tell it
-- alike. `check` compares them with expected.txt, which scripts/generate-jooq writes from what the migrations give.
-- Nobody needs a right to read the catalogue. The search_path is pg_catalog alone: nothing in the schema can change what
-- is asked here, and its names stand with it. Owners that are as they should be have no line: there is one for each that
-- is not.
WITH home AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = {0}
), relation AS (
    SELECT c.*, CASE c.relkind WHEN 'r' THEN 'table ' WHEN 'p' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'S' THEN 'sequence '
                               WHEN 'm' THEN 'materialized view ' WHEN 'f' THEN 'foreign table '
                               WHEN 'c' THEN 'type ' ELSE 'relation ' END || c.relname AS object
      FROM pg_class c WHERE c.relnamespace = (SELECT oid FROM home) AND c.relkind NOT IN ('i', 'I', 't')
), routine AS (
    SELECT p.*, 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS object
      FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM home)
), line (object, property, value) AS (

    SELECT object, 'kind', concat_ws(', ', relkind::text,
               CASE relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END,
               CASE WHEN relrowsecurity THEN 'row security' END,
               CASE WHEN relforcerowsecurity THEN 'forced row security' END,
               CASE WHEN relkind = 'v' THEN array_to_string(reloptions, ', ') END,
               (SELECT 'with rows of ' || string_agg(inhrelid::regclass::text, ', ' ORDER BY inhrelid)
                  FROM pg_inherits WHERE inhparent = relation.oid))
      FROM relation
    UNION ALL
    -- Before version 16 a view names its only table with each column.
    SELECT object, 'query', regexp_replace(pg_get_viewdef(oid), '\mpatient\.', '', 'g') FROM relation WHERE relkind = 'v'
    UNION ALL
    SELECT object, 'numbers', format('%s from %s by %s within %s and %s, %s at once%s', seqtypid::regtype, seqstart,
               seqincrement, seqmin, seqmax, seqcache, CASE WHEN seqcycle THEN ', again and again' END)
      FROM relation JOIN pg_sequence ON seqrelid = oid
    UNION ALL
    SELECT 'column ' || relname || '.' || attname, 'definition', concat_ws(' ', format_type(atttypid, atttypmod),
               CASE WHEN attcollation NOT IN (0, 100) THEN 'collate ' || attcollation::regcollation::text END,
               CASE WHEN attnotnull THEN 'not null' END,
               CASE attidentity WHEN 'a' THEN 'identity' WHEN 'd' THEN 'identity by default' END,
               CASE WHEN attgenerated <> '' THEN 'generated (' || attgenerated::text || ')' END,
               'default ' || pg_get_expr(adbin, adrelid))
      FROM relation JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE relkind IN ('r', 'p')
    UNION ALL
    -- Version 18 has a row for each NOT NULL, which stands with the column.
    SELECT 'constraint ' || relname || '.' || conname, 'definition', concat_ws(' ', pg_get_constraintdef(c.oid),
               CASE WHEN NOT convalidated AND pg_get_constraintdef(c.oid) !~ 'NOT (VALID|ENFORCED)' THEN 'NOT VALID' END)
      FROM relation JOIN pg_constraint c ON conrelid = relation.oid AND contype NOT IN ('n', 't')
    UNION ALL
    -- A foreign key is looked at by triggers of the server's own.
    SELECT 'constraint ' || own.relname || '.' || conname, 'looked at',
           string_agg(DISTINCT CASE tgenabled WHEN 'O' THEN 'always' WHEN 'D' THEN 'disabled' ELSE tgenabled::text END, ', ')
      FROM relation JOIN pg_trigger ON tgrelid = relation.oid AND tgisinternal
      JOIN pg_constraint c ON c.oid = tgconstraint
      JOIN pg_class own ON own.oid = c.conrelid
     GROUP BY own.relname, conname
    UNION ALL
    SELECT 'index ' || relation.relname || '.' || i.relname, 'definition', concat_ws(', ',
               -- Of an extension that an administrator may have put elsewhere.
               regexp_replace(pg_get_indexdef(indexrelid), '\w+\.gin_trgm_ops', 'gin_trgm_ops'),
               CASE WHEN NOT indisvalid OR NOT indisready OR NOT indislive THEN 'not usable' END,
               CASE WHEN NOT indimmediate THEN 'deferred' END)
      FROM relation JOIN pg_index ON indrelid = relation.oid JOIN pg_class i ON i.oid = indexrelid
    UNION ALL
    SELECT 'trigger ' || relname || '.' || tgname, property.name, property.value
      FROM relation JOIN pg_trigger t ON tgrelid = relation.oid AND NOT tgisinternal
     CROSS JOIN LATERAL (VALUES
           ('definition', pg_get_triggerdef(t.oid)),
           ('fires', CASE tgenabled WHEN 'O' THEN 'always' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'in replicas only'
                                    ELSE 'always, in replicas too' END)) AS property (name, value)
    UNION ALL
    SELECT 'rule ' || relname || '.' || rulename, 'definition', pg_get_ruledef(r.oid) || ' (' || ev_enabled::text || ')'
      FROM relation JOIN pg_rewrite r ON ev_class = relation.oid WHERE rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy ' || relname || '.' || polname, 'definition', concat_ws(' ', polcmd::text,
               'using ' || pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid))
      FROM relation JOIN pg_policy ON polrelid = relation.oid
    UNION ALL
    SELECT object, property.name, property.value
      FROM routine JOIN pg_language l ON l.oid = prolang
     CROSS JOIN LATERAL (VALUES
           ('definition', concat_ws(' ', prokind::text, 'returns', pg_get_function_result(routine.oid), 'language', lanname,
               CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
               CASE WHEN prosecdef THEN 'security definer' END,
               CASE WHEN proisstrict THEN 'strict' END,
               CASE WHEN proleakproof THEN 'leakproof' END,
               CASE WHEN proparallel <> 'u' THEN 'parallel ' || proparallel::text END,
               'set ' || array_to_string(proconfig, ', '))),
           -- A body that the server keeps parsed names the schema.
           ('body', encode(sha256(convert_to(replace(coalesce(pg_get_function_sqlbody(routine.oid), prosrc),
               (SELECT nspname FROM home) || '.', ''), 'UTF8')), 'hex'))
           ) AS property (name, value)
    UNION ALL
    SELECT 'type ' || typname, 'definition', concat_ws(' ', typtype::text,
               CASE WHEN typbasetype <> 0 THEN format_type(typbasetype, typtypmod) END,
               CASE WHEN typnotnull THEN 'not null' END, 'default ' || typdefault)
      FROM pg_type WHERE typnamespace = (SELECT oid FROM home) AND typrelid = 0 AND typcategory <> 'A'
    UNION ALL
    SELECT 'constraint ' || typname || '.' || conname, 'definition', concat_ws(' ', pg_get_constraintdef(c.oid),
               CASE WHEN NOT convalidated AND pg_get_constraintdef(c.oid) !~ 'NOT (VALID|ENFORCED)' THEN 'NOT VALID' END)
      FROM pg_type t JOIN pg_constraint c ON contypid = t.oid AND contype <> 'n'
     WHERE typnamespace = (SELECT oid FROM home)
    UNION ALL
    SELECT 'operator ' || oprname, 'definition', oid::regoperator::text || ' by ' || oprcode::text
      FROM pg_operator WHERE oprnamespace = (SELECT oid FROM home)

    -- Owners that are another's.
    UNION ALL
    SELECT 'schema', 'owner', pg_get_userbyid(nspowner)
      FROM home WHERE nspowner <> (SELECT oid FROM pg_roles WHERE rolname = nspname || '_owner')
    UNION ALL
    SELECT object, 'owner', pg_get_userbyid(relowner) FROM relation WHERE relowner <> (SELECT nspowner FROM home)
    UNION ALL
    SELECT object, 'owner', pg_get_userbyid(proowner) FROM routine WHERE proowner <> (SELECT nspowner FROM home)
    UNION ALL
    SELECT 'type ' || typname, 'owner', pg_get_userbyid(typowner)
      FROM pg_type
     WHERE typnamespace = (SELECT oid FROM home) AND typtype = 'd' AND typowner <> (SELECT nspowner FROM home)

    -- Rights of all but the owner.
    UNION ALL
    SELECT object, 'rights of ' || CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee)::text END,
           string_agg(privilege_type || CASE WHEN is_grantable THEN ' to give on' ELSE '' END, ', '
                      ORDER BY privilege_type COLLATE "C")
      FROM (SELECT 'schema' AS object, nspowner AS owner, coalesce(nspacl, acldefault('n', nspowner)) AS acl FROM home
            UNION ALL
            SELECT object, relowner,
                   coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
              FROM relation WHERE relkind <> 'c'
            UNION ALL
            SELECT 'column ' || relname || '.' || attname, relowner, attacl
              FROM relation JOIN pg_attribute ON attrelid = relation.oid AND NOT attisdropped AND attacl IS NOT NULL
            UNION ALL
            SELECT object, proowner, coalesce(proacl, acldefault('f', proowner)) FROM routine) AS thing
     CROSS JOIN LATERAL aclexplode(acl)
     WHERE grantee <> owner
     GROUP BY object, grantee
    UNION ALL
    SELECT 'schema', 'rights of new ' || defaclobjtype::text || ' of ' || pg_get_userbyid(defaclrole), defaclacl::text
      FROM pg_default_acl WHERE defaclnamespace = (SELECT oid FROM home)

    -- What the facility's roles may beyond the rights above, and who does without its triggers.
    UNION ALL
    SELECT 'role ' || rolname, property.name, property.value
      FROM pg_roles
     CROSS JOIN LATERAL (VALUES
           ('attributes', nullif(concat_ws(', ', CASE WHEN rolsuper THEN 'superuser' END,
               CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolcreatedb THEN 'createdb' END,
               CASE WHEN rolreplication THEN 'replication' END, CASE WHEN rolbypassrls THEN 'bypassrls' END), '')),
           ('member of', (SELECT string_agg(DISTINCT pg_get_userbyid(roleid)::text, ', ')
                            FROM pg_auth_members WHERE member = pg_roles.oid))) AS property (name, value)
     WHERE rolname IN (SELECT nspname || role FROM home CROSS JOIN unnest(ARRAY['_owner', '_desk', '_room', '_auditor']) AS role)
       AND property.value IS NOT NULL
    UNION ALL
    SELECT coalesce('role ' || rolname, 'database'), 'setting', setting
      FROM pg_db_role_setting CROSS JOIN LATERAL unnest(setconfig) AS setting
      LEFT JOIN pg_roles ON pg_roles.oid = setrole
     WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND setting LIKE 'session\_replication\_role=%' AND setting NOT LIKE '%=origin'
       AND (setrole = 0 OR EXISTS (SELECT FROM pg_roles AS own, home
                                    WHERE own.rolname IN (SELECT nspname || role
                                       FROM unnest(ARRAY['_owner', '_desk', '_room', '_auditor']) AS role)
                                      AND pg_has_role(setrole, own.oid, 'MEMBER')))
    UNION ALL
    SELECT 'parameter ' || parname, 'rights of ' || CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee)::text END,
           privilege_type
      FROM pg_parameter_acl CROSS JOIN LATERAL aclexplode(paracl)
     WHERE parname = 'session_replication_role' AND privilege_type = 'SET'
       AND (grantee = 0 OR grantee IN (SELECT pg_roles.oid FROM pg_roles, home
                                        WHERE rolname IN (SELECT nspname || role
                                           FROM unnest(ARRAY['_owner', '_desk', '_room', '_auditor']) AS role)))
)
SELECT object, property, btrim(regexp_replace(value, '[ \n\t]+', ' ', 'g')) FROM line ORDER BY object COLLATE "C", property COLLATE "C", value COLLATE "C"
