/*
id = "MAP-ENC-13"
title = "Screened operation from an address of an unusual form"
threat = "evasion"
severity = "medium"
confidence = 0.5
why = """
Between networks a sender is named by an E.164 title of international nature. Without a title, with digits beyond 9 or with another plan or nature,
filters that look the title up in their lists find nothing, and let the message pass or cannot tell whose it is."""
benign = """
Networks of one country may use national titles between them, over the national network. Told only of operations that a border refuses, and only on
international links."""
remedy = "Refuse messages on international links whose calling party is not an E.164 title of international nature."
references = ["MOT3005.301", "MOT1036"]
needs = ["map_component"]
split_by = "subscriber"
*/
with addressed as (
  select
    *,
    case
      when coalesce(calling_gt, '') = '' then 'without a calling title'
      when not regexp_full_match(calling_gt, '[0-9]+') then 'with a calling title that is no number'
      when calling_indicator // 4 % 16 <> 4 then 'with a calling title of kind ' || calling_indicator // 4 % 16
      when calling_plan <> 1 then 'with a calling title of numbering plan ' || calling_plan
      when calling_nature <> 4 then 'with a calling title of nature ' || calling_nature
      when calling_translation_type <> 0 then 'with a calling title of translation type ' || calling_translation_type
    end as trick
  from border_request
  where category in ('1', '2') and screened and entrance = 'interconnect' and tcap_type = 98
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer, severity_of_oddity(answer, capture_point, screened) as severity,
  null as confidence, evidence,
  trick_called(operation, opcode, calling_gt, caller, trick, answer, reason) as explanation
from addressed
where trick is not null
