-- The evaluations of one agent or of one call, in order of time.
-- Grain: one row an evaluation, of any kind and state.
-- Parameters: $agent_id, $call_id (null = any); $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none).
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
    evaluations.calibration_id
from evaluations
where
    ($agent_id is null or evaluations.agent_id = $agent_id)
    and ($call_id is null or evaluations.call_id = $call_id)
    and evaluations.evaluated_at >= $date_from and evaluations.evaluated_at < $date_to
    and ($centers is null or list_contains($centers, evaluations.center_id))
order by evaluations.evaluated_at, evaluations.evaluation_id
