-- What was asked, beside how rare that is and what usually comes of it: rarities in thousandths of a natural logarithm,
-- shares in millionths, so that sums of them do not depend on their order.
create or replace temp view expected as
with total as (select coalesce(sum(requests), 0)::bigint + 1 as of_all from usual_question),
question_rarity as (
  select
    question, (1000 * ln(of_all / requests))::bigint as rarity, (1000000 * refused / requests)::bigint as refused_share,
    (1000000 * unanswered / requests)::bigint as unanswered_share, (1000000 * alone / requests)::bigint as alone_share
  from usual_question, total
),
sequence_rarity as (select sequence, (1000 * ln(of_all / requests))::bigint as rarity from usual_sequence, total)
select
  asked.*,
  coalesce(question_rarity.rarity, (1000 * ln(of_all))::bigint) as question_rarity,
  coalesce(sequence_rarity.rarity, (1000 * ln(of_all))::bigint) as sequence_rarity,
  coalesce(refused_share, 0) as refused_share, coalesce(unanswered_share, 0) as unanswered_share, coalesce(alone_share, 0) as alone_share
from asked cross join total left join question_rarity using (question) left join sequence_rarity using (sequence);

-- By how much more than four standard deviations from what is usual for the questions asked, and one request's doubt beside.
create or replace temp macro beyond(happened, share) as
  greatest(0, sum(1000000 * happened::bigint - share)::double / sqrt((1000000000000 + sum(share * (1000000 - share)))::double) - 4);
create or replace temp macro one_in(thousandths) as exp(thousandths / 1000);
