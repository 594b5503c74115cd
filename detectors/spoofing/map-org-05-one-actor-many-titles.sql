/*
id = "MAP-ORG-05"
title = "Titles of several countries that one machine seems to send under"
threat = "spoofing"
severity = "info"
confidence = 0.4
why = """
Who rents global titles rents them in several countries, and sends under all of them with the same software: the same subsystem and translation type, MAP
version, invoke identifiers, dialogue portion and run of transaction ids. Titles that other detectors named and that write alike, as few others do, are probably one actor:
what is known of one title then counts for all."""
benign = """
Nodes of one vendor write alike too: only titles count that were named for something else already, and only where few titles from outside write so."""
remedy = "Look at these titles together, block them together, and ask the networks that they belong to who leases them."
references = ["FGT1036.501", "MOT1036.301", "MOT1583.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
countries_at_least = 2
hits_at_least = 2           # requests of each title that were named
rare_share = 0.05           # of all titles from outside, at most so many write alike
same_at_least = 4           # of the features
evidence_of_each = 5        # requests of each title that are shown
*/
with flagged as (                           -- what was named before, by MAP's detectors whose ids come earlier
  select gt, list_sort(list(distinct detector)) as detectors, min(first_seen) as first_seen, max(last_seen) as last_seen, evidence[1].id as id
  from fired
  where gt is not null and missing is null and evidence[1].kind = 'map' and coalesce(severity, 'medium') <> 'info'
  group by gt, id
),
sent as (                                   -- counted first, so that little is joined
  select
    calling_id, called_id, path_id, dialogue_id, invoke_id, count(*) as requests, min(otid) as first_otid, max(otid) as last_otid
  from map_common
  where tcap_type = 98 and component_type = 161
  group by all
),
title as (                                  -- NULL: differs from request to request
  select
    calling.gt,
    the_only(calling.translation_type) as translation_type,
    the_only(calling.plan * 16 + calling.nature) as plan_and_nature,
    the_only(calling.ssn) as subsystem,
    the_only(sccp_type) as sccp_type,
    the_only(invoke_id) as invoke_id,
    the_only(map_version) as map_version,
    the_only(dialogue_id is null) as without_dialogue,
    the_only(coalesce(destination_reference, origination_reference) is not null) as references_given,
    the_only(called.translation_type * 256 + called.ssn) as called_as,
    case
      when max(last_otid) < 65536 then 'two octets'
      when sum(requests) > 1 and max(last_otid) - min(first_otid) < 16 * sum(requests) then 'counted'
      when sum(requests) > 1 then 'scattered'
    end as transaction_ids,
    sum(requests) as requests
  from sent
  join entrance using (path_id)
  join path on path.id = path_id
  join sccp_address calling on calling.id = calling_id
  join sccp_address called on called.id = called_id
  left join dialogue_portion dialogue on dialogue.id = dialogue_id
  where coalesce(entrance.from_outside, true) and calling.gt is not null
  group by all
),
written as (
  select
    gt, requests,
    list_filter([
      'translation type ' || translation_type, 'plan and nature ' || plan_and_nature, 'subsystem ' || subsystem, 'SCCP message ' || sccp_type,
      'invoke id ' || invoke_id, 'MAP version ' || map_version,
      case when without_dialogue then 'no dialogue portion' when not without_dialogue then 'a dialogue portion' end,
      case when references_given then 'user information' when not references_given then 'no user information' end,
      'called as ' || called_as, 'transaction ids ' || transaction_ids
    ], lambda feature: feature is not null) as features
  from title
),
alike as (                                  -- how many titles write so
  select features, count(*) as titles, sum(count(*)) over () as all_titles from written group by features
),
named as (
  select
    flagged.gt, features, titles, all_titles, min(first_seen) as first_seen, max(last_seen) as last_seen,
    list_sort(list_distinct(flatten(list(detectors)))) as detectors, list(id order by first_seen, id)[:$evidence_of_each] as ids,
    any_value(called(owner.owner)) as network, any_value(owner.owner.country) as country
  from flagged
  join written using (gt)
  join alike using (features)
  left join gt_owner owner on owner.digits = flagged.gt and owner.plan = 1 and owner.nature = 4
  group by all
  having count(distinct id) >= $hits_at_least
),
actor as (
  select
    features, min(first_seen) as first_seen, max(last_seen) as last_seen, first(gt order by first_seen, gt) as gt,
    list(gt || ', ' || coalesce(network, 'an unknown network') order by gt) as titles,
    list_sort(list_distinct(flatten(list(detectors)))) as detectors, flatten(list(ids order by gt)) as ids
  from named
  where len(features) >= $same_at_least and titles <= greatest($rare_share * all_titles, $countries_at_least)
  group by features
  having count(distinct country) >= $countries_at_least
)
select
  first_seen, last_seen, null as imsi, null as msisdn, gt, null as host, null as realm, null as agent,
  'unknown' as answer, null as severity, null as confidence,
  list_transform(ids, lambda id: evidence_of('map', id)) as evidence,
  len(titles) || ' titles write alike (' || array_to_string(features, ', ') || ') and were named by ' || array_to_string(detectors, ', ')
    || ': ' || array_to_string(titles, '; ') as explanation
from actor
