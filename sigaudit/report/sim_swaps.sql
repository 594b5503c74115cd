-- Two tables for the pictures of SIM swaps: swap_delay, how long after a swap the first one-time password came, and
-- swap_agent, how many swaps each agent made. A swap is an event that puts a number on another SIM.
create or replace temp table swap_drawn as
with piece as (
  select distinct place.input_id, place.row_id
  from (select unnest(evidence) as place from finding)
  where place.row_id is not null
)
select
  swap.id, msisdn, agent_id as agent, completed_at, piece.row_id is not null as in_finding
from swap
left join piece on piece.input_id = swap.input_id and piece.row_id = swap.swap_id
where event in ('swap', 'port_in', 'multi_sim') and outcome in ('completed', 'reversed') and completed_at is not null;

create or replace temp table swap_delay as
with password as (
  select msisdn, occurred_at from dfs_event where event in ('otp_sent', 'otp_verified')
)
select swap_drawn.*, date_diff('microsecond', completed_at, occurred_at) / 60e6 as minutes
from swap_drawn
asof left join password on password.msisdn = swap_drawn.msisdn and password.occurred_at >= completed_at;

create or replace temp table swap_agent as
with counted as (
  select
    agent, minutes <= 1440 as password, in_finding,
    count(*) over (partition by agent order by completed_at range between interval 24 hours preceding and current row)
      as within_day
  from swap_delay
  where agent is not null
)
select
  agent, count(*) as swaps, max(within_day) as most_in_24_hours,
  count(*) filter (where password) as password_within_24_hours, count(*) filter (where in_finding) as in_findings
from counted
group by agent;
