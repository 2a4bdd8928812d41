-- Where agents have worked, by what is recorded of them: somebody lent to another center has records there and no place on its roster.
-- Grain: one row a center, team and agent.
-- Parameters: $centers (VARCHAR[], null = all, empty = none).
-- Columns: center_id, team (null: in none), agent_id.
with

recorded as (
    select
        center_id,
        team,
        agent_id
    from calls_by_agent_day
    union all
    select
        center_id,
        team,
        agent_id
    from evaluations_by_agent_day
    union all
    select
        center_id,
        team,
        agent_id
    from surveys_by_agent_day
    union all
    select
        center_id,
        team,
        agent_id
    from agent_days_by_agent_day
    union all
    select
        center_id,
        team,
        agent_id
    from complaints_by_agent_day
)

select distinct
    center_id,
    team,
    agent_id
from recorded
where agent_id is not null and ($centers is null or list_contains($centers, center_id))
order by center_id, team nulls first, agent_id
