-- Contacts by how far off their neighbours are, summed by day, center, team, agent, queue and number of days.
-- Grain: one row a day, center, team, agent, queue and number of days.
-- Parameters: $month_from, $month_until (half-open).
-- days: whole days, counted up to the longest window (30, or the one in force), which stands for that many or more.
-- contacts: by the days since the contact before, the most where there is none.
-- first_contacts, resolved_first_contacts: by the longest window for which the contact is one, its whole window known.
-- followed_contacts: by the days until the contact after. watched_contacts: by the last day watched whole before a contact
-- after or the end of the data; followed and watched ones are known only for days that the data cover whole.
with

contacts_of_month as (
    select
        *,
        greatest(30, resolution_window_days()) as longest_days
    from contact_gap_facts
    where started_at >= $month_from and started_at < $month_until
),

contacts_within_reach as (
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        is_transferred,
        longest_days,
        least(coalesce(previous_days, longest_days), longest_days) as previous_days,
        least(coalesce(next_days, longest_days), longest_days) as next_days,
        least(known_days, longest_days) as known_days,
        least(known_days - 1, longest_days) as last_whole_day
    from contacts_of_month
),

joint_counts as (
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        is_transferred,
        longest_days,
        previous_days,
        next_days,
        known_days,
        last_whole_day,
        count(*) as contacts
    from contacts_within_reach
    group by day, center_id, team, agent_id, queue, is_transferred, longest_days, previous_days, next_days, known_days, last_whole_day
),

counts_by_days as (
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        previous_days as days,
        contacts,
        0 as first_contacts,
        0 as resolved_first_contacts,
        0 as followed_contacts,
        0 as watched_contacts
    from joint_counts
    union all
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        least(previous_days, known_days) as days,
        0 as contacts,
        contacts as first_contacts,
        0 as resolved_first_contacts,
        0 as followed_contacts,
        0 as watched_contacts
    from joint_counts
    union all
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        least(previous_days, next_days, known_days) as days,
        0 as contacts,
        0 as first_contacts,
        contacts as resolved_first_contacts,
        0 as followed_contacts,
        0 as watched_contacts
    from joint_counts
    where not is_transferred
    union all
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        next_days as days,
        0 as contacts,
        0 as first_contacts,
        0 as resolved_first_contacts,
        contacts as followed_contacts,
        0 as watched_contacts
    from joint_counts
    where next_days <= last_whole_day and next_days < longest_days
    union all
    select
        day,
        center_id,
        team,
        agent_id,
        queue,
        least(next_days, last_whole_day) as days,
        0 as contacts,
        0 as first_contacts,
        0 as resolved_first_contacts,
        0 as followed_contacts,
        contacts as watched_contacts
    from joint_counts
    where last_whole_day >= 0
)

select
    day,
    center_id,
    team,
    agent_id,
    queue,
    days,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(followed_contacts) as bigint) as followed_contacts,
    cast(sum(watched_contacts) as bigint) as watched_contacts
from counts_by_days
group by day, center_id, team, agent_id, queue, days
