-- One macro a metric: the only place where a formula lives.
-- Each takes measures (columns of the facts, or sums of them) and returns a struct:
--   numerator, denominator: additive; the value is numerator / denominator
--   n: how many independent units carry it (for the interval)
--   numerator_squared, product, denominator_squared: moments over the units that are known one by one, for means and ratios
-- Every macro is linear in its measures, so it holds for one event as for a year.

-- quality ---------------------------------------------------------------------------------------

create or replace macro pass_rate(passed_evaluations, judged_evaluations) as {
    'numerator': passed_evaluations, 'denominator': judged_evaluations, 'n': judged_evaluations
};

create or replace macro mean_score(score_share, score_share_squared, scored_evaluations) as {
    'numerator': score_share * 100, 'denominator': scored_evaluations, 'n': scored_evaluations,
    'numerator_squared': score_share_squared * 10000, 'product': score_share * 100,
    'denominator_squared': scored_evaluations
};

create or replace macro fatal_accuracy(fatal_checked_evaluations, fatal_evaluations) as {
    'numerator': fatal_checked_evaluations - fatal_evaluations, 'denominator': fatal_checked_evaluations,
    'n': fatal_checked_evaluations
};

create or replace macro nonfatal_accuracy(
    opportunities, nonfatal_errors, checked_evaluations,
    opportunities_squared, nonfatal_errors_squared, nonfatal_errors_by_opportunities
) as {
    'numerator': opportunities - nonfatal_errors, 'denominator': opportunities, 'n': checked_evaluations,
    'numerator_squared': opportunities_squared - 2 * nonfatal_errors_by_opportunities + nonfatal_errors_squared,
    'product': opportunities_squared - nonfatal_errors_by_opportunities,
    'denominator_squared': opportunities_squared
};

create or replace macro composite_error_rate(erroneous_evaluations, error_checked_evaluations) as {
    'numerator': erroneous_evaluations, 'denominator': error_checked_evaluations, 'n': error_checked_evaluations
};

create or replace macro error_count(errors_found, erroneous_evaluations) as {
    'numerator': errors_found, 'denominator': null, 'n': erroneous_evaluations
};

create or replace macro points_lost(lost_points, evaluations) as {
    'numerator': lost_points, 'denominator': null, 'n': evaluations
};

create or replace macro points_lost_of_100(lost_share, evaluations) as {
    'numerator': lost_share * 100, 'denominator': null, 'n': evaluations
};

create or replace macro evaluation_count(released_evaluations) as {
    'numerator': released_evaluations, 'denominator': null, 'n': released_evaluations
};

create or replace macro targeted_mean_score(targeted_score_share, targeted_score_share_squared, targeted_scored_evaluations) as {
    'numerator': targeted_score_share * 100, 'denominator': targeted_scored_evaluations, 'n': targeted_scored_evaluations,
    'numerator_squared': targeted_score_share_squared * 10000, 'product': targeted_score_share * 100,
    'denominator_squared': targeted_scored_evaluations
};

create or replace macro restored_points(restored_share, restored_share_squared, restored_evaluations) as {
    'numerator': restored_share * 100, 'denominator': restored_evaluations, 'n': restored_evaluations,
    'numerator_squared': restored_share_squared * 10000, 'product': restored_share * 100,
    'denominator_squared': restored_evaluations
};

create or replace macro appeal_rate(appealed_evaluations, released_evaluations) as {
    'numerator': appealed_evaluations, 'denominator': released_evaluations, 'n': released_evaluations
};

create or replace macro appeal_upheld_rate(upheld_appeals, decided_appeals) as {
    'numerator': upheld_appeals, 'denominator': decided_appeals, 'n': decided_appeals
};

create or replace macro plan_completion(met_plans, planned_agent_periods) as {
    'numerator': met_plans, 'denominator': planned_agent_periods, 'n': planned_agent_periods
};

create or replace macro evaluator_agreement(agreeing_calibrations, calibrations) as {
    'numerator': agreeing_calibrations, 'denominator': calibrations, 'n': calibrations
};

