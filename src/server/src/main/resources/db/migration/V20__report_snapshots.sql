-- Reports as they were: one a day while an experiment runs, and one when it has stopped. They are written once. The type
-- json keeps the text to the letter, so that the hash inside can be checked.
create sequence report_snapshot_id increment by 1;

create table report_snapshot (
  id             bigint      primary key default nextval('report_snapshot_id'),
  experiment_key text        not null references experiment (key) on delete cascade,
  occasion       text        not null,
  day            date        not null,
  taken_at       timestamptz not null,
  report_hash    text        not null,
  decision       text        not null,
  body           json        not null,
  unique (experiment_key, occasion, day)
);
