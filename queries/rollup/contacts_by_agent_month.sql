-- Contacts summed by part of a month, center, team, agent.
-- Grain: one row a part of a month, center, team, agent; a part stands under its first day.
-- A part: the 1st to the 20th, or the 21st on. Months that start on the 1st and those that start on the 21st are made of whole parts.
with

in_parts as (
    select
        *,
        cast(greatest(date_trunc('month', day), date_trunc('month', day - interval 20 day) + interval 20 day) as date) as part
    from contacts_by_agent_day
)

select
    part as day,
    center_id,
    team,
    agent_id,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(repeat_contacts) as bigint) as repeat_contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(provisional_contacts) as bigint) as provisional_contacts
from in_parts
group by part, center_id, team, agent_id
