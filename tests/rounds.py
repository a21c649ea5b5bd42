"""A small round in the suite, the whole one under the marker `thorough`."""

import pytest


def rounds(whole, small):
    """Seeds from 0: the first few in the suite, the rest thorough."""
    return [pytest.param(seed, marks=() if seed < small else pytest.mark.thorough) for seed in range(whole)]
