-- Bucket spaces that experiments share without overlapping. Who owns which range stands in the experiments' launches.
create table layer (
  key         text        primary key,
  name        text        not null,
  unit_type   text        not null,
  seed        text        not null unique,
  version     integer     not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);

-- Units kept out of all experiments, or of a layer's.
create table holdout (
  key         text        primary key,
  name        text        not null,
  unit_type   text        not null,
  layer_key   text        references layer (key),
  seed        text        not null unique,
  -- Of 10,000 buckets.
  buckets     integer     not null check (buckets between 1 and 9999),
  version     integer     not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);

alter table experiment add column layer_key text references layer (key);
create index experiment_layer on experiment (layer_key) where layer_key is not null;
