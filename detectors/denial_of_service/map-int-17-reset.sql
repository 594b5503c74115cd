/*
id = "MAP-INT-17"
title = "Restart of a home register told by somebody else"
threat = "denial-of-service"
severity = "medium"
confidence = 0.7
why = """
reset tells visited networks that a home register restarted: they mark all its subscribers, and ask anew for each.
Forged or repeated it loads both networks and lets entries go stale. forwardCheckSS-Indication and failureReport from
outside belong to the same family."""
benign = "A partner's register that did restart says so once or, to several nodes, a few times within minutes."
remedy = "Accept operations 37 and 38 from home registers of roaming partners only, and limit how often."
references = ["T1464", "FGT1499.503"]
needs = ["map_component"]
split_by = "source"

[defaults]
restarts_a_day = 2          # of one partner, more than that; messages within ten minutes are one restart
*/
with told as (
  select
    *, coalesce(seen_at - lag(seen_at) over (partition by called(caller), opcode order by seen_at, id) > interval 10 minutes, true) as begins
  from map_request
  where opcode in (25, 37, 38) and from_outside
),
named as (                                  -- beginnings of IMSIs that are not the caller's
  select id, count(*) as foreign_prefixes
  from (select id, caller, unnest(string_split(hlr_list, ' ')) as beginning from told where hlr_list is not null)
  where not same_network(owner_of_plmn(beginning), caller)
  group by id
),
counted as (
  select
    told.*, coalesce(foreign_prefixes, 0) as foreign_prefixes, count(*) filter (where begins) over (
      partition by called(caller), opcode order by seen_at range between interval 24 hours preceding and current row
    ) as restarts
  from told left join named using (id)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case when opcode = 25 then 'low' when unlisted(caller) or foreign_prefixes > 0 then 'medium' else 'low' end as severity,
  null as confidence, evidence,
  operation || ' from outside, from ' || sender_called(calling_gt, caller)
    || case
      when foreign_prefixes > 0 then ', for subscribers of other networks too'
      when unlisted(caller) then ', which is no roaming partner' else ', restart ' || restarts || ' within a day' end as explanation
from counted
where opcode = 25 or unlisted(caller) or foreign_prefixes > 0 or restarts > $restarts_a_day
