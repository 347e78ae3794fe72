-- The figures of a report, computed a second time: from the tables where they tell it, and with nothing of the
-- program. @ZONE@, @FROM@, @TO@ and @BY@ (a column of item) are put in by the test. Rows: group (null for all), figure,
-- value.
with recursive
day_slot as (
  select s.*, substring(split_part(s.label, '-', 3) for 2) as hour, to_char(s.day, 'Dy') as weekday
    from slot s where s.day between '@FROM@' and '@TO@'),
entry as (
  select e.id, e.at, e.kind, e.actor, e.request_id, e.token_id, e.patient_id, e.number, e.facts::jsonb as f,
         s.id as slot_id, s.day, s.doctor_code as doctor, s.hour, s.weekday, s.starts_at, s.ends_at
    from audit_entry e join day_slot s on s.id = e.slot_id),
tok as (
  select t.id, t.status, t.priority, t.source, t.patient_id, t.sequence_number, e.slot_id, e.day, e.doctor, e.hour,
         e.weekday, e.starts_at, e.at as given, e.actor as giver, e.id as entry, e.request_id, e.f,
         e.day - (e.at at time zone '@ZONE@')::date as lead,
         coalesce(t.reallocated_from,
                  (select p.id from token p join slot ps on ps.id = p.slot_id
                    where ps.label || '-' || lpad(p.sequence_number::text, greatest(2, length(p.sequence_number::text)), '0')
                          = e.f ->> 'movedFrom')) as predecessor,
         (e.f ? 'reallocatedFrom' or e.f ? 'movedFrom') as follows
    from token t join entry e on e.token_id = t.id and e.kind = 'TOKEN_ALLOCATED'),
root (id, at_id, given) as (
  select id, id, given from tok
  union all
  select r.id, p.id, p.given
    from root r join tok t on t.id = r.at_id join tok p on p.id = t.predecessor and p.day = t.day and p.entry < t.entry),
arrival as (
  select t.id,
         case when t.source = 'WALK_IN' then (select min(r.given) from root r where r.id = t.id)
              else coalesce((t.f ->> 'arrivedAt')::timestamptz,
                            (select min(e.at) from entry e where e.token_id = t.id and e.kind = 'TOKEN_ARRIVED'))
         end as at
    from tok t),
refusal as (
  select e.*, e.f ->> 'code' as code from entry e
   where e.kind = 'ALLOCATION_REJECTED' and not e.f ? 'reallocatedFrom' and not e.f ? 'movedFrom'
     and not exists (select from tok t where t.request_id = e.request_id and t.day = e.day)),
first_refusal as (
  select distinct on (day, patient_id) * from refusal where code <> 'DUPLICATE_TOKEN'
   order by day, patient_id, at, id),
loss as (
  select e.*, t.priority, t.source, row_number() over (partition by e.day, t.patient_id order by e.at, e.id) as which
    from entry e join tok t on t.id = e.token_id
   where e.kind = 'TOKEN_DISPLACED'
     and not exists (select from entry u where u.slot_id = e.slot_id and u.kind = 'CHANGE_UNDONE'
                        and (u.f ->> 'undoes')::bigint = e.number)),
redress as (
  select e.*, t.priority, t.source,
         (select max(l.number) from loss l where l.token_id = e.token_id and l.number < e.number) as lost
    from entry e join tok t on t.id = e.token_id where e.kind in ('TOKEN_REINSTATED', 'TOKEN_REALLOCATED')),
ended as (
  select t.*, (select e.actor from entry e
                where e.token_id = t.id and e.kind = 'TOKEN_' || t.status order by e.number desc limit 1) as ender
    from tok t where t.status in ('COMPLETED', 'NO_SHOW', 'CANCELLED')),
first_call as (
  select distinct on (e.token_id) e.*, t.priority, t.source, a.at as arrived
    from entry e join tok t on t.id = e.token_id join arrival a on a.id = t.id
   where e.kind = 'TOKEN_CALLED' order by e.token_id, e.number),
