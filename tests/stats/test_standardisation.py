"""A value at another mix, worked by hand."""

import numpy as np
import pytest

from qa.stats.decomposition import shares
from qa.stats.moments import Moments
from qa.stats.standardisation import standardised


def stacked(*groups: Moments) -> Moments:
    return Moments(*(np.array(part) for part in zip(*groups, strict=True)))


def test_equal_rates_at_different_mixes_are_equal_at_one():
    """80 % of easy and 50 % of hard calls go well in both; one has 90 easy of 100, the other 20."""
    groups = stacked(shares([72, 5], [90, 10]), shares([16, 40], [20, 80]))
    found = standardised(groups, shares([88, 45], [110, 90]))
    assert found.value == pytest.approx([0.8 * 0.55 + 0.5 * 0.45] * 2)
    assert np.all(found.low < found.value) and np.all(found.covered == 1)


def test_its_own_mix_leaves_a_value_as_it_is():
    group = shares([72, 5], [90, 10])
    assert standardised(stacked(group), group).value == pytest.approx([0.77])


def test_work_that_a_group_has_none_of_counts_at_the_common_rate():
    found = standardised(stacked(shares([72, 0], [90, 0])), shares([88, 45], [110, 90]))
    assert found.value == pytest.approx([0.8 * 0.55 + 0.5 * 0.45])
    assert found.covered == pytest.approx([0.55])


def test_a_group_without_any_work_has_no_value():
    found = standardised(stacked(shares([0, 0], [0, 0])), shares([88, 45], [110, 90]))
    assert np.isnan(found.value).all() and np.isnan(found.low).all()


def test_the_interval_of_one_segment_is_that_of_its_share():
    found = standardised(stacked(shares([80], [100])), shares([5], [10]))
    steadied = (80 + 1.96**2 / 2) / (100 + 1.96**2)
    assert found.high - found.value == pytest.approx([1.96 * np.sqrt(steadied * (1 - steadied) / 99)], rel=1e-3)
