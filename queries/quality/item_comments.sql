-- Comments on one scorecard item, the latest first.
-- Grain: one row an evaluation and item with a comment or an error, any sample reason, released and no calibration.
-- Parameters: $scorecard, $item; $date_from, $date_to (half-open); $date_basis (evaluated or call);
--   $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none); $row_limit.
-- Columns: evaluation_id, evaluated_at, center_id, agent_id, evaluator_id, sample_reason, points, full_mark, errors,
--   fatal, comment.
select
    evaluation_facts.evaluation_id,
    evaluation_facts.evaluated_at,
    evaluation_facts.center_id,
    evaluation_facts.agent_id,
    evaluation_facts.evaluator_id,
    evaluation_facts.sample_reason,
    cast(evaluation_items.points as double) as points,
    cast(evaluation_items.full_mark as double) as full_mark,
    evaluation_items.errors,
    evaluation_items.fatal,
    evaluation_items.comment
from evaluation_items
inner join evaluation_facts on evaluation_items.evaluation_id = evaluation_facts.evaluation_id
where
    evaluation_items.item_id = $item
    and evaluation_facts.scorecard_id = $scorecard
    and evaluation_facts.released_evaluations = 1
    and (evaluation_items.errors > 0 or evaluation_items.comment is not null)
    and case when $date_basis = 'call' then evaluation_facts.call_day else evaluation_facts.evaluated_day end >= $date_from
    and case when $date_basis = 'call' then evaluation_facts.call_day else evaluation_facts.evaluated_day end < $date_to
    and ($centers is null or list_contains($centers, evaluation_facts.center_id))
    and ($teams is null or list_contains($teams, evaluation_facts.team))
    and ($queues is null or list_contains($queues, evaluation_facts.queue))
    and ($agents is null or list_contains($agents, evaluation_facts.agent_id))
order by evaluation_facts.evaluated_at desc, evaluation_facts.evaluation_id asc
limit $row_limit
