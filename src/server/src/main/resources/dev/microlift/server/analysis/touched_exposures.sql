select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot,
  e.experiment, e.variant, e.message_id, {said_properties} as properties, {said_context} as context
from events e
{links}
join touched on touched.unit = {unit}
where e.name = 'Experiment Viewed'
  and e.experiment = {experiment}
  and e.time_ms < {known}
union all
