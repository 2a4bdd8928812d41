-- Calls, surveys and evaluations as the peers read them, from the extracts the board reads.
-- Nothing is null: what is unknown is taken for 0 or no, so that every way of computing a share gives the same.
-- Parameters: {extracts}, the folder.
create table calls as
select
    center_id, agent_id, started_at, answered,
    coalesce(wait_s, 0)::int as wait_s, coalesce(talk_s, 0)::int as talk_s, coalesce(hold_s, 0)::int as hold_s, coalesce(wrap_s, 0)::int as wrap_s
from read_parquet('{extracts}/calls/**/*.parquet')
where agent_id is not null
order by started_at;

create table surveys as
select center_id, agent_id, answered_at as responded_at, (score / scale_max >= 0.8) as satisfied, coalesce(resolved_first_time, false) as resolved
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
