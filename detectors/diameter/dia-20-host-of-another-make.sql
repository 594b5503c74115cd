/*
id = "DIA-20"
title = "Host that writes once as another make of software"
threat = "spoofing"
severity = "medium"
confidence = 0.6
why = """
Each make of software orders its AVPs and forms its Session-Ids in its own way. A single request written otherwise, which also came
over other relays than the rest of the host's, was written by somebody else."""
benign = "A new release of the software: it stays, and comes the same way. Optional AVPs: they come the same way too."
remedy = "Ask the host's operator whether the request is his; let each peer send only for the hosts that are behind it."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
requests_at_least = 20      # of the same command by the host within a day, to know its hand
*/
with written as (
  select
    *, source_address || ' ' || coalesce(route_record, '') as way,
    min(seen_at) over hand as since, max(seen_at) over hand as until,
    count(*) over (partition by lower(origin_host), command_code, fingerprint) as same_hand
  from diameter_request
  where from_outside and application_id <> 0
  window hand as (partition by lower(origin_host), command_code)
),
counted as (
  select
    *, count(*) over (partition by lower(origin_host), way) as same_way,
    count(*) over (
      partition by lower(origin_host), command_code order by seen_at range between interval 24 hours preceding and interval 24 hours following
    ) as requests
  from written
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  coalesce(operation, 'Command ' || command_code) || '-Request from outside, from ' || origin_host || ', ' || called(caller)
    || ', written and carried as none other of its ' || requests || ' of that kind; ' || outcome_called(answer, error) as explanation
from counted
where same_hand = 1 and same_way = 1 and requests > $requests_at_least and since < seen_at and until > seen_at
