-- The guards: what no role may do, whatever it types. Each function stands here once, and is made anew whenever
-- this file changes.
--
-- Every function but those whose bodies are bound when they are made (RETURN) pins its search_path, so that
-- tables, functions and operators are those of this schema and of PostgreSQL, whoever calls it and with whatever path of
-- his own. Functions that write or that look where their caller may not run with the owner's rights.
--
-- Where Citus spreads facilities over several servers, all tables of one are on one of them, each under a name of its own
-- (token_102008), and the triggers with them. So that the same guards hold there: functions that read a table are plpgsql
-- and are called by no query that reads one as well; a trigger is told by its argument, and not by TG_TABLE_NAME, what
-- table it guards; and what a trigger calls takes no row of a table's type.

-- The version of this schema: with any change of a file in db/migration it grows by one.
CREATE OR REPLACE FUNCTION schema_version() RETURNS integer LANGUAGE sql IMMUTABLE
RETURN 17;

-- The oldest version whose programs may still work here: what they write passes these guards, and what they read
-- means what it meant to them.
CREATE OR REPLACE FUNCTION oldest_program() RETURNS integer LANGUAGE sql IMMUTABLE
RETURN 15;

-- Refuses whatever its trigger is made for. First argument: the name of what is protected, which the application
-- turns into an error; second: the sentence for a person at an SQL prompt. The detail is for Citus, which passes no
-- names of constraints on; so where else the application asks for one.
CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], MESSAGE = TG_ARGV[1],
        DETAIL = 'guard "' || TG_ARGV[0] || '"';
END $$;

-- The time of a decision: when its transaction began, by the database's clock, because the desks' clocks differ.
-- Only a facility made for simulation takes the time from the program, and has none without it. Null without a facility.
CREATE OR REPLACE FUNCTION decision_time(clock text) RETURNS timestamptz LANGUAGE sql STABLE
RETURN CASE WHEN clock = 'DATABASE' THEN now()
            WHEN clock IS NOT NULL THEN nullif(current_setting('opd.logical_time', true), '')::timestamptz END;

-- Refuses to decide on an old snapshot, which does not see what others have changed meanwhile. The triggers below look
-- under locks, and READ COMMITTED lets them see the rest. Argument: the table.
CREATE OR REPLACE FUNCTION is_decided_on_the_latest_state() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = TG_ARGV[0] || '_is_decided_on_the_latest_state',
            MESSAGE = TG_ARGV[0] || ': changed in READ COMMITTED transactions only';
    END IF;
    RETURN NULL;
END $$;

-- FACILITY

-- What a command finds first: the facility's row, or one of nulls where there is none; the versions; time and date by its
-- clock. The key under which phone numbers enter digests is null for a login that may not read it. Last, whether the
-- login does a desk's work, who gives places, or at least that of a consulting room, which ends turns: told by its rights
-- and not by the roles that it is a member of. A function, so that all of it is had by a query that reads no table.
CREATE OR REPLACE FUNCTION find_facility() RETURNS TABLE (
    only_row boolean, default_region text, zone text, clock text, schema_version integer, oldest_program integer,
    decided_at timestamptz, today date, phone_key bytea, gives_places boolean, ends_turns boolean)
    LANGUAGE plpgsql STABLE ROWS 1
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    SELECT facility.only_row, facility.default_region, facility.zone, facility.clock
      INTO only_row, default_region, zone, clock
      FROM facility;
    schema_version := schema_version();
    oldest_program := oldest_program();
    decided_at := decision_time(clock);
    IF has_column_privilege('facility', 'phone_key', 'SELECT') THEN
        phone_key := (SELECT facility.phone_key FROM facility);
    END IF;
    gives_places := has_column_privilege('token', 'slot_id', 'INSERT');
    ends_turns := has_column_privilege('token', 'status', 'UPDATE');
    -- Null, too, where the row names no zone that there is.
    BEGIN
        today := (decided_at AT TIME ZONE zone)::date;
    EXCEPTION WHEN invalid_parameter_value THEN
        NULL;
    END;
    RETURN NEXT;
END $$;

-- Region and zone are settled before the first slot is opened: the slots' days and the patients' numbers rest on
-- them. Clock and key never change.
CREATE OR REPLACE FUNCTION facility_changes_legally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    -- Waits for those who are opening the first slot, and keeps others from it until COMMIT.
    LOCK TABLE slot IN SHARE MODE;
    IF (NEW.only_row, NEW.clock, NEW.phone_key, NEW.version)
       IS DISTINCT FROM (OLD.only_row, OLD.clock, OLD.phone_key, OLD.version)
       OR EXISTS (SELECT FROM slot) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'facility_is_fixed',
            MESSAGE = 'the settings of a facility are fixed when its first slot is opened',
            DETAIL = 'guard "facility_is_fixed"';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
-- An old snapshot would not show the first slot to it, when that was opened meanwhile.
CREATE OR REPLACE TRIGGER facility_is_decided_on_the_latest_state BEFORE UPDATE ON facility
    FOR EACH STATEMENT EXECUTE FUNCTION is_decided_on_the_latest_state('facility');
CREATE OR REPLACE TRIGGER facility_changes_legally BEFORE UPDATE ON facility
    FOR EACH ROW EXECUTE FUNCTION facility_changes_legally();

CREATE OR REPLACE TRIGGER facility_is_kept BEFORE DELETE OR TRUNCATE ON facility
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('facility_is_kept', 'a facility keeps its settings');

-- DOCTORS AND PATIENTS

