-- Keys that callers identify themselves with. Only the SHA-256 of a key is stored.
create table api_key (
  id           text        primary key,
  name         text        not null,
  role         text        not null,
  hash         text        not null unique,
  origins      jsonb       not null default '[]',
  created_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz
);

-- A journey; its definition is the one of its latest version.
create table journey (
  key          text        primary key,
  version      integer     not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null
);

-- Every version that ever was: running experiments keep the one they started with.
create table journey_version (
  journey_key  text        not null references journey (key) on delete cascade,
  version      integer     not null,
  definition   jsonb       not null,
  created_at   timestamptz not null,
  primary key (journey_key, version)
);

create table experiment (
  key             text        primary key,
  revision        bigint      not null,
  version         integer     not null,
  status          text        not null,
  definition      jsonb       not null,
  -- What the start froze: seed, bucket ranges, journey versions, plan. Null in a draft.
  launch          jsonb,
  muted           jsonb       not null default '[]',
  decision        text,
  decision_reason text,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  started_at      timestamptz,
  stopped_at      timestamptz
);

-- Which experiments speak of which journeys.
create table experiment_journey (
  experiment_key text not null references experiment (key) on delete cascade,
  journey_key    text not null references journey (key),
  primary key (experiment_key, journey_key)
);

-- One row that changes with every change of configuration: nodes poll it to know when to read anew.
create table configuration_version (
  id      integer primary key check (id = 1),
  version bigint  not null
);
insert into configuration_version (id, version) values (1, 1);
