-- All events of touched units that their rows are derived from, each read once, with no more columns than are needed: of
-- most names not what they say, and message ids only to tell apart what attributes are taken from. To read a column takes
-- as long as it is large, however few of its rows are wanted.
create temporary table touched_events as
select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot, e.experiment, e.variant,
  {received_ms} as received_ms, null::varchar as message_id, null::varchar as properties, null::varchar as context
from events e
{links}
join touched on touched.unit = {unit}
where list_contains([{plain_names}]::varchar[], e.name)
  and e.time_ms < {known}
union all
select
  {unit} as unit, e.name, e.time_ms, e.late, e.clamped, e.bot, {experiment} as experiment, {variant} as variant,
  {received_ms} as received_ms, {message_id} as message_id, e.properties, {context} as context
from events e
{links}
join touched on touched.unit = {unit}
where list_contains([{read_names}]::varchar[], e.name)
  and e.time_ms < {known}
