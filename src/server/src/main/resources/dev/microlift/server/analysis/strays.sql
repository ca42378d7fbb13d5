-- Exposures to variants that the experiment does not have.
select count(*)
from human_events e
where e.name = 'Experiment Viewed'
  and e.experiment = {experiment}
  and e.position > {position}
  and e.time_ms < {known}
  and e.variant not in ({variants})
