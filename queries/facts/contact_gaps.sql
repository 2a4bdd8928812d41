-- Contacts of known customers: answered inbound calls, each with how far off the ones before and after it for the same reason are.
-- Grain: one row a contact.
-- previous_days, next_days: whole days between the two contacts (23 hours are 0), null where there is no such contact.
-- known_days: whole days after the contact that the center's data cover (call_horizons).
-- A contact lies within a window of N days of another when the days between them are fewer than N.
-- A contact at the same instant as another counts as the later one by call_id.
with

contacts_in_order as (
    select
        call_id,
        center_id,
        agent_id,
        customer_id,
        queue,
        reason,
        started_at,
        coalesce(transferred, false) as is_transferred,
        lag(started_at) over (partition by customer_id, reason order by started_at, call_id) as previous_at,
        lead(started_at) over (partition by customer_id, reason order by started_at, call_id) as next_at
    from calls
    where direction = 'inbound' and answered and customer_id is not null
)

select
    contacts_in_order.call_id,
    contacts_in_order.started_at,
    contacts_in_order.center_id,
    agent_spans.team,
    contacts_in_order.agent_id,
    contacts_in_order.customer_id,
    contacts_in_order.queue,
    contacts_in_order.reason,
    cast(contacts_in_order.started_at as date) as day,
    contacts_in_order.is_transferred,
    date_diff('microsecond', previous_at, started_at) // 86400000000 as previous_days,
    date_diff('microsecond', started_at, next_at) // 86400000000 as next_days,
    date_diff('microsecond', started_at, call_horizons.known_until) // 86400000000 as known_days
from contacts_in_order
inner join call_horizons on contacts_in_order.center_id = call_horizons.center_id
left join agent_spans
    on
        contacts_in_order.agent_id = agent_spans.agent_id
        and cast(contacts_in_order.started_at as date) >= agent_spans.valid_from
        and cast(contacts_in_order.started_at as date) < agent_spans.valid_until
