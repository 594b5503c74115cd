/*
id = "SWAP-12"
title = "Ported to another operator soon after a swap"
threat = "sim-swap-fraud"
severity = "low"
confidence = 0.6
why = """
A swap gives the thief the messages with which a port is confirmed; once ported, the number is out of this operator's hands."""
benign = """
A subscriber who replaces a lost SIM and leaves the same week: low where identity was checked and both sides told."""
remedy = """
Refuse to port a number out for some days after a swap."""
references = ["T1451"]
needs = ["swap"]
split_by = "subscriber"
*/
select
  change.completed_at as first_seen, coalesce(ported.completed_at, ported.requested_at) as last_seen, change.new_imsi as imsi, change.msisdn,
  null as gt, null as host, null as realm, change.agent_id as agent, null as answer,
  case when improper and ported.outcome <> 'rejected' then 'medium' end as severity, null as confidence,
  [evidence_of('swap', change.id), evidence_of('swap', ported.id)] || use_evidence as evidence,
  called || '; ' || date_diff('hour', change.completed_at, coalesce(ported.completed_at, ported.requested_at)) || ' hours later the number was '
    || if(ported.outcome = 'rejected', 'to be ported out, which was refused', 'ported out') as explanation
from followed_change change
join (select * from swap where event = 'port_out') ported
  on ported.msisdn = change.msisdn and coalesce(ported.completed_at, ported.requested_at) > change.completed_at
  and coalesce(ported.completed_at, ported.requested_at) < change.completed_at + to_days($port_out_after_swap_days)
qualify row_number() over (partition by ported.id order by change.completed_at desc, change.id) = 1