create or replace macro evaluator_leniency(leniency, leniency_squared, calibrations) as {
    'numerator': leniency, 'denominator': calibrations, 'n': calibrations,
    'numerator_squared': leniency_squared, 'product': leniency, 'denominator_squared': calibrations
};

create or replace macro rectification_rate(closed_coachings, due_coachings) as {
    'numerator': closed_coachings, 'denominator': due_coachings, 'n': due_coachings
};

create or replace macro recheck_pass_rate(passed_rechecks, decided_rechecks) as {
    'numerator': passed_rechecks, 'denominator': decided_rechecks, 'n': decided_rechecks
};

create or replace macro attrition_rate(leavers, headcount_months) as {
    'numerator': leavers, 'denominator': headcount_months, 'n': leavers
};

-- customers -------------------------------------------------------------------------------------

create or replace macro satisfaction_rate(satisfied_surveys, rated_surveys) as {
    'numerator': satisfied_surveys, 'denominator': rated_surveys, 'n': rated_surveys
};

create or replace macro mean_satisfaction(satisfaction_share, satisfaction_share_squared, scored_surveys) as {
    'numerator': satisfaction_share * 100, 'denominator': scored_surveys, 'n': scored_surveys,
    'numerator_squared': satisfaction_share_squared * 10000, 'product': satisfaction_share * 100,
    'denominator_squared': scored_surveys
};

create or replace macro response_rate(answered_surveys, surveys) as {
    'numerator': answered_surveys, 'denominator': surveys, 'n': surveys
};

create or replace macro one_time_resolution(resolved_surveys, resolution_answers) as {
    'numerator': resolved_surveys, 'denominator': resolution_answers, 'n': resolution_answers
};

create or replace macro first_call_resolution(resolved_first_contacts, first_contacts) as {
    'numerator': resolved_first_contacts, 'denominator': first_contacts, 'n': first_contacts
};

create or replace macro repeat_call_rate(repeat_contacts, contacts) as {
    'numerator': repeat_contacts, 'denominator': contacts, 'n': contacts
};

create or replace macro complaint_count(complaints) as {
    'numerator': case when complaints > 0 then complaints end, 'denominator': null, 'n': complaints
};

create or replace macro complaint_rate(complaints, handled) as {
    'numerator': complaints, 'denominator': handled / 10000, 'n': handled
};

create or replace macro upheld_complaint_rate(upheld_complaints, decided_complaints) as {
    'numerator': upheld_complaints, 'denominator': decided_complaints, 'n': decided_complaints
};

create or replace macro complaint_on_time(complaints_closed_in_time, due_complaints) as {
    'numerator': complaints_closed_in_time, 'denominator': due_complaints, 'n': due_complaints
};

-- calls -----------------------------------------------------------------------------------------

create or replace macro answer_rate(answered, offered) as {
    'numerator': answered, 'denominator': offered, 'n': offered
};

create or replace macro abandonment_rate(abandoned, abandonment_offered) as {
    'numerator': abandoned, 'denominator': abandonment_offered, 'n': abandonment_offered
};

create or replace macro inbound_calls(offered) as {
    'numerator': case when offered > 0 then offered end, 'denominator': null, 'n': offered
};

-- The four definitions of the service level. Counts of calls say nothing of quick abandons, so the last two leave them out.
create or replace macro service_level_of_offered(answered_in_target, target_offered) as {
    'numerator': answered_in_target, 'denominator': target_offered, 'n': target_offered
};

create or replace macro service_level_of_answered(answered_in_target, target_answered) as {
    'numerator': answered_in_target, 'denominator': target_answered, 'n': target_answered
};

create or replace macro service_level_plus_quick_abandons(single_answered_in_target, abandoned_in_target, single_target_offered) as {
    'numerator': single_answered_in_target + abandoned_in_target, 'denominator': single_target_offered, 'n': single_target_offered
};

create or replace macro service_level_less_quick_abandons(single_answered_in_target, abandoned_in_target, single_target_offered) as {
    'numerator': single_answered_in_target,
    'denominator': single_target_offered - abandoned_in_target, 'n': single_target_offered - abandoned_in_target
};

