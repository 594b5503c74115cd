-- What is known of subscribers over time: their number, where they registered, the messages that reached them.

-- Number and IMSI that belong together, from when on; the first one known holds for the time before it too.
-- What outsiders claim about own subscribers is not believed.
create or replace temp table binding as
with told as (
  select msisdn, imsi, seen_at, 'map' as kind, id
  from map_request
  where (answer = 'answered' or opcode = 7) and not (subscriber.party = 'home' and coalesce(from_outside, true))
  union all
  select msisdn, imsi, seen_at, 'diameter', id
  from diameter_request
  where answer = 'answered'
  union all
  select msisdn, imsi, occurred_at, 'dfs', id from dfs_event where imsi_check is distinct from 'mismatch'
  union all
  select msisdn, new_imsi, completed_at, 'swap', id from swap where outcome = 'completed'
  union all
  select msisdn, old_imsi, completed_at - interval 1 microsecond, 'swap', id from swap where outcome = 'completed'
)
select
  msisdn, imsi, seen_at, evidence_of(kind, id) as evidence,
  case when row_number() over (partition by msisdn order by seen_at, imsi) = 1 then '-infinity'::timestamp else seen_at end
    as number_since,                        -- for looking up the IMSI of a number
  case when row_number() over (partition by imsi order by seen_at, msisdn) = 1 then '-infinity'::timestamp else seen_at end
    as imsi_since                           -- for looking up the number of an IMSI
from (
  select * from told
  where msisdn is not null and imsi is not null and seen_at is not null
  qualify imsi is distinct from lag(imsi) over (partition by msisdn order by seen_at, imsi, kind, id)
);

-- Location updates that took effect, or whose answer cannot be seen.
create or replace temp view registration as
select
  'map' as kind, id, imsi, msisdn, seen_at, answer, from_outside, subscriber, caller,
  case when opcode = 23 then 'packet' else 'circuit' end as domain,
  coalesce(msc_number, sgsn_number) as serving_gt,
  case when opcode = 23 then sgsn else msc end as visited,
  calling_gt as gt, null as host, null as realm, evidence
from map_request
where opcode in (2, 23) and answer in ('answered', 'unknown')
union all
select
  'diameter', id, imsi, msisdn, seen_at, answer, from_outside, subscriber, caller,
  'packet', mme_number_for_mt_sms, visited, null, origin_host, origin_realm, evidence
from diameter_request
where command_code = 316 and application_id = 16777251 and answer in ('answered', 'unknown');

-- Short messages on their way to a subscriber; called_gt is the node that was to deliver them.
create or replace temp view sms_delivery as
select
  request.id, request.imsi, coalesce(request.msisdn, binding.msisdn) as msisdn, request.seen_at,
  request.called_gt, request.service_centre, request.answer, request.answered_at, request.error,
  request.capture_point, request.evidence, sms.tp_address, sms.otp_likelihood,
  lower(sms.tp_address) in (select sender from dfs_sender) as sender_is_dfs
from map_request request
join sms on sms.component_id = request.id and sms.mobile_terminated
asof left join binding on binding.imsi = request.imsi and request.seen_at >= binding.imsi_since;
