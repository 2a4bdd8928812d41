"""The tables of a sample agree with one another and have what real ones have."""


def test_items_add_up_to_their_evaluation(planted):
    sql = """
        with sums as (
            select
                evaluation_id, sum(points) as points, sum(errors) as errors, sum(fatal::int) as fatal,
                sum(item_full_mark) filter (not not_applicable and item_kind <> 'bonus') as full_mark,
                count(*) filter (not not_applicable and is_opportunity) as opportunities
            from evaluation_items join scorecards using (item_id) group by all
        )
        select count(*), count(*) filter (
            e.score = s.points and e.full_mark = s.full_mark and e.fatal_errors = s.fatal
            and e.fatal_errors + e.nonfatal_errors = s.errors and e.opportunities = s.opportunities
        )
        from evaluations e full join sums s using (evaluation_id)
    """
    evaluations, right = planted.one(sql)
    assert evaluations == right > 4_000


def test_passed_follows_the_rule_where_it_is_said(planted):
    sql = """
        select count(*) from evaluations e join (select distinct scorecard_id, full_mark, pass_mark, pass_rule from scorecards) c using (scorecard_id)
        where e.passed <> case pass_rule when 'total' then e.score >= e.full_mark * pass_mark / c.full_mark else e.fatal_errors = 0 end
    """
    assert planted.one(sql) == 0
    assert planted.rows("select distinct scorecard_id from evaluations where passed is null") == [("T300",)]


def test_every_day_with_a_call_is_an_agent_day_long_enough_for_it(planted):
    sql = """
        with taken as (
            select agent_id, center_id, started_at::date as day, sum(coalesce(talk_s + hold_s + wrap_s, 0)) as handling
            from calls where agent_id is not null group by all
        )
        select count(*) from taken t left join agent_days d using (agent_id, center_id, day) where d.login_s is null or d.login_s < t.handling
    """
    assert planted.one(sql) == 0


def test_facts_lie_in_the_center_the_agent_then_belonged_to(planted):
    for name, time in (("calls", "started_at"), ("evaluations", "call_at"), ("surveys", "sent_at"), ("agent_days", "day")):
        sql = f"""
            with rows as (select agent_id, center_id, {time}::date as day from {name} where agent_id is not null),
            belonging as (select *, coalesce(valid_from, date '0001-01-01') as since from agents)
            select count(*) from rows r asof join belonging b on r.agent_id = b.agent_id and r.day >= b.since where r.center_id <> b.center_id
        """
        assert planted.one(sql) == 0, name


def test_nobody_works_before_being_hired_or_after_leaving(planted):
    sql = """
        select count(*) from agent_days d join (select agent_id, min(hired_on) as hired, max(left_on) as left_on from agents group by all) a using (agent_id)
        where d.day < a.hired or d.day >= a.left_on
    """
    assert planted.one(sql) == 0


def test_some_customers_call_again_about_the_same_matter_within_seven_days(planted):
    sql = """
        with contacts as (
            select started_at - lag(started_at) over (partition by center_id, customer_id, reason order by started_at) as since
            from calls where direction = 'inbound'
        )
        select avg((since is not null and since <= interval 7 day)::int) from contacts
    """
    assert 0.08 < planted.one(sql) < 0.14


def test_calls_without_an_answer_have_no_talk_and_inbound_ones_no_agent(planted):
    assert planted.one("select count(*) from calls where not answered and (talk_s is not null or (direction = 'inbound' and agent_id is not null))") == 0
    assert planted.one("select count(*) from calls where answered and (agent_id is null or talk_s is null)") == 0


def test_most_surveys_stay_without_an_answer(planted):
    assert 0.60 < planted.one("select avg((answered_at is null)::int) from surveys") < 0.70
    assert planted.one("select count(*) from surveys where (answered_at is null) <> (score is null)") == 0


def test_every_kind_of_evaluation_occurs(planted):
    assert len(planted.rows("select distinct kind from evaluations")) == 5
    assert len(planted.rows("select distinct sample_reason from evaluations")) == 8
    assert len(planted.rows("select distinct status from evaluations")) == 3
    assert len(planted.rows("select distinct scorecard_id from evaluations")) == 5
    assert planted.one("select count(*) from evaluation_items where not_applicable") > 0
    assert planted.one("select max(score / full_mark) from evaluations") > 1


def test_upheld_appeals_keep_the_score_before(planted):
    better, decided = planted.one("select count(*) filter (score > original_score), count(*) from evaluations where appeal_upheld")
    assert better == decided > 0
    assert planted.one("select count(*) from evaluations where not appeal_upheld and score <> original_score") == 0


def test_a_calibration_is_one_call_marked_by_several_evaluators(planted):
    sql = "select count(distinct call_id), count(distinct evaluator_id), count(*) from evaluations where calibration_id is not null group by calibration_id"
    rows = planted.rows(sql)
    assert rows and all(calls == 1 and evaluators == marked >= 3 for calls, evaluators, marked in rows)


def test_coaching_follows_failed_evaluations_that_exist(planted):
    sql = (
        "select count(*), count(e.evaluation_id), count(*) filter (c.opened_at > e.evaluated_at) from coaching c left join evaluations e using (evaluation_id)"
    )
    coaching, found, later = planted.one(sql)
    assert coaching == found == later > 0
    assert {kind for (kind,) in planted.rows("select distinct kind from coaching")} == {"interview", "plan", "recheck", "training"}


def test_new_hires_are_listened_to_in_the_days_after_confirmation(planted):
    sql = """
        select count(*), count(*) filter (e.call_at::date between a.confirmed_on and a.confirmed_on + 29)
        from evaluations e join (select agent_id, max(confirmed_on) as confirmed_on from agents group by all) a using (agent_id)
        where sample_reason = 'new_hire'
    """
    sampled, in_time = planted.one(sql)
    assert sampled == in_time > 0


def test_the_partner_has_counts_only_and_another_center_counts_before_its_calls(planted):
    assert planted.one("select count(*) from calls where center_id = 'KM'") == 0
    assert {grain for (grain,) in planted.rows("select distinct grain from call_counts where center_id = 'KM'")} == {"day", "month"}
    last_count, first_call = planted.one(
        "select (select max(period) from call_counts where center_id = 'SY'), (select min(started_at) from calls where center_id = 'SY')"
    )
    assert (str(last_count), str(first_call.date())) == ("2026-04-01", "2026-05-01")


def test_targets_have_a_band_a_scope_a_change_and_a_gap(planted):
    assert planted.one("select count(*) from targets where minimum is not null and maximum is not null") >= 1
    assert planted.one("select count(*) from targets where center_id is not null") >= 1
    assert planted.one("select count(*) from targets where queue is not null") >= 1
    assert planted.one("select count(*) from (select metric from targets where center_id is null and queue is null group by all having count(*) > 1)") >= 1
    assert planted.one("select count(*) from targets where gap_to_headquarters = 2") >= 1
