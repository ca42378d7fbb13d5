-- All events of touched units that their rows are derived from, read once, with no more columns than are needed: of most
-- names only the times.
create temporary table touched_events as
{exposures}
select
  e.user_id, e.anonymous_id, e.units, e.name, e.time_ms, e.late, e.clamped, e.bot,
  null::varchar as experiment, null::varchar as variant, {step_message_id} as message_id,
  null::varchar as properties, null::varchar as context
from events e
{links}
where e.name in ({names}) and not e.name in ({read_names})
  and e.time_ms < {known}
  and {unit} in (from touched)
union all
select
  e.user_id, e.anonymous_id, e.units, e.name, e.time_ms, e.late, e.clamped, e.bot,
  null::varchar as experiment, null::varchar as variant, {step_message_id} as message_id,
  e.properties, {context} as context
from events e
{links}
where e.name in ({read_names})
  and e.time_ms < {known}
  and {unit} in (from touched)
