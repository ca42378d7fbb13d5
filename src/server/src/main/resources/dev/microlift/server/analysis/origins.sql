-- Where units came from: as their first exposure says or, if it says nothing, as the nearest page does. Pages at one instant
-- are told apart by what they say, so that the order of arrival never matters.
create temporary table origins as
with unknown as (
  select x.unit_no, x.unit, x.t0
  from exposed x
  join first_exposures using (unit_no)
  where said.{segment} = {nowhere}
),
pages as (
  select
    unknown.unit_no,
    e.time_ms > unknown.t0 as later,
    abs(e.time_ms - unknown.t0) as distance,
    {origin} as origin
  from events e
  {links}
  join unknown on unknown.unit = {unit}
  where e.kind = 'page'
    and not e.bot
    and e.time_ms < {known}
    and e.time_ms < unknown.t0 + {visit}
),
nearest as (
  select unit_no, first(origin order by later, distance, origin) as origin
  from pages
  where origin <> {nowhere}
  group by unit_no
)
select unit_no, coalesce(nearest.origin, said.{segment}) as origin
from first_exposures
left join nearest using (unit_no)
