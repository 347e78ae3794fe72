CREATE TABLE doctor (
    code           text PRIMARY KEY
        CONSTRAINT doctor_code_is_short_and_upper_case CHECK (code ~ '^[A-Z][A-Z0-9]{1,11}$'),
    name           text NOT NULL CONSTRAINT doctor_name_is_plain_text CHECK (is_plain_text(name, 200)),
    specialization text CONSTRAINT doctor_specialization_is_plain_text CHECK (is_plain_text(specialization, 200)),
    active         boolean NOT NULL DEFAULT true,
    -- how many times the row was set, its making included: each needs an audit entry
    version        integer NOT NULL DEFAULT 1
);

CREATE TABLE slot (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    doctor_code   text NOT NULL CONSTRAINT slot_doctor_exists REFERENCES doctor (code),
    starts_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    -- RAO-20261122-0900: doctor, date and start as the clock on the facility's wall shows them. A trigger sets both
    -- when the slot is opened, and nobody works them out again.
    label         text NOT NULL CONSTRAINT slot_label_is_unique UNIQUE,
    day           date NOT NULL,
    capacity      integer NOT NULL CONSTRAINT slot_capacity_is_sane CHECK (capacity BETWEEN 1 AND 500),
    status        text NOT NULL DEFAULT 'SCHEDULED'
        CONSTRAINT slot_status_is_known CHECK (status IN ('SCHEDULED', 'DELAYED', 'CANCELLED', 'COMPLETED')),
    delay_minutes integer NOT NULL DEFAULT 0
        CONSTRAINT slot_delay_is_within_a_day CHECK (delay_minutes BETWEEN 0 AND 1440),
    -- how many times the row was set, its making included: each needs an audit entry
    version       integer NOT NULL DEFAULT 1,

    CONSTRAINT slot_starts_and_ends_on_whole_minutes
        CHECK (mod(extract(epoch FROM starts_at), 60) = 0 AND mod(extract(epoch FROM ends_at), 60) = 0),
    CONSTRAINT slot_ends_after_its_start_within_a_day
        CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    -- The labels have four digits for the year.
    CONSTRAINT slot_year_is_sane
        CHECK (starts_at >= '2000-01-01T00:00Z'::timestamptz AND starts_at < '9999-12-31T00:00Z'::timestamptz),
    CONSTRAINT slot_label_tells_doctor_and_day
        CHECK (split_part(label, '-', 1) = doctor_code AND split_part(label, '-', 2) = to_char(day::timestamp, 'YYYYMMDD')
               AND split_part(label, '-', 3) ~ '^[0-9]{4}b?$'),
    CONSTRAINT slot_delay_matches_status
        CHECK (status IN ('CANCELLED', 'COMPLETED') OR (status = 'DELAYED') = (delay_minutes > 0)),
    CONSTRAINT slot_does_not_overlap_another_of_its_doctor
        EXCLUDE USING gist (doctor_code WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status <> 'CANCELLED')
);

CREATE INDEX slot_by_day ON slot (day, starts_at);

-- The counts of a slot have a row of their own. Every token's change counts here, and an UPDATE pays for the whole
-- row that it touches: for the slot's generated label, its checks and its four indexes, when the new version does
-- not fit beside the old. This row has a key, three checks and room beside it.
CREATE TABLE slot_count (
    slot_id       bigint PRIMARY KEY CONSTRAINT slot_count_slot_exists REFERENCES slot (id),
    -- Of the slot, here so that the checks below see them.
    capacity      integer NOT NULL,
    is_open       boolean NOT NULL,
    -- How many of the slot's tokens are in each status. The triggers of token count here, under this row's lock;
    -- nobody else may.
    active        integer NOT NULL DEFAULT 0,
    displaced     integer NOT NULL DEFAULT 0,
    cancelled     integer NOT NULL DEFAULT 0,
    no_show       integer NOT NULL DEFAULT 0,
    completed     integer NOT NULL DEFAULT 0,
    -- The last number given to a token of this slot.
    last_sequence integer NOT NULL DEFAULT 0,

    -- Rule 1: a slot cannot exceed its capacity.
    CONSTRAINT slot_capacity_is_never_exceeded CHECK (active BETWEEN 0 AND capacity),
    CONSTRAINT slot_closed_has_no_active_token CHECK (is_open OR active = 0),
    -- Numbers without a gap and tokens that are never deleted: the counts add up to the last number.
    CONSTRAINT slot_counts_every_token_once
        CHECK (active + displaced + cancelled + no_show + completed = last_sequence)
) WITH (fillfactor = 20); -- dead versions of hot rows find room beside them, off the index
