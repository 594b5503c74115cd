/*
id = "CAP-01"
title = "Calls handed to, or reported from, a network that has no part in them"
threat = "call-interception"
severity = "high"
confidence = 0.85
why = """
initialDP asks a service platform what to do with a call, and tells it who calls whom from which cell. Asked of another network's
platform, that network directs the subscriber's calls. Sent to ours from where the subscriber is not, it makes calls in his name."""
benign = "Platforms of a hub that network.toml lists; a subscriber whose registration is not in the captures."
remedy = "Let initialDP pass only to the platform of the subscriber's network, and accept it only from where he is registered."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["cap_component"]
split_by = "subscriber"
*/
with handed as (
  select
    id, seen_at, answered_at, imsi, msisdn, calling_gt as gt, answer, reason, capture_point, evidence, 'high' as gravest,
    'initialDP about a subscriber of ' || called(subscriber) || ' went to ' || sender_called(called_gt, called_owner) as what
  from cap_request
  where opcode = 0 and not from_outside and called_gt is not null and subscriber.party <> 'unknown'
    and called_owner.party <> 'home' and not same_network(called_owner, subscriber)
),
reported as (
  select
    id, seen_at, answered_at, imsi, msisdn, gt, answer, reason, capture_point, evidence, if(stranger, 'high', 'medium') as gravest,
    'initialDP from outside, from ' || sender_called(gt, caller)
      || if(stranger, ', while the subscriber was registered elsewhere', ', which is no roaming partner') as what
  from placed_request
  where kind = 'cap' and code = 0 and from_outside and subscriber.party = 'home' and not same_network(caller, subscriber)
    and (stranger or (stranger is null and unlisted(caller)))
),
told as (                                   -- initialDP has no result: what comes back in its dialogue is the answer
  select * replace (
    if((answer in ('no_answer', 'unknown') or reason = 'ended without a result') and reply.answer_id is not null, 'answered', answer) as answer,
    coalesce(request.answered_at, replied_at) as answered_at,
    if(request.answered_at is null and reply.answer_id is not null, evidence || [evidence_of('cap', reply.answer_id)], evidence) as evidence
  )
  from (from handed union all from reported) request
  left join (select id, answer_id, answered_at as replied_at from tcap_dialogue) reply using (id)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  severity_of(answer, capture_point, gravest) as severity, null as confidence, evidence,
  what || '; ' || outcome_called(answer, reason) as explanation
from told
