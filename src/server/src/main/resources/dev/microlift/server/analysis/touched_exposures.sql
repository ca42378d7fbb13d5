select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot,
  e.experiment, e.variant, e.message_id, {said_properties} as properties, {said_context} as context
from events e
{links}
where e.name = 'Experiment Viewed'
  and e.experiment = {experiment}
  and e.time_ms < {known}
  and {unit} in (from touched)
union all
