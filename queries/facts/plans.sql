-- Monitoring plan: every agent on the roster through a whole plan period, and whether enough evaluations were released.
-- Grain: one row an agent and completed plan period (plan_periods: a center's own periods and quota).
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
)

select
    agent_spans.agent_id,
    agent_spans.center_id,
    agent_spans.team,
    plan_periods.period_from as day,
    plan_periods.period_until as day_until,
    coalesce(released_by_agent.evaluations, 0) as released,
    plan_periods.evaluations as planned,
    1 as planned_agent_periods,
    case when coalesce(released_by_agent.evaluations, 0) >= plan_periods.evaluations then 1 else 0 end as met_plans
from agent_spans
inner join plan_periods
    on
        agent_spans.center_id = plan_periods.center_id
        and agent_spans.valid_from <= plan_periods.period_from
        and agent_spans.valid_until >= plan_periods.period_until
        and coalesce(agent_spans.hired_on, plan_periods.period_from) <= plan_periods.period_from
        and (agent_spans.left_on is null or agent_spans.left_on >= plan_periods.period_until)
left join released_by_agent
    on
        agent_spans.agent_id = released_by_agent.agent_id
        and agent_spans.center_id = released_by_agent.center_id
        and plan_periods.period_from = released_by_agent.period_from
