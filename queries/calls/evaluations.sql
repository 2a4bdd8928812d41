-- The evaluations of one call.
-- Grain: one row an evaluation.
-- Parameters: $call_id; $date_from, $date_to (half-open, when it can have been evaluated); $centers (VARCHAR[], null = all, empty = none).
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
    evaluations.call_id = $call_id
    and evaluations.evaluated_at >= $date_from and evaluations.evaluated_at < $date_to
    and ($centers is null or list_contains($centers, evaluations.center_id))
order by evaluations.evaluated_at, evaluations.evaluation_id
