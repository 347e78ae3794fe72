-- Whether a token's patient is with the doctor (CALLED), could be called (WAITING), or neither, as the entries up to a
-- moment tell.
create function pg_temp.token_is(token bigint, moment timestamptz) returns text language sql as $$
  select case when not active then 'NEITHER' when called = 'TOKEN_CALLED' then 'CALLED'
              when away = 'TOKEN_PARKED' then 'NEITHER' else 'WAITING' end
    from (select
      (select case when kind = 'CHANGE_UNDONE' then facts ->> 'status' = 'ACTIVE'
                   else kind in ('TOKEN_ALLOCATED', 'TOKEN_REINSTATED') end
         from audit_entry where token_id = token and at <= moment
          and kind in ('TOKEN_ALLOCATED', 'TOKEN_REINSTATED', 'TOKEN_DISPLACED', 'TOKEN_CANCELLED', 'TOKEN_NO_SHOW',
                       'TOKEN_COMPLETED', 'CHANGE_UNDONE') order by number desc limit 1) as active,
      (select kind from audit_entry where token_id = token and at <= moment
          and kind in ('TOKEN_CALLED', 'TOKEN_PARKED', 'TOKEN_DISPLACED') order by number desc limit 1) as called,
      (select kind from audit_entry where token_id = token and at <= moment
          and kind in ('TOKEN_CALLED', 'TOKEN_PARKED', 'TOKEN_RETURNED', 'TOKEN_DISPLACED')
        order by number desc limit 1) as away) state
$$;
