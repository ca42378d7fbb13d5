-- What units did, in one pass over the events whatever the number of steps. The code of an event is the number of its
-- name: as it is inside the unit's window, negative before its t0, and above all names if a robot sent it. Units that were
-- never exposed have negative numbers. What is kept of a unit while the pass goes on is kept small: that is what its time
-- depends on.
create temporary table done as
with made as (
  {made}
),
placed as (
  select
    {unit_no} as unit_no,
    {elapsed} as elapsed,
    case
      when made.bot then case when made.time_ms >= x.t0 then name_no + {name_count} end
      when made.time_ms < x.t0 then -name_no
      else name_no
    end as code,
    made.* exclude (unit, time_ms, name_no, bot)
  from made
  {join} exposed x on x.unit = made.unit
  where x.fate = 'compared' and made.time_ms >= x.t0 - {past} and made.time_ms < x.closes
    {or_unexposed}
),
gathered as (
  select
    unit_no
    {gathered}
  from placed
  group by unit_no
)
select *, ({strict})::tinyint as strict
from gathered
