-- Words over the lists of network.toml that sigaudit/state/reference.py makes macros of.

create or replace temp macro begins_with_any(number, prefixes) as
  coalesce(len(list_filter(prefixes, lambda prefix: starts_with(number, prefix))) > 0, false);

create or replace temp macro is_test_sim(imsi, msisdn) as
  begins_with_any(imsi, test_imsis()) or begins_with_any(msisdn, test_msisdns());

-- Whether a title is an own node of this kind: hlr, msc, vlr, sgsn, smsc, gsmscf, gmlc, eir, ota.
create or replace temp macro is_own_node(gt, kind) as begins_with_any(kind || chr(31) || gt, own_nodes());

-- Who uses an own title by lease; NULL where nobody does.
create or replace temp macro leased_to(gt) as
  split_part(list_filter(leases(), lambda lease: starts_with(gt, split_part(lease, chr(31), 1)))[1], chr(31), 2);

-- Whether a caller is a hub that may speak for a network.
create or replace temp macro speaks_for(caller, network) as
  caller.party = 'hub' and (
    list_contains(spoken_for(), caller.operator || chr(31) || network.party || chr(31) || network.operator)
    or list_contains(spoken_for(), caller.operator || chr(31) || network.party || chr(31) || '*')
  );
