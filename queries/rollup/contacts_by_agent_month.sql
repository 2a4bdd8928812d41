-- Contacts summed by month, center, team, agent.
-- Grain: one row a month, center, team, agent; a month is named by its first day.
select
    cast(date_trunc('month', day) as date) as day,
    center_id,
    team,
    agent_id,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(repeat_contacts) as bigint) as repeat_contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(provisional_contacts) as bigint) as provisional_contacts
from contacts_by_agent_day
group by cast(date_trunc('month', day) as date), center_id, team, agent_id
