"""The border to the child process: what it may take, what may come back, and how it may end."""

import subprocess
import sys

import pytest

from imports.problems import UnreadableFileError
from imports.reading import PROJECT, read
from imports.unpacking.answer import Answer, receive


def test_read_refuses_what_takes_too_long(tmp_path, monkeypatch):
    path = tmp_path / "stored"
    path.write_bytes(b"a,b\n")
    monkeypatch.setattr("imports.reading.FIRST_READER_SECONDS", 0.001)

    with pytest.raises(UnreadableFileError, match="takes too long"):
        read(path, name="register.csv")


def test_read_reports_a_fault_of_our_own_as_a_fault(tmp_path):
    with pytest.raises(RuntimeError, match="FileNotFoundError"):
        read(tmp_path / "nowhere", name="register.csv")


def test_read_takes_a_name_no_program_could_be_told(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(b"a,b\n")

    [sheet] = read(path, name="--help \0\ud800.csv").sheets

    assert sheet.name == "--help ?"


def test_the_child_is_confined_and_starts_without_pandas_and_django():
    script = (
        "import resource, sys\n"
        "import imports.unpacking.__main__ as child\n"
        "child.confine(wall_seconds=30)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[1] < 2**31)\n"
        "print({'pandas', 'numpy', 'django', 'openpyxl'} & set(sys.modules))\n"
        "try:\n    bytearray(2**31)\nexcept MemoryError:\n    print('no memory')\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert ended.stdout.split("\n")[:3] == ["True", "set()", "no memory"]


def test_the_answer_carries_plain_shapes_only(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")

    with path.open("rb") as pipe, pytest.raises(Exception, match="is no answer"):
        receive(pipe)


def test_the_answer_has_to_be_one(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"I1\n.")

    with path.open("rb") as pipe, pytest.raises(Exception, match="no answer"):
        receive(pipe)
    assert Answer().refused == ""
