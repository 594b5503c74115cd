/*
id = "DIA-25"
title = "Restart of a home server told by somebody else, or again and again"
threat = "denial-of-service"
severity = "high"
confidence = 0.8
why = """
Reset makes a visited network restore every subscriber that the message means: all of the sender's realm, or those whose IMSI begins
as it says. With beginnings of other networks, or so short that they mean everybody, one message drops the state of many."""
benign = "A partner's server that did restart says so once, to each of our nodes within minutes."
remedy = "Accept Reset from home servers of roaming partners only, with User-Ids of their own, and limit how often."
references = ["T1464", "FGT1499.503"]
needs = ["diameter_message"]
split_by = "source"

[defaults]
digits_at_least = 5         # of a User-Id: fewer do not even tell the network
restarts_a_day = 2          # of one network, more than that; messages within ten minutes are one restart
*/
with told as (
  select
    *, coalesce(seen_at - lag(seen_at) over (partition by called(caller) order by seen_at, id) > interval 10 minutes, true) as begins
  from diameter_request
  where command_code = 322 and application_id = 16777251 and from_outside
),
beginning as (
  select id, caller, unnest(string_split(user_ids, ' ')) as digits from told where user_ids is not null
),
meant as (
  select
    id, bool_or(length(digits) < $digits_at_least) as too_short,
    bool_or(length(digits) >= $digits_at_least and not same_network(coalesce(owner, nobody()), caller)) as of_others
  from beginning left join imsi_owner on imsi_owner.prefix = left(digits, 6)
  group by id
),
counted as (
  select
    told.*, coalesce(too_short, false) as too_short, coalesce(of_others, false) as of_others, count(*) filter (where begins) over (
      partition by called(caller) order by seen_at range between interval 24 hours preceding and current row
    ) as restarts
  from told left join meant using (id)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  null as imsi, null as msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer,
  severity_of(answer, capture_point, case when too_short or of_others or unlisted(caller) then 'high' else 'low' end) as severity,
  null as confidence, evidence,
  'Reset-Request from outside, from ' || sender_called(origin_realm, caller) || case
      when too_short then ', for IMSIs that begin with ' || user_ids || ', which means many networks'
      when of_others then ', for IMSIs of other networks: ' || user_ids
      when unlisted(caller) then ', which is no roaming partner'
      else ', restart ' || restarts || ' within a day' end
    || '; ' || outcome_called(answer, error) as explanation
from counted
where too_short or of_others or unlisted(caller) or restarts > $restarts_a_day
