/*
id = "CAP-05"
title = "Charging of data or messages asked for by a network where the subscriber is not"
threat = "subscriber-fraud"
severity = "low"
confidence = 0.6
why = """
initialDPSMS and initialDPGPRS open the charging of a message or a data session. From a network where the subscriber is not they use
up his credit, or find out whether he has any."""
benign = "A subscriber whose registration is not in the captures."
remedy = "Accept both only from the network where the subscriber is registered."
references = ["FGT5016", "MOT1199.301"]
needs = ["cap_component"]
split_by = "subscriber"
*/
with told as (                              -- neither has a result: what comes back in its dialogue is the answer
  select
    request.* replace (
      if(answer in ('no_answer', 'unknown') and reply.answer_id is not null, 'answered', answer) as answer,
      coalesce(request.answered_at, reply.answered_at) as answered_at,
      if(request.answered_at is null and reply.answer_id is not null, evidence || [evidence_of('cap', reply.answer_id)], evidence) as evidence
    )
  from placed_request request
  left join tcap_dialogue reply on reply.id = request.id
  where kind = 'cap' and code in (60, 78) and from_outside and subscriber.party = 'home' and not same_network(caller, subscriber)
    and (stranger or (stranger is null and unlisted(caller)))
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent, answer,
  'low' as severity, null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(gt, caller)
    || if(stranger, ', while the subscriber was registered elsewhere', ', which is no roaming partner') || '; '
    || outcome_called(answer, reason) as explanation
from told
