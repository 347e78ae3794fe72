CREATE DOMAIN request_id AS text CONSTRAINT request_id_is_plain_text CHECK (is_plain_text(VALUE, 100));
CREATE DOMAIN request_digest AS bytea CONSTRAINT request_digest_is_sha256 CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN request_kind AS text CONSTRAINT request_kind_is_known CHECK (VALUE IN (
    'ADMITTED', 'REJECTED', 'TOKEN_DONE', 'CHANGE_REJECTED', 'SLOT_DONE', 'SLOT_DELAYED', 'SLOT_MOVED',
    'SLOT_REJECTED', 'SLOTS_OPENED', 'DOCTOR_SAVED', 'PATIENT_SAVED', 'PATIENT_REJECTED', 'FACILITY_SAVED',
    'SLOT_CHANGED', 'SLOT_REOPENED', 'DOCTOR_LATE', 'DOCTOR_AWAY', 'TOKEN_SERVED', 'NOBODY_WAITING'));
CREATE DOMAIN request_outcome AS json
    CONSTRAINT request_outcome_is_bounded CHECK (octet_length(VALUE::text) <= 2000000);

-- What each changing command decided, so that it may be repeated safely.
CREATE TABLE request (
    id             request_id PRIMARY KEY,
    -- SHA-256 over the command and its canonical arguments; every entry of the request is hashed with it
    digest         request_digest NOT NULL,
    -- which outcome it is, and so which fields the next column has
    kind           request_kind NOT NULL,
    -- codes, labels, ids and facts; names are added when printing
    outcome        request_outcome NOT NULL,
    -- the transaction that decided it, which wrote its entries, too
    transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint
);

CREATE DOMAIN audit_entry_kind AS text CONSTRAINT audit_entry_kind_is_known CHECK (VALUE IN (
    'FACILITY_SET', 'DOCTOR_ADDED', 'DOCTOR_CHANGED', 'PATIENT_REGISTERED', 'PATIENT_CHANGED',
    'PATIENT_ERASED', 'SLOT_OPENED', 'SLOT_DELAYED', 'SLOT_CANCELLED', 'SLOT_COMPLETED',
    'TOKEN_ALLOCATED', 'TOKEN_DISPLACED', 'ALLOCATION_REJECTED', 'TOKEN_CANCELLED', 'TOKEN_NO_SHOW',
    'TOKEN_COMPLETED', 'TOKEN_REINSTATED', 'TOKEN_REALLOCATED', 'CHANGE_REJECTED',
    'SLOT_CHANGED', 'SLOT_REOPENED', 'CHANGE_UNDONE',
    'TOKEN_ARRIVED', 'TOKEN_CALLED', 'TOKEN_PARKED', 'TOKEN_RETURNED'));
CREATE DOMAIN audit_entry_actor AS text
    CONSTRAINT audit_entry_actor_is_plain_text CHECK (is_plain_text(VALUE, 100));
CREATE DOMAIN rule_number AS smallint CONSTRAINT audit_entry_rule_is_known CHECK (VALUE BETWEEN 1 AND 5);
CREATE DOMAIN audit_entry_facts AS json
    CONSTRAINT audit_entry_facts_are_bounded CHECK (octet_length(VALUE::text) <= 200000);

CREATE TABLE audit_entry (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL,
    kind            audit_entry_kind NOT NULL,
    actor           audit_entry_actor NOT NULL,
    -- The database's login that wrote it: an actor is what a desk says of itself. In a simulation the same on every
    -- machine.
    login           text NOT NULL,
    -- The request's outcome is stored before its entries are.
    request_id      request_id NOT NULL CONSTRAINT audit_entry_request_has_its_outcome REFERENCES request (id),
    -- No foreign keys here: the log must outlive what it tells of, and the trigger of R__guards.sql looks anyway.
    doctor_code     text,
    slot_id         bigint,
    token_id        bigint,
    patient_id      bigint,
    -- the number of the rule applied, null where none was
    rule            rule_number,
    -- json, not jsonb: the text is hashed as it was written. A slot of 500 places needs some 40,000 bytes.
    facts           audit_entry_facts NOT NULL,
    -- slot/ID, doctor/CODE, patient/ID or facility; ordered by bytes, so that every database and every program sees
    -- the chains in the same order
    chain           text COLLATE "C" NOT NULL,
    number          bigint NOT NULL,
    previous_hash   bytea,
    hash            bytea NOT NULL,
    -- which change of the token this entry tells of; null when it changed no token
    token_version   integer,
    -- which change of the slot, doctor, patient or facility itself this entry tells of; null when it changed none
    subject_version integer,
    -- Who follows the log reads what has become visible since the last look. Ids are not in the order of the
    -- commits, so each entry carries its transaction: what a snapshot did not see yet, a later one finds by it. Set
    -- by the database; no role but the owner may write it.
    transaction_id  bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    CONSTRAINT audit_entry_number_is_unique_in_its_chain UNIQUE (chain, number),
    CONSTRAINT audit_entry_tells_each_change_once UNIQUE (token_id, token_version),
    CONSTRAINT audit_entry_is_about_one_subject
        CHECK (doctor_code IS NULL OR num_nonnulls(slot_id, token_id, patient_id) = 0)
);
CREATE INDEX audit_entry_by_patient ON audit_entry (patient_id);
CREATE INDEX audit_entry_by_transaction ON audit_entry (transaction_id);
-- Times ascend nearly as the rows do, so that a few bytes for each 128 pages find where a day begins. What was
-- written since the last vacuum is looked through, and mostly what is asked for.
CREATE INDEX audit_entry_by_time ON audit_entry USING brin (at);
CREATE UNIQUE INDEX audit_entry_tells_each_change_of_its_subject_once ON audit_entry (chain, subject_version)
    WHERE subject_version IS NOT NULL;

-- Checked at COMMIT: a token's newest change is in the log.
ALTER TABLE token ADD CONSTRAINT token_change_has_its_audit_entry
    FOREIGN KEY (id, version) REFERENCES audit_entry (token_id, token_version) DEFERRABLE INITIALLY DEFERRED;
