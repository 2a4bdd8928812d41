-- Calibration evaluations, each held against the reference: the mean score of the other evaluators in the same calibration.
-- Grain: one row a released evaluation of a completed calibration (two evaluators or more).
-- Definitions: calibration_tolerance().
with

calibrated as (
    select
        evaluation_id,
        call_id,
        calibration_id,
        center_id,
        agent_id,
        evaluator_id,
        scorecard_id,
        evaluated_at,
        cast(score / nullif(full_mark, 0) as decimal(14, 10)) as share
    from evaluations
    where calibration_id is not null and coalesce(status, 'released') = 'released'
),

with_reference as (
    select
        *,
        count(*) over (partition by calibration_id) as evaluators,
        cast(
            cast(sum(share) over (partition by calibration_id) - share as double)
            / nullif(count(*) over (partition by calibration_id) - 1, 0) as decimal(14, 10)
        ) as reference_share
    from calibrated
)

select
    evaluation_id,
    call_id,
    calibration_id,
    evaluated_at,
    center_id,
    evaluator_id,
    scorecard_id,
    cast(evaluated_at as date) as day,
    1 as calibrations,
    case when abs(share - reference_share) <= calibration_tolerance() then 1 else 0 end as agreeing_calibrations,
    share - reference_share as leniency,
    cast(share - reference_share as double) * cast(share - reference_share as double) as leniency_squared
from with_reference
where evaluators >= 2 and share is not null
