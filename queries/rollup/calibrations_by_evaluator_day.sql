-- Calibrations summed by day, center, evaluator, scorecard.
-- Grain: one row a day, center, evaluator, scorecard.
select
    day,
    center_id,
    evaluator_id,
    scorecard_id,
    cast(sum(calibrations) as bigint) as calibrations,
    cast(sum(agreeing_calibrations) as bigint) as agreeing_calibrations,
    cast(sum(leniency) as decimal(18, 10)) as leniency,
    cast(sum(leniency_squared) as double) as leniency_squared
from calibration_facts
group by day, center_id, evaluator_id, scorecard_id
