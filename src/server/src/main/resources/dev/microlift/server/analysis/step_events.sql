-- What compared units did in their windows, in the order of units and of time.
with made as (
  select
    {unit} as unit,
    e.time_ms,
    e.message_id,
    {columns}
  from human_events e
  {links}
  where e.name in ({names})
    and e.time_ms < ?  -- what is known
)
select
  x.unit_no,
  x.variant_no,
  x.t0,
  made.*
from made
join exposed x on x.unit = made.unit
where x.fate = 'compared'
  and {population}
  and made.time_ms >= x.t0
  and made.time_ms < x.closes
  and ({any_step})
order by x.unit_no, made.time_ms, made.message_id
