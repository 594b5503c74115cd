-- How often SIMs are changed by each channel at each hour of the day; a baseline holds the same of another time.
create or replace temp table usual_question as
select counter_hour(channel, done_locally) as question, count(*) as requests, 0 as refused, 0 as unanswered, 0 as alone
from sim_change
group by question
order by question;

create or replace temp table usual_sequence as
select question as sequence, requests from usual_question where false;
