/*
id = "SWAP-09"
title = "One-time passwords of several services soon after a swap"
threat = "sim-swap-fraud"
severity = "high"
confidence = 0.7
why = """
Who has a stolen number tries one account after the other; each of them sends a password."""
benign = """
Somebody with a new telephone signs in to his services again: with identity checked and both sides told, that is not reported."""
remedy = """
Hold one-time passwords after a swap until the cooling-off time is over."""
references = ["T1451", "T1111"]
needs = ["swap"]
better_with = ["dfs_event", "map_component or diameter_message"]
split_by = "subscriber"

[defaults]
window_minutes = 30
passwords = 3
senders = 2
*/
with password as (
  select
    sim_use.*, lower(party) as sender,
    count(*) over near as sent, list(lower(party)) over near as senders, list(evidence) over near as near_evidence
  from sim_use join sim_change on sim_change.id = change_id
  where kind = 'password' and party is not null and sim_use.event in ('otp_sent', 'otp_delivered') and improper
  window near as (partition by change_id order by used_at range between to_minutes($window_minutes) preceding and current row)
)
select
  completed_at as first_seen, used_at as last_seen, new_imsi as imsi, change.msisdn,
  null as gt, null as host, null as realm, agent_id as agent, null as answer, null as severity, null as confidence,
  [evidence_of('swap', change.id)] || near_evidence[:20] as evidence,
  called || '; ' || round(date_diff('minute', completed_at, used_at) / 60, 1) || ' hours later ' || sent || ' one-time passwords of '
    || len(list_distinct(senders)) || ' senders within ' || $window_minutes || ' minutes' as explanation
from password join followed_change change on change.id = change_id
where sent >= $passwords and len(list_distinct(senders)) >= $senders
qualify row_number() over (partition by change_id order by used_at, password.id) = 1
