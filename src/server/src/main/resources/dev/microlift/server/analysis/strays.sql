-- Exposures to variants that the experiment does not have.
select count(*) as exposures
from human_events
where name = 'Experiment Viewed'
  and experiment = ?
  and time_ms < ?  -- what is known
  and not list_contains(?::varchar[], variant)
