-- The past of a facility, as the owner loads it in bulk: so many tokens, with the entries and outcomes that belong to
-- them, in slots of a hundred places of a doctor HIST, of the patients who are known. Without triggers: what they
-- check and count is written here as they would. Run by scripts/bench growth, and by GrowthTest on a smaller scale.
set session_replication_role = replica;

insert into doctor (code, name) values ('HIST', 'Doctor of the past') on conflict do nothing;

create temporary table past_slot as
select nextval(pg_get_serial_sequence('slot', 'id')) as id, n,
       timestamptz '2001-01-01T00:00Z' + (n + earlier) * interval '15 minutes' as starts_at
  from generate_series(0, (:tokens - 1) / 100) n,
       (select count(*) from slot where doctor_code = 'HIST') past (earlier);
insert into slot (id, doctor_code, starts_at, ends_at, label, day, capacity, status) overriding system value
select id, 'HIST', starts_at, starts_at + interval '15 minutes', 'HIST-' || to_char(wall_time, 'YYYYMMDD-HH24MI'),
       wall_time::date, 100, 'COMPLETED'
  from (select *, starts_at at time zone (select zone from facility) as wall_time from past_slot) past_slot;
insert into slot_count (slot_id, capacity, is_open, completed, last_sequence)
select id, 100, false, least(100, :tokens - n * 100), least(100, :tokens - n * 100) from past_slot;

create temporary table past_token as
select nextval(pg_get_serial_sequence('token', 'id')) as id, past_slot.id as slot_id, sequence,
       1 + (past_slot.n * 100 + sequence - 1) % (select max(id) from patient) as patient_id, starts_at,
       'past-' || past_slot.id || '-' || sequence as request_id
  from past_slot, generate_series(1, 100) sequence
 where past_slot.n * 100 + sequence <= :tokens;
insert into token (id, slot_id, sequence_number, patient_id, priority, source, status, previous_status, created_at,
                   version)
overriding system value
select id, slot_id, sequence, patient_id, 'FOLLOW_UP', 'ONLINE', 'COMPLETED', 'ACTIVE', starts_at, 2 from past_token;
insert into request (id, digest, kind, outcome) select request_id, sha256('past'), 'ADMITTED', '{}' from past_token;
insert into audit_entry (at, kind, actor, request_id, slot_id, token_id, patient_id, rule, facts, chain, number, hash,
                         login, token_version)
select starts_at, kind, 'past', request_id, slot_id, id, patient_id, rule, facts::json,
       'slot/' || slot_id, 2 * sequence + place, sha256(request_id::bytea), 'past', version
  from past_token,
       (values ('TOKEN_ALLOCATED', 1, 0, 1, '{"priority":"FOLLOW_UP","source":"ONLINE","capacity":100,"active":10}'),
               ('TOKEN_COMPLETED', null, 1, 2, '{}')) entry (kind, rule, place, version, facts);
drop table past_token, past_slot;
set session_replication_role = origin;
