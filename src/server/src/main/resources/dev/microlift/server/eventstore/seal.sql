-- Writes the rows of a day as a file, in the order in which questions want them: unit by unit. An id that stands earlier
-- in the log, or in a sealed file, was sent again after the log had forgotten it; the first one stays.
copy (
  with own as (  -- read several times, so it is narrow
    select position, message_id from hot_events where {rows}
  ),
  repeated as (
    select own.position
    from own
    join hot_events earlier on earlier.message_id = own.message_id and earlier.position < own.position
    union
    select own.position
    from own
    semi join (select message_id from {sealed}) sealed using (message_id)
  )
  select hot_events.*
  from hot_events
  anti join repeated using (position)
  where {rows}
  order by coalesce(user_id, anonymous_id, map_values(units)[1]), time_ms, message_id
) to {file}
