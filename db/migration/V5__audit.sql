-- What each changing command decided, so that it may be repeated safely.
CREATE TABLE request (
    id      text PRIMARY KEY CONSTRAINT request_id_is_plain_text CHECK (is_plain_text(id, 100)),
    -- SHA-256 over the command and its canonical arguments
    digest  bytea NOT NULL CONSTRAINT request_digest_is_sha256 CHECK (octet_length(digest) = 32),
    -- codes, labels, ids and facts; names are added when printing
    outcome json NOT NULL
);

CREATE TABLE audit_entry (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    kind          text NOT NULL CONSTRAINT audit_entry_kind_is_known CHECK (kind IN (
        'DOCTOR_ADDED', 'DOCTOR_CHANGED', 'PATIENT_REGISTERED', 'PATIENT_CHANGED',
        'SLOT_OPENED', 'SLOT_DELAYED', 'SLOT_CANCELLED', 'SLOT_COMPLETED',
        'TOKEN_ALLOCATED', 'TOKEN_DISPLACED', 'ALLOCATION_REJECTED', 'TOKEN_CANCELLED', 'TOKEN_NO_SHOW',
        'TOKEN_COMPLETED', 'TOKEN_REINSTATED', 'TOKEN_REALLOCATED', 'CHANGE_REJECTED')),
    actor         text NOT NULL CONSTRAINT audit_entry_actor_is_plain_text CHECK (is_plain_text(actor, 100)),
    -- checked at COMMIT: no entry without the stored outcome of its request
    request_id    text NOT NULL CONSTRAINT audit_entry_request_has_its_outcome
        REFERENCES request (id) DEFERRABLE INITIALLY DEFERRED,
    -- No foreign keys here: the log must outlive what it tells of, and the trigger below looks anyway.
    doctor_code   text,
    slot_id       bigint,
    token_id      bigint,
    patient_id    bigint,
    -- the number of the rule applied, null where none was
    rule          smallint CONSTRAINT audit_entry_rule_is_known CHECK (rule BETWEEN 1 AND 5),
    -- json, not jsonb: the text is hashed as it was written
    facts         json NOT NULL,
    -- slot/ID, doctor/CODE or patient/ID; ordered by bytes, so that every database and every program
    -- sees the chains in the same order
    chain         text COLLATE "C" NOT NULL,
    number        bigint NOT NULL,
    previous_hash bytea,
    hash          bytea NOT NULL,
    -- which change of the token this entry tells of; null when it changed no token
    token_version integer,
    CONSTRAINT audit_entry_number_is_unique_in_its_chain UNIQUE (chain, number),
    CONSTRAINT audit_entry_tells_each_change_once UNIQUE (token_id, token_version),
    CONSTRAINT audit_entry_chain_begins_with_the_beginning
        CHECK ((number = 1) = (kind IN ('DOCTOR_ADDED', 'PATIENT_REGISTERED', 'SLOT_OPENED')))
);
CREATE INDEX audit_entry_by_patient ON audit_entry (patient_id);

-- Checked at COMMIT: a token's newest change is in the log.
ALTER TABLE token ADD CONSTRAINT token_change_has_its_audit_entry
    FOREIGN KEY (id, version) REFERENCES audit_entry (token_id, token_version) DEFERRABLE INITIALLY DEFERRED;

-- The time for the next entry of a chain: never before the entry that it follows, even when the
-- transaction began before that one's, or the clock was set back.
CREATE FUNCTION chain_time(wanted text) RETURNS timestamptz LANGUAGE sql STABLE
    SET search_path = ${flyway:defaultSchema}, pg_temp
RETURN greatest(decision_time(), (SELECT at FROM audit_entry WHERE chain = wanted ORDER BY number DESC LIMIT 1));

-- A transaction with an old snapshot would not see that a token was reallocated meanwhile, and could
-- reinstate it as well. The triggers below look under locks, and READ COMMITTED lets them see the rest.
CREATE FUNCTION token_is_decided_on_the_latest_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_is_decided_on_the_latest_state',
            MESSAGE = 'tokens are changed in READ COMMITTED transactions only';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER token_is_decided_on_the_latest_state BEFORE INSERT OR UPDATE ON token
    FOR EACH STATEMENT EXECUTE FUNCTION token_is_decided_on_the_latest_state();

