"""Two yes-or-no judgements of the same things: do they differ by more than chance?"""

from scipy import special


def paired_p_value(only_first: int, only_second: int) -> float:
    """Two-sided p-value that one judgement says yes more often than the other, from the pairs on which they disagree.

    Exact: under no difference each disagreement falls to either side like a coin. 1 where they never disagree.
    Source: Q. McNemar 1947, Psychometrika 12:153-157, doi:10.1007/BF02295996, in its exact binomial form.
    """
    disagreements = only_first + only_second
    return min(1.0, 2 * float(special.bdtr(min(only_first, only_second), disagreements, 0.5))) if disagreements else 1.0
