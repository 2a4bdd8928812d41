"""The two parts of a gap: a published table, an old paradox, exact sums, and intervals that hold what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qa.stats.decomposition import contributions, decompose, means, rates, shares
from qa.stats.moments import Moments

# Das Gupta 1993, example 5.1: size of each age group in percent and headship rate, 1970 and 1985.
HEADSHIP = np.array([
    (12.9, 10.1, 1.9, 2.2), (10.9, 11.2, 25.8, 24.3), (9.5, 11.6, 45.7, 45.8), (8.0, 10.9, 49.6, 52.5), (7.8, 9.4, 51.2, 56.1), (8.4, 7.7, 51.6, 55.6),
    (8.6, 6.3, 51.8, 56.0), (7.8, 6.0, 54.9, 57.4), (7.0, 6.3, 58.7, 57.2), (5.9, 5.9, 60.4, 61.2), (4.7, 5.1, 62.8, 63.9), (3.6, 4.0, 66.6, 68.6),
    (4.9, 5.5, 66.8, 72.2),
]).T  # fmt: skip
# Bickel et al. 1975: admitted and rejected at Berkeley by department A-F.
MEN = np.array([(512, 313), (353, 207), (120, 205), (138, 279), (53, 138), (22, 351)]).T
WOMEN = np.array([(89, 19), (17, 8), (202, 391), (131, 244), (94, 299), (24, 317)]).T

counts = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
tables = st.integers(1, 6).flatmap(lambda size: st.tuples(*[st.lists(counts, min_size=size, max_size=size) for _side in range(2)]))


def table(rows) -> Moments:
    return shares(*np.array(rows, dtype=float).T)


def test_the_published_decomposition_of_headship_rates():
    before, now, rate_before, rate_now = HEADSHIP
    found = decompose(rates(now * rate_now, now), rates(before * rate_before, before))
    assert (before @ rate_before / before.sum(), now @ rate_now / now.sum()) == pytest.approx((44.7268, 47.6940), abs=5e-5)
    assert (found.mix.value, found.performance.value) == pytest.approx((1.2269, 1.7403), abs=5e-5)
    assert found.gap == pytest.approx(47.6940 - 44.7268, abs=1e-4)


def test_women_at_berkeley_were_admitted_less_only_by_the_mix_of_departments():
    """Over all departments 30.4 % against 44.5 %; department by department four of six admitted women more often."""
    women, men = shares(WOMEN[0], WOMEN.sum(axis=0)), shares(MEN[0], MEN.sum(axis=0))
    found = decompose(women, men)
    assert np.round(100 * women.x.sum() / women.y.sum(), 1) == 30.4 and np.round(100 * men.x.sum() / men.y.sum(), 1) == 44.5
    assert np.round(100 * men.ratio(), 1).tolist() == [62.1, 63.0, 36.9, 33.1, 27.7, 5.9]
    assert np.round(100 * women.ratio(), 1).tolist() == [82.4, 68.0, 34.1, 34.9, 23.9, 7.0]
    assert found.mix.value < found.gap < 0 < found.performance.value
    assert found.mix.high < -0.1 and found.mix.p < 1e-12


def test_two_parts_worked_by_hand():
    """Here 40 of 100 calls are hard and go well in half the cases, of the rest in 80 %; there 20 hard at 60 %, 80 at 90 %."""
    found = decompose(shares([20, 48], [40, 60]), shares([12, 72], [20, 80]))
    assert found.gap == pytest.approx(0.68 - 0.84)
    assert found.performance.value == pytest.approx(-0.1 * 0.3 - 0.1 * 0.7)
    assert found.mix.value == pytest.approx(0.2 * 0.55 - 0.2 * 0.85)
    middle = (0.68 + 0.84) / 2
    assert found.segment_mix.value == pytest.approx([0.2 * (0.55 - middle), -0.2 * (0.85 - middle)])
    assert found.segment_performance.value == pytest.approx([-0.03, -0.07])


def test_a_segment_that_one_side_lacks_is_mix():
    """All gap is the 50 % of calls that only this side has, at 40 % against the 80 % of the rest."""
    found = decompose(shares([40, 20], [50, 50]), shares([80, 0], [100, 0]))
    assert found.gap == pytest.approx(-0.2)
    assert (found.mix.value, found.performance.value) == (pytest.approx(-0.2), 0)
    assert found.segment_mix.value == pytest.approx([-0.5 * (0.8 - 0.7), 0.5 * (0.4 - 0.7)])


@given(tables)
def test_parts_and_segments_add_up_to_the_gap(sides):
    here, there = table(sides[0]), table(sides[1])
    if here.y.sum() and there.y.sum():
        for found in (decompose(here, there), contributions(here, there)):
            assert found.mix.value + found.performance.value == pytest.approx(found.gap, abs=1e-12)
            assert (found.segment_mix.value + found.segment_performance.value).sum() == pytest.approx(found.gap, abs=1e-12)
            assert found.mix.low <= found.mix.value <= found.mix.high and 0 <= found.performance.p <= 1


@given(tables)
def test_the_other_way_round_every_part_changes_its_sign(sides):
    here, there = table(sides[0]), table(sides[1])
    if here.y.sum() and there.y.sum():
        one, other = decompose(here, there), decompose(there, here)
        for part in ("mix", "performance", "segment_mix", "segment_performance"):
            assert getattr(one, part).value == pytest.approx(-getattr(other, part).value, abs=1e-12)
            assert getattr(one, part).low == pytest.approx(-getattr(other, part).high, abs=1e-12)


@given(arrays.arrays(float, (2, 4), elements=st.floats(1, 50)), arrays.arrays(float, (2, 4), elements=st.floats(1, 50)))
def test_the_spread_is_that_of_the_linearised_parts(x, y):
    """Each gradient against a small step of the sum it belongs to."""
    for split in (decompose, contributions):
        for part in ("mix", "performance"):
            expected = _variance_by_steps(split, part, x, y)
            found = getattr(split(*(Moments(x[side], y[side], np.full(4, np.inf), x[side], 0 * x[side], 0 * x[side]) for side in (0, 1))), part)
            assert (found.high - found.value) / 1.959964 == pytest.approx(np.sqrt(expected), rel=1e-3, abs=1e-7)


def _variance_by_steps(split, part: str, x, y) -> float:
    total = 0.0
    for side in (0, 1):
        for place in range(4):
            step = np.zeros_like(x)
            step[side, place] = 1e-5
            up, down = (split(*(Moments(to[s], y[s], np.full(4, np.inf), to[s], 0 * to[s], 0 * to[s]) for s in (0, 1))) for to in (x + step, x - step))
            total += ((getattr(up, part).value - getattr(down, part).value) / 2e-5) ** 2 * x[side, place]
    return total


@pytest.mark.parametrize("kind", ["shares", "means"])
def test_the_intervals_cover_the_true_parts(kind):
    """Units drawn with their segment, 400 a side: nineteen of twenty intervals hold the truth, for each part and a segment."""
    mix_here, mix_there = np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.4, 0.3])
    good_here, good_there = np.array([0.80, 0.88, 0.70]), np.array([0.85, 0.90, 0.78])
    performance = (good_here - good_there) * (mix_here + mix_there) / 2
    mix = ((mix_here - mix_there) * (good_here + good_there) / 2).sum()
    rng, held, worlds = np.random.default_rng(3), np.zeros(3), 600
    for _world in range(worlds):
        sides = [_drawn(rng, kind, *side) for side in ((mix_here, good_here), (mix_there, good_there))]
        found = decompose(*sides)
        truths = ((found.mix, mix), (found.performance, performance.sum()), (_at(found.segment_performance, 0), performance[0]))
        held += [part.low <= truth <= part.high for part, truth in truths]
    assert np.all(np.abs(held / worlds - 0.95) < 0.03), held / worlds


def _drawn(rng, kind: str, mix, good) -> Moments:
    n = rng.multinomial(400, mix)
    if kind == "shares":
        return shares(rng.binomial(n, good), n)
    units = [rng.gamma(4, share / 4, size) for share, size in zip(good, n, strict=True)]
    sums, squares = (np.array([power(of).sum() for of in units]) for power in (lambda of: of, np.square))
    return means(Moments(sums, n * 1.0, n * 1.0, squares, sums, n * 1.0), n)


def _at(estimate, place: int):
    return type(estimate)(*(part[place] for part in estimate))


def test_segments_here_alone_are_held_against_the_whole_there():
    """Teams of 60 and 40 at 90 % and 70 % against 85 % there: +3 and -6 points of a gap of -3."""
    found = contributions(shares([54, 28], [60, 40]), shares([170, 680], [200, 800]))
    assert found.gap == pytest.approx(-0.03)
    assert found.segment_performance.value == pytest.approx([0.03, -0.06])
    assert (found.mix.value, found.segment_mix.value.tolist()) == (0, [0, 0])


def test_what_is_known_of_no_unit_has_no_interval():
    n = np.array([10.0, 20.0])
    sums = Moments(n * 5, n, n, np.array([300.0, 0.0]), np.array([50.0, 0.0]), np.array([10.0, 0.0]))
    found = decompose(means(sums, [10, 0]), means(sums, [10, 0]))
    assert found.gap == 0 and np.isnan(found.performance.low) and np.isnan(found.performance.p)
