  -- Events that may make a step or count for a guardrail. The database asks a list of constants about each different name
  -- once; of IN with more than a few names it makes a join, row by row.
  select
    {unit} as unit,
    e.time_ms,
    list_position({name_list}, e.name) as name_no
    {columns}
  from {events} e
  {links}
  where list_contains({name_list}, e.name)
    and e.time_ms < {known}
    and {kind}
