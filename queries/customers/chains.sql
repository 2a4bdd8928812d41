-- The longest chains of contacts that began in a period: one customer, one reason, each contact within the window of the one before.
-- Grain: one row a chain of two or more contacts.
-- Parameters: $date_from, $date_to (half-open, the first contact); $reach_until: until when later contacts are followed;
-- $window_days; $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none; of the first contact); $row_limit.
-- Columns: call_id (of the first contact), customer_id, reason, center_id, team, agent_id, queue (of the first contact),
-- contacts (count), agents (distinct), first_at, last_at.
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
        lag(started_at) over (partition by customer_id, reason order by started_at, call_id) as previous_at
    from calls
    where
        direction = 'inbound' and answered and customer_id is not null
        and started_at >= cast($date_from as timestamp) - to_days($window_days) and started_at < $reach_until
),

contacts_in_chains as (
    select
        *,
        sum(case when previous_at > started_at - to_days($window_days) then 0 else 1 end)
            over (partition by customer_id, reason order by started_at, call_id rows unbounded preceding) as chain
    from contacts_in_order
),

chains as (
    select
        customer_id,
        reason,
        first(call_id order by started_at, call_id) as call_id,
        first(center_id order by started_at, call_id) as center_id,
        first(agent_id order by started_at, call_id) as agent_id,
        first(queue order by started_at, call_id) as queue,
        count(*) as contacts,
        count(distinct agent_id) as agents,
        min(started_at) as first_at,
        max(started_at) as last_at
    from contacts_in_chains
    group by customer_id, reason, chain
    having count(*) > 1
)

select
    chains.call_id,
    chains.customer_id,
    chains.reason,
    chains.center_id,
    agent_spans.team,
    chains.agent_id,
    chains.queue,
    chains.contacts,
    chains.agents,
    chains.first_at,
    chains.last_at
from chains
left join agent_spans
    on
        chains.agent_id = agent_spans.agent_id
        and cast(chains.first_at as date) >= agent_spans.valid_from
        and cast(chains.first_at as date) < agent_spans.valid_until
where
    chains.first_at >= $date_from and chains.first_at < $date_to
    and ($centers is null or list_contains($centers, chains.center_id))
    and ($teams is null or list_contains($teams, agent_spans.team))
    and ($queues is null or list_contains($queues, chains.queue))
    and ($agents is null or list_contains($agents, chains.agent_id))
order by chains.contacts desc, chains.first_at desc, chains.call_id asc
limit $row_limit
