-- Inbound calls summed by day, center, queue and the half-hour they came in.
-- Grain: one row a day, center, queue, half-hour.
-- Parameters: $month_from, $month_until (half-open).
select
    day,
    center_id,
    queue,
    weekday,
    half_hour,
    cast(sum(offered) as bigint) as offered,
    cast(sum(answered) as bigint) as answered,
    cast(sum(abandoned) as bigint) as abandoned,
    cast(sum(abandonment_offered) as bigint) as abandonment_offered,
    cast(sum(answered_in_target) as bigint) as answered_in_target,
    cast(sum(abandoned_in_target) as bigint) as abandoned_in_target,
    cast(sum(target_answered) as bigint) as target_answered,
    cast(sum(target_offered) as bigint) as target_offered,
    cast(sum(single_answered_in_target) as bigint) as single_answered_in_target,
    cast(sum(single_target_offered) as bigint) as single_target_offered,
    cast(sum(answered_in_ring_cycles) as bigint) as answered_in_ring_cycles,
    cast(sum(ring_offered) as bigint) as ring_offered,
    cast(sum(wait_s) as decimal(18, 3)) as wait_s,
    cast(sum(wait_s_squared) as double) as wait_s_squared,
    cast(sum(timed_waits) as bigint) as timed_waits
from call_half_hour_facts
where started_at >= $month_from and started_at < $month_until
group by day, center_id, queue, weekday, half_hour