seen as (
  select t.*, c.actor as ender, c.at - k.at as length
    from tok t
    join lateral (select * from entry e where e.token_id = t.id and e.kind = 'TOKEN_COMPLETED'
                   order by e.number desc limit 1) c on not c.f ? 'withSlot'
    join lateral (select * from entry e where e.token_id = t.id and e.kind = 'TOKEN_CALLED'
                   order by e.number desc limit 1) k on true
   where not exists (select from entry e where e.token_id = t.id and e.kind = 'CHANGE_UNDONE' and e.number > c.number)
     and not exists (select from entry e where e.token_id = t.id and e.kind in ('TOKEN_PARKED', 'TOKEN_DISPLACED')
                        and e.number > k.number)),
-- A doctor's day cut at every moment at which something happened.
moment as (
  select distinct doctor, day, at from (
    select doctor, day, at from entry where token_id is not null
    union all select doctor_code, day, starts_at from day_slot
    union all select t.doctor, t.day, a.at from tok t join arrival a on a.id = t.id where a.at is not null) m),
stretch as (
  select doctor, day, at, lead(at) over (partition by doctor, day order by at) as until from moment),
idle as (
  select m.*
    from stretch m
   where until is not null
     and not exists (select from tok t where t.doctor = m.doctor and t.day = m.day
                        and pg_temp.token_is(t.id, m.at) = 'CALLED')
     and exists (select from tok t join arrival a on a.id = t.id
                  where t.doctor = m.doctor and t.day = m.day and a.at <= m.at and t.starts_at <= m.at
                    and pg_temp.token_is(t.id, m.at) = 'WAITING')),
call_moment as (
  select doctor, day, at, (array_agg(slot_id order by id))[1] as slot_id,
         lag(at) over (partition by doctor, day order by at) as before
    from entry where kind = 'TOKEN_CALLED' group by doctor, day, at),
