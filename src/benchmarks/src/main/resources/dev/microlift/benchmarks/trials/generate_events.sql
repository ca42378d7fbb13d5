-- A shop of six steps: every unit is exposed once or twice and comes up to three times, on days after each other; each visit
-- goes as far as it goes, and one in three of the later ones skips the search. Messages arrive up to two hours after they
-- happened, one in a hundred up to three days later; one in a hundred is sent by a robot.
insert into hot_events
with units as (
  select i, 1767225600000 + (hash(i * 7 + {seed}) % (14 * 86400000))::bigint as t0 from range({units}) t(i)
),
visits as (
  select i, j, t0 + j * 86400000 + case when j = 0 then 0 else (hash(i * 31 + j) % 40000000)::bigint end as start,
    hash(i * 131 + j * 17 + 5) % 100 as luck
  from units, range(3) v(j)
  where j = 0 or hash(i * 77 + j) % 10 < 7
),
depths as (
  select *, case when luck < 5 then 0 when luck < 14 then 1 when luck < 28 then 2 when luck < 42 then 3 when luck < 57 then 4
    when luck < 72 then 5 when luck < 86 then 6 when luck < 95 then 7 else 8 end as depth
  from visits
),
happened as (
  select i, k, start + 60000 * k + (hash(i * 991 + k * 13 + j) % 50000)::bigint as time_ms
  from depths, range(1, 9) s(k)
  where k <= depth and not (j > 0 and k = 1 and hash(i * 3 + j) % 3 = 0)
  union all
  select i, 0, t0 from units
  union all
  select i, 0, t0 + 3600000 from units where hash(i) % 5 = 0
),
messages as (
  select *, time_ms + case when hash(time_ms) % 100 = 0 then (hash(time_ms + i) % 259200000) else hash(time_ms + i) % 7200000 end
      as received_ms
  from happened
)
select
  row_number() over (order by received_ms, i, k),
  'm' || hash(i * 77 + k * 3 + time_ms)::varchar,
  'track',
  case k when 0 then 'Experiment Viewed' when 1 then 'Products Searched' when 2 then 'Product Viewed'
    when 3 then 'Product Viewed' when 4 then 'Product Viewed' when 5 then 'Product Clicked' when 6 then 'Product Added'
    when 7 then 'Checkout Started' else 'Order Completed' end,
  'user-' || (i * 7919 % 100000007),
  null, null, time_ms, received_ms,
  received_ms - time_ms > 86400000, false, hash(time_ms + k) % 100 = 1,
  case k when 0 then '{"device":"' || ['phone', 'desk', 'tablet'][1 + i % 3] || '"}'
    when 8 then '{"revenue": ' || (hash(time_ms) % 20000 / 100.0)::varchar || ', "currency": "EUR"}'
    else '{"path": "/p/' || (i % 1000)::varchar || '"}' end,
  '{"page": {"url": "https://shop.example/p"}, "userAgent": "Mozilla/5.0 (X11; Linux x86_64)"}',
  case when k = 0 then 'exp' end,
  case when k = 0 then ['control', 'treatment'][1 + (hash(i + 3) % 2)::integer] end
from messages
