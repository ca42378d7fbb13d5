-- Messages of the days that are not sealed yet, one row each, in the order of the log. No key and no index: the log keeps
-- duplicates out, and an index would cost more than everything else together.
create table if not exists hot_events (
  position     bigint  not null,  -- in the log
  -- To compress ids, of which no two are alike, takes an eighth of the time that loading takes.
  message_id   varchar not null using compression uncompressed,
  kind         varchar not null,  -- track, page, screen, identify, alias, group
  name         varchar not null,  -- the event's name; the kind for messages without one
  user_id      varchar,
  anonymous_id varchar,
  units        map(varchar, varchar),  -- ids of other unit types; null for none
  time_ms      bigint  not null,  -- when it happened, corrected to the server's clock; milliseconds since 1970
  received_ms  bigint  not null,
  late         boolean not null,
  clamped      boolean not null,
  bot          boolean not null,  -- sent by a known robot: kept, but in no analysis
  properties   varchar not null,  -- JSON object
  context      varchar not null,  -- JSON object
  experiment   varchar,           -- these two for exposures only
  variant      varchar
);

-- One row: how far these tables follow the log. The watermark is the time of the latest event; a clock that is ahead does
-- not count for more than the time of receipt.
create table if not exists loaded (
  position     bigint not null,
  watermark_ms bigint
);
insert into loaded select 0, null where not exists (from loaded);

-- The files of sealed days, by their name in the folder of events.
create table if not exists sealed_files (
  name           varchar not null,
  day            date    not null,  -- of receipt, UTC
  first_position bigint  not null,
  last_position  bigint  not null,
  messages       bigint  not null   -- of the log that it stands for; repeated ones are not in it any more
);

-- Messages that were erased, or came in erased, of days that are not sealed yet: the file of such a day stands for them
-- too, so that nobody looks for them elsewhere.
create table if not exists erased (
  day            date   not null,  -- of receipt, UTC
  first_position bigint not null,
  last_position  bigint not null,
  messages       bigint not null
);

-- Anonymous ids that belong to nobody, whatever is said of them. They are told anew at every start.
create table if not exists unlinked (
  anonymous_id varchar not null
);

-- How often each name came, and each property of its events; several rows of one name are added up. Kept by the day of
-- receipt, so that sealing a day can count it anew.
create table if not exists event_names (
  day      date    not null,
  sealed   boolean not null,
  kind     varchar not null,
  name     varchar not null,
  property varchar,           -- null: the events themselves
  events   bigint  not null,
  first_ms bigint  not null,
  last_ms  bigint  not null
);
