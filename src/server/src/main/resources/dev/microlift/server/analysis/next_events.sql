-- What units did next when they left the journey, by the edge they left it at and by arm. Exposures are not something
-- that a unit does, nor is what says who it is; events of one instant are told apart by their message id.
with leavers as (
  select unit, variant_no, {reached} as reached, t0 + {since} as since, closes
  from {units}
  where {which}
    and {reached} < {required}
),
next as (
  select l.unit, arg_min(e.name, {'time': e.time_ms, 'message_id': e.message_id}) as event
  from (
    select {unit} as unit, e.time_ms, e.message_id, e.name
    from human_events e
    {links}
    where e.kind in ('track', 'page', 'screen') and e.name <> 'Experiment Viewed' and e.time_ms < {until}
  ) e
  join leavers l on l.unit = e.unit and e.time_ms > l.since and e.time_ms < l.closes
  group by l.unit
),
counts as (
  select reached, variant_no, coalesce(event, {nothing}) as event, count(*) as units
  from leavers
  left join next using (unit)
  group by all
)
select *
from counts
qualify row_number() over (partition by reached, variant_no order by units desc, event) <= {most}
order by reached, variant_no, units desc, event
