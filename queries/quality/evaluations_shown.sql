-- The latest evaluations of a choice, of any kind and state.
-- Grain: one row an evaluation.
-- Parameters: $date_from, $date_to (half-open); $date_basis (evaluated or call);
--   $centers, $teams, $agents, $evaluations (VARCHAR[], null = all, empty = none); $row_limit.
-- The team is that of the day of the call.
select
    evaluations.evaluation_id,
    evaluations.agent_id,
    evaluations.center_id,
    evaluations.evaluator_id,
    evaluations.scorecard_id,
    evaluations.sample_reason,
    evaluations.evaluated_at,
    evaluations.score,
    evaluations.full_mark,
    evaluations.passed,
    evaluations.fatal_errors,
    evaluations.nonfatal_errors,
    evaluations.status,
    evaluations.appealed_at,
    evaluations.calibration_id,
    agent_spans.team
from evaluations
left join agent_spans
    on
        evaluations.agent_id = agent_spans.agent_id
        and cast(coalesce(evaluations.call_at, evaluations.evaluated_at) as date) >= agent_spans.valid_from
        and cast(coalesce(evaluations.call_at, evaluations.evaluated_at) as date) < agent_spans.valid_until
where
    case when $date_basis = 'call' then coalesce(evaluations.call_at, evaluations.evaluated_at) else evaluations.evaluated_at end >= $date_from
    and case when $date_basis = 'call' then coalesce(evaluations.call_at, evaluations.evaluated_at) else evaluations.evaluated_at end < $date_to
    and ($centers is null or list_contains($centers, evaluations.center_id))
    and ($teams is null or list_contains($teams, agent_spans.team))
    and ($agents is null or list_contains($agents, evaluations.agent_id))
    and ($evaluations is null or list_contains($evaluations, evaluations.evaluation_id))
order by evaluations.evaluated_at desc, evaluations.evaluation_id asc
limit $row_limit
