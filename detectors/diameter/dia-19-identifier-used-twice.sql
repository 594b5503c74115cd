/*
id = "DIA-19"
title = "End-to-End identifier used twice for different requests"
threat = "evasion"
severity = "medium"
confidence = 0.7
why = """
A host gives each request its own End-to-End identifier and repeats it only in a retransmission. The same one on another command or
subscriber is a replay that was changed, or a tool that writes under the host's name."""
benign = "Retransmissions, by whichever relay: command and subscriber are the same. Identifiers that come round after minutes."
remedy = "Drop at the edge agent what repeats an identifier with other content, and ask the host's operator."
references = ["MOT3005.301"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
minutes = 4                 # so long an identifier must stay unique (RFC 6733 3)
*/
with sent as (
  select
    *, lower(origin_host) as host,
    lag({'at': seen_at, 'command': command_code, 'imsi': imsi, 'msisdn': msisdn, 'evidence': evidence}) over (
      partition by lower(origin_host), end_to_end order by seen_at, id
    ) as former
  from diameter_request
  where from_outside and application_id <> 0
)
select
  former.at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, severity_of(answer, capture_point, 'medium') as severity, null as confidence, former.evidence || evidence as evidence,
  'Command ' || command_code || ' from outside, from ' || sender_called(origin_realm, caller) || ', with the End-to-End identifier of command '
    || former.command || ' ' || date_diff('second', former.at, seen_at) || ' seconds before, '
    || case when command_code = former.command then 'for another subscriber' else 'another request' end || '; '
    || outcome_called(answer, error) as explanation
from sent
where former is not null and seen_at <= former.at + to_minutes($minutes)
  and (command_code <> former.command or imsi is distinct from former.imsi)
