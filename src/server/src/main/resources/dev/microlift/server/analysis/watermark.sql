-- The latest event; the loader keeps it.
select watermark_ms as latest from loaded
