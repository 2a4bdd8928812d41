-- One evaluation as it was recorded.
-- Grain: one row an evaluation, at most one.
-- Parameters: $evaluation_id; $date_from, $date_to (half-open, when it was made); $centers (VARCHAR[], null = all, empty = none).
-- The team is that of the day of the call.
select
    evaluations.evaluation_id,
    evaluations.call_id,
    evaluations.agent_id,
    evaluations.center_id,
    evaluations.evaluator_id,
    evaluations.scorecard_id,
    evaluations.kind,
    evaluations.sample_reason,
    evaluations.session_id,
    evaluations.call_at,
    evaluations.evaluated_at,
    evaluations.released_at,
    evaluations.score,
    evaluations.full_mark,
    evaluations.passed,
    evaluations.fatal_errors,
    evaluations.nonfatal_errors,
    evaluations.opportunities,
    evaluations.version,
    evaluations.status,
    evaluations.appealed_at,
    evaluations.appeal_closed_at,
    evaluations.appeal_upheld,
    evaluations.original_score,
    evaluations.calibration_id,
    agent_spans.team
from evaluations
left join agent_spans
    on
        evaluations.agent_id = agent_spans.agent_id
        and cast(coalesce(evaluations.call_at, evaluations.evaluated_at) as date) >= agent_spans.valid_from
        and cast(coalesce(evaluations.call_at, evaluations.evaluated_at) as date) < agent_spans.valid_until
where
    evaluations.evaluation_id = $evaluation_id
    and evaluations.evaluated_at >= $date_from and evaluations.evaluated_at < $date_to
    and ($centers is null or list_contains($centers, evaluations.center_id))
order by evaluations.evaluated_at desc
limit 1
