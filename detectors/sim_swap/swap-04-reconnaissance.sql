/*
id = "SWAP-04"
title = "Asked about from outside, then the SIM was swapped"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
Who plans a swap asks the network for the victim's IMSI and whether the telephone is on. A swap after such questions was prepared."""
benign = """
A message from abroad is asked about and delivered; the networks where a subscriber roams ask for him. Neither counts."""
remedy = """
Stop the swap, or undo it and call the subscriber back on another way; refuse such questions at the border."""
references = ["T1451", "T1589", "FGT5019.005", "MOT5019.302"]
needs = ["swap", "map_component or diameter_message"]
better_with = ["dfs_event"]
split_by = "subscriber"
*/
with question as (
  select imsi, msisdn, seen_at, gt, host, realm, operation, evidence
  from request
  where from_outside and subscriber.party in ('home', 'unknown') and caller.party <> 'home'
    and (kind = 'map' and code in (22, 24, 55, 58, 62, 70, 71, 83, 85) or kind = 'diameter' and code in (306, 319, 8388620, 8388622))
  union all
  select imsi, msisdn, seen_at, calling_gt, null, null, 'sendRoutingInfoForSM', evidence
  from sms_lookup
  where followed_at is null
),
asked as (
  select change.id, question.*
  from (select id, old_imsi, completed_at from sim_change where old_imsi is not null) change
  join question on question.imsi = change.old_imsi
  where seen_at < completed_at and seen_at >= completed_at - to_hours($recon_before_swap_hours)
  union
  select change.id, question.*
  from (select id, msisdn, completed_at from sim_change) change
  join question on question.msisdn = change.msisdn
  where seen_at < completed_at and seen_at >= completed_at - to_hours($recon_before_swap_hours)
),
together as (
  select
    id, count(*) as questions, min(seen_at) as asked_at, list(distinct operation order by operation) as operations,
    case when count(distinct gt) = 1 then min(gt) end as gt, case when count(distinct host) = 1 then min(host) end as host,
    case when count(distinct realm) = 1 then min(realm) end as realm,
    flatten(list(evidence order by seen_at, evidence::varchar))[:20] as evidence
  from asked
  group by id
)
select
  asked_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn, gt, host, realm, agent_id as agent, null as answer,
  case when money_too_soon then 'critical' when used and improper then 'high' when questions = 1 and not improper then 'low' end as severity,
  null as confidence,
  together.evidence || [evidence_of('swap', id)] || use_evidence as evidence,
  questions || if(questions = 1, ' question', ' questions') || ' from outside about the subscriber (' || array_to_string(operations, ', ') || '), the first '
    || round(date_diff('minute', asked_at, completed_at) / 60, 1) || ' hours before; ' || called || follow as explanation
from together join followed_change using (id)
