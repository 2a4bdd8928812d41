-- The roll-up a careful user would make: additive sums by agent and day.
create table agent_day as
with facts as (
    select
        started_at::date as day, center_id, agent_id, 1 as calls, answered::int as answered, (answered and wait_s <= 20)::int as in_time,
        case when answered then talk_s + hold_s + wrap_s end as handle_s, null as surveys, null as satisfied, null as resolved,
        null as evaluations, null as score, null as fatal_ok, null as nonfatal_errors, null as opportunities
    from calls
    union all by name
    select responded_at::date as day, center_id, agent_id, 1 as surveys, satisfied::int as satisfied, resolved::int as resolved
    from surveys
    union all by name
    select
        evaluated_at::date as day, center_id, agent_id, 1 as evaluations, score, (fatal_errors = 0)::int as fatal_ok, nonfatal_errors, opportunities
    from evaluations
)

select
    day, center_id, agent_id, sum(calls)::bigint as calls, sum(answered)::bigint as answered, sum(in_time)::bigint as in_time,
    sum(handle_s)::bigint as handle_s, sum(surveys)::bigint as surveys, sum(satisfied)::bigint as satisfied, sum(resolved)::bigint as resolved,
    sum(evaluations)::bigint as evaluations, sum(score) as score, sum(fatal_ok)::bigint as fatal_ok,
    sum(nonfatal_errors)::bigint as nonfatal_errors, sum(opportunities)::bigint as opportunities
from facts
group by all
order by day, center_id, agent_id;
