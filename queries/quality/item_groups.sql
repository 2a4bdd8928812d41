-- How often sections or categories of scorecards go wrong, each evaluation counted once.
-- Grain: one row a scorecard and section or category, among representative evaluations with an applicable item of it.
-- Parameters: $split (section or category); $date_from, $date_to (half-open); $date_basis (evaluated or call);
--   $centers, $teams, $queues, $agents, $scorecards (VARCHAR[], null = all, empty = none).
-- Columns: scorecard_id, item_group, evaluations, erroneous_evaluations (with an error on any of its items),
--   scored_evaluations, share and share_squared (sums of points / full mark of its items, an evaluation a unit;
--   bonus items left out).
with

chosen_items as (
    select
        evaluation_item_facts.evaluation_id,
        evaluation_item_facts.scorecard_id,
        case when $split = 'section' then scorecards.section else scorecards.category end as item_group,
        evaluation_item_facts.erroneous_evaluations,
        evaluation_item_facts.error_checked_evaluations,
        case when coalesce(scorecards.item_kind, '') <> 'bonus' then evaluation_items.points end as points,
        case when coalesce(scorecards.item_kind, '') <> 'bonus' then evaluation_items.full_mark end as full_mark
    from evaluation_item_facts
    inner join evaluation_items
        on
            evaluation_item_facts.evaluation_id = evaluation_items.evaluation_id
            and evaluation_item_facts.item_id = evaluation_items.item_id
    left join scorecards
        on
            evaluation_item_facts.scorecard_id = scorecards.scorecard_id
            and evaluation_item_facts.item_id = scorecards.item_id
    where
        evaluation_item_facts.evaluations = 1
        and case when $date_basis = 'call' then evaluation_item_facts.call_day else evaluation_item_facts.evaluated_day end >= $date_from
        and case when $date_basis = 'call' then evaluation_item_facts.call_day else evaluation_item_facts.evaluated_day end < $date_to
        and ($centers is null or list_contains($centers, evaluation_item_facts.center_id))
        and ($teams is null or list_contains($teams, evaluation_item_facts.team))
        and ($queues is null or list_contains($queues, evaluation_item_facts.queue))
        and ($agents is null or list_contains($agents, evaluation_item_facts.agent_id))
        and ($scorecards is null or list_contains($scorecards, evaluation_item_facts.scorecard_id))
),

judged_groups as (
    select
        scorecard_id,
        item_group,
        evaluation_id,
        max(erroneous_evaluations) as is_erroneous,
        max(error_checked_evaluations) as is_checked,
        cast(sum(points) / nullif(sum(full_mark), 0) as double) as share
    from chosen_items
    group by scorecard_id, item_group, evaluation_id
)

select
    scorecard_id,
    item_group,
    cast(sum(is_checked) as bigint) as evaluations,
    cast(sum(is_erroneous) as bigint) as erroneous_evaluations,
    cast(count(share) as bigint) as scored_evaluations,
    coalesce(sum(share), 0) as share,
    coalesce(sum(share * share), 0) as share_squared
from judged_groups
group by scorecard_id, item_group
order by scorecard_id, item_group
