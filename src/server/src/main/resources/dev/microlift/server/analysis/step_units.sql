-- Every unit with an event that makes a step, what its events add up to, and the most that it ever was.
with made as (
  select
    {unit} as unit,
    e.time_ms,
    e.message_id,
    {makes} as makes,
    {adds} as adds
  from human_events e
  where list_contains([{names}], e.name)
    and e.position <= {through}
),
amounts as (
  select unit, time_ms, message_id, {amount} as amount
  from made
  where makes and unit is not null
),
running as (
  select
    unit,
    amount,
    sum(amount) over (
      partition by unit order by time_ms, message_id rows between unbounded preceding and current row
    ) as so_far
  from amounts
)
select unit, sum(amount) as amount, {peak} as peak
from running
group by unit
