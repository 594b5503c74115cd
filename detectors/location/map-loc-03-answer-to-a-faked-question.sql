/*
id = "MAP-LOC-03"
title = "Answer from outside to a question that no own node asked"
threat = "location-tracking"
severity = "high"
confidence = 0.7
why = """
An attacker who sends provideSubscriberInfo or its like under a title of the own network does not get the answer: it
comes to the node whose title was used. An answer that belongs to no question of ours is the trace of such a forgery."""
benign = """
The question left before the capture began or over a link without tap: then coverage is missing, and it is not
assessed. So it is where, a day around, most of a network's answers belong to no question here. Answers that come later
than ten minutes."""
remedy = """
Ask the networks that sent these answers over whom the questions came; have the carrier refuse own titles from
elsewhere."""
references = ["T1430.002", "FGT5012.008", "MOT5012.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
minutes_before = 10         # a transaction lives no longer: its begin would have to be here
minutes_of_quiet = 60       # on a link without other dialogues in these, so far back is looked for some
hours_around = 24           # in which the network's other answers tell whether questions to it pass here
*/
with unasked as (
  select
    component.*, path_id, end_of_link(component.dpc, component.destination_address) as here,
    end_of_link(component.opc, component.source_address) as there
  from map_component component
  join tcap_unasked using (id)
  where component.component_type = 162 and component.opcode in (4, 7, 22, 24, 45, 56, 58, 70, 71, 83, 85)
),
from_abroad as (
  select unasked.*, map_operation.name as operation, called(coalesce(other.owner, nobody())) as network
  from unasked
  join entrance on entrance.path_id = unasked.path_id
  left join map_operation on map_operation.code = unasked.opcode
  left join gt_owner own
    on own.digits = unasked.called_gt and own.plan = coalesce(unasked.called_plan, 0) and own.nature = coalesce(unasked.called_nature, 0)
  left join gt_owner other
    on other.digits = unasked.calling_gt and other.plan = coalesce(unasked.calling_plan, 0)
    and other.nature = coalesce(unasked.calling_nature, 0)
  where entrance.from_outside and coalesce(own.owner.party = 'home', false)
),
teller as (                                 -- the addresses of the networks that such answers came from
  select address.id, called(coalesce(owner, nobody())) as network
  from sccp_address address
  left join gt_owner on digits = gt and gt_owner.plan = coalesce(address.plan, 0) and gt_owner.nature = coalesce(address.nature, 0)
  where network in (select network from from_abroad)
),
answer as (                                 -- all that these networks sent in dialogues that are open here, or should be
  select common.id, common.seen_at, network, tcap_unasked.id is null as is_asked
  from (from map_common anti join tcap_copy using (id)) common
  join teller on teller.id = calling_id
  join entrance on entrance.path_id = common.path_id
  left join tcap_unasked on tcap_unasked.id = common.id
  where common.dtid is not null and component <= 1 and entrance.from_outside
),
around as (
  select
    from_abroad.id,
    count(*) filter (where is_asked) as asked, count(*) filter (where not is_asked) as not_asked,
    count(*) filter (where not is_asked and time_bucket(interval 5 minutes, answer.seen_at) > from_abroad.seen_at - to_minutes($minutes_before + 5)
      and time_bucket(interval 5 minutes, answer.seen_at) <= from_abroad.seen_at) as lately,
    count(*) filter (where not is_asked and time_bucket(interval 5 minutes, answer.seen_at) > from_abroad.seen_at - to_minutes($minutes_of_quiet + 5)
      and time_bucket(interval 5 minutes, answer.seen_at) <= from_abroad.seen_at) as in_quiet
  from from_abroad
  join answer using (network)
  where answer.seen_at between from_abroad.seen_at - to_hours($hours_around) and from_abroad.seen_at + to_hours($hours_around)
  group by all
),
link as (                                   -- the link's dialogues then; the network's own unasked answers are not held against it
  select
    from_abroad.id,
    coalesce(sum(dialogues) filter (where bucket > from_abroad.seen_at - to_minutes($minutes_before + 5)), 0) - any_value(lately) as lately,
    sum(both_legs) filter (where bucket > from_abroad.seen_at - to_minutes($minutes_before + 5)) as lately_with_both,
    sum(dialogues) - any_value(in_quiet) as in_quiet,
    sum(both_legs) as in_quiet_with_both
  from from_abroad
  join around using (id)
  join coverage on coverage.sender = here and coverage.receiver = there
  where bucket > from_abroad.seen_at - to_minutes($minutes_of_quiet + 5) and bucket <= from_abroad.seen_at
  group by all
),
judged as (
  select
    from_abroad.*,
    case
      when link.lately > 0 then lately_with_both >= 0.9 * link.lately
      else link.in_quiet > 0 and in_quiet_with_both >= 0.9 * link.in_quiet
    end
    and asked > not_asked
    and exists (
      from watch
      where watch.sender = here and watch.receiver = there
        and watch.since <= from_abroad.seen_at - to_minutes($minutes_before) and watch.until >= from_abroad.seen_at
    ) as is_covered
  from from_abroad
  left join around using (id)
  left join link using (id)
)
select
  seen_at as first_seen, seen_at as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  'answered' as answer, case when location_returned or vectors_returned then 'high' else 'medium' end as severity,
  null as confidence, [evidence_of('map', id)] as evidence,
  'A result of ' || operation || ' came from outside, from ' || coalesce(calling_gt, 'no address') || ', to ' || coalesce(called_gt, 'no address')
    || ', which had not asked for it' as explanation,
  case when not coalesce(is_covered, false) then 'coverage' end as missing
from judged
