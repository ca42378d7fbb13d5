-- What units had done by the end of each day on which that changed, and what they had done before it. A unit comes with
-- the day of its t0.
with dated as (
  select variant_no, before_goal, t0 // 86400000 as came, [{done}] as done, count(*) as units
  from {units}
  where {which}
  group by all
),
changed as (
  select *, unnest(list_distinct(list_prepend(came, done))) as day  -- which leaves out what was not done
  from dated
)
select
  day, variant_no, before_goal,
  {by_day} as did,
  {before_day} as did_before,
  came < day as was_there,
  sum(units)::bigint as units
from changed
group by all
order by day
