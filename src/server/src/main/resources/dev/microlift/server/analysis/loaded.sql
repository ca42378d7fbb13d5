-- How far the store follows the log.
select position from loaded
