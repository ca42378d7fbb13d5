-- All events of touched units that their rows are derived from, read once, with no more columns than are needed: of most
-- names only the times.
create temporary table touched_events as
{exposures}
select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot,
  null::varchar as experiment, null::varchar as variant, {step_message_id} as message_id,
  null::varchar as properties, null::varchar as context
from events e
{links}
join touched on touched.unit = {unit}
where list_contains([{names}], e.name) and not list_contains([{read_names}], e.name)
  and e.time_ms < {known}
union all
select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot,
  null::varchar as experiment, null::varchar as variant, {step_message_id} as message_id,
  e.properties, {context} as context
from events e
{links}
join touched on touched.unit = {unit}
where list_contains([{read_names}], e.name)
  and e.time_ms < {known}
