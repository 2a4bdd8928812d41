-- Calls, surveys and evaluations as the peers read them, from the extracts the board reads.
-- Parameters: {extracts}, the folder.
create table calls as
select
    center_id, agent_id, started_at, answered,
    wait_s::int as wait_s, talk_s::int as talk_s, hold_s::int as hold_s, wrap_s::int as wrap_s
from read_parquet('{extracts}/calls/**/*.parquet')
where agent_id is not null
order by started_at;

create table surveys as
select center_id, agent_id, answered_at as responded_at, (score / scale_max >= 0.8) as satisfied, resolved_first_time as resolved
from read_parquet('{extracts}/surveys/**/*.parquet')
where answered_at is not null and score is not null
order by answered_at;

create table evaluations as
select
    center_id, agent_id, evaluated_at, (100 * score / full_mark)::double as score,
    fatal_errors::int as fatal_errors, nonfatal_errors::int as nonfatal_errors, opportunities::int as opportunities
from read_parquet('{extracts}/evaluations/**/*.parquet')
where score is not null and agent_id is not null
order by evaluated_at;
