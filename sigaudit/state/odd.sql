-- What sigaudit/anomaly.py finds once all rules have run; X-07 to X-09 tell it.

create or replace temp table odd (
  about varchar, kind varchar, entity varchar, first_seen timestamp, last_seen timestamp, from_outside boolean, caller varchar,
  answered boolean, rarest varchar, requests bigint, evidence struct(kind varchar, id bigint)[],
  distance double,                            -- of the forest's score from what is usual, in deviations
  different integer, differences varchar      -- features that are seldom so high: how many; which, and by how much
);
