/*
id = "DIA-23"
title = "Diameter peer that presents itself as another one, or with more applications"
threat = "information-gathering"
severity = "low"
confidence = 0.6
why = """
Peers tell who they are and what they speak when a connection begins. Another name at a known address, our own name, an address of somebody else,
or applications that were not offered before are seen where somebody tries what the edge agent lets him do."""
benign = """
Maintenance: new software, a second agent behind one address. An agent with several addresses, or behind a translator of addresses, presents one that it
does not send from: told with little confidence."""
remedy = "Fix names, addresses and applications of each peer in the edge agent, and refuse other ones."
references = ["T1046", "FGT1046.501", "MOT1046.301"]
needs = ["diameter_message", "interconnect"]
split_by = "source"

[defaults]
days_known = 7              # so long the own agent was watched, for a peer to be a new one
*/
with presented as (
  select
    request.*, coalesce(owner.owner.party = 'home', false) as as_home,
    lag({'host': lower(origin_host), 'product': product_name, 'vendor': peer_vendor}) over at_address as former,
    lag(applications) over (partition by lower(origin_host) order by seen_at, id) as former_applications
  from diameter_request request
  left join realm_owner owner on owner.realm = origin_realm
  where command_code = 257 and application_id = 0 and from_outside
  window at_address as (partition by source_address order by seen_at, id)
),
met as (                                    -- addresses from which anything comes or to which it goes
  select source_address as address from path
  union
  select destination_address from path
),
known as (                                  -- since when the own agents are watched
  select receiver, min(since) as since from watch group by all
),
judged as (
  select
    *,
    host_address <> source_address and contains(host_address, ':') = contains(source_address, ':')
      and met.address is null as other_address,
    case
      when as_home then 'in the name of the home network'
      when former.host <> lower(origin_host) then 'where ' || former.host || ' was before'
      when former.host = lower(origin_host) and former.product <> product_name then 'as ' || product_name || ', formerly ' || former.product
      when former.host = lower(origin_host) and former.vendor <> peer_vendor then 'of vendor ' || peer_vendor || ', formerly ' || former.vendor
      when former_applications is not null
        and not list_has_all(string_split(former_applications, ' '), string_split(coalesce(applications, former_applications), ' '))
        then 'with applications ' || applications || ', formerly ' || former_applications
      when former is null and known.since <= seen_at - to_days($days_known) then 'which nobody met in the ' || $days_known || ' days before'
      when other_address then 'with the address ' || host_address || ', which it does not send from'
    end as change
  from presented
  left join met on met.address = host_address
  left join known on known.receiver = destination_address
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  null as imsi, null as msisdn, null as gt, origin_host as host, origin_realm as realm, null as agent,
  answer, case when as_home then severity_of(answer, capture_point, 'high') else 'low' end as severity,
  if(ends_with(change, 'does not send from'), 0.3, null) as confidence, evidence,
  'Capabilities-Exchange-Request from ' || source_address || ', from ' || coalesce(origin_host, 'no host') || ', ' || change || '; '
    || outcome_called(answer, error) as explanation
from judged
where change is not null
