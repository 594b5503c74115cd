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
assessed. Answers that come later than ten minutes."""
remedy = """
Ask the networks that sent these answers over whom the questions came; have the carrier refuse own titles from
elsewhere."""
references = ["T1430.002", "FGT5012.008", "MOT5012.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "source"

[defaults]
minutes_before = 10         # a transaction lives no longer: its begin would have to be here
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
  select unasked.*, map_operation.name as operation, coalesce(own.owner, nobody()) as addressee
  from unasked
  join entrance on entrance.path_id = unasked.path_id
  left join map_operation on map_operation.code = unasked.opcode
  left join gt_owner own
    on own.digits = unasked.called_gt and own.plan = coalesce(unasked.called_plan, 0) and own.nature = coalesce(unasked.called_nature, 0)
  where entrance.from_outside
)
select
  seen_at as first_seen, seen_at as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  'answered' as answer, case when location_returned or vectors_returned then 'high' else 'medium' end as severity,
  null as confidence, [evidence_of('map', id)] as evidence,
  'A result of ' || operation || ' came from outside, from ' || coalesce(calling_gt, 'no address') || ', to ' || coalesce(called_gt, 'no address')
    || ', which had not asked for it' as explanation,
  case when not covered(here, there, seen_at - to_minutes($minutes_before), seen_at) then 'coverage' end as missing
from from_abroad
where addressee.party = 'home'
