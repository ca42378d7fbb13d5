-- When units first did each step; those that did not, when they were last seen without it. One pass over the units counts
-- the times of all steps: each is a grouping set, and the one that a row is of is the only one that is not absent.
with placed as (
  select
    variant_no,
    case when closes <= {known} then closes - t0 else greatest(0, least(closes, {seen}) - t0) end as followed,
    {firsts}
  from {units}
  where {which}
),
timed as (
  select variant_no, {times}
  from placed
)
select variant_no, grouping({names}) as absent, coalesce({names}) as time, count(*) as units
from timed
group by grouping sets ({sets})
