-- When a key was used last, to the minute, and which key took its place.
alter table api_key add column last_used_at timestamptz;
alter table api_key add column replaced_by text references api_key (id);
