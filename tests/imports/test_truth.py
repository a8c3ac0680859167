"""The reading measured on files of known truth: each check has a name, and few may fail."""

import sys

import pytest

from tests.imports.truth import amounts, days, encodings, layouts, parties
from tests.imports.truth.checks import run

LEAST_SHARE = 0.95
CASES = [*layouts.CASES, *days.CASES, *amounts.CASES, *parties.CASES, *encodings.CASES]


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    return [check for case in CASES for check in run(case, folder)]


def test_almost_every_check_passes(checks, capsys):
    failing = [check for check in checks if not check.passed]
    share = 1 - len(failing) / len(checks)

    with capsys.disabled():
        sys.stdout.write(f"\n{len(checks)} checks of the reading, {share:.1%} pass\n")
        for check in failing:
            sys.stdout.write(f"  fails: {check}\n")

    assert share >= LEAST_SHARE


def test_cases_and_checks_have_names_of_their_own(checks):
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({check.name for check in checks}) >= 150
