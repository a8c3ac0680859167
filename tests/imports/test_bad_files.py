"""Bad files: each ends in one plain sentence or is read, within bounds, and leaves nothing half."""

import re
import resource
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from imports.models import ChangesPage, ProblemRow, RowProblem
from imports.problems import UnreadableFileError
from imports.understanding import understand
from imports.unpacking import html
from registry.models import Contract, Job, Source, Statement
from tests.imports.bad_files import BAD_FILES, GOOD, IN_FULL

SECONDS = 60
CHILD_KILOBYTES = 1_500 * 1_000
WORKER_KILOBYTES = 300 * 1_000
SENTENCE = re.compile(r"[A-Z](?:(?!\. [A-Z]).)*[^.]\.")
JARGON = re.compile(r"Error|Traceback|exception|panick|\bzip(?! archive)|\bNone\b|\w+\(\)|0x")
TELLS_WHAT_TO_DO = re.compile(r"\b(upload|choose|save)\b")


@contextmanager
def within_bounds():
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    held, began = kilobytes("VmRSS"), time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS
    assert kilobytes("VmHWM") - held < WORKER_KILOBYTES
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < CHILD_KILOBYTES


def kilobytes(what):
    return int(Path("/proc/self/status").read_text().split(f"{what}:")[1].split()[0])


def expect_plain(sentence):
    assert SENTENCE.fullmatch(sentence)
    assert TELLS_WHAT_TO_DO.search(sentence)
    assert not JARGON.search(sentence)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the peak")
@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_read_or_refused_in_one_sentence(tmp_path, case):
    build, says = BAD_FILES[case]
    path = tmp_path / "stored.xlsx"
    path.write_bytes(build())

    with within_bounds():
        try:
            outcome = understand(path, name="register.xlsx").normalised.rows.read
        except UnreadableFileError as refused:
            outcome = str(refused)

    if isinstance(outcome, str):
        expect_plain(outcome)
        assert says is not None
        assert says in outcome
    else:
        assert outcome
        assert not says


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("xls", "xlsx"), ("ods", "xlsx"), ("xlsx", "xls"), ("xls", "ods"), ("xlsx", "csv")],
)
def test_a_good_workbook_is_read_whatever_its_suffix(tmp_path, kind, suffix):
    path = tmp_path / f"stored.{suffix}"
    path.write_bytes(GOOD[kind])

    found = understand(path, name=path.name)

    assert found.workbook.kind == kind
    [record] = found.normalised.records
    assert record.facts["title"] == "Laptops"


def test_what_the_child_leaves_behind_is_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = tmp_path / "stored.csv"
    path.write_bytes(GOOD["xls"])

    understand(path, name="register.xls")

    assert list(tmp_path.iterdir()) == [path]


def test_a_page_is_given_up_once_a_megabyte_waits_for_its_tag_to_close(monkeypatch):
    fed, feed = [], html._TableParser.feed
    monkeypatch.setattr(
        html._TableParser,
        "feed",
        lambda parser, part: (fed.append(len(part)), feed(parser, part)),
    )

    with pytest.raises(UnreadableFileError, match="never close"):
        html.tables('<table><tr><td title="' + "x" * 5_000_000)

    assert sum(fed) < 1_200_000


@pytest.mark.django_db
@pytest.mark.parametrize("case", IN_FULL)
def test_a_bad_file_leaves_nothing_half_written(client, send, press, case):
    upload = send(BAD_FILES[case][0](), "register.csv")
    upload.refresh_from_db()

    pages = ["", "problems/", "changes/"]
    if upload.state == "refused":
        pages = [""]
        expect_plain(upload.refused_because)
        for model in (Contract, Statement, Source, RowProblem, ProblemRow, ChangesPage):
            assert not model.objects.exists()
    else:
        press(upload, "apply")
        upload.refresh_from_db()
        assert upload.state == "applied"
        assert Contract.objects.count() == upload.report["rows"]["added"] > 0
        assert RowProblem.objects.count() == upload.report["problems"]
    assert not Job.objects.exclude(state=Job.State.DONE).exists()
    for part in pages:
        assert client.get(f"{upload.get_absolute_url()}{part}").status_code == 200
