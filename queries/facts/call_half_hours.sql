-- Inbound calls by the half-hour they came in, with the measures that tell how soon they were taken.
-- Grain: one row an inbound call.
-- weekday is "1" (Monday) to "7"; half_hour is its beginning, "08:30".
select
    call_id,
    started_at,
    center_id,
    queue,
    day,
    cast(isodow(day) as varchar) as weekday,
    strftime(time_bucket(interval 30 minutes, started_at), '%H:%M') as half_hour,
    offered,
    answered,
    abandoned,
    abandonment_offered,
    answered_in_target,
    abandoned_in_target,
    target_answered,
    target_offered,
    single_answered_in_target,
    single_target_offered,
    answered_in_ring_cycles,
    ring_offered,
    wait_s,
    wait_s_squared,
    timed_waits
from call_facts
where direction = 'inbound'
