-- Who follows the log reads what has become visible since the last look. Ids are not in the order of
-- the commits, so each entry carries its transaction: what a snapshot did not see yet, a later one
-- finds by it. Set by the database; no role but the owner may write it.
ALTER TABLE audit_entry ADD COLUMN transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;
CREATE INDEX audit_entry_by_transaction ON audit_entry (transaction_id);

-- Wakes the followers. Transactions that NOTIFY commit one after the other, all over the server, so as
-- few as possible do: none while nobody follows, and else one at a time, whose news serves for those
-- beside it as well. A follower holds the first lock exclusively, and a writer that cannot share it
-- knows; the second one is had by the writer that notifies. Nobody ever waits here.
CREATE FUNCTION audit_entry_wakes_followers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock_shared(hashtext(TG_TABLE_SCHEMA), hashtext('audit followers'))
       AND pg_try_advisory_xact_lock(hashtext(TG_TABLE_SCHEMA), hashtext('audit notification')) THEN
        PERFORM pg_notify(TG_TABLE_SCHEMA, '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_wakes_followers AFTER INSERT ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_wakes_followers();

REVOKE EXECUTE ON FUNCTION audit_entry_wakes_followers() FROM PUBLIC;
