/*
id = "MAP-ENC-11"
title = "Dialogue taken over: by another network, in the other's role, or under a transaction id in use"
threat = "evasion"
severity = "high"
confidence = 0.7
why = """
Who knows or guesses a transaction id can send into a dialogue that others opened, and passes filters that judge only beginnings: subscriber data
written into a registration, or a false result. The same is tried by who opened the dialogue himself: a harmless beginning, and then a request that only
the other side may send, or one in the dialogue's end, where no filter waits for any; or a second beginning under a transaction id that is still in use."""
benign = """
The called network may answer from another of its own titles, and a hub may answer for it all through the dialogue: where only one network sends,
nothing is told. A node repeats a beginning that was not answered: it says the same. Nodes with short transaction ids use them again soon."""
remedy = "Let the border keep track of dialogues, and refuse messages of other networks than the one that was asked."
references = ["MOT3005.301", "MOT1557"]
needs = ["map_component"]
split_by = "subscriber"

[defaults]
seconds = 60                # from one beginning to the next of the same transaction id
shortest_id = 65536         # the first transaction id that does not fit into two octets
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
),
by_another as (
  select
    seen_at as first_seen, seen_at as last_seen, imsi, msisdn, gt, coalesce(outcome.answer, 'unknown') as answer,
    severity_of(coalesce(outcome.answer, 'unknown'), 'unknown', 'high') as severity,
    [evidence_of('map', told.id), evidence_of('map', opening_id)] as evidence,
    coalesce(operation.name, 'a message') || ' from ' || sender_called(gt, owner) || ', inside a dialogue that was opened with '
      || called(asked) || ' and in which another network sends too' as explanation
  from told
  left join tcap_outcome outcome using (id)
  left join map_operation operation on operation.code = told.opcode
  where network <> if(asked_one_answered, network_of(asked), first_network)
),
inside as (                                 -- another request than what opened the dialogue, from its opener or from the other side
  select
    asked.id, opened.from_ssn as of_opener, opened.to_ssn as of_other, sent.from_ssn as senders,
    opener.gt is not distinct from sender.gt as by_opener
  from map_opening
  join map_common asked using (id)
  join map_common opening on opening.id = opening_id
  join map_category opened on opened.opcode = opening.opcode
  join map_category sent on sent.opcode = asked.opcode
  left join sccp_address sender on sender.id = asked.calling_id
  left join sccp_address opener on opener.id = opening.calling_id
  where asked.opcode <> opening.opcode
),
in_another_role as (
  select
    seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen, imsi, msisdn, calling_gt as gt, answer,
    severity_of_trick(answer, capture_point, screened, 'high') as severity, [evidence_of('map', opening_id)] || evidence as evidence,
    trick_called(
      operation, opcode, calling_gt, caller,
      'inside a dialogue that ' || if(by_opener, 'it opened with ', 'was opened with it by ') || coalesce(opener.name, 'operation ' || opening_opcode)
        || ', whose ' || if(by_opener, 'sender', 'receiver') || ' does not send it',
      answer, reason
    ) as explanation
  from border_request
  join (from inside where not list_has_any(senders, if(by_opener, of_opener, of_other))) inside using (id)
  left join map_operation opener on opener.code = opening_opcode
),
in_an_end as (                              -- but for what needs no answer: forwardCheckSS, alertServiceCentreWithoutResult, informServiceCentre
  select
    seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen, imsi, msisdn, calling_gt as gt, answer,
    severity_of_oddity(answer, capture_point, screened) as severity, evidence,
    trick_called(operation, opcode, calling_gt, caller, 'in the end of a dialogue, where nobody can answer it', answer, reason) as explanation
  from border_request
  semi join (select id from map_common where tcap_type = 100 and component_type = 161 and opcode not in (38, 49, 63)) ended using (id)
),
twice as (
  select otid
  from map_common
  where tcap_type = 98 and component <= 1 and otid >= $shortest_id
  group by all
  having min(digest) <> max(digest)
),
begun_again as (
  select
    id, seen_at, opcode, imsi, msisdn, lag(id) over same as former_id, lag(seen_at) over same as former_at, lag(opcode) over same as former_opcode,
    lag(imsi) over same as former_imsi, lag(msisdn) over same as former_msisdn
  from (
    select common.* exclude (id, calling_id), common.id, gt
    from (from map_common anti join tcap_copy using (id)) common join sccp_address address on address.id = calling_id
  ) semi join twice using (otid)
  where tcap_type = 98 and component <= 1
  window same as (partition by otid, gt order by seen_at, id)
),
in_use as (                                 -- the former dialogue got no answer before, nor did the node give it up
  select begun_again.*, operation.name as former_operation
  from begun_again
  join tcap_dialogue former on former.id = former_id
  left join map_operation operation on operation.code = former_opcode
  where begun_again.seen_at <= former_at + to_seconds($seconds) and coalesce(former.answered_at > begun_again.seen_at, true)
    and (opcode, imsi, msisdn) is distinct from (former_opcode, former_imsi, former_msisdn)
),
begun_twice as (
  select
    former_at as first_seen, coalesce(answered_at, request.seen_at) as last_seen, request.imsi, request.msisdn, calling_gt as gt, answer,
    severity_of_oddity(answer, capture_point, screened) as severity, [evidence_of('map', former_id)] || evidence as evidence,
    trick_called(
      operation, request.opcode, calling_gt, caller,
      'under the transaction id of a dialogue that it had opened ' || date_diff('second', former_at, request.seen_at) || ' seconds before'
        || coalesce(' with ' || former_operation, '') || ' and that was still open',
      answer, reason
    ) as explanation
  from border_request request join in_use using (id)
)
select
  first_seen, last_seen, imsi, msisdn, gt, null as host, null as realm, null as agent, answer, severity, null as confidence, evidence, explanation
from (from by_another union all from in_another_role union all from in_an_end union all from begun_twice)
