/*
id = "MAP-LOC-11"
title = "Continuous tracking of a subscriber set up"
threat = "location-tracking"
severity = "high"
confidence = 0.8
why = """
Some operations make the network itself report each move: activateTraceMode, and a mobility subscription (M-CSI, MG-
CSI) that names the platform to tell. One order suffices, and no further question is seen."""
benign = "A home network that follows its own roamer from a platform of its own: it is compared with the IMSI."
remedy = "Let operations 7 and 50 in from the network of the IMSI only, and check the platforms' addresses in the profile."
references = ["T1430.002", "FGT5012.008", "MOT5012.501", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"
*/
with told as (                              -- whose the platform or the sender is, once: macros within macros are slow to plan
  select *, coalesce(m_csi, mg_csi) as platform
  from map_request
  where opcode in (7, 50, 51, 89)
),
owned as (
  select *, case opcode when 7 then owner_of_number(platform) when 89 then owner_of_title(called_gt, called_plan, called_nature) end as owner
  from told
),
found as (
  select
    *, case
      when opcode = 7 and platform is not null and subscriber.party <> 'unknown' and not same_network(owner, subscriber)
        then 'a mobility subscription that reports to ' || sender_called(platform, owner)
      when opcode in (50, 51) and from_outside and (subscriber.party = 'home' or not same_network(caller, subscriber)) then 'a trace'
      when opcode = 89 and not from_outside and owner.party <> 'home' and not same_network(owner, subscriber)
        then 'a report of a move to ' || sender_called(called_gt, owner)
    end as what
  from owned
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  severity_of(answer, capture_point, 'high') as severity, null as confidence, evidence,
  operation || ' by ' || sender_called(calling_gt, caller) || ' about a subscriber of ' || called(subscriber) || ': ' || what || '; '
    || outcome_called(answer, error) as explanation
from found
where what is not null
