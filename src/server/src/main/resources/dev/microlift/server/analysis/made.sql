  -- Events that may make a step or count for a guardrail.
  select
    {unit} as unit,
    e.time_ms,
    list_position({name_list}, e.name) as name_no
    {columns}
  from {events} e
  {links}
  where e.name in ({names})
    and e.time_ms < {known}
    and {kind}
