-- Questions for the route of a short message, from outside, and what followed them.

-- The message, or the report that it could not be delivered, by the network that asked.
create or replace temp view sms_followup as
select imsi as target, called(caller) as network, seen_at from map_request where opcode in (44, 46) and from_outside and imsi is not null
union all
select msisdn, called(caller), seen_at from map_request where opcode = 47 and from_outside and msisdn is not null;

create or replace temp view sms_lookup as
with asked as (
  select
    *, called(caller) as network, end_of_link(opc, source_address) as sender, end_of_link(dpc, destination_address) as receiver
  from map_request
  where opcode = 45 and from_outside
)
select asked.*, least(by_imsi.seen_at, by_msisdn.seen_at) as followed_at -- NULL: by nothing
from asked
asof left join sms_followup by_imsi
  on by_imsi.target = asked.imsi and by_imsi.network = asked.network and asked.seen_at <= by_imsi.seen_at
asof left join sms_followup by_msisdn
  on by_msisdn.target = asked.msisdn and by_msisdn.network = asked.network and asked.seen_at <= by_msisdn.seen_at;
