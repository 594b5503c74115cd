/*
id = "SMS-11"
title = "Sender that looks like a financial service"
threat = "spoofing"
severity = "medium"
confidence = 0.7
why = """
Telephones show the sender's name as it was sent and sort messages by it. A name one letter off, or the very name over a way that
the service does not use, makes people type their password or code into a trap."""
benign = "A sister brand, or a second name of the same service: list it among its senders."
remedy = "Block alphanumeric senders that are not registered; let protected names come only over the contracted way."
references = ["T1660", "MOT1036.301"]
needs = ["map_component", "sms", "dfs_provider"]
split_by = "source"

[defaults]
long_name = 6               # letters and digits from which on one of them may differ
*/
with bare as (                              -- digits and signs read as the letters that they look like
  select sender, regexp_replace(translate(sender, '0134578$@!|', 'oieastbsail'), '[^a-z]', '', 'g') as name
  from dfs_sender
  where regexp_matches(sender, '[a-z]')
),
named as (
  select distinct
    tp_address, regexp_replace(translate(lower(tp_address), '0134578$@!|', 'oieastbsail'), '[^a-z]', '', 'g') as name
  from sms
  where mobile_terminated and tp_address_type = 5 and lower(tp_address) not in (select sender from dfs_sender)
),
alike as (
  select tp_address, min(sender) as sender
  from named join bare on named.name = bare.name or (length(bare.name) >= $long_name and levenshtein(named.name, bare.name) = 1)
  group by tp_address
),
usual as (                                  -- services whose messages come from inside: their way is the own service centre
  select distinct lower(tp_address) as sender from sms_delivery where sender_is_dfs and not from_outside
),
judged as (
  select
    delivery.*, alike.sender as protected,
    delivery.sender_is_dfs and from_outside and usual.sender is not null as past_usual_way
  from sms_delivery delivery
  left join alike using (tp_address)
  left join usual on usual.sender = lower(delivery.tp_address)
)
select
  seen_at as first_seen, coalesce(answered_at, seen_at) as last_seen,
  imsi, msisdn, gt, host, realm, null as agent, answer,
  severity_of(answer, capture_point, 'medium') as severity, null as confidence, evidence,
  'Short message from ' || sender_called(coalesce(gt, host, realm), caller)
    || case
      when protected is not null then ' of sender ' || tp_address || ', which looks like ' || protected || ', a financial service'
      else ' of sender ' || tp_address || ', a financial service whose messages otherwise come from the own service centre'
    end
    || '; ' || outcome_called(answer, error) as explanation
from judged
where protected is not null or past_usual_way
