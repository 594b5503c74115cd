-- What comes from outside about subscribers. Restarts, watchdogs and test SIMs are left out.
create or replace temp table outside as
select
  kind, id, seen_at, code, coalesce(operation, kind || ' ' || code) as operation, kind || ' ' || code as what, imsi, coalesce(imsi, msisdn) as about,
  coalesce(gt, lower(host)) as sender, called(caller) as caller, caller.party as party, subscriber.party = 'home' as ours,
  same_network(caller, subscriber) as own, answer, from_outside, evidence[1] as piece
from request
where coalesce(from_outside, true) and coalesce(imsi, msisdn) is not null and not is_test_sim(imsi, msisdn);
