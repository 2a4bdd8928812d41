-- The latest evaluations of one agent.
-- Grain: one row a released evaluation that is no calibration, any sample reason.
-- Parameters: $agent; $date_from, $date_to (half-open); $date_basis (evaluated or call); $centers, $evaluations (VARCHAR[], null = all,
--   empty = none); $row_limit.
-- Columns: evaluation_id, evaluated_at, kind, sample_reason, scorecard_id, evaluator_id, score, mark (0-100), passed, fatal_errors,
--   nonfatal_errors, appealed, upheld.
select
    evaluation_id,
    evaluated_at,
    kind,
    sample_reason,
    scorecard_id,
    evaluator_id,
    score,
    cast(100 * score / nullif(full_mark, 0) as double) as mark,
    passed,
    fatal_errors,
    nonfatal_errors,
    appealed_at is not null as appealed,
    coalesce(appeal_upheld, false) as upheld
from evaluations
where
    agent_id = $agent
    and coalesce(status, 'released') = 'released'
    and calibration_id is null
    and case when $date_basis = 'call' then coalesce(call_at, evaluated_at) else evaluated_at end >= $date_from
    and case when $date_basis = 'call' then coalesce(call_at, evaluated_at) else evaluated_at end < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($evaluations is null or list_contains($evaluations, evaluation_id))
order by evaluated_at desc, evaluation_id asc
limit $row_limit
