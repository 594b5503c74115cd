/*
id = "SWAP-29"
title = "The old SIM still registers after the swap"
threat = "sim-swap-fraud"
severity = "medium"
confidence = 0.7
why = """
After a swap the old SIM is dead. One that registers still means that the log tells of a swap that was not made, or that two SIMs have one number."""
benign = """
A further SIM by intention, a swap that was undone, clocks that differ: an hour is left for them."""
remedy = """
Compare the home register with the log; cancel the old SIM."""
references = ["T1451"]
needs = ["swap", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
minutes = 60                 # after the swap
*/
with alive as (
select
  change.id, count(*) as times, min(registration.seen_at) as alive_at, max(registration.seen_at) as last_alive_at,
  flatten(list(registration.evidence order by registration.seen_at, registration.id))[:20] as alive_evidence
from sim_change change
join sim_registration registration
  on registration.imsi = old_imsi and registration.answer = 'answered' and registration.seen_at > completed_at + to_minutes($minutes)
where event = 'swap' and outcome = 'completed' and old_imsi <> new_imsi
  and not exists (                          -- it was given back
    from swap other
    where other.new_imsi = change.old_imsi and other.completed_at >= change.completed_at
  )
group by change.id
)
select
  completed_at as first_seen, last_alive_at as last_seen, new_imsi as imsi, msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, null as severity, null as confidence,
  [evidence_of('swap', id)] || alive_evidence as evidence,
  called || '; the old SIM registered ' || times || if(times = 1, ' time', ' times') || ' after it, the first time '
    || date_diff('minute', completed_at, alive_at) || ' minutes later' as explanation
from alive join followed_change using (id)
