/*
id = "DIA-13"
title = "Location service request over Diameter from another network"
threat = "location-tracking"
severity = "high"
confidence = 0.9
why = """
SLh tells which node serves a subscriber, SLg asks that node for coordinates. They belong between location centres of one network;
from outside they aim at the precise position of a person."""
benign = "Emergency and lawful location across networks, by agreement with the location centre that asks."
remedy = "Refuse the applications 16777291 and 16777255 at the edge agent except from location centres under agreement."
references = ["T1430.002", "FGT5012.008", "MOT5012.501", "MOT3003.302"]
needs = ["diameter_message"]
split_by = "subscriber"

[defaults]
minutes_between = 15        # from the question for the node to that for the coordinates
*/
with asked as (
  select
    request.*, reply.location_estimate as estimate_returned, reply.mme_name is not null or reply.sgsn_name is not null as node_returned
  from diameter_request request
  left join diameter_location reply on reply.id = evidence[2].id
  where application_id in (16777255, 16777291) and from_outside
),
node_told as (
  select imsi, called(caller) as network, seen_at from asked where command_code = 8388622
)
select
  asked.seen_at as first_seen, coalesce(answered_at, asked.seen_at) as last_seen,
  asked.imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when estimate_returned or lcs_client_type in (0, 3) then 'critical' else 'high' end) as severity,
  null as confidence, evidence,
  coalesce(operation || '-Request', 'Command ' || command_code) || ' from outside, from ' || sender_called(origin_realm, caller)
    || case
      when command_code = 8388620 and node_told.seen_at >= asked.seen_at - to_minutes($minutes_between)
        then ', after it had asked for the node' else '' end
    || '; ' || outcome_called(answer, error)
    || case when estimate_returned then ' with coordinates' when node_returned then ' with the serving node' else '' end as explanation
from asked
asof left join node_told
  on node_told.imsi = asked.imsi and node_told.network = called(caller) and asked.seen_at >= node_told.seen_at
