-- Surveys with their measures.
-- Grain: one row a survey sent.
-- Definitions: satisfied_boxes() (how many of the top boxes count as satisfied).
-- An answered survey counts where the question was answered; unanswered questions are never read as a no.
with

scored_surveys as (
    select
        surveys.*,
        surveys.answered_at is not null as is_answered,
        cast(surveys.score / nullif(surveys.scale_max, 0) as decimal(14, 10)) as share,
        coalesce(surveys.satisfied, surveys.score > surveys.scale_max - satisfied_boxes()) as is_satisfied
    from surveys
)

select
    scored_surveys.survey_id,
    scored_surveys.call_id,
    scored_surveys.sent_at,
    scored_surveys.center_id,
    agent_spans.team,
    scored_surveys.agent_id,
    scored_surveys.queue,
    scored_surveys.reason,
    cast(scored_surveys.sent_at as date) as day,
    1 as surveys,
    case when is_answered then 1 else 0 end as answered_surveys,
    case when is_answered and is_satisfied is not null then 1 else 0 end as rated_surveys,
    case when is_answered and is_satisfied then 1 else 0 end as satisfied_surveys,
    case when is_answered and share is not null then 1 else 0 end as scored_surveys,
    case when is_answered and share is not null then share else 0 end as satisfaction_share,
    case when is_answered and share is not null then cast(share as double) * cast(share as double) else 0 end
        as satisfaction_share_squared,
    case when is_answered and resolved_first_time is not null then 1 else 0 end as resolution_answers,
    case when is_answered and resolved_first_time then 1 else 0 end as resolved_surveys
from scored_surveys
left join agent_spans
    on
        scored_surveys.agent_id = agent_spans.agent_id
        and cast(scored_surveys.sent_at as date) >= agent_spans.valid_from
        and cast(scored_surveys.sent_at as date) < agent_spans.valid_until
