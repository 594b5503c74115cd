/*
id = "MAP-ENC-11"
title = "Dialogue continued by another network than the one that was asked"
threat = "evasion"
severity = "high"
confidence = 0.7
why = """
Who knows or guesses a transaction id can send into a dialogue that others opened, and passes filters that judge only beginnings: subscriber data
written into a registration, or a false result."""
benign = """
The called network may answer from another of its own titles, and a hub may answer for it all through the dialogue: where only one network sends,
nothing is told."""
remedy = "Let the border keep track of dialogues, and refuse messages of other networks than the one that was asked."
references = ["MOT3005.301", "MOT1557"]
needs = ["map_component"]
split_by = "subscriber"
*/
with back as (                              -- what comes from other networks into dialogues that exist already
  select
    common.id, common.seen_at, common.dtid, receiver.gt as opener, sender.gt, whose.owner, network_of(whose.owner) as network,
    common.opcode
  from map_common common
  join sccp_address sender on sender.id = common.calling_id
  join sccp_address receiver on receiver.id = common.called_id
  join gt_owner whose
    on whose.digits = sender.gt and whose.plan = coalesce(sender.plan, 0) and whose.nature = coalesce(sender.nature, 0)
  where common.tcap_type in (100, 101) and common.dtid is not null and whose.owner.party <> 'home'
),
mixed as (
  select dtid, opener from back group by all having min(network) <> max(network)
),
begun as (
  select common.id, common.seen_at, common.otid, opener.gt as opener
  from map_common common
  join sccp_address opener on opener.id = common.calling_id
  semi join mixed on mixed.dtid = common.otid and mixed.opener = opener.gt
  where common.tcap_type = 98 and common.component <= 1
),
dialogue as (                               -- of the same beginning, not only of the same transaction id
  select back.*, begun.id as opening_id
  from (from back semi join mixed using (dtid, opener)) back
  asof join begun on back.dtid = begun.otid and back.opener = begun.opener and back.seen_at >= begun.seen_at
  where in_time(begun.seen_at, back.seen_at)
),
asked as (                                  -- whose the called title is; if that is not known, whose the subscriber is
  select
    opening.id as opening_id, digits(opening.imsi) as imsi, digits(opening.msisdn) as msisdn,
    if(called_owner.owner.party <> 'unknown', called_owner.owner, coalesce(imsi_owner.owner, nobody())) as asked
  from map_common opening
  semi join dialogue on dialogue.opening_id = opening.id
  left join sccp_address called on called.id = opening.called_id
  left join gt_owner called_owner
    on called_owner.digits = called.gt and called_owner.plan = coalesce(called.plan, 0)
    and called_owner.nature = coalesce(called.nature, 0)
  left join imsi_owner on imsi_owner.prefix = left(digits(opening.imsi), 6)
),
told as (
  select
    *, bool_or(network = network_of(asked)) over (partition by opening_id) as asked_one_answered,
    first_value(network) over (partition by opening_id order by seen_at, id) as first_network
  from dialogue join asked using (opening_id)
)
select
  seen_at as first_seen, seen_at as last_seen,
  imsi, msisdn, gt, null as host, null as realm, null as agent,
  coalesce(outcome.answer, 'unknown') as answer, severity_of(coalesce(outcome.answer, 'unknown'), 'unknown', 'high') as severity,
  null as confidence, [evidence_of('map', told.id), evidence_of('map', opening_id)] as evidence,
  coalesce(operation.name, 'a message') || ' from ' || sender_called(gt, owner) || ', inside a dialogue that was opened with '
    || called(asked) || ' and in which another network sends too' as explanation
from told
left join tcap_outcome outcome using (id)
left join map_operation operation on operation.code = told.opcode
where network <> if(asked_one_answered, network_of(asked), first_network)
