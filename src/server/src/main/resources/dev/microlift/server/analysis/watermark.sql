-- The latest event; a clock that is ahead does not count for more than the time of receipt.
select max(least(time_ms, received_ms)) as latest from events
