-- One metric as one query: units, the conversion of each in its window, sums by variant.
with exposures as (
  select user_id as unit, min(time_ms) as t0, min(variant) as variant, max(variant) as other
  from hot_events
  where name = 'Experiment Viewed' and experiment = 'exp' and not bot
  group by user_id
),
metric as (
  select x.unit, x.variant, count(*) as events, min(e.time_ms - x.t0) as first_ms
  from exposures x
  join hot_events e on e.user_id = x.unit
  where e.name = '{event}' and not e.bot and e.time_ms >= x.t0 and e.time_ms < x.t0 + 604800000 and x.variant = x.other
  group by x.unit, x.variant
)
select variant, count(*) as units, sum(events) as events, sum(events * events) as squares, sum(first_ms) as times
from metric
group by variant
