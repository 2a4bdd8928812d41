-- Appeals of the evaluations in which each scorecard item went wrong or cost points.
-- Grain: one row a scorecard and item. An evaluation with several such items counts under each of them.
-- Parameters: $date_from, $date_to (half-open); $date_basis (evaluated or call);
--   $centers, $teams, $queues, $agents, $scorecards (VARCHAR[], null = all, empty = none).
-- Columns: scorecard_id, item_id, evaluations, appealed, decided, upheld, restored (sum of points restored, of 100).
select
    evaluation_facts.scorecard_id,
    evaluation_items.item_id,
    cast(count(*) as bigint) as evaluations,
    cast(sum(evaluation_facts.appealed_evaluations) as bigint) as appealed,
    cast(sum(evaluation_facts.decided_appeals) as bigint) as decided,
    cast(sum(evaluation_facts.upheld_appeals) as bigint) as upheld,
    cast(sum(100 * evaluation_facts.restored_share) as double) as restored
from evaluation_items
inner join evaluation_facts on evaluation_items.evaluation_id = evaluation_facts.evaluation_id
where
    evaluation_facts.released_evaluations = 1
    and not coalesce(evaluation_items.not_applicable, false)
    and (evaluation_items.errors > 0 or evaluation_items.points < evaluation_items.full_mark)
    and case when $date_basis = 'call' then evaluation_facts.call_day else evaluation_facts.evaluated_day end >= $date_from
    and case when $date_basis = 'call' then evaluation_facts.call_day else evaluation_facts.evaluated_day end < $date_to
    and ($centers is null or list_contains($centers, evaluation_facts.center_id))
    and ($teams is null or list_contains($teams, evaluation_facts.team))
    and ($queues is null or list_contains($queues, evaluation_facts.queue))
    and ($agents is null or list_contains($agents, evaluation_facts.agent_id))
    and ($scorecards is null or list_contains($scorecards, evaluation_facts.scorecard_id))
group by evaluation_facts.scorecard_id, evaluation_items.item_id
order by appealed desc, evaluations desc, evaluation_facts.scorecard_id asc, evaluation_items.item_id asc
