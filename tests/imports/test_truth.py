"""The reading measured on files of known truth: each check has a name, and few may fail."""

import sys

import pytest

from imports import reading
from imports.problems import UnreadableFileError
from imports.unpacking.__main__ import unpack
from imports.unpacking.answer import Answer
from tests.imports.truth import (
    amounts,
    days,
    dress,
    encodings,
    exports,
    layouts,
    options,
    parties,
    slips,
    tops,
    wordings,
)
from tests.imports.truth.checks import run

LEAST_SHARE = 0.95
ROOMS = (layouts, days, dress, amounts, parties, encodings, exports, options, slips, tops, wordings)
CASES = [case for room in ROOMS for case in room.CASES]


def ask_here(path, *, name, reader, seconds):
    """What the child process would answer; to start one for each of so many files takes long."""
    try:
        return unpack(path, name=name, reader=reader)
    except UnreadableFileError as sentence:
        return Answer(refused=str(sentence))


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_ask", ask_here)
        yield run_all(tmp_path_factory)


def run_all(tmp_path_factory):
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
