/*
id = "SWAP-28"
title = "A swap refused, then done elsewhere"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
A thief who is turned away tries the next agent, until one does not look closely."""
benign = """
Somebody who comes back with the right document: not reported where identity was checked and both sides told."""
remedy = """
Show agents that a swap of the number was refused, and why."""
references = ["T1451"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
within_hours = 48
refusals = 2
*/
with refused as (
  select msisdn, coalesce(requested_at, completed_at) as refused_at, id as refused_id
  from swap
  where outcome = 'rejected' and event in ('swap', 'port_in')
),
together as (
  select change.id, count(*) as times, min(refused_at) as refused_at, list(evidence_of('swap', refused_id) order by refused_at, refused_id)[:20] as evidence
  from sim_change change
  join refused on refused.msisdn = change.msisdn and refused_at < completed_at and refused_at >= completed_at - to_hours($within_hours)
  where improper
  group by change.id
)
select
  refused_at as first_seen, last_use_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer,
  case when money_too_soon then 'high' when used or times >= $refusals then 'medium' end as severity, null as confidence,
  evidence || [evidence_of('swap', id)] || use_evidence as evidence,
  'Refused ' || if(times = 1, 'once', times || ' times') || ', the first time ' || round(date_diff('minute', refused_at, completed_at) / 60, 1)
    || ' hours before; ' || called || follow as explanation
from together join followed_change using (id)
