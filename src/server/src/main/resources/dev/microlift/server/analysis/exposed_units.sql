-- Every unit that was exposed to a variant.
select distinct {unit} as unit
from human_events e
where e.name = 'Experiment Viewed'
  and e.experiment = ?
  and e.variant = ?
  and e.received_ms >= ?
  and e.position <= ?
  and {unit} is not null
