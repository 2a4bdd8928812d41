-- Scorecard items of evaluations, with the measures of an evaluation, so that a metric can be asked by item.
-- Grain: one row an evaluation and item. An item that was not applicable has measures of zero.
-- Lost points are the full mark less the points; a bonus that was not given is no loss. Their share is of the evaluation's full mark,
-- so that cards of different size can be added up.
-- points and full_mark are those of its section and category: without bonus items.
-- An item belongs to the opportunities when its scorecard says so, or says nothing of it.
with

cards as (
    select
        scorecard_id,
        item_id,
        section,
        category,
        item_kind,
        is_opportunity
    from scorecards
),

judged_items as (
    select
        evaluation_facts.evaluation_id,
        evaluation_facts.call_id,
        evaluation_facts.evaluated_at,
        evaluation_facts.center_id,
        evaluation_facts.team,
        evaluation_facts.agent_id,
        evaluation_facts.evaluator_id,
        evaluation_facts.queue,
        evaluation_facts.scorecard_id,
        evaluation_facts.kind,
        evaluation_facts.sample_reason,
        evaluation_facts.evaluated_day,
        evaluation_facts.call_day,
        evaluation_items.item_id,
        evaluation_items.points,
        evaluation_items.full_mark,
        evaluation_items.errors,
        evaluation_items.fatal,
        evaluation_facts.evaluations = 1 and not coalesce(evaluation_items.not_applicable, false) as is_counted,
        cards.section,
        cards.category,
        coalesce(cards.item_kind, '') = 'bonus' as is_bonus,
        coalesce(cards.is_opportunity, true) as is_opportunity,
        cast(evaluation_items.points / nullif(evaluation_items.full_mark, 0) as decimal(14, 10)) as share,
        evaluations.full_mark as evaluation_mark
    from evaluation_items
    inner join evaluation_facts on evaluation_items.evaluation_id = evaluation_facts.evaluation_id
    inner join evaluations on evaluation_items.evaluation_id = evaluations.evaluation_id
    left join cards
        on
            evaluation_facts.scorecard_id = cards.scorecard_id
            and evaluation_items.item_id = cards.item_id
)

select
    evaluation_id,
    call_id,
    evaluated_at,
    center_id,
    team,
    agent_id,
    evaluator_id,
    queue,
    scorecard_id,
    kind,
    sample_reason,
    item_id,
    section,
    category,
    evaluated_day,
    call_day,
    case when is_counted and not is_bonus then points end as points,
    case when is_counted and not is_bonus and points is not null then full_mark end as full_mark,
    case when is_counted then 1 else 0 end as evaluations,
    case when is_counted and share is not null then 1 else 0 end as scored_evaluations,
    case when is_counted and share is not null then share else 0 end as score_share,
    case when is_counted and share is not null then cast(share as double) * cast(share as double) else 0 end
        as score_share_squared,
    case when is_counted and errors is not null then 1 else 0 end as fatal_checked_evaluations,
    case when is_counted and errors > 0 and fatal then 1 else 0 end as fatal_evaluations,
    case when is_counted and is_opportunity and errors is not null then 1 else 0 end as checked_evaluations,
    case when is_counted and is_opportunity and errors is not null then 1 else 0 end as opportunities,
    case when is_counted and is_opportunity and errors is not null and not fatal then errors else 0 end as nonfatal_errors,
    case when is_counted and is_opportunity and errors is not null then 1 else 0 end as opportunities_squared,
    case when is_counted and is_opportunity and errors is not null and not fatal then errors * errors else 0 end as nonfatal_errors_squared,
    case when is_counted and is_opportunity and errors is not null and not fatal then errors else 0 end as nonfatal_errors_by_opportunities,
    case when is_counted and errors is not null then 1 else 0 end as error_checked_evaluations,
    case when is_counted and errors > 0 then 1 else 0 end as erroneous_evaluations,
    case when is_counted then coalesce(errors, 0) else 0 end as errors_found,
    case when is_counted and not is_bonus then full_mark - points else 0 end as lost_points,
    case when is_counted and not is_bonus and evaluation_mark > 0 then cast((full_mark - points) / nullif(evaluation_mark, 0) as decimal(14, 10)) else 0 end
        as lost_share
from judged_items
