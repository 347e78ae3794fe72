-- As in desk.sql.
GRANT INSERT (transaction_id) ON request TO ${role};
GRANT INSERT (id, transaction_id) ON audit_entry TO ${role};
