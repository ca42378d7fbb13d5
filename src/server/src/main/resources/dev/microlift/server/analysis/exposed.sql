-- Every exposed unit once: its first exposure says its variant and its t0. A unit that saw two variants is a crossover.
-- Exposures at one instant are told apart by their message id, so that the order of arrival never matters. What robots
-- sent says nothing about a unit; one that only they speak of is counted apart.
create temporary table exposed as
with arms as (
  select unnest(?::varchar[]) as variant, generate_subscripts(?::varchar[], 1) - 1 as variant_no
),
exposures as (
  select
    {unit} as unit,
    arms.variant_no,
    e.time_ms,
    e.message_id,
    e.bot
  from events e
  join arms on arms.variant = e.variant
  {links}
  where e.name = 'Experiment Viewed'
    and e.experiment = ?
    and e.time_ms < ?  -- the experiment's end
    and e.time_ms < ?  -- what is known
),
units as (
  select
    unit,
    first(variant_no order by time_ms, message_id) filter (where not bot) as variant_no,
    coalesce(min(time_ms) filter (where not bot), min(time_ms)) as t0,
    count(distinct variant_no) filter (where not bot) as variants_seen
  from exposures
  where unit is not null
  group by unit
)
select
  row_number() over (order by unit) as unit_no,
  unit,
  variant_no,
  t0,
  {closes} as closes,
  case
    when variants_seen = 0 then 'bot'
    when list_contains(?::varchar[], unit) then 'overridden'
    when variants_seen > 1 then 'crossover'
    else 'compared'
  end as fate
from units
where t0 >= ? and t0 < ?
