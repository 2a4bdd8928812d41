-- What every evaluator of one calibration gave the same call.
-- Grain: one row an evaluation.
-- Parameters: $calibration_id; $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none).
select
    evaluations.evaluation_id,
    evaluations.evaluator_id,
    evaluations.scorecard_id,
    evaluations.evaluated_at,
    evaluations.score,
    evaluations.full_mark,
    evaluations.passed,
    evaluations.fatal_errors
from evaluations
where
    evaluations.calibration_id = $calibration_id
    and evaluations.evaluated_at >= $date_from and evaluations.evaluated_at < $date_to
    and ($centers is null or list_contains($centers, evaluations.center_id))
order by evaluations.score / nullif(evaluations.full_mark, 0) desc, evaluations.evaluation_id asc