item (name, value, doctor, hour, weekday, priority, source, actor) as (
  select 'admitted', 1, doctor, hour, weekday, priority, source, giver from tok where not follows
  union all select 'refusedBy.' || code, 1, doctor, hour, weekday, f ->> 'priority', f ->> 'source', actor from refusal
  union all select 'refusedPatients', 1, doctor, hour, weekday, f ->> 'priority', f ->> 'source', actor
    from first_refusal
  union all select 'refusedPlaced', 1, doctor, hour, weekday, f ->> 'priority', f ->> 'source', actor
    from first_refusal r
   where exists (select from tok t where t.day = r.day and t.patient_id = r.patient_id and t.given >= r.at)
  union all select 'displaced', 1, doctor, hour, weekday, priority, source, actor from loss
  union all select 'displacedTwice', 1, doctor, hour, weekday, priority, source, actor from loss where which = 2
  union all select 'reallocated', 1, doctor, hour, weekday, priority, source, actor from redress
  union all select '/owedMinutes', floor(extract(epoch from r.at - l.at) / 60), r.doctor, r.hour, r.weekday, r.priority,
         r.source, r.actor
    from redress r join loss l on l.token_id = r.token_id and l.number = r.lost
  union all select 'stillOwed', 1, doctor, hour, weekday, priority, source,
         (select e.actor from entry e where e.token_id = t.id
             and (e.kind = 'TOKEN_DISPLACED' or e.kind = 'CHANGE_UNDONE' and e.f ->> 'status' = 'DISPLACED')
           order by e.number desc limit 1)
    from tok t
   where status = 'DISPLACED' and not exists (select from token s where s.reallocated_from = t.id)
     and not exists (select from token o where o.slot_id = t.slot_id and o.patient_id = t.patient_id
                        and o.status = 'ACTIVE')
  union all
  select unnest(array['emergencies', case when f ? 'displaced' then 'emergenciesDisplacing' end,
                      case when f ? 'reason' then 'emergenciesWithReason' end,
                      case when status = 'COMPLETED' then 'emergenciesCompleted' end,
                      case when status = 'NO_SHOW' then 'emergenciesNoShow' end]),
         1, doctor, hour, weekday, priority, source, giver
    from tok where not follows and priority = 'EMERGENCY'
  union all select case status when 'COMPLETED' then 'completed' when 'NO_SHOW' then 'noShow' else 'cancelled' end, 1,
         doctor, hour, weekday, priority, source, ender from ended
  union all
  select 'leadTime.' || case when lead <= 0 then 'sameDay' when lead < 7 then 'week' else 'longer' end || '.' || what, 1,
         doctor, hour, weekday, priority, source, giver
    from tok, unnest(array['given', case status when 'COMPLETED' then 'completed' when 'NO_SHOW' then 'noShow'
                                                when 'CANCELLED' then 'cancelled' end]) what
   where what is not null
  union all select 'slots', 1, doctor_code, hour, weekday, null, null, null from day_slot
  union all select 'places', capacity, doctor_code, hour, weekday, null, null, null from day_slot
    where status <> 'CANCELLED'
  union all select '+seen', 1, doctor, hour, weekday, null, null, null from tok where status = 'COMPLETED'
  union all select 'delaysAnnounced', 1, doctor, hour, weekday, null, null, null from entry
    where kind = 'SLOT_DELAYED' and f ->> 'minutes' <> '0'
  union all select '/delayMinutes', delay_minutes, doctor_code, hour, weekday, null, null, null from day_slot
    where delay_minutes > 0
  union all select 'cancelledSlots', 1, doctor_code, hour, weekday, null, null, null from day_slot
    where status = 'CANCELLED'
  union all
  select unnest(array['cancelledSlotTokens',
                      case when exists (select from token r where r.reallocated_from = t.id)
                           then 'cancelledSlotReallocated' end]),
         1, t.doctor, t.hour, t.weekday, null, null, null
    from tok t join day_slot s on s.id = t.slot_id and s.status = 'CANCELLED'
    join lateral (select f from entry e where e.slot_id = s.id and e.kind = 'SLOT_CANCELLED'
                   order by number desc limit 1) c on c.f -> 'tokens' @> to_jsonb(t.sequence_number)
  union all select '/overrunMinutes', floor(extract(epoch from max(at) - ends_at) / 60), doctor, hour, weekday, null, null,
         null
    from entry where kind = 'TOKEN_CALLED' or kind = 'TOKEN_COMPLETED' and not f ? 'withSlot'
   group by slot_id, ends_at, doctor, hour, weekday having max(at) > ends_at
  union all select unnest(array['called', case when arrived is null or arrived > at then 'calledWithoutArrival' end]), 1,
         doctor, hour, weekday, priority, source, actor from first_call
  union all select '/waitSeconds', floor(greatest(0, extract(epoch from at - greatest(arrived, starts_at)))), doctor, hour,
         weekday, priority, source, actor
    from first_call where arrived <= at
  union all select 'callsOutOfTurn', 1, e.doctor, e.hour, e.weekday, t.priority, t.source, e.actor
    from entry e join tok t on t.id = e.token_id
   where e.kind = 'TOKEN_CALLED' and e.f -> 'passed' @> '[{"why": "OUT_OF_TURN"}]'
  union all select '/lateStartSeconds', floor(greatest(0, extract(epoch from min(at) - starts_at))), doctor, hour, weekday,
         null, null, null
    from entry where kind = 'TOKEN_CALLED' group by slot_id, starts_at, doctor, hour, weekday
  union all select '/consultationSeconds', floor(extract(epoch from length)), doctor, hour, weekday, priority, source, ender
    from seen
  union all select '+idle', floor((select coalesce(extract(epoch from sum(i.until - i.at)), 0) from idle i
                                    where i.doctor = c.doctor and i.day = c.day and i.at >= c.before and i.until <= c.at)),
         s.doctor_code, s.hour, s.weekday, null, null, null
    from call_moment c join day_slot s on s.id = c.slot_id),
grouped as (
  select name, value, @BY@::text as grp, false as of_all from item where name is not null and @BY@ is not null
  union all select name, value, null, true from item where name is not null),
n as (select of_all, grp, name, sum(value) as n from grouped where name not like '/%' group by of_all, grp, name),
c as (select of_all, grp, jsonb_object_agg(name, n) as n from n group by of_all, grp),
len as (
  select of_all, grp, substr(name, 2) as name, count(*) as n, percentile_disc(0.5) within group (order by value) as p50,
         percentile_disc(0.9) within group (order by value) as p90, max(value) as longest,
         count(*) filter (where value <= 900) as w15, count(*) filter (where value <= 1800) as w30,
         count(*) filter (where value <= 3600) as w60
    from grouped where name like '/%' group by of_all, grp, name),