-- A new token takes a place: the trigger counts it and gives it its number in one UPDATE under the
-- slot's row lock, so that nobody can choose a number or pass the capacity.
CREATE FUNCTION token_takes_a_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF NEW.status <> 'ACTIVE' OR NEW.version <> 1 THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_transition_is_legal',
            MESSAGE = 'a token begins as ACTIVE';
    END IF;
    UPDATE slot SET active_count = active_count + 1, last_sequence = last_sequence + 1
     WHERE id = NEW.slot_id AND status IN ('SCHEDULED', 'DELAYED')
    RETURNING last_sequence INTO NEW.sequence_number;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_slot_is_open',
            MESSAGE = 'slot ' || NEW.slot_id || ' does not exist or is closed';
    END IF;
    -- The unique indexes hold this too, but ON CONFLICT DO NOTHING would keep the place and the number
    -- that were counted above, for a token that does not come.
    IF EXISTS (SELECT FROM token
                WHERE slot_id = NEW.slot_id AND patient_id = NEW.patient_id AND status = 'ACTIVE') THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'token_patient_is_active_once_in_a_slot',
            MESSAGE = 'patient ' || NEW.patient_id || ' holds a token in slot ' || NEW.slot_id || ' already';
    END IF;
    NEW.created_at := chain_time('slot/' || NEW.slot_id);
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
CREATE TRIGGER token_takes_a_place BEFORE INSERT ON token
    FOR EACH ROW EXECUTE FUNCTION token_takes_a_place();