CREATE OR REPLACE FUNCTION doctor_changes_legally() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF (NEW.code, NEW.version) IS DISTINCT FROM (OLD.code, OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'doctor_code_is_fixed',
            MESSAGE = 'the code of a doctor never changes';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER doctor_changes_legally BEFORE UPDATE ON doctor
    FOR EACH ROW EXECUTE FUNCTION doctor_changes_legally();

CREATE OR REPLACE TRIGGER doctor_is_kept BEFORE DELETE OR TRUNCATE ON doctor
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('doctor_is_kept', 'doctors are deactivated, never deleted');

-- A row begins with the defaults of the columns that count its changes and tell its state: the desk's role may give no
-- others, but where Citus demands the right to.
CREATE OR REPLACE TRIGGER doctor_begins_as_new BEFORE INSERT ON doctor
    FOR EACH ROW WHEN (NEW.version <> 1 OR NOT NEW.active)
    EXECUTE FUNCTION refuse('doctor_begins_as_new', 'a doctor begins as an active one');
CREATE OR REPLACE TRIGGER patient_begins_as_new BEFORE INSERT ON patient
    FOR EACH ROW WHEN (NEW.version <> 1)
    EXECUTE FUNCTION refuse('patient_begins_as_new', 'the changes of a patient are counted from 1');
CREATE OR REPLACE TRIGGER slot_begins_as_new BEFORE INSERT ON slot
    FOR EACH ROW WHEN (NEW.version <> 1 OR NEW.status <> 'SCHEDULED' OR NEW.delay_minutes <> 0)
    EXECUTE FUNCTION refuse('slot_begins_as_new', 'a slot begins as SCHEDULED');

-- An erased patient stays so: PATIENT_ERASED is the last entry of the chain. Nobody is erased who is still to be seen or
-- is owed a place, and who has a number has one from then on.
CREATE OR REPLACE FUNCTION patient_changes_legally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.version) IS DISTINCT FROM (OLD.id, OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'patient_id_is_fixed',
            MESSAGE = 'the id of a patient never changes';
    END IF;
    IF OLD.name IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'patient_stays_erased',
            MESSAGE = 'patient ' || OLD.id || ' was erased';
    END IF;
    IF NEW.name IS NULL THEN
        -- Here is the lock that a token of this patient waits for, see token_patient_is_not_erased: who never had a
        -- number loses no column that the UPDATE itself would lock the row for like that.
        PERFORM FROM patient WHERE id = OLD.id FOR UPDATE;
        IF EXISTS (SELECT FROM token
                    WHERE patient_id = OLD.id
                      AND (status = 'ACTIVE'
                           OR status = 'DISPLACED' AND NOT EXISTS (
                               SELECT FROM token AS successor WHERE successor.reallocated_from = token.id))) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'patient_holds_no_token',
                MESSAGE = 'patient ' || OLD.id || ' holds a token or is owed a place, and is not erased';
        END IF;
    ELSIF NEW.phone IS NULL AND OLD.phone IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'patient_keeps_a_number',
            MESSAGE = 'the number of patient ' || OLD.id || ' can be changed, and goes only with the name';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER patient_changes_legally BEFORE UPDATE ON patient
    FOR EACH ROW EXECUTE FUNCTION patient_changes_legally();
-- An old snapshot would not show a token that was given meanwhile.
CREATE OR REPLACE TRIGGER patient_is_decided_on_the_latest_state BEFORE UPDATE ON patient
    FOR EACH STATEMENT EXECUTE FUNCTION is_decided_on_the_latest_state('patient');

CREATE OR REPLACE TRIGGER patient_is_kept BEFORE DELETE OR TRUNCATE ON patient
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('patient_is_kept', 'patients are never deleted');

-- SLOTS

-- A new slot gets its label and its day, by the clock on the facility's wall. The second of two equal wall times, when
-- clocks go back, ends in b. Where Citus holds the table, under another name, it gets its number here as well, from the
-- server that holds it: the one that it came with may be of anybody's choice. So do tokens and entries below.
CREATE OR REPLACE FUNCTION slot_is_named() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    zone_of_facility text      := (SELECT zone FROM facility);
    wall_time        timestamp := NEW.starts_at AT TIME ZONE zone_of_facility;
    -- how far the clocks were set back within the last day: less than nothing where they were set ahead
    set_back         interval  := ((NEW.starts_at - interval '24 hours') AT TIME ZONE zone_of_facility)
                                  + interval '24 hours' - wall_time;
BEGIN
    NEW.day := wall_time::date;
    NEW.label := NEW.doctor_code || '-' || to_char(wall_time, 'YYYYMMDD-HH24MI');
    IF set_back > interval '0' AND (NEW.starts_at - set_back) AT TIME ZONE zone_of_facility = wall_time THEN
        NEW.label := NEW.label || 'b';
    END IF;
    IF TG_TABLE_NAME <> 'slot' THEN
        NEW.id := nextval('slot_id_seq');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER slot_is_named BEFORE INSERT ON slot
    FOR EACH ROW EXECUTE FUNCTION slot_is_named();

-- SCHEDULED and DELAYED go back and forth; CANCELLED and COMPLETED are reopened or stay. Capacity and end change
-- while the slot is open. One change at a time: each kind of them has an entry of its own, see
-- change_has_its_audit_entry. Doctor and start are the slot's identity.
CREATE OR REPLACE FUNCTION slot_changes_legally() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.doctor_code, NEW.starts_at, NEW.label, NEW.day, NEW.version)
       IS DISTINCT FROM (OLD.id, OLD.doctor_code, OLD.starts_at, OLD.label, OLD.day, OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_is_fixed_once_open',
            MESSAGE = 'doctor and start of a slot are fixed once it is open';
    END IF;
    IF (NEW.ends_at, NEW.capacity) IS DISTINCT FROM (OLD.ends_at, OLD.capacity)
       AND ((NEW.status, NEW.delay_minutes) IS DISTINCT FROM (OLD.status, OLD.delay_minutes)
            OR OLD.status IN ('CANCELLED', 'COMPLETED')) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_is_fixed_once_open',
            MESSAGE = 'end and capacity of a slot change by themselves, and while it is open';
    END IF;
    -- It opens again as it was: DELAYED if it had minutes, else SCHEDULED, as slot_delay_matches_status says.
    IF OLD.status IN ('CANCELLED', 'COMPLETED')
       AND (NEW.status NOT IN ('SCHEDULED', 'DELAYED') OR NEW.delay_minutes <> OLD.delay_minutes) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_transition_is_legal',
            MESSAGE = 'slot ' || OLD.label || ' is ' || OLD.status || ', and is reopened as it was or stays so';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER slot_changes_legally BEFORE UPDATE ON slot
    FOR EACH ROW EXECUTE FUNCTION slot_changes_legally();

CREATE OR REPLACE TRIGGER slot_is_kept BEFORE DELETE OR TRUNCATE ON slot
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('slot_is_kept', 'slots are cancelled or completed, never deleted');

CREATE OR REPLACE FUNCTION slot_is_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO slot_count (slot_id, capacity, is_open)
            VALUES (NEW.id, NEW.capacity, NEW.status IN ('SCHEDULED', 'DELAYED'));
    ELSE
        UPDATE slot_count SET capacity = NEW.capacity, is_open = NEW.status IN ('SCHEDULED', 'DELAYED')
         WHERE slot_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER slot_is_counted AFTER INSERT OR UPDATE OF status, capacity ON slot
    FOR EACH ROW EXECUTE FUNCTION slot_is_counted();

CREATE OR REPLACE TRIGGER slot_count_is_kept BEFORE DELETE OR TRUNCATE ON slot_count
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('slot_is_kept', 'the counts of a slot stay as long as the slot');

-- The capacity that the counts are held against is the slot's, and follows it.
CREATE OR REPLACE FUNCTION slot_count_is_of_one_slot() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF NEW.slot_id <> OLD.slot_id
       OR NEW.capacity IS DISTINCT FROM (SELECT capacity FROM slot WHERE id = OLD.slot_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_is_fixed_once_open',
            MESSAGE = 'the counts of a slot have the capacity of the slot';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER slot_count_is_of_one_slot BEFORE UPDATE OF slot_id, capacity ON slot_count
    FOR EACH ROW EXECUTE FUNCTION slot_count_is_of_one_slot();

-- What the view patient_identity shows, for where Citus is: there a view is read with the rights of whoever reads it.
CREATE OR REPLACE FUNCTION patient_identities() RETURNS TABLE (id bigint, version integer, identity text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT shown.id, shown.version, shown.identity FROM patient_identity AS shown;
END $$;

-- CHANGES OF THESE AND THE LOG

-- Checked at COMMIT, once for each time that a row was set: the log tells of it. Argument: the table.
CREATE OR REPLACE FUNCTION change_has_its_audit_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    chain_of_row text;
    -- where the change itself says which: that it is told as another is no entry of it
    kind_told    text;
BEGIN
    IF TG_ARGV[0] = 'slot' THEN
        chain_of_row := 'slot/' || NEW.id;
        IF TG_OP = 'UPDATE' THEN
            kind_told := CASE
                WHEN (NEW.ends_at, NEW.capacity) IS DISTINCT FROM (OLD.ends_at, OLD.capacity) THEN 'SLOT_CHANGED'
                WHEN NEW.status IN ('CANCELLED', 'COMPLETED') THEN 'SLOT_' || NEW.status
                WHEN OLD.status IN ('CANCELLED', 'COMPLETED') THEN 'SLOT_REOPENED'
                WHEN (NEW.status, NEW.delay_minutes) IS DISTINCT FROM (OLD.status, OLD.delay_minutes)
                    THEN 'SLOT_DELAYED' END;
        END IF;
    ELSIF TG_ARGV[0] = 'doctor' THEN
        chain_of_row := 'doctor/' || NEW.code;
    ELSIF TG_ARGV[0] = 'patient' THEN
        chain_of_row := 'patient/' || NEW.id;
    ELSIF TG_ARGV[0] = 'facility' THEN
        chain_of_row := 'facility';
    ELSE
        RAISE EXCEPTION USING ERRCODE = 'feature_not_supported',
            MESSAGE = 'no chain tells of the table ' || TG_ARGV[0];
    END IF;
    IF NOT EXISTS (SELECT FROM audit_entry
                    WHERE chain = chain_of_row AND subject_version = NEW.version
                      AND kind = coalesce(kind_told, kind)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = TG_ARGV[0] || '_change_has_its_audit_entry',
            MESSAGE = 'change ' || NEW.version || ' of ' || chain_of_row || ' is not in the audit log';
    END IF;
    RETURN NULL;
END $$;
-- A constraint trigger cannot be replaced, and while one is dropped nobody reads its table. So it is made anew only where
-- it is not as it should be: disabled, of other events, or missing.
DO $$
DECLARE
    guarded text;
    made text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['facility', 'doctor', 'patient', 'slot'] LOOP
        made := format('CREATE CONSTRAINT TRIGGER %1$s_change_has_its_audit_entry AFTER INSERT OR UPDATE ON %1$s'
            ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_its_audit_entry(%1$L)', guarded);
        IF NOT EXISTS (SELECT FROM pg_trigger
                        WHERE tgrelid = guarded::regclass AND tgenabled = 'O' AND pg_get_triggerdef(oid, true) = made) THEN
            EXECUTE format('DROP TRIGGER IF EXISTS %1$s_change_has_its_audit_entry ON %1$s', guarded);
            EXECUTE made;
        END IF;
    END LOOP;
END $$;

-- TOKENS

CREATE OR REPLACE TRIGGER token_is_kept BEFORE DELETE OR TRUNCATE ON token
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('token_is_kept', 'tokens are reclassified, never deleted');

-- With an old snapshot a token that was reallocated meanwhile could be reinstated as well.
CREATE OR REPLACE TRIGGER token_is_decided_on_the_latest_state BEFORE INSERT OR UPDATE ON token
    FOR EACH STATEMENT EXECUTE FUNCTION is_decided_on_the_latest_state('token');

-- Nobody who was erased gets or regains a place, or waits for one again. The lock waits for whoever erases the patient at
-- this moment, and makes such a one wait until this token can be seen.
CREATE OR REPLACE FUNCTION token_patient_is_not_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    PERFORM FROM patient WHERE id = NEW.patient_id AND name IS NOT NULL FOR KEY SHARE;
    -- One who does not exist is the foreign key's to refuse.
    IF NOT FOUND AND EXISTS (SELECT FROM patient WHERE id = NEW.patient_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_patient_is_not_erased',
            MESSAGE = 'patient ' || NEW.patient_id || ' was erased', DETAIL = 'guard "token_patient_is_not_erased"';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER token_patient_is_not_erased BEFORE INSERT OR UPDATE ON token
    FOR EACH ROW WHEN (NEW.status = 'ACTIVE') EXECUTE FUNCTION token_patient_is_not_erased();
CREATE OR REPLACE TRIGGER token_patient_who_waits_is_not_erased BEFORE UPDATE ON token
    FOR EACH ROW WHEN (OLD.status = 'CANCELLED' AND NEW.status = 'DISPLACED')
    EXECUTE FUNCTION token_patient_is_not_erased();

-- A new token takes a place: the trigger counts it and gives it its number in one UPDATE under the slot's row lock,
-- so that nobody can choose a number or pass the capacity.
CREATE OR REPLACE FUNCTION token_takes_a_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF NEW.status <> 'ACTIVE' OR NEW.version <> 1 OR NEW.previous_status IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_transition_is_legal',
            MESSAGE = 'a token begins as ACTIVE';
    END IF;
    IF TG_TABLE_NAME <> 'token' THEN
        NEW.id := nextval('token_id_seq');
    END IF;
    UPDATE slot_count SET active = active + 1, last_sequence = last_sequence + 1
     WHERE slot_id = NEW.slot_id AND is_open
    RETURNING last_sequence INTO NEW.sequence_number;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_slot_is_open',
            MESSAGE = 'slot ' || NEW.slot_id || ' does not exist or is closed';
    END IF;
    -- The time of the entry that tells of it: never before the entry that it follows, even when the transaction began
    -- before that one's, or the clock was set back. decision_time is written out: its call would take time while others
    -- wait for the slot's lock.
    SELECT greatest(CASE clock WHEN 'DATABASE' THEN now()
                               ELSE nullif(current_setting('opd.logical_time', true), '')::timestamptz END,
                    (SELECT at FROM audit_entry WHERE chain = 'slot/' || NEW.slot_id ORDER BY number DESC LIMIT 1))
      INTO NEW.created_at FROM facility;
    -- The unique indexes hold this too, but ON CONFLICT DO NOTHING would keep the place and the number that were
    -- counted above, for a token that does not come.
    IF EXISTS (SELECT FROM token
                WHERE slot_id = NEW.slot_id AND patient_id = NEW.patient_id AND status = 'ACTIVE') THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'token_patient_is_active_once_in_a_slot',
            MESSAGE = 'patient ' || NEW.patient_id || ' holds a token in slot ' || NEW.slot_id || ' already';
    END IF;
    IF NEW.reallocated_from IS NOT NULL THEN
        -- Locked, so that it cannot be reinstated in its own slot at the same moment.
        PERFORM FROM token
          WHERE id = NEW.reallocated_from AND status = 'DISPLACED' AND slot_id <> NEW.slot_id
            AND (patient_id, priority, source) = (NEW.patient_id, NEW.priority, NEW.source)
            FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_makes_good_a_displaced_one',
                MESSAGE = 'only a displaced token of the same patient, priority and source in another slot is reallocated';
        END IF;
        IF EXISTS (SELECT FROM token WHERE reallocated_from = NEW.reallocated_from) THEN
            RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'token_is_reallocated_once',
                MESSAGE = 'token ' || NEW.reallocated_from || ' was reallocated already';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER token_takes_a_place BEFORE INSERT ON token
    FOR EACH ROW EXECUTE FUNCTION token_takes_a_place();

-- ACTIVE -> DISPLACED, CANCELLED, NO_SHOW, COMPLETED; DISPLACED -> ACTIVE, CANCELLED; CANCELLED, NO_SHOW, COMPLETED ->
-- what it was before, which only an undo's entry tells of; nothing else, and nothing but the status. A displaced token
-- that was reallocated is final.
CREATE OR REPLACE FUNCTION token_is_reclassified() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.slot_id, NEW.sequence_number, NEW.patient_id, NEW.priority, NEW.source,
        NEW.reallocated_from, NEW.created_at, NEW.version, NEW.previous_status)
       IS DISTINCT FROM
       (OLD.id, OLD.slot_id, OLD.sequence_number, OLD.patient_id, OLD.priority, OLD.source,
        OLD.reallocated_from, OLD.created_at, OLD.version, OLD.previous_status) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_is_only_reclassified',
            MESSAGE = 'only the status of a token changes';
    END IF;
    IF NOT (
        (OLD.status = 'ACTIVE' AND NEW.status IN ('DISPLACED', 'CANCELLED', 'NO_SHOW', 'COMPLETED'))
        OR (OLD.status = 'DISPLACED' AND NEW.status IN ('ACTIVE', 'CANCELLED')
            AND NOT EXISTS (SELECT FROM token WHERE reallocated_from = OLD.id))
        OR (OLD.status IN ('CANCELLED', 'NO_SHOW', 'COMPLETED') AND NEW.status = OLD.previous_status)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_transition_is_legal',
            MESSAGE = 'token ' || OLD.id || ' cannot go from ' || OLD.status || ' to ' || NEW.status;
    END IF;
    -- The deferred foreign key looks at the last change of a transaction only: here is the one before.
    IF NOT EXISTS (SELECT FROM audit_entry WHERE token_id = OLD.id AND token_version = OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_change_has_its_audit_entry',
            MESSAGE = 'the last change of token ' || OLD.id || ' is not in the audit log';
    END IF;
    UPDATE slot_count SET
        active    = active    + (NEW.status = 'ACTIVE')::int    - (OLD.status = 'ACTIVE')::int,
        displaced = displaced + (NEW.status = 'DISPLACED')::int - (OLD.status = 'DISPLACED')::int,
        cancelled = cancelled + (NEW.status = 'CANCELLED')::int - (OLD.status = 'CANCELLED')::int,
        no_show   = no_show   + (NEW.status = 'NO_SHOW')::int   - (OLD.status = 'NO_SHOW')::int,
        completed = completed + (NEW.status = 'COMPLETED')::int - (OLD.status = 'COMPLETED')::int
     WHERE slot_id = NEW.slot_id AND (NEW.status <> 'ACTIVE' OR is_open);
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_slot_is_open',
            MESSAGE = 'slot ' || NEW.slot_id || ' is closed';
    END IF;
    NEW.version := OLD.version + 1;
    NEW.previous_status := OLD.status;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER token_is_reclassified BEFORE UPDATE ON token
    FOR EACH ROW EXECUTE FUNCTION token_is_reclassified();

-- A consulting room may change tokens and give none: it ends turns, and that is all. Who works is told by the right to
-- give a token and not by a name, so that whoever has the rights of a desk as well is a desk. What a condition of a
-- trigger names is bound when it is made, and no path of the caller changes it.
CREATE OR REPLACE TRIGGER token_is_within_ones_work BEFORE UPDATE ON token FOR EACH ROW
    WHEN (NEW.status NOT IN ('COMPLETED', 'NO_SHOW')
          AND NOT has_column_privilege('token'::regclass, 'slot_id', 'INSERT'))
    EXECUTE FUNCTION refuse('token_is_within_ones_work', 'a consulting room completes tokens or marks no-shows only');

-- REQUESTS AND THE LOG

-- Whether an entry of an undo takes back the last change before it, which it names: a change that made the token final
-- and that was no part of another, or one by the very closing that this request takes back: the last change of the slot
-- before it is opened again. An erased patient has nothing to be undone.
CREATE OR REPLACE FUNCTION is_undone(
    undone_token bigint, version_now integer, patient bigint, of_chain text, of_request text, told json)
    RETURNS boolean LANGUAGE plpgsql STABLE
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM audit_entry AS undone
         WHERE undone.token_id = undone_token AND undone.token_version = version_now - 1
           AND undone.chain = of_chain AND undone.number::text = told ->> 'undoes'
           AND undone.facts ->> 'replaced' IS NULL AND undone.facts ->> 'movedTo' IS NULL
           AND CASE WHEN undone.kind = 'TOKEN_DISPLACED' OR undone.facts ->> 'withSlot' IS NOT NULL
                    THEN undone.facts ->> 'by' IS NULL AND EXISTS (
                        SELECT FROM audit_entry AS reopening
                          JOIN audit_entry AS closing ON closing.chain = reopening.chain
                               AND closing.subject_version = reopening.subject_version - 1
                         WHERE reopening.transaction_id = pg_current_xact_id()::text::bigint
                           AND reopening.chain = of_chain AND reopening.kind = 'SLOT_REOPENED'
                           AND reopening.request_id = of_request
                           AND closing.request_id = undone.request_id)
                    ELSE undone.kind IN ('TOKEN_CANCELLED', 'TOKEN_NO_SHOW', 'TOKEN_COMPLETED') END)
       AND NOT EXISTS (SELECT FROM patient AS erased WHERE erased.id = patient AND erased.name IS NULL);
END $$;

-- A new entry joins its chain: number, time, login, previous hash and own hash come from here, whoever writes the
-- row, and an entry that tells of a change must be true.
--
-- The hash is SHA-256 over these fields in this order, each written as its length in bytes, a colon and its UTF-8
-- text, or as a single hyphen when null: number, previous hash (hex), time (microseconds since 1970), kind, actor,
-- login, request id, digest of the request (hex), doctor code, slot label, token's sequence number, patient id,
-- rule, facts. Slots and tokens appear by label and number, not by database id, so that the same operations give the
-- same hashes in every database.
CREATE OR REPLACE FUNCTION audit_entry_joins_its_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    concerned_slot_label text;
    concerned_sequence   integer;
    status_told          text;
    -- which kinds tell of a change of the subject itself, and whether the row is as they tell
    subject_changed      boolean := NEW.kind IN ('FACILITY_SET', 'DOCTOR_ADDED', 'DOCTOR_CHANGED',
        'PATIENT_REGISTERED', 'PATIENT_CHANGED', 'PATIENT_ERASED', 'SLOT_OPENED', 'SLOT_DELAYED', 'SLOT_CANCELLED',
        'SLOT_COMPLETED', 'SLOT_CHANGED', 'SLOT_REOPENED');
    subject_is_told      boolean;
    version_of_subject   integer;
    is_of_database_clock boolean;
    time_of_decision     timestamptz;
    digest_of_request    bytea;
    field                text;
    encoded              text := '';
BEGIN
    -- The lock serialises the writers of one chain; writers of different chains never meet. A statement of its own:
    -- what it read would be from before the lock was had.
    IF NEW.slot_id IS NOT NULL THEN
        NEW.chain := 'slot/' || NEW.slot_id;
        SELECT label, version, CASE NEW.kind
                   WHEN 'SLOT_OPENED' THEN version = 1
                   WHEN 'SLOT_DELAYED' THEN version > 1 AND status IN ('SCHEDULED', 'DELAYED')
                   WHEN 'SLOT_CHANGED' THEN version > 1 AND status IN ('SCHEDULED', 'DELAYED')
                   WHEN 'SLOT_REOPENED' THEN version > 1 AND status IN ('SCHEDULED', 'DELAYED')
                   WHEN 'SLOT_CANCELLED' THEN status = 'CANCELLED'
                   WHEN 'SLOT_COMPLETED' THEN status = 'COMPLETED'
                   ELSE NOT subject_changed END
          INTO concerned_slot_label, version_of_subject, subject_is_told
          FROM slot WHERE id = NEW.slot_id FOR NO KEY UPDATE;
    ELSIF NEW.doctor_code IS NOT NULL THEN
        NEW.chain := 'doctor/' || NEW.doctor_code;
        -- That nobody was left to be called stands here, too.
        SELECT version, CASE WHEN subject_changed
                             THEN NEW.kind = CASE version WHEN 1 THEN 'DOCTOR_ADDED' ELSE 'DOCTOR_CHANGED' END
                             ELSE NEW.kind = 'CHANGE_REJECTED' END
          INTO version_of_subject, subject_is_told
          FROM doctor WHERE code = NEW.doctor_code FOR NO KEY UPDATE;
    ELSIF NEW.patient_id IS NOT NULL THEN
        NEW.chain := 'patient/' || NEW.patient_id;
        SELECT version, CASE NEW.kind
                   WHEN 'PATIENT_REGISTERED' THEN version = 1
                   WHEN 'PATIENT_CHANGED' THEN version > 1 AND name IS NOT NULL
                   WHEN 'PATIENT_ERASED' THEN version > 1 AND name IS NULL
                   -- that it be erased
                   WHEN 'CHANGE_REJECTED' THEN name IS NOT NULL
                   ELSE false END
          INTO version_of_subject, subject_is_told
          FROM patient WHERE id = NEW.patient_id FOR NO KEY UPDATE;
    ELSE
        NEW.chain := 'facility';
        SELECT version, NEW.kind = 'FACILITY_SET'
          INTO version_of_subject, subject_is_told
          FROM facility FOR NO KEY UPDATE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_of_something',
            MESSAGE = 'an audit entry needs the slot, doctor, patient or facility that it is about';
    END IF;
    NEW.subject_version := CASE WHEN subject_changed THEN version_of_subject END;

    status_told := CASE NEW.kind
        WHEN 'TOKEN_ALLOCATED' THEN 'ACTIVE'   WHEN 'TOKEN_REINSTATED' THEN 'ACTIVE'
        WHEN 'TOKEN_DISPLACED' THEN 'DISPLACED' WHEN 'TOKEN_CANCELLED' THEN 'CANCELLED'
        WHEN 'TOKEN_NO_SHOW' THEN 'NO_SHOW'     WHEN 'TOKEN_COMPLETED' THEN 'COMPLETED'
        WHEN 'CHANGE_UNDONE' THEN NEW.facts ->> 'status' END;
    -- Nulls where the chain begins here, which greatest ignores, and where no such token is found. The time is
    -- decision_time's, written out like that of token_takes_a_place.
    SELECT coalesce(last.number, 0) + 1, last.hash, facility.clock = 'DATABASE', clock.time,
           greatest(clock.time, last.at), request.digest,
           token.sequence_number, CASE WHEN status_told IS NOT NULL THEN token.version END
      INTO NEW.number, NEW.previous_hash, is_of_database_clock, time_of_decision, NEW.at, digest_of_request,
           concerned_sequence, NEW.token_version
      FROM facility
     CROSS JOIN LATERAL (
           SELECT CASE facility.clock WHEN 'DATABASE' THEN now()
                       ELSE nullif(current_setting('opd.logical_time', true), '')::timestamptz END AS time
           ) AS clock
      LEFT JOIN request
        ON request.id = NEW.request_id AND request.transaction_id = pg_current_xact_id()::text::bigint
      LEFT JOIN LATERAL (
           SELECT number, hash, at FROM audit_entry WHERE chain = NEW.chain ORDER BY number DESC LIMIT 1
           ) AS last ON true
      LEFT JOIN token
        ON token.id = NEW.token_id AND token.slot_id = NEW.slot_id AND token.patient_id = NEW.patient_id
           AND (status_told IS NULL
                OR token.status = status_told AND (NEW.kind = 'TOKEN_ALLOCATED') = (token.version = 1)
                   -- A token that has its place back after anything but a displacement has it by an undo.
                   AND (NEW.kind = 'CHANGE_UNDONE' OR token.version = 1
                        OR token.previous_status IN ('ACTIVE', 'DISPLACED')));
    IF NOT subject_is_told
       OR (NEW.token_id IS NOT NULL AND concerned_sequence IS NULL)
       OR (NEW.slot_id IS NOT NULL AND NEW.token_id IS NULL AND NEW.patient_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM patient WHERE id = NEW.patient_id))
       OR (status_told IS NOT NULL AND NEW.token_version IS NULL)
       OR (NEW.kind = 'CHANGE_UNDONE' AND NOT is_undone(
               NEW.token_id, NEW.token_version, NEW.patient_id, NEW.chain, NEW.request_id, NEW.facts)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_true',
            MESSAGE = 'the audit entry ' || NEW.kind || ' does not tell what happened in ' || NEW.chain;
    END IF;
    -- Those of the facility, whose settings may be set again, are all of one kind.
    IF NEW.chain <> 'facility'
       AND (NEW.number = 1) <> (NEW.kind IN ('DOCTOR_ADDED', 'PATIENT_REGISTERED', 'SLOT_OPENED')) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = 'audit_entry_chain_begins_with_the_beginning',
            MESSAGE = NEW.chain || ' begins with the entry that it was made by, and has no other such';
    END IF;
    IF digest_of_request IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'audit_entry_request_has_its_outcome',
            MESSAGE = 'the outcome of request ' || NEW.request_id || ' is not stored by this transaction';
    END IF;
    IF is_of_database_clock THEN
        NEW.login := session_user;
        -- A desk's transaction lasts a moment. One that was kept open would date its entries back.
        IF clock_timestamp() > now() + interval '1 minute' THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_of_now',
                MESSAGE = 'this transaction is older than a minute: its entries would be dated back',
                DETAIL = 'guard "audit_entry_is_of_now"';
        END IF;
    ELSE
        NEW.login := 'simulation';
    END IF;
    IF time_of_decision IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'facility_is_a_simulation',
            MESSAGE = 'this facility was made by a simulation, whose clock has ended';
    END IF;

    FOREACH field IN ARRAY ARRAY[
        NEW.number::text, encode(NEW.previous_hash, 'hex'), (extract(epoch FROM NEW.at) * 1000000)::bigint::text,
        NEW.kind, NEW.actor, NEW.login, NEW.request_id, encode(digest_of_request, 'hex'), NEW.doctor_code,
        concerned_slot_label, concerned_sequence::text, NEW.patient_id::text, NEW.rule::text, NEW.facts::text]
    LOOP
        encoded := encoded || coalesce(octet_length(field) || ':' || field, '-');
    END LOOP;
    NEW.hash := sha256(convert_to(encoded, 'UTF8'));
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    IF TG_TABLE_NAME <> 'audit_entry' THEN
        NEW.id := nextval('audit_entry_id_seq');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER audit_entry_joins_its_chain BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_joins_its_chain();

-- An outcome, too, is of the transaction that stores it. Citus works the column's default out on the server that it was
-- asked on, which need not be the one that holds the row.
CREATE OR REPLACE FUNCTION request_is_of_its_transaction() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER request_is_of_its_transaction BEFORE INSERT ON request
    FOR EACH ROW WHEN (NEW.transaction_id <> pg_current_xact_id()::text::bigint)
    EXECUTE FUNCTION request_is_of_its_transaction();

-- What a consulting room tells of: calls, ends of turns, and that something of it was refused. Which kinds these are is
-- asked in the functions, which a desk never calls: the server reads a trigger's condition anew with each statement.
CREATE OR REPLACE FUNCTION audit_entry_is_of_a_room() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('TOKEN_CALLED', 'TOKEN_PARKED', 'TOKEN_RETURNED', 'TOKEN_COMPLETED', 'TOKEN_NO_SHOW',
                        'CHANGE_REJECTED')
       OR (NEW.slot_id IS NULL AND NEW.doctor_code IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_within_ones_work',
            MESSAGE = 'a consulting room tells of calls and of ends of turns only',
            DETAIL = 'guard "audit_entry_is_within_ones_work"';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER audit_entry_is_within_ones_work BEFORE INSERT ON audit_entry FOR EACH ROW
    WHEN (NOT has_column_privilege('token'::regclass, 'slot_id', 'INSERT'))
    EXECUTE FUNCTION audit_entry_is_of_a_room();
CREATE OR REPLACE FUNCTION request_is_of_a_room() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('TOKEN_SERVED', 'TOKEN_DONE', 'CHANGE_REJECTED', 'NOBODY_WAITING') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_within_ones_work',
            MESSAGE = 'a consulting room stores outcomes of calls and of ends of turns only',
            DETAIL = 'guard "request_is_within_ones_work"';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER request_is_within_ones_work BEFORE INSERT ON request FOR EACH ROW
    WHEN (NOT has_column_privilege('token'::regclass, 'slot_id', 'INSERT'))
    EXECUTE FUNCTION request_is_of_a_room();

-- What an entry tells of a patient who holds a place is carried out by it: arrival, call, being away and back. Who loses
-- the place loses the call.
CREATE OR REPLACE FUNCTION token_is_served() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    source_of_token text;
BEGIN
    IF NEW.kind = 'TOKEN_DISPLACED' THEN
        UPDATE serving SET called_at = NULL, call_number = NULL, room = NULL, parked_at = NULL
         WHERE token_id = NEW.token_id;
        RETURN NULL;
    END IF;
    -- Who has arrived for another place brings the arrival along.
    IF NEW.kind = 'TOKEN_ALLOCATED' THEN
        INSERT INTO serving (token_id, slot_id, arrived_at)
            SELECT NEW.token_id, NEW.slot_id, before.arrived_at
              FROM serving AS before JOIN token ON token.id = before.token_id
             WHERE token.patient_id = NEW.patient_id AND token.id <> NEW.token_id
               AND before.arrived_at = (NEW.facts ->> 'arrivedAt')::timestamptz
             LIMIT 1;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'serving_arrival_is_the_patients',
                MESSAGE = 'the patient has not arrived at that time for another place';
        END IF;
        RETURN NULL;
    END IF;
    SELECT source INTO source_of_token FROM token
     WHERE id = NEW.token_id AND slot_id = NEW.slot_id AND status = 'ACTIVE';
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'serving_is_of_an_active_token',
            MESSAGE = NEW.kind || ' is told of an ACTIVE token only';
    END IF;
    INSERT INTO serving (token_id, slot_id) VALUES (NEW.token_id, NEW.slot_id) ON CONFLICT (token_id) DO NOTHING;
    IF NEW.kind = 'TOKEN_ARRIVED' THEN
        UPDATE serving SET arrived_at = coalesce(arrived_at, NEW.at)
         WHERE token_id = NEW.token_id AND source_of_token <> 'WALK_IN';
    ELSIF NEW.kind = 'TOKEN_CALLED' THEN
        UPDATE serving SET called_at = NEW.at, call_number = NEW.number, calls = calls + 1,
                           room = NEW.facts ->> 'room', parked_at = NULL
         WHERE token_id = NEW.token_id;
    ELSIF NEW.kind = 'TOKEN_PARKED' THEN
        UPDATE serving SET parked_at = coalesce(parked_at, NEW.at), called_at = NULL, call_number = NULL, room = NULL
         WHERE token_id = NEW.token_id;
    ELSE
        UPDATE serving SET parked_at = NULL WHERE token_id = NEW.token_id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER token_is_served AFTER INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW.kind IN ('TOKEN_ARRIVED', 'TOKEN_CALLED', 'TOKEN_PARKED', 'TOKEN_RETURNED', 'TOKEN_DISPLACED')
          OR (NEW.kind = 'TOKEN_ALLOCATED' AND NEW.facts ->> 'arrivedAt' IS NOT NULL))
    EXECUTE FUNCTION token_is_served();
CREATE OR REPLACE TRIGGER serving_is_kept BEFORE DELETE OR TRUNCATE ON serving
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('serving_is_kept', 'what was noted of a token is kept');

CREATE OR REPLACE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('audit_is_append_only', 'the audit log is only ever added to');
CREATE OR REPLACE TRIGGER request_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('request_is_append_only', 'a stored outcome never changes');

-- Wakes those who follow the log. Transactions that NOTIFY commit one after the other, all over the server, so as few
-- as possible do: none while nobody follows, and else one at a time, whose news serves for those beside it as well. A
-- follower holds the first lock exclusively, and a writer that cannot share it knows; the second one is had by the
-- writer that notifies. Nobody ever waits here. Where Citus holds the log, under another name, nobody is notified: it
-- commits by PREPARE TRANSACTION, which a transaction that notifies cannot. Followers ask at intervals there.
CREATE OR REPLACE FUNCTION audit_entry_wakes_followers() RETURNS trigger LANGUAGE plpgsql
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'audit_entry'
       AND NOT pg_try_advisory_xact_lock_shared(hashtext(TG_TABLE_SCHEMA), hashtext('audit followers'))
       AND pg_try_advisory_xact_lock(hashtext(TG_TABLE_SCHEMA), hashtext('audit notification')) THEN
        PERFORM pg_notify(TG_TABLE_SCHEMA, '');
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit_entry_wakes_followers AFTER INSERT ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_wakes_followers();

-- Nobody needs to call these but the triggers, and the last but auditors and desks.
REVOKE EXECUTE ON FUNCTION refuse(), is_decided_on_the_latest_state(), facility_changes_legally(),
    doctor_changes_legally(), patient_changes_legally(), slot_is_named(), slot_changes_legally(),
    slot_is_counted(), change_has_its_audit_entry(), token_takes_a_place(), token_is_reclassified(),
    audit_entry_joins_its_chain(), audit_entry_wakes_followers(), slot_count_is_of_one_slot(),
    request_is_of_its_transaction(), is_undone(bigint, integer, bigint, text, text, json),
    token_patient_is_not_erased(), token_is_served(), audit_entry_is_of_a_room(), request_is_of_a_room(),
    patient_identities()
    FROM PUBLIC;
