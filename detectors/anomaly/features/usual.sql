-- How often each question and sequence is asked, and what comes of it; a baseline holds the same of another time.
create or replace temp table usual_question as
select
  question, count(*) as requests, count(*) filter (where refused) as refused,
  count(*) filter (where unanswered) as unanswered, count(*) filter (where alone) as alone
from asked
group by question
order by question;

create or replace temp table usual_sequence as
select sequence, count(*) as requests from asked group by sequence order by sequence;
