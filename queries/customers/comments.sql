-- What customers wrote, the newest first.
-- Grain: one row a survey with a comment.
-- Parameters: $date_from, $date_to (half-open); $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none);
-- $wanted: what the comment holds, upper and lower case alike ("" = any); $satisfied (null = any), $score, $scale_max (null = any);
-- $row_limit, $row_offset.
-- Columns: the survey, its comment unchanged, satisfied (null: not rated), found (how many comments there are in all).
select
    surveys.survey_id,
    surveys.call_id,
    surveys.sent_at,
    surveys.center_id,
    survey_facts.team,
    surveys.agent_id,
    surveys.queue,
    surveys.channel,
    surveys.score,
    surveys.scale_max,
    case when survey_facts.rated_surveys = 1 then survey_facts.satisfied_surveys = 1 end as satisfied,
    surveys.reason,
    surveys.comment,
    count(*) over () as found
from surveys
inner join survey_facts on surveys.survey_id = survey_facts.survey_id
where
    surveys.comment is not null and surveys.comment <> ''
    and surveys.sent_at >= $date_from and surveys.sent_at < $date_to
    and survey_facts.sent_at >= $date_from and survey_facts.sent_at < $date_to
    and contains(lower(surveys.comment), lower($wanted))
    and ($satisfied is null or (survey_facts.rated_surveys = 1 and (survey_facts.satisfied_surveys = 1) = $satisfied))
    and ($score is null or (surveys.score = $score and surveys.scale_max is not distinct from $scale_max))
    and ($centers is null or list_contains($centers, surveys.center_id))
    and ($teams is null or list_contains($teams, survey_facts.team))
    and ($queues is null or list_contains($queues, surveys.queue))
    and ($agents is null or list_contains($agents, surveys.agent_id))
order by surveys.sent_at desc, surveys.survey_id desc
limit $row_limit offset $row_offset
