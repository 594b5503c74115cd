/*
id = "MAP-INT-14"
title = "Call forwarding set from a network where the subscriber is not"
threat = "call-interception"
severity = "high"
confidence = 0.8
why = """
registerSS and activateSS with a forwarding service send the subscriber's calls to another number, one-time passwords
by voice among them. Whoever poses as his register can set it, and erase it after use."""
benign = "A roamer who sets forwarding where he is registered: then only the number it goes to is looked at, as info."
remedy = """
Accept supplementary service operations only from the register that is stored for the subscriber; tell him of each
change."""
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
erased_within_minutes = 120 # forwarding that is set and taken away so soon was for one use
*/
with forwarding as (
  select
    request.*, map_subscription.ss_code, map_subscription.forwarded_to_number,
    case when forwarded_to_nature = 1 then owner_of_number(forwarded_to_number) end as target,
    lead(code) over (partition by request.imsi, ss_code order by seen_at, id) as next_code,
    lead(seen_at) over (partition by request.imsi, ss_code order by seen_at, id) as next_at
  from placed_request request
  join map_subscription using (id)
  where kind = 'map' and code in (10, 11, 12, 13) and from_outside and ss_code between 32 and 43
),
judged as (
  select
    *, coalesce(unlisted(caller) or stranger, false) as by_stranger,
    coalesce(next_code in (11, 13) and next_at <= seen_at + to_minutes($erased_within_minutes), false) as erased_soon,
    target is not null and target.country not in (home_country(), caller.country) as far_away
  from forwarding
  where code in (10, 12)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  case when not by_stranger and not erased_soon then 'info' else severity_of(answer, capture_point, if(by_stranger, 'high', 'medium')) end as severity,
  case when by_stranger and far_away then 0.9 end as confidence, evidence,
  operation || ' from outside, from ' || sender_called(gt, caller)
    || case when by_stranger then ', where the subscriber is not registered' else '' end || coalesce(', to ' || forwarded_to_number, '')
    || coalesce(' (' || called(target) || ')', '')
    || case when erased_soon then ', taken away ' || date_diff('minute', seen_at, next_at) || ' minutes later' else '' end
    || '; ' || outcome_called(answer, reason) as explanation
from judged
where by_stranger or far_away or erased_soon
