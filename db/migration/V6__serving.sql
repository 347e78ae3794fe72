-- Who is here, who was called in, who is away for a while. A token has a row once something of it happened, so that who
-- never calls anybody pays nothing. The entry that tells of it makes and changes the row, see token_is_served in
-- R__guards.sql: nothing of it can be without its entry, and no role needs a right to write here.
CREATE TABLE serving (
    token_id    bigint PRIMARY KEY CONSTRAINT serving_token_exists REFERENCES token (id),
    slot_id     bigint NOT NULL CONSTRAINT serving_slot_exists REFERENCES slot (id),
    -- null for who walked in, who has been here since the token was given
    arrived_at  timestamptz,
    -- of the last call, while it stands
    called_at   timestamptz,
    -- the number of that call's entry in the slot's chain: clocks may be set back, and numbers ascend
    call_number bigint,
    calls       integer NOT NULL DEFAULT 0 CONSTRAINT serving_calls_are_counted CHECK (calls >= 0),
    room        text CONSTRAINT serving_room_is_plain_text CHECK (is_plain_text(room, 20)),
    parked_at   timestamptz,
    CONSTRAINT serving_call_is_whole
        CHECK ((called_at IS NULL) = (call_number IS NULL)
               AND (called_at IS NOT NULL OR room IS NULL)
               AND (called_at IS NULL OR calls > 0)),
    CONSTRAINT serving_is_called_or_parked CHECK (called_at IS NULL OR parked_at IS NULL)
);
-- Read with each queue.
CREATE INDEX serving_by_slot ON serving (slot_id);
