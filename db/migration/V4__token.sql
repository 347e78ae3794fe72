CREATE DOMAIN token_status AS text
    CONSTRAINT token_status_is_known CHECK (VALUE IN ('ACTIVE', 'DISPLACED', 'CANCELLED', 'NO_SHOW', 'COMPLETED'));

CREATE TABLE token (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id          bigint NOT NULL CONSTRAINT token_slot_exists REFERENCES slot (id),
    sequence_number  integer NOT NULL,
    patient_id       bigint NOT NULL CONSTRAINT token_patient_exists REFERENCES patient (id),
    priority         text NOT NULL
        CONSTRAINT token_priority_is_known CHECK (priority IN ('EMERGENCY', 'PAID', 'FOLLOW_UP')),
    priority_rank    smallint NOT NULL GENERATED ALWAYS AS
        (CASE priority WHEN 'EMERGENCY' THEN 3 WHEN 'PAID' THEN 2 WHEN 'FOLLOW_UP' THEN 1 END) STORED,
    source           text NOT NULL
        CONSTRAINT token_source_is_known CHECK (source IN ('WALK_IN', 'ONLINE', 'STAFF', 'APP')),
    status           token_status NOT NULL DEFAULT 'ACTIVE',
    -- the displaced token of another slot that this one makes good; each at most once
    reallocated_from bigint CONSTRAINT token_predecessor_exists REFERENCES token (id),
    created_at       timestamptz NOT NULL,
    -- how many times it was given a status, its first included: each needs an audit entry
    version          integer NOT NULL DEFAULT 1,
    -- what it was before the last of them, which an undo makes of it again; set by the trigger
    previous_status  token_status,
    CONSTRAINT token_had_another_status_before_each_change CHECK ((previous_status IS NULL) = (version = 1)),
    CONSTRAINT token_sequence_number_is_unique_in_its_slot UNIQUE (slot_id, sequence_number)
);

CREATE UNIQUE INDEX token_patient_is_active_once_in_a_slot ON token (slot_id, patient_id) WHERE status = 'ACTIVE';
-- With the status: whoever asks for a place is looked up for those that he holds at the same time.
CREATE INDEX token_by_patient ON token (patient_id, status);
-- Who waits for a place; read with each queue.
CREATE INDEX token_waits_in_a_slot ON token (slot_id) WHERE status = 'DISPLACED';
-- Most tokens make nothing good, and need no place in an index for it.
CREATE UNIQUE INDEX token_is_reallocated_once ON token (reallocated_from) WHERE reallocated_from IS NOT NULL;
