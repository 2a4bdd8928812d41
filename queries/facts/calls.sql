-- Calls with their measures.
-- Grain: one row a call.
-- Definitions: short_abandon_s(), service_level_s(), ring_cycles(), transfer_within_s().
-- Inbound: offered, answered, abandoned, waiting. Either direction: handled, talk, handling with its parts hold and wrap-up, transfers.
-- Outbound: dialled, answered, connected (its outcome is known), sold. The single_ measures are those of calls known one by one.
-- A call that nobody answered was not answered in time, known wait or not: it counts where its center recorded waits that day.
with

days_with_waits as (
    select distinct
        center_id,
        cast(started_at as date) as day
    from calls
    where direction = 'inbound' and answered and wait_s is not null
),

timed_calls as (
    select
        calls.*,
        agent_spans.team,
        calls.direction = 'inbound' as is_inbound,
        calls.direction = 'inbound'
        and (calls.answered or calls.wait_s is null or calls.wait_s >= short_abandon_s()) as is_offered,
        calls.talk_s + calls.hold_s + calls.wrap_s as handle_s,
        coalesce(centers.ring_cycle_s, 5) * ring_cycles() as ring_limit_s,
        calls.wait_s is not null or (not calls.answered and days_with_waits.day is not null) as is_in_time_known
    from calls
    left join days_with_waits on calls.center_id = days_with_waits.center_id and cast(calls.started_at as date) = days_with_waits.day
    left join centers on calls.center_id = centers.center_id
    left join agent_spans
        on
            calls.agent_id = agent_spans.agent_id
            and cast(calls.started_at as date) >= agent_spans.valid_from
            and cast(calls.started_at as date) < agent_spans.valid_until
)

select
    call_id,
    started_at,
    center_id,
    team,
    agent_id,
    queue,
    direction,
    cast(started_at as date) as day,
    cast(cast(started_at as date) + interval 1 day as date) as day_until,
    1 as single_calls,
    case when is_offered then 1 else 0 end as offered,
    case when is_inbound and answered then 1 else 0 end as answered,
    case when is_offered and not answered then 1 else 0 end as abandoned,
    case when is_offered then 1 else 0 end as abandonment_offered,
    case when is_inbound and not answered and not is_offered then 1 else 0 end as short_abandoned,
    case when is_inbound and answered and wait_s <= service_level_s() then 1 else 0 end as answered_in_target,
    case when is_offered and not answered and wait_s <= service_level_s() then 1 else 0 end as abandoned_in_target,
    case when is_inbound and answered and wait_s is not null then 1 else 0 end as target_answered,
    case when is_offered and is_in_time_known then 1 else 0 end as target_offered,
    case when is_inbound and answered and wait_s <= service_level_s() then 1 else 0 end as single_answered_in_target,
    case when is_offered and is_in_time_known then 1 else 0 end as single_target_offered,
    case when is_inbound and answered and wait_s <= ring_limit_s then 1 else 0 end as answered_in_ring_cycles,
    case when is_offered and is_in_time_known then 1 else 0 end as ring_offered,
    case when is_inbound and answered and wait_s is not null then wait_s else 0 end as wait_s,
    case when is_inbound and answered and wait_s is not null then cast(wait_s as double) * cast(wait_s as double) else 0 end
        as wait_s_squared,
    case when is_inbound and answered and wait_s is not null then 1 else 0 end as timed_waits,
    0 as counted_wait_s,
    0 as counted_waits,
    case when answered then 1 else 0 end as handled,
    case when answered and talk_s is not null then talk_s else 0 end as talk_s,
    case when answered and talk_s is not null then cast(talk_s as double) * cast(talk_s as double) else 0 end
        as talk_s_squared,
    case when answered and talk_s is not null then 1 else 0 end as timed_talks,
    0 as counted_talk_s,
    0 as counted_talks,
    case when answered and handle_s is not null then handle_s else 0 end as handle_s,
    case when answered and handle_s is not null then cast(handle_s as double) * cast(handle_s as double) else 0 end
        as handle_s_squared,
    case when answered and handle_s is not null then 1 else 0 end as timed_handlings,
    0 as counted_handle_s,
    0 as counted_handlings,
    case when answered and handle_s is not null then hold_s else 0 end as hold_s,
    case when answered and handle_s is not null then cast(hold_s as double) * cast(hold_s as double) else 0 end as hold_s_squared,
    case when answered and handle_s is not null then wrap_s else 0 end as wrap_s,
    case when answered and handle_s is not null then cast(wrap_s as double) * cast(wrap_s as double) else 0 end as wrap_s_squared,
    case when answered and transferred then 1 else 0 end as transferred,
    case when answered and transferred is not null then 1 else 0 end as transferable,
    case when answered and transferred and transfer_s <= transfer_within_s() then 1 else 0 end as transferred_in_time,
    case when answered and transferred and transfer_s is not null then 1 else 0 end as timed_transfers,
    case when not is_inbound then 1 else 0 end as outbound,
    case when not is_inbound and answered then 1 else 0 end as outbound_answered,
    case when not is_inbound and answered and sold is not null then 1 else 0 end as connected,
    case when not is_inbound and answered and sold then 1 else 0 end as sold
from timed_calls
