-- Units with events in the period, but none that makes a step.
select count(distinct {unit})
from human_events e
{links}
where e.time_ms >= {from}
  and e.time_ms < {to}
  and e.time_ms < {until}
  and {unit} not in (select unit from {units})
