-- What sigaudit/anomaly.py finds once all other detectors have run; X-07 and X-08 tell it.

create or replace temp table odd (
  about varchar, kind varchar, entity varchar, first_seen timestamp, last_seen timestamp, from_outside boolean, caller varchar,
  answered boolean, evidence struct(kind varchar, id bigint)[],
  score double, usual double,               -- of the forest: the row's, and the lowest that is still usual
  strong integer, differences varchar,      -- features that differ much; which, and by how much
  told boolean                              -- a rule found something of it already, below medium
);