create or replace macro service_level(
    answered_in_target, target_answered, target_offered, single_answered_in_target, abandoned_in_target, single_target_offered
) as case service_level_variant()
    when 'of_offered' then service_level_of_offered(answered_in_target, target_offered)
    when 'of_answered' then service_level_of_answered(answered_in_target, target_answered)
    when 'plus_quick_abandons' then service_level_plus_quick_abandons(single_answered_in_target, abandoned_in_target, single_target_offered)
    else service_level_less_quick_abandons(single_answered_in_target, abandoned_in_target, single_target_offered)
end;

create or replace macro answered_in_rings(answered_in_ring_cycles, ring_offered) as {
    'numerator': answered_in_ring_cycles, 'denominator': ring_offered, 'n': ring_offered
};

create or replace macro mean_wait(wait_s, wait_s_squared, timed_waits, counted_wait_s, counted_waits) as {
    'numerator': wait_s + counted_wait_s, 'denominator': timed_waits + counted_waits, 'n': timed_waits + counted_waits,
    'numerator_squared': wait_s_squared, 'product': wait_s, 'denominator_squared': timed_waits
};

create or replace macro mean_talk(talk_s, talk_s_squared, timed_talks, counted_talk_s, counted_talks) as {
    'numerator': talk_s + counted_talk_s, 'denominator': timed_talks + counted_talks, 'n': timed_talks + counted_talks,
    'numerator_squared': talk_s_squared, 'product': talk_s, 'denominator_squared': timed_talks
};

create or replace macro mean_handling(handle_s, handle_s_squared, timed_handlings, counted_handle_s, counted_handlings) as {
    'numerator': handle_s + counted_handle_s, 'denominator': timed_handlings + counted_handlings, 'n': timed_handlings + counted_handlings,
    'numerator_squared': handle_s_squared, 'product': handle_s, 'denominator_squared': timed_handlings
};

-- Parts of the handling time, over the calls for which all three are known one by one.
create or replace macro mean_hold(hold_s, hold_s_squared, timed_handlings) as {
    'numerator': hold_s, 'denominator': timed_handlings, 'n': timed_handlings,
    'numerator_squared': hold_s_squared, 'product': hold_s, 'denominator_squared': timed_handlings
};

create or replace macro mean_wrap(wrap_s, wrap_s_squared, timed_handlings) as {
    'numerator': wrap_s, 'denominator': timed_handlings, 'n': timed_handlings,
    'numerator_squared': wrap_s_squared, 'product': wrap_s, 'denominator_squared': timed_handlings
};

create or replace macro transfer_rate(transferred, transferable) as {
    'numerator': transferred, 'denominator': transferable, 'n': transferable
};

create or replace macro transfer_on_time(transferred_in_time, timed_transfers) as {
    'numerator': transferred_in_time, 'denominator': timed_transfers, 'n': timed_transfers
};

create or replace macro talk_hours_per_day(day_talk_s, day_talk_s_squared, agent_days) as {
    'numerator': day_talk_s / 3600, 'denominator': agent_days, 'n': agent_days,
    'numerator_squared': day_talk_s_squared / 12960000, 'product': day_talk_s / 3600,
    'denominator_squared': agent_days
};

create or replace macro calls_per_hour(
    day_handled, login_s, agent_days, day_handled_squared, login_s_squared, day_handled_by_login_s
) as {
    'numerator': day_handled, 'denominator': login_s / 3600, 'n': agent_days,
    'numerator_squared': day_handled_squared, 'product': day_handled_by_login_s / 3600,
    'denominator_squared': login_s_squared / 12960000
};

create or replace macro calls_handled(handled) as {
    'numerator': case when handled > 0 then handled end, 'denominator': null, 'n': handled
};

create or replace macro outbound_calls(outbound) as {
    'numerator': case when outbound > 0 then outbound end, 'denominator': null, 'n': outbound
};

create or replace macro connect_rate(outbound_answered, outbound) as {
    'numerator': outbound_answered, 'denominator': outbound, 'n': outbound
};

-- Nothing, not zero, where no outbound call says whether it sold.
create or replace macro sales(sold, connected) as {
    'numerator': case when connected > 0 then sold end, 'denominator': null, 'n': sold
};

create or replace macro sales_rate(sold, connected) as {
    'numerator': sold, 'denominator': connected, 'n': connected
};
