-- Sections and categories of evaluations, an evaluation counted once in each, however many of its items went wrong.
-- Grain: one row an evaluation and section, and one row an evaluation and category (grouping says which).
-- Its score is that of the group's items together, bonus items left out.
with

grouped_items as (
    select
        *,
        'section' as grouping_of,
        section as item_group
    from evaluation_item_facts
    union all
    select
        *,
        'category' as grouping_of,
        category as item_group
    from evaluation_item_facts
),

groups_of_evaluations as (
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
        evaluated_day,
        call_day,
        grouping_of,
        item_group,
        max(evaluations) as evaluations,
        cast(sum(points) / nullif(sum(full_mark), 0) as decimal(14, 10)) as share,
        max(fatal_checked_evaluations) as fatal_checked_evaluations,
        max(fatal_evaluations) as fatal_evaluations,
        max(checked_evaluations) as checked_evaluations,
        sum(opportunities) as opportunities,
        sum(nonfatal_errors) as nonfatal_errors,
        max(error_checked_evaluations) as error_checked_evaluations,
        max(erroneous_evaluations) as erroneous_evaluations,
        sum(errors_found) as errors_found,
        sum(lost_points) as lost_points,
        sum(lost_share) as lost_share
    from grouped_items
    group by
        evaluation_id, call_id, evaluated_at, center_id, team, agent_id, evaluator_id, queue, scorecard_id, kind, sample_reason, evaluated_day, call_day,
        grouping_of, item_group
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
    evaluated_day,
    call_day,
    grouping_of,
    item_group,
    evaluations,
    case when share is not null then 1 else 0 end as scored_evaluations,
    coalesce(share, 0) as score_share,
    coalesce(cast(share as double) * cast(share as double), 0) as score_share_squared,
    fatal_checked_evaluations,
    fatal_evaluations,
    checked_evaluations,
    opportunities,
    nonfatal_errors,
    opportunities * opportunities as opportunities_squared,
    nonfatal_errors * nonfatal_errors as nonfatal_errors_squared,
    nonfatal_errors * opportunities as nonfatal_errors_by_opportunities,
    error_checked_evaluations,
    erroneous_evaluations,
    errors_found,
    lost_points,
    lost_share
from groups_of_evaluations
