-- What a database of schema version 5 lacks beside unattended.sql; schema.sql says what it is for.

create table if not exists log_clock (
  input_id integer not null, source varchar not null, seconds bigint not null, pairs bigint not null,
  against varchar not null
);

alter table control add column if not exists details varchar[];
