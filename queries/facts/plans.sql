-- Monitoring plan: every agent on the roster through a whole plan period, and whether enough evaluations were released.
-- Grain: one row an agent and completed plan period (plan_periods: a center's own periods and quota).
-- An agent who changes team within the center stays on the roster, and counts for the team of the period's first day.
with

released_by_agent as (
    select
        evaluations.agent_id,
        plan_periods.center_id,
        plan_periods.period_from,
        count(*) as evaluations
    from evaluations
    inner join plan_periods
        on
            evaluations.center_id = plan_periods.center_id
            and evaluations.evaluated_at >= plan_periods.period_from
            and evaluations.evaluated_at < plan_periods.period_until
    where coalesce(evaluations.status, 'released') = 'released' and evaluations.calibration_id is null
    group by evaluations.agent_id, plan_periods.center_id, plan_periods.period_from
),

on_roster_at_start as (
    select
        agent_spans.agent_id,
        agent_spans.center_id,
        agent_spans.team,
        plan_periods.period_from,
        plan_periods.period_until,
        plan_periods.evaluations as planned
    from agent_spans
    inner join plan_periods
        on
            agent_spans.center_id = plan_periods.center_id
            and agent_spans.valid_from <= plan_periods.period_from
            and agent_spans.valid_until > plan_periods.period_from
    where
        coalesce(agent_spans.hired_on, plan_periods.period_from) <= plan_periods.period_from
        and (agent_spans.left_on is null or agent_spans.left_on >= least(agent_spans.valid_until, plan_periods.period_until))
),

on_roster_throughout as (
    select
        on_roster_at_start.agent_id,
        on_roster_at_start.center_id,
        on_roster_at_start.team,
        on_roster_at_start.period_from,
        on_roster_at_start.period_until,
        on_roster_at_start.planned
    from on_roster_at_start
    left join agent_spans as later_spans
        on
            on_roster_at_start.agent_id = later_spans.agent_id
            and later_spans.valid_from > on_roster_at_start.period_from
            and later_spans.valid_from < on_roster_at_start.period_until
    group by
        on_roster_at_start.agent_id,
        on_roster_at_start.center_id,
        on_roster_at_start.team,
        on_roster_at_start.period_from,
        on_roster_at_start.period_until,
        on_roster_at_start.planned
    having
        count(
            case
                when
                    later_spans.center_id <> on_roster_at_start.center_id
                    or later_spans.hired_on > later_spans.valid_from
                    or later_spans.left_on < least(later_spans.valid_until, on_roster_at_start.period_until)
                    then 1
            end
        ) = 0
)

select
    on_roster_throughout.agent_id,
    on_roster_throughout.center_id,
    on_roster_throughout.team,
    on_roster_throughout.period_from as day,
    on_roster_throughout.period_until as day_until,
    coalesce(released_by_agent.evaluations, 0) as released,
    on_roster_throughout.planned,
    1 as planned_agent_periods,
    case when coalesce(released_by_agent.evaluations, 0) >= on_roster_throughout.planned then 1 else 0 end as met_plans
from on_roster_throughout
left join released_by_agent
    on
        on_roster_throughout.agent_id = released_by_agent.agent_id
        and on_roster_throughout.center_id = released_by_agent.center_id
        and on_roster_throughout.period_from = released_by_agent.period_from
