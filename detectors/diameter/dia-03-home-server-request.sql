/*
id = "DIA-03"
title = "Diameter request of a home server from a network that is not the subscriber's"
threat = "location-tracking"
severity = "high"
confidence = 0.9
why = """
Insert-, Delete-Subscriber-Data, Cancel-Location and Reset are the home server's requests to the network that serves its subscriber.
From another realm they locate a person, rewrite a profile or cut people off."""
benign = "A roaming hub with an Origin-Realm of its own. A Reset of a listed partner's own server is normal."
remedy = "Let these S6a requests in only for inbound roamers, and only from realms of the network that issued the IMSI."
references = ["T1430", "FGT5012.008", "MOT5012.501", "MOT3003.302"]
needs = ["diameter_message"]
split_by = "subscriber"
*/
with home_server_request as (
  select
    *,
    case command_code
      when 317 then 'Cancel-Location'
      when 319 then 'Insert-Subscriber-Data'
      when 320 then 'Delete-Subscriber-Data'
      else 'Reset'
    end as command,
    idr_flags & 24 > 0 as location_asked    -- bits 3 and 4 (TS 29.272 7.3.103)
  from diameter_request
  where application_id = 16777251 and command_code in (317, 319, 320, 322) and from_outside
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when location_asked and location_returned then 'critical' else 'high' end) as severity,
  case when imsi is null then 0.6 end as confidence, evidence,
  command || '-Request from outside, from ' || sender_called(origin_realm, caller)
    || case when command_code = 322 then '' else ', for a subscriber of ' || called(subscriber) end
    || case when location_asked then ', asking for the location' else '' end
    || '; ' || outcome_called(answer, error) as explanation
from home_server_request
where
  case
    when command_code = 322 then caller.party <> 'partner'
    else subscriber.party = 'home' or not same_network(caller, subscriber)
  end
