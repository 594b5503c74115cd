-- What measures stand on, and where their figures go.

-- Wilson's score interval at 95 %, of a share.
create or replace temp macro wilson_low(k, n) as
  greatest(0, (k / n + 1.9208 / n - 1.96 * sqrt(k / n * (1 - k / n) / n + 0.9604 / n / n)) / (1 + 3.8416 / n));
create or replace temp macro wilson_high(k, n) as
  least(1, (k / n + 1.9208 / n + 1.96 * sqrt(k / n * (1 - k / n) / n + 0.9604 / n / n)) / (1 + 3.8416 / n));

create or replace temp table measured (
  id varchar not null,
  point varchar,                            -- where captures were taken: outside, inside, core, unknown
  numerator bigint, denominator bigint,
  seen bigint,                              -- of what may not cross interconnect: how much came, agreed traffic and tests left out
  value double, low double, high double,    -- the figure and its interval at 95 %
  missing varchar[]                         -- what it lacks to be taken
);

-- What came over interconnect, counted: a row where counts differ in nothing that a measure asks for.
-- `excused` is agreed traffic ([[accept]]) or that of test SIMs ([test]): refused it shows the border at work, answered it is left out.
create or replace temp table border_count as
with asked as (
  select
    kind, code, category, capture_point as point, answer, caller.party as caller, subscriber.party as subscriber,
    subscriber.party <> 'unknown' or subscriber.country <> 'ZZ' as subscriber_known,
    same_network(caller, subscriber) as of_subscribers_network,
    -- a list, not a join: there are few entries, and many millions of requests
    is_test_sim(imsi, msisdn) or coalesce(len(list_filter(
      (select list(accepted) from accepted where accepted.detector is null and accepted.agent is null),
      lambda entry:
        (entry.operation is null or (kind = 'map' and code = entry.operation))
        and (entry.command is null or (kind = 'diameter' and code = entry.command))
        and (entry.global_title is null or coalesce(starts_with(gt, entry.global_title), false))
        and (entry.realm is null or coalesce(lower(realm) = entry.realm or ends_with(lower(realm), '.' || entry.realm), false))
        and (entry.host is null or coalesce(lower(host) = entry.host, false))
        and (entry.imsi is null or coalesce(starts_with(imsi, entry.imsi), false))
        and (entry.msisdn is null or coalesce(starts_with(msisdn, entry.msisdn), false))
    )) > 0, false) as excused
  from request
  where from_outside
)
select *, count(*) as requests from asked group by all;

-- How much was watched at each point: requests from outside, and hours of capture.
create or replace temp table border_size as
with capture as (
  select coalesce(point, 'unknown') as point, first_seen, last_seen
  from input left join capture_point using (input_id)
  where kind = 'capture' and first_seen is not null
),
spaced as (
  select *, max(last_seen) over (
    partition by point order by first_seen, last_seen rows between unbounded preceding and 1 preceding
  ) as seen_until
  from capture
),
watched as (
  select point, sum(epoch(greatest(last_seen - greatest(first_seen, coalesce(seen_until, first_seen)), interval 0 seconds))) / 3600 as hours
  from spaced group by point
)
select point, coalesce(sum(requests), 0)::bigint as dialogues, any_value(hours) as hours
from watched left join border_count using (point)
group by point;

-- A row a request that a detector speaks of, with what became of it; lowered to info is what [[accept]] or [test] let pass.
create or replace temp table told_request as
select distinct
  detector, evidence[1].kind as kind, evidence[1].id as id, coalesce(point, 'unknown') as point, answer,
  severity = 'info' as excused, 1 as requests
from fired_row left join capture_point on capture_point.input_id = evidence[1].id >> 40
where answer is not null;

-- Of requests, how many have a result, whose outcome is known, and that may not be.
create or replace temp macro answered(requests, answer, excused) as
  coalesce(sum(requests) filter (answer = 'answered' and not excused), 0)::bigint;
create or replace temp macro decided(requests, answer, excused) as
  coalesce(sum(requests) filter (answer in ('refused', 'no_answer') or (answer = 'answered' and not excused)), 0)::bigint;
create or replace temp macro unagreed(requests, excused) as coalesce(sum(requests) filter (not excused), 0)::bigint;

-- Whether a number came to another SIM, holder or operator, which its financial services need to know.
create or replace temp macro concerns_services(event, reason, outcome) as
  outcome = 'completed' and (event in ('swap', 'port_in', 'port_out', 'multi_sim') or (event = 'new' and reason = 'recycled'));

-- Rows of the logs, and whether their log ever says such a thing: one that never does is not held against anybody.
create or replace temp view told_swap as
select
  *,
  count(subscriber_notified_at) over (partition by input_id) > 0 as tells_notice,
  count(dfs_notified_at) over (partition by input_id) > 0 as tells_services_notice
from swap;

create or replace temp view told_event as
select
  *,
  count(imsi_check) over (partition by input_id) > 0 as tells_imsi_check,
  count(imei) over (partition by input_id) > 0 as tells_imei
from dfs_event;
