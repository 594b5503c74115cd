/*
id = "X-04"
title = "Stages of one attack on a subscriber"
threat = "sms-interception"
severity = "critical"
confidence = 0.85
why = """
Money is taken in steps: find the person, fetch vectors, register him elsewhere, catch his messages, use the account. Steps in that order
within days are one attack, though each alone may look small."""
benign = "One stage alone is never told here. What was refused or told as low or info does not count."
remedy = "Stop the account, tell the subscriber, restore his registration, and block those who took part."
references = ["T1638", "FGT1557.502", "MOT1557", "MOT1565"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
days = 7                    # from the first stage to the last
score_at_least = 0.9        # 1 less the product of what each stage leaves open
*/
with staged as (
  select
    coalesce(fired.imsi, bound.imsi) as imsi, fired.msisdn, first_seen, fired.last_seen, gt, host, realm, agent, fired.evidence, detector,
    case
      when regexp_matches(detector, '^(MAP-LOC|MAP-ID-0[36]|DIA-(03|09|12|13|21))') then 1
      when regexp_matches(detector, '^(MAP-ID-0[12]|DIA-06|MAP-LOC-09)') then 2
      when regexp_matches(detector, '^(MAP-INT-(01|02|04|06|07|11|12)|DIA-(04|05|08|17|24))') then 3
      when regexp_matches(detector, '^(MAP-INT-(05|14)|SMS-(10|14|15)|CAP-02)') then 4
      when regexp_matches(detector, '^(SWAP|DFS|OTP)') then 5
    end as stage
  from fired
  asof left join imsi_of_msisdn bound on bound.msisdn = fired.msisdn and fired.first_seen >= bound.since
  where missing is null and coalesce(answer, 'answered') in ('answered', 'unknown') and coalesce(severity, 'medium') in ('medium', 'high', 'critical')
),
placed as (
  select *, if(stage = 1, 0.5, if(stage = 2, 0.6, if(stage = 3, 0.7, 0.8))) as weight
  from staged
  where stage is not null and imsi is not null
),
reached as (                                -- when each stage began in the days before, a row for each thing found
  select
    *,
    min(first_seen) filter (where stage = 1) over days as first_1, min(first_seen) filter (where stage = 2) over days as first_2,
    min(first_seen) filter (where stage = 3) over days as first_3, min(first_seen) filter (where stage = 4) over days as first_4,
    list(evidence) over days as pieces, list(detector) over days as detectors
  from placed
  window days as (
    partition by imsi order by first_seen range between to_days($days::integer) preceding and current row
  )
),
scored as (
  select
    *,
    list_filter([
      if(first_1 <= first_seen and stage > 1, 0.5, null), if(first_2 <= first_seen and stage > 2, 0.4, null),
      if(first_3 <= first_seen and stage > 3, 0.3, null), if(first_4 <= first_seen and stage > 4, 0.2, null), 1 - weight
    ], lambda left_open: left_open is not null) as parts
  from reached
),
judged as (
  select *, 1 - list_reduce(parts, lambda one, other: one * other) as score
  from scored
)
select
  least(coalesce(first_1, first_seen), coalesce(first_2, first_seen), coalesce(first_3, first_seen), coalesce(first_4, first_seen)) as first_seen,
  last_seen, imsi, msisdn, gt, host, realm, agent, 'answered' as answer, 'critical' as severity, null as confidence,
  list_distinct(flatten(pieces))[:200] as evidence,
  len(parts) || ' stages within ' || $days || ' days: ' || array_to_string(list_sort(list_distinct(detectors)), ', ') || '; score ' || round(score, 2) as explanation
from judged
where len(parts) >= 2 and score >= $score_at_least
