-- Counts of calls, with the measures a single call would have, where a center has no single calls for that time.
-- Grain: one row a center, period and queue.
-- Definitions: service_level_s().
-- A count made at another threshold than the one in force says nothing about the service level: it is left out of it.
-- A month's count gives way to counts of its days.
with

counted_days as (
    select distinct
        center_id,
        cast(date_trunc('month', period) as date) as month_start
    from call_counts
    where grain = 'day'
),

usable_counts as (
    select
        call_counts.*,
        call_counts.offered - coalesce(call_counts.short_abandoned, 0) as offered_calls,
        cast(
            case
                when call_counts.grain = 'month' then call_counts.period + interval 1 month
                else call_counts.period + interval 1 day
            end as date
        ) as day_until,
        call_counts.answered_in_target is not null
        and coalesce(call_counts.target_s, service_level_s()) = service_level_s() as is_timed,
        call_counts.direction = 'inbound' as is_inbound
    from call_counts
    left join counted_days
        on
            call_counts.center_id = counted_days.center_id
            and call_counts.period = counted_days.month_start
            and call_counts.grain = 'month'
    where counted_days.center_id is null
),

counts_beside_calls as (
    select distinct
        usable_counts.center_id,
        usable_counts.period,
        usable_counts.day_until
    from usable_counts
    inner join call_days
        on
            usable_counts.center_id = call_days.center_id
            and call_days.day >= usable_counts.period
            and call_days.day < usable_counts.day_until
)

select
    usable_counts.center_id || ' ' || cast(usable_counts.period as varchar) || ' ' || usable_counts.grain || ' '
    || coalesce(usable_counts.queue, '') as call_id,
    cast(usable_counts.period as timestamp) as started_at,
    usable_counts.center_id,
    cast(null as varchar) as team,
    cast(null as varchar) as agent_id,
    usable_counts.queue,
    usable_counts.direction,
    usable_counts.period as day,
    usable_counts.day_until,
    0 as single_calls,
    case when is_inbound then offered_calls else 0 end as offered,
    case when is_inbound then usable_counts.answered else 0 end as answered,
    case when is_inbound then coalesce(usable_counts.abandoned, 0) else 0 end as abandoned,
    case when is_inbound and usable_counts.abandoned is not null then offered_calls else 0 end as abandonment_offered,
    case when is_inbound then coalesce(usable_counts.short_abandoned, 0) else 0 end as short_abandoned,
    case when is_inbound and is_timed then usable_counts.answered_in_target else 0 end as answered_in_target,
    0 as abandoned_in_target,
    case when is_inbound and is_timed then usable_counts.answered else 0 end as target_answered,
    case when is_inbound and is_timed then offered_calls else 0 end as target_offered,
    0 as single_answered_in_target,
    0 as single_target_offered,
    0 as answered_in_ring_cycles,
    0 as ring_offered,
    0 as wait_s,
    0 as wait_s_squared,
    0 as timed_waits,
    case when is_inbound then coalesce(usable_counts.wait_s, 0) else 0 end as counted_wait_s,
    case when is_inbound and usable_counts.wait_s is not null then usable_counts.answered else 0 end as counted_waits,
    usable_counts.answered as handled,
    0 as talk_s,
    0 as talk_s_squared,
    0 as timed_talks,
    coalesce(usable_counts.talk_s, 0) as counted_talk_s,
    case when usable_counts.talk_s is not null then usable_counts.answered else 0 end as counted_talks,
    0 as handle_s,
    0 as handle_s_squared,
    0 as timed_handlings,
    coalesce(usable_counts.handle_s, 0) as counted_handle_s,
    case when usable_counts.handle_s is not null then usable_counts.answered else 0 end as counted_handlings,
    0 as hold_s,
    0 as hold_s_squared,
    0 as wrap_s,
    0 as wrap_s_squared,
    0 as transferred,
    0 as transferable,
    0 as transferred_in_time,
    0 as timed_transfers,
    case when is_inbound then 0 else offered_calls end as outbound,
    case when is_inbound then 0 else usable_counts.answered end as outbound_answered,
    0 as connected,
    0 as sold
from usable_counts
left join counts_beside_calls
    on
        usable_counts.center_id = counts_beside_calls.center_id
        and usable_counts.period = counts_beside_calls.period
        and usable_counts.day_until = counts_beside_calls.day_until
where counts_beside_calls.center_id is null
