CREATE TABLE doctor (
    code           text PRIMARY KEY
        CONSTRAINT doctor_code_is_short_and_upper_case CHECK (code ~ '^[A-Z][A-Z0-9]{1,11}$'),
    name           text NOT NULL CONSTRAINT doctor_name_is_plain_text CHECK (is_plain_text(name, 200)),
    specialization text CONSTRAINT doctor_specialization_is_plain_text CHECK (is_plain_text(specialization, 200)),
    active         boolean NOT NULL DEFAULT true
);

CREATE TRIGGER doctor_is_kept BEFORE DELETE OR TRUNCATE ON doctor
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('doctor_is_kept', 'doctors are deactivated, never deleted');

-- RAO-20261122-0900. Declared immutable although to_char is not: the pattern has digits only, which
-- no locale changes.
CREATE FUNCTION slot_label(doctor_code text, starts_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
RETURN doctor_code || '-' || to_char(starts_at AT TIME ZONE 'UTC', 'YYYYMMDD-HH24MI');

CREATE TABLE slot (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    doctor_code     text NOT NULL CONSTRAINT slot_doctor_exists REFERENCES doctor (code),
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    label           text NOT NULL GENERATED ALWAYS AS (slot_label(doctor_code, starts_at)) STORED
        CONSTRAINT slot_label_is_unique UNIQUE,
    capacity        integer NOT NULL CONSTRAINT slot_capacity_is_sane CHECK (capacity BETWEEN 1 AND 500),
    status          text NOT NULL DEFAULT 'SCHEDULED'
        CONSTRAINT slot_status_is_known CHECK (status IN ('SCHEDULED', 'DELAYED', 'CANCELLED', 'COMPLETED')),
    delay_minutes   integer NOT NULL DEFAULT 0
        CONSTRAINT slot_delay_is_within_a_day CHECK (delay_minutes BETWEEN 0 AND 1440),
    -- How many of the slot's tokens are in each status. The triggers of token count here, under this
    -- row's lock; nobody else may.
    active_count    integer NOT NULL DEFAULT 0,
    displaced_count integer NOT NULL DEFAULT 0,
    cancelled_count integer NOT NULL DEFAULT 0,
    no_show_count   integer NOT NULL DEFAULT 0,
    completed_count integer NOT NULL DEFAULT 0,
    -- The last number given to a token of this slot.
    last_sequence   integer NOT NULL DEFAULT 0,

    CONSTRAINT slot_starts_and_ends_on_whole_minutes
        CHECK (mod(extract(epoch FROM starts_at), 60) = 0 AND mod(extract(epoch FROM ends_at), 60) = 0),
    CONSTRAINT slot_ends_after_its_start_within_a_day
        CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    -- The labels have four digits for the year.
    CONSTRAINT slot_year_is_sane
        CHECK (starts_at >= '2000-01-01T00:00Z'::timestamptz AND starts_at < '10000-01-01T00:00Z'::timestamptz),
    CONSTRAINT slot_delay_matches_status
        CHECK (status IN ('CANCELLED', 'COMPLETED') OR (status = 'DELAYED') = (delay_minutes > 0)),
    -- Rule 1: a slot cannot exceed its capacity.
    CONSTRAINT slot_capacity_is_never_exceeded CHECK (active_count BETWEEN 0 AND capacity),
    CONSTRAINT slot_closed_has_no_active_token
        CHECK (status IN ('SCHEDULED', 'DELAYED') OR active_count = 0),
    -- Numbers without a gap and tokens that are never deleted: the counts add up to the last number.
    CONSTRAINT slot_counts_every_token_once
        CHECK (active_count + displaced_count + cancelled_count + no_show_count + completed_count = last_sequence),
    CONSTRAINT slot_does_not_overlap_another_of_its_doctor
        EXCLUDE USING gist (doctor_code WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status <> 'CANCELLED')
) WITH (fillfactor = 50); -- rows change often: room beside them keeps the updates off the indexes

CREATE INDEX slot_by_start ON slot (starts_at);

-- SCHEDULED and DELAYED go back and forth; CANCELLED and COMPLETED are final.
CREATE FUNCTION slot_changes_legally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.doctor_code, NEW.starts_at, NEW.ends_at, NEW.capacity)
       IS DISTINCT FROM (OLD.id, OLD.doctor_code, OLD.starts_at, OLD.ends_at, OLD.capacity) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_is_fixed_once_open',
            MESSAGE = 'doctor, times and capacity of a slot are fixed once it is open';
    END IF;
    IF OLD.status IN ('CANCELLED', 'COMPLETED')
       AND (NEW.status, NEW.delay_minutes) IS DISTINCT FROM (OLD.status, OLD.delay_minutes) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_transition_is_legal',
            MESSAGE = 'slot ' || OLD.label || ' is ' || OLD.status || ', which is final';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_changes_legally BEFORE UPDATE ON slot
    FOR EACH ROW EXECUTE FUNCTION slot_changes_legally();

CREATE TRIGGER slot_is_kept BEFORE DELETE OR TRUNCATE ON slot
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('slot_is_kept', 'slots are cancelled or completed, never deleted');
