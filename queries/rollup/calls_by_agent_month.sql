-- Calls summed by part of a month, the part it ends in, center, team, agent, direction.
-- Grain: one row a part of a month, the part it ends in, center, team, agent, direction; a part stands under its first day.
-- A part: the 1st to the 20th, or the 21st on. Months that start on the 1st and those that start on the 21st are made of whole parts.
with

in_parts as (
    select
        *,
        cast(greatest(date_trunc('month', day), date_trunc('month', day - interval 20 day) + interval 20 day) as date) as part,
        cast(
            least(
                date_trunc('month', day_until - interval 1 day) + interval 1 month,
                date_trunc('month', day_until - interval 21 day) + interval 1 month + interval 20 day
            ) as date
        ) as part_until
    from calls_by_agent_day
)

select
    part as day,
    part_until as day_until,
    center_id,
    team,
    agent_id,
    direction,
    cast(sum(single_calls) as bigint) as single_calls,
    cast(sum(offered) as bigint) as offered,
    cast(sum(answered) as bigint) as answered,
    cast(sum(abandoned) as bigint) as abandoned,
    cast(sum(abandonment_offered) as bigint) as abandonment_offered,
    cast(sum(short_abandoned) as bigint) as short_abandoned,
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
    cast(sum(timed_waits) as bigint) as timed_waits,
    cast(sum(counted_wait_s) as decimal(18, 3)) as counted_wait_s,
    cast(sum(counted_waits) as bigint) as counted_waits,
    cast(sum(handled) as bigint) as handled,
    cast(sum(talk_s) as decimal(18, 3)) as talk_s,
    cast(sum(talk_s_squared) as double) as talk_s_squared,
    cast(sum(timed_talks) as bigint) as timed_talks,
    cast(sum(counted_talk_s) as decimal(18, 3)) as counted_talk_s,
    cast(sum(counted_talks) as bigint) as counted_talks,
    cast(sum(handle_s) as decimal(18, 3)) as handle_s,
    cast(sum(handle_s_squared) as double) as handle_s_squared,
    cast(sum(timed_handlings) as bigint) as timed_handlings,
    cast(sum(counted_handle_s) as decimal(18, 3)) as counted_handle_s,
    cast(sum(counted_handlings) as bigint) as counted_handlings,
    cast(sum(hold_s) as decimal(18, 3)) as hold_s,
    cast(sum(hold_s_squared) as double) as hold_s_squared,
    cast(sum(wrap_s) as decimal(18, 3)) as wrap_s,
    cast(sum(wrap_s_squared) as double) as wrap_s_squared,
    cast(sum(transferred) as bigint) as transferred,
    cast(sum(transferable) as bigint) as transferable,
    cast(sum(transferred_in_time) as bigint) as transferred_in_time,
    cast(sum(timed_transfers) as bigint) as timed_transfers,
    cast(sum(outbound) as bigint) as outbound,
    cast(sum(outbound_answered) as bigint) as outbound_answered,
    cast(sum(connected) as bigint) as connected,
    cast(sum(sold) as bigint) as sold
from in_parts
group by part, part_until, center_id, team, agent_id, direction
