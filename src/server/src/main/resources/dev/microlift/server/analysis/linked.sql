  union all
  select user_id
  from events
  where kind = 'identify'
    and anonymous_id in (
      select anonymous_id from events where kind = 'identify' and position > {position} and anonymous_id is not null
    )