share (name, part, whole) as (
  values ('utilisationPercent', '{+seen}'::text[], '{places}'::text[])
  union all select 'leadTime.' || l || '.noShow', array['leadTime.' || l || '.noShow'],
                   array['leadTime.' || l || '.noShow', 'leadTime.' || l || '.completed']
    from unnest('{sameDay,week,longer}'::text[]) l
  union all select 'leadTime.' || l || '.cancelled', array['leadTime.' || l || '.cancelled'],
                   array['leadTime.' || l || '.given'] from unnest('{sameDay,week,longer}'::text[]) l),
shares as (
  select of_all, grp, share.name, k, w
    from c, share,
         lateral (select coalesce(sum((n ->> x)::numeric), 0) as k from unnest(part) x) k,
         lateral (select coalesce(sum((n ->> x)::numeric), 0) as w from unnest(whole) x) w
   where w > 0),
wilson as (
  select of_all, grp, name, (k + 1.9208) / (w + 3.8416) as middle,
         1.96 * sqrt(k * (w - k) / w + 0.9604) / (w + 3.8416) as spread
    from shares where name like 'leadTime.%'),
hours as (
  select of_all, grp, h, count(*) as requests
    from (select extract(hour from given at time zone '@ZONE@') as h, doctor, hour, weekday, priority, source,
                 giver as actor from tok where not follows
          union all select extract(hour from at at time zone '@ZONE@'), doctor, hour, weekday, f ->> 'priority',
                 f ->> 'source', actor from refusal) r,
         lateral (values (false, @BY@::text), (true, null)) g (of_all, grp)
   group by of_all, grp, h),
peak as (select distinct on (of_all, grp) * from hours order by of_all, grp, requests desc, h),
lever as (
  select giver, count(*) filter (where priority = 'EMERGENCY') as emergencies,
         count(*) filter (where priority = 'EMERGENCY' and f ? 'displaced') as displacing
    from tok where not follows group by giver)
select of_all, grp, name, n from n where name not like '+%'
union all select of_all, grp, 'idleSeconds', coalesce((c.n ->> '+idle')::numeric, 0) from c
 where exists (select from len where len.name = 'lateStartSeconds' and len.of_all = c.of_all
                  and len.grp is not distinct from c.grp)
union all select of_all, grp, 'refused', sum(n) from n where name like 'refusedBy.%' group by of_all, grp
union all select of_all, grp, 'requests', sum(n) from n where name like 'refusedBy.%' or name = 'admitted'
  group by of_all, grp
union all select of_all, grp, 'turnedAway',
       coalesce((n ->> 'refusedPatients')::numeric, 0) - coalesce((n ->> 'refusedPlaced')::numeric, 0) from c
union all select of_all, grp, name || '.count', n from len
union all select of_all, grp, name || '.median', p50 from len
union all select of_all, grp, name || '.p90', p90 from len
union all select of_all, grp, name || '.longest', longest from len
union all select of_all, grp, 'within15Percent', round(100.0 * w15 / n, 1) from len where name = 'waitSeconds'
union all select of_all, grp, 'within30Percent', round(100.0 * w30 / n, 1) from len where name = 'waitSeconds'
union all select of_all, grp, 'within60Percent', round(100.0 * w60 / n, 1) from len where name = 'waitSeconds'
union all select of_all, grp, 'punctualPercent', round(100.0 * w15 / n, 1) from len where name = 'lateStartSeconds'
union all select of_all, grp, case when name like 'leadTime.%' then name || 'Percent' else name end,
       round(100 * k / w, 1) from shares
union all select of_all, grp, name || 'Low', round(100 * greatest(0, middle - spread), 1) from wilson
union all select of_all, grp, name || 'High', round(100 * least(1, middle + spread), 1) from wilson
union all select of_all, grp, 'peak.hour', h from peak
union all select of_all, grp, 'peak.requests', requests from peak
union all select of_all, grp, 'emergenciesMedian',
       (select percentile_disc(0.5) within group (order by emergencies) from lever) from c
union all select of_all, grp, 'emergenciesDisplacingMedian',
       (select percentile_disc(0.5) within group (order by displacing) from lever) from c
