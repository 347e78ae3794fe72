-- Gives each slot of the past that history.sql has loaded its opening, with which its chain begins. Without triggers,
-- as the owner.
set session_replication_role = replica;
insert into request (id, digest, kind, outcome)
select 'past-opened-' || id, sha256('past'), 'SLOTS_OPENED', '{}' from slot where doctor_code = 'HIST';
insert into audit_entry (at, kind, actor, request_id, slot_id, facts, chain, number, hash, login, subject_version)
select starts_at, 'SLOT_OPENED', 'past', 'past-opened-' || id, id,
       json_build_object('doctor', doctor_code, 'start', to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'end', to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'capacity', capacity,
         'label', label, 'day', day),
       'slot/' || id, 1, sha256(label::bytea), 'past', 1
  from slot where doctor_code = 'HIST';
set session_replication_role = origin;
