-- Every number of a subscriber that the database holds: IMSI, MSISDN, IMEI, ICCID, account, and addresses of ordinary
-- subscribers. A number of a node that only an address names is none of theirs: a service centre may send a message.

create or replace temp view private_own as
select digits(imsi) as value from map_common
union all select digits(msisdn) from map_common
union all select odd_imsi from map_rare
union all select odd_msisdn from map_rare
union all select imei from map_location
union all select imsi from cap_component
union all select msisdn from cap_component
union all select imei from cap_component
union all select digits(imsi) from diameter_common
union all select digits(msisdn) from diameter_common
union all select odd_imsi from diameter_rare
union all select odd_msisdn from diameter_rare
union all select imei from diameter_registration
union all select a_msisdn from diameter_subscription
union all select gt from sccp_address where plan in (6, 7) and id in (select called_id from map_common)
union all select unnest([msisdn, old_imsi, new_imsi, old_iccid, new_iccid, new_imei]) from swap
union all select unnest([msisdn, imsi, imei, account_id, payee]) from dfs_event
union all select unnest([imsi, msisdn]) from finding
-- an identity such as 0620990000000001@nai.epc.mnc099.mcc620.3gppnetwork.org or tel:+233590000001
union all
select regexp_replace(run, '^[0-9]([0-9]{15})$', '\1')
from (
  select unnest(regexp_extract_all(concat_ws(' ', identity), '[0-9]{6,}')) as run
  from (
    select user_name as identity from diameter_rare
    union all select unnest([public_identity, external_identifier]) from diameter_ims
    union all select unnest([smsmi_originator, smsmi_destination]) from diameter_sms
  )
);

create or replace temp view private_address as
select unnest([forwarded_to_number]) as value from map_subscription
union all select roaming_number from map_routing
union all select lcs_client_number from map_location
union all select unnest([destination_reference, origination_reference]) from dialogue_portion
union all select unnest([calling_number, called_number, called_bcd_number, destination_number, original_called_number, redirecting_number])
  from cap_component
union all select tp_address from sms where tp_address_type is distinct from 5
union all select sm_rp_smea from diameter_sms;

create or replace temp view node_number as
select gt as value from sccp_address where id in (select calling_id from map_common union all select calling_id from cap_component)
union all
select digits(unnest([msc_number, vlr_number, sgsn_number, hlr_number, network_node_number, service_centre])) from map_common
union all select unnest([gsmscf_address, mlc_number]) from map_location
union all select unnest([gmsc_address, additional_msc_number, additional_sgsn_number, new_msc_number, new_vlr_number, css_number])
  from map_routing
union all select unnest([msc_address, gmsc_address, vlr_number, sgsn_number, smsc_address, gsmscf_address]) from cap_component
union all select unnest([sc_address, sms_gmsc_address, ip_sm_gw_number]) from diameter_sms;

-- A title that is no subscriber's stays as it is wherever it stands.
create or replace temp view node_title as
from node_number union all select gt from sccp_address where plan is null or plan not in (6, 7);

-- A short code, up to seven digits, is a service's.
create or replace temp view private_number as
select value from private_own where value <> ''
union
select value from private_address where length(value) > 7 and value not in (select value from node_number where value is not null);
