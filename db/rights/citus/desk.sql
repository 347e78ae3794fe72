-- Citus writes the defaults of columns into each INSERT that it passes on, and then asks for the right to give them. The
-- triggers of R__guards.sql let a row begin with no other values (*_begins_as_new, token_takes_a_place), and number it anew.
GRANT INSERT (active, version) ON doctor TO ${role};
GRANT INSERT (id, status, delay_minutes, version) ON slot TO ${role};
GRANT INSERT (id, version) ON patient TO ${role};
GRANT INSERT (id, status, version) ON token TO ${role};
GRANT INSERT (transaction_id) ON request TO ${role};
GRANT INSERT (id, transaction_id) ON audit_entry TO ${role};
-- ON ALL TABLES does not reach the view on every server.
GRANT SELECT ON patient_identity TO ${role};