-- ACTIVE -> DISPLACED, CANCELLED, NO_SHOW, COMPLETED; DISPLACED -> ACTIVE, CANCELLED; nothing else,
-- and nothing but the status. A displaced token that was reallocated is final.
CREATE FUNCTION token_is_reclassified() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.slot_id, NEW.sequence_number, NEW.patient_id, NEW.priority, NEW.source,
        NEW.reallocated_from, NEW.created_at, NEW.version)
       IS DISTINCT FROM
       (OLD.id, OLD.slot_id, OLD.sequence_number, OLD.patient_id, OLD.priority, OLD.source,
        OLD.reallocated_from, OLD.created_at, OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_is_only_reclassified',
            MESSAGE = 'only the status of a token changes';
    END IF;
    IF NOT (
        (OLD.status = 'ACTIVE' AND NEW.status IN ('DISPLACED', 'CANCELLED', 'NO_SHOW', 'COMPLETED'))
        OR (OLD.status = 'DISPLACED' AND NEW.status IN ('ACTIVE', 'CANCELLED')
            AND NOT EXISTS (SELECT FROM token WHERE reallocated_from = OLD.id))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_transition_is_legal',
            MESSAGE = 'token ' || OLD.id || ' cannot go from ' || OLD.status || ' to ' || NEW.status;
    END IF;
    -- The deferred foreign key looks at the last change of a transaction only: here is the one before.
    IF NOT EXISTS (SELECT FROM audit_entry WHERE token_id = OLD.id AND token_version = OLD.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_change_has_its_audit_entry',
            MESSAGE = 'the last change of token ' || OLD.id || ' is not in the audit log';
    END IF;
    UPDATE slot SET
        active_count    = active_count    + (NEW.status = 'ACTIVE')::int    - (OLD.status = 'ACTIVE')::int,
        displaced_count = displaced_count + (NEW.status = 'DISPLACED')::int - (OLD.status = 'DISPLACED')::int,
        cancelled_count = cancelled_count + (NEW.status = 'CANCELLED')::int,
        no_show_count   = no_show_count   + (NEW.status = 'NO_SHOW')::int,
        completed_count = completed_count + (NEW.status = 'COMPLETED')::int
     WHERE id = NEW.slot_id AND (NEW.status <> 'ACTIVE' OR status IN ('SCHEDULED', 'DELAYED'));
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'token_slot_is_open',
            MESSAGE = 'slot ' || NEW.slot_id || ' is closed';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER token_is_reclassified BEFORE UPDATE ON token
    FOR EACH ROW EXECUTE FUNCTION token_is_reclassified();

-- A new entry joins its chain: number, time, previous hash and own hash come from here, whoever
-- writes the row, and an entry that tells of a change of a token must be true.
--
-- The hash is SHA-256 over these fields in this order, each written as its length in bytes, a colon
-- and its UTF-8 text, or as a single hyphen when null: number, previous hash (hex), time
-- (microseconds since 1970), kind, actor, request id, doctor code, slot label, token's sequence
-- number, patient id, rule, facts. Slots and tokens appear by label and number, not by database
-- id, so that the same operations give the same hashes in every database.
CREATE FUNCTION audit_entry_joins_its_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    concerned_slot_label text;
    concerned_sequence   integer;
    status_told          text;
    last_number          bigint;
    last_at              timestamptz;
    field                text;
    encoded              text := '';
BEGIN
    -- The lock serialises the writers of one chain; writers of different chains never meet.
    IF NEW.slot_id IS NOT NULL THEN
        NEW.chain := 'slot/' || NEW.slot_id;
        SELECT label INTO concerned_slot_label FROM slot WHERE id = NEW.slot_id FOR NO KEY UPDATE;
    ELSIF NEW.doctor_code IS NOT NULL THEN
        NEW.chain := 'doctor/' || NEW.doctor_code;
        PERFORM FROM doctor WHERE code = NEW.doctor_code FOR NO KEY UPDATE;
    ELSE
        NEW.chain := 'patient/' || NEW.patient_id;
        PERFORM FROM patient WHERE id = NEW.patient_id FOR NO KEY UPDATE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_of_something',
            MESSAGE = 'an audit entry needs the slot, doctor or patient that it is about';
    END IF;

    status_told := CASE NEW.kind
        WHEN 'TOKEN_ALLOCATED' THEN 'ACTIVE'   WHEN 'TOKEN_REINSTATED' THEN 'ACTIVE'
        WHEN 'TOKEN_DISPLACED' THEN 'DISPLACED' WHEN 'TOKEN_CANCELLED' THEN 'CANCELLED'
        WHEN 'TOKEN_NO_SHOW' THEN 'NO_SHOW'     WHEN 'TOKEN_COMPLETED' THEN 'COMPLETED' END;
    NEW.token_version := NULL;
    IF NEW.token_id IS NOT NULL THEN
        SELECT sequence_number, CASE WHEN status_told IS NOT NULL THEN version END
          INTO concerned_sequence, NEW.token_version
          FROM token
         WHERE id = NEW.token_id AND slot_id = NEW.slot_id AND patient_id = NEW.patient_id
           AND (status_told IS NULL
                OR status = status_told AND (NEW.kind = 'TOKEN_ALLOCATED') = (version = 1));
    END IF;
    IF (NEW.token_id IS NOT NULL AND concerned_sequence IS NULL)
       OR (status_told IS NOT NULL AND NEW.token_version IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_is_true',
            MESSAGE = 'the audit entry ' || NEW.kind || ' does not tell what happened to the token';
    END IF;

    -- Nulls when the chain begins here; greatest ignores them.
    SELECT number, hash, at INTO last_number, NEW.previous_hash, last_at
      FROM audit_entry WHERE chain = NEW.chain ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(last_number, 0) + 1;
    NEW.at := greatest(decision_time(), last_at);

    FOREACH field IN ARRAY ARRAY[
        NEW.number::text, encode(NEW.previous_hash, 'hex'), (extract(epoch FROM NEW.at) * 1000000)::bigint::text,
        NEW.kind, NEW.actor, NEW.request_id, NEW.doctor_code, concerned_slot_label, concerned_sequence::text,
        NEW.patient_id::text, NEW.rule::text, NEW.facts::text]
    LOOP
        encoded := encoded || coalesce(octet_length(field) || ':' || field, '-');
    END LOOP;
    NEW.hash := sha256(convert_to(encoded, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_joins_its_chain BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_joins_its_chain();

CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('audit_is_append_only', 'the audit log is only ever added to');
CREATE TRIGGER request_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('request_is_append_only', 'a stored outcome never changes');

-- Nobody needs to call these but the triggers.
REVOKE EXECUTE ON FUNCTION refuse(), slot_changes_legally(), token_is_decided_on_the_latest_state(),
    token_takes_a_place(), token_is_reclassified(), audit_entry_joins_its_chain() FROM PUBLIC;
