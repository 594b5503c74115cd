/*
id = "MAP-ORG-02"
title = "Sender names a node of another network as its own"
threat = "spoofing"
severity = "high"
confidence = 0.6
why = """
Requests name the node that sends them a second time, in MAP itself: the VLR that registers, the platform that asks. If that node is of another network
than the calling title, one of the two is false, and answers or later messages go elsewhere."""
benign = """
A roaming hub or a group of networks sends under a title of its own for others: low where the named network is a listed partner. Short messages, where
that is usual, are not looked at."""
remedy = "Compare at the border the calling title with the addresses inside the request, and refuse those that differ."
references = ["FGT1036.501", "MOT1036.301"]
needs = ["map_component"]
split_by = "subscriber"
*/
with claiming as (
  select
    *,
    case
      when opcode = 2 then coalesce(vlr_number, msc_number)
      when opcode = 23 then sgsn_number
      when opcode = 67 then coalesce(vlr_number, sgsn_number)
      when opcode in (62, 65, 71) then gsmscf_address
      when opcode in (83, 85) then mlc_number
      when opcode in (4, 22) then gmsc_address
      when opcode = 24 then ggsn_number
      when opcode = 37 then coalesce(hlr_number, css_number)
    end as claimed,
    if(opcode = 56, left(requesting_plmn, 6), null) as claimed_plmn
  from border_request
  where opcode in (2, 4, 22, 23, 24, 37, 56, 62, 65, 67, 71, 83, 85)
),
told as (
  select claiming.*, coalesce(node.owner, plmn.owner) as claimed_owner
  from claiming
  left join gt_owner node on node.digits = claimed and node.plan = 1 and node.nature = 0
  left join imsi_owner plmn on plmn.prefix = claimed_plmn
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, calling_gt as gt, null as host, null as realm, null as agent,
  answer,
  case
    when claimed_owner.party = 'home' or screened then severity_of(answer, capture_point, 'high')
    when claimed_owner.party = 'partner' then 'low' -- as hubs do
    else severity_of(answer, capture_point, 'medium')
  end as severity,
  if(claimed_owner.party = 'partner', 0.3, null) as confidence, evidence,
  trick_called(
    operation, opcode, calling_gt, caller, 'naming ' || coalesce(claimed, claimed_plmn) || ' of ' || called(claimed_owner), answer, reason
  ) as explanation
from told
where claimed_owner is not null and not same_network(caller, claimed_owner)
  and not (caller.party = 'unknown' and claimed_owner.party = 'unknown')
