"""`import_register` and `undo_upload` as an administrator or a schedule runs them."""

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from imports.models import Upload
from registry.models import Contract
from tests.factories import make_council
from tests.imports.registers import ROWS, write_register

pytestmark = pytest.mark.django_db

# As COMMANDS.md writes them: an interface.
KEYS = {
    *("file", "upload", "refused", "sheet", "heading_rows", "first_row", "last_row", "sheets"),
    *("columns", "rows", "value", "dates", "problems", "records", "seconds"),
}
WITHIN = {
    "file": {"name", "sha256", "bytes", "kind"},
    "rows": {
        *("read", "added", "changed", "unchanged", "no_longer_listed", "problem", "duplicate"),
        *("not_a_contract", "total_line", "blank"),
    },
    "value": {"sum", "rows_with_value", "basis", "vat"},
    "dates": {"order", "rows_with_start", "rows_with_end", "rows_rolling"},
}
OF_EACH = {
    "sheets": {"sheet", "heading_rows", "first_row", "last_row"},
    "columns": {"sheet", "column", "heading", "field", "because"},
    "problems": {"sheet", "row", "cell", "heading", "value", "problem", "what_to_do"},
}
COUNTED = ("added", "changed", "unchanged", "problem", "duplicate", "not_a_contract", "total_line")
AWKWARD = (
    ROWS[0],
    "C-4,Printers,Birch Ltd,01/04/2026,31/11/2026,9000",
    ",,,,,",
    "C-5,Phones,Cedar Ltd,01/04/2025,Rolling,4500",
    "C-6,,,,,",
    "Total,,,,,674500",
)


@pytest.fixture
def council():
    return make_council()


def run(*words, **options):
    """What a command prints."""
    said, refused = StringIO(), StringIO()
    call_command(*map(str, words), stdout=said, stderr=refused, **options)
    assert refused.getvalue() == ""
    return said.getvalue()


def read(path, *councils, **options):
    named = [word for council in councils for word in ("--council", council.pk)]
    return json.loads(run("import_register", path, *named, json=True, **options))


def refusal(path, *councils, **options):
    """The sentence on stderr and what was printed, of a command that ends with 1."""
    said, refused = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_register",
            str(path),
            council=[council.pk for council in councils],
            stdout=said,
            stderr=refused,
            **options,
        )
    assert ended.value.code == 1
    return refused.getvalue(), said.getvalue()


def nothing_written():
    return not Upload.objects.exists() and not Contract.objects.exists()


def test_import_register_prints_every_key_of_its_interface(tmp_path, council):
    said = read(write_register(tmp_path, *AWKWARD), council)

    assert said.keys() >= KEYS
    assert all(said[name].keys() >= keys for name, keys in WITHIN.items())
    assert all(one.keys() >= keys for name, keys in OF_EACH.items() for one in said[name])
    assert all(said[name] for name in OF_EACH)


def test_import_register_accounts_for_every_row(tmp_path, council):
    rows = read(write_register(tmp_path, *AWKWARD, AWKWARD[3]), council)["rows"]

    assert rows["read"] == sum(rows[name] for name in COUNTED) == 6
    assert (rows["duplicate"], rows["total_line"], rows["blank"]) == (1, 1, 1)


def test_import_register_says_what_it_understood(tmp_path, council):
    said = read(write_register(tmp_path, *ROWS), council)

    assert said["file"]["name"] == "register.csv"
    assert said["file"]["kind"] == "csv"
    assert (said["heading_rows"], said["first_row"], said["last_row"]) == ([1], 2, 4)
    assert said["sheets"][0]["sheet"] == said["sheet"]
    assert said["value"]["sum"] == "650000.00"
    assert said["dates"]["order"] == "day first"
    first = said["records"][0]
    assert (first["row"], first["reference"], first["kind"]) == (2, "C-1", "contract")
    assert (first["start_date"], first["total_value"]) == ("2024-04-01", "120000.00")


def test_import_register_only_reports_unless_told_to_apply(tmp_path, council):
    said = read(write_register(tmp_path, *ROWS), council)

    assert (said["upload"], said["rows"]["added"]) == (None, 3)
    assert nothing_written()


def test_import_register_applies_and_finds_all_unchanged_again(tmp_path, council):
    path = write_register(tmp_path, *ROWS)

    first, again = (read(path, council, apply=True) for _ in range(2))

    assert Upload.objects.get(pk=first["upload"]).state == "applied"
    assert (first["rows"]["added"], again["rows"]["unchanged"]) == (3, 3)
    assert Contract.objects.count() == 3


def test_import_register_summarises_for_people(tmp_path, council):
    said = run("import_register", write_register(tmp_path, *AWKWARD), council=[council.pk])

    assert "rows read from sheet" in said
    assert "E3: " in said
    assert "Nothing was recorded; --apply records it." in said


def test_import_register_acts_for_each_council_given(tmp_path, council):
    other = make_council()
    headings = "Reference,Title,Supplier,Start date,End date,Total value,Council"
    rows = [f"{row},{other.name}" for row in ROWS]
    path = write_register(tmp_path, *rows, headings=headings)

    alone, both = read(path, council), read(path, council, other)

    assert (alone["rows"]["added"], alone["rows"]["problem"]) == (0, 3)
    assert (both["rows"]["added"], both["rows"]["problem"]) == (3, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"Dear all,\nplease find enclosed nothing.\n", b"PK\x03\x04broken", b"\x00" * 9],
)
def test_import_register_refuses_in_one_sentence_and_writes_nothing(content, tmp_path, council):
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)

    sentence, printed = refusal(path, council, apply=True, json=True)

    said = json.loads(printed)
    assert said["refused"] == sentence.strip()
    assert said["rows"] is None
    assert said.keys() >= KEYS
    assert "\n" not in sentence.strip()
    assert sentence.strip().endswith(".")
    assert nothing_written()


def test_import_register_refuses_without_json_on_stderr_alone(tmp_path, council):
    path = tmp_path / "register.csv"
    path.write_bytes(b"")

    sentence, printed = refusal(path, council)

    assert sentence.strip()
    assert printed == ""


def test_import_register_keeps_a_file_whose_name_is_not_text(tmp_path, council):
    path = write_register(tmp_path, *ROWS).rename(tmp_path / os.fsdecode(b"q2-\xff.csv"))

    said = read(path, council, apply=True)

    assert said["file"]["name"] == "q2-\ufffd.csv"
    assert Upload.objects.get().name == "q2-\ufffd.csv"


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_import_register_says_why_a_file_cannot_be_opened(name, tmp_path, council):
    with pytest.raises(CommandError, match="cannot be opened") as refused:
        run("import_register", tmp_path / name, council=[council.pk], apply=True)

    assert refused.value.returncode == 1
    assert nothing_written()


def test_import_register_refuses_an_unknown_council(tmp_path):
    with pytest.raises(CommandError, match="E99999999 is not the code of a council we know"):
        run("import_register", write_register(tmp_path, *ROWS), council=["E99999999"], apply=True)

    assert nothing_written()


def test_undo_upload_prints_what_it_did_and_what_stands(tmp_path, council):
    first = read(write_register(tmp_path, *ROWS), council, apply=True)["upload"]
    read(write_register(tmp_path, ROWS[0], name="later.csv"), council, apply=True)

    said = json.loads(run("undo_upload", first, json=True))

    assert (said["upload"], said["contracts"]) == (first, 2)
    assert said["later"][0].startswith("later.csv")
    assert Contract.objects.standing().count() == 1


def test_undo_upload_summarises_for_people(tmp_path, council):
    upload = read(write_register(tmp_path, *ROWS), council, apply=True)["upload"]

    assert run("undo_upload", upload) == f"Upload {upload} undone: 3 contracts.\n"


def test_undo_upload_says_that_the_same_file_sent_later_holds_its_contracts(tmp_path, council):
    file = write_register(tmp_path, *ROWS)
    first, second = (read(file, council, apply=True)["upload"] for _ in range(2))

    said = run("undo_upload", first)

    assert "nothing was removed" in said
    assert f"are now held by upload {second} (register.csv" in said
    assert Contract.objects.standing().count() == 3


def test_undo_upload_names_what_stands_beside_what_it_removed(tmp_path, council):
    first = read(write_register(tmp_path, *ROWS), council, apply=True)["upload"]
    second = read(write_register(tmp_path, ROWS[0], name="later.csv"), council, apply=True)

    said = run("undo_upload", first)

    assert f"2 contracts. What came later stands: upload {second['upload']} (later.csv" in said


def test_undo_upload_refuses_what_is_not_there_or_not_applied(tmp_path, council):
    upload = read(write_register(tmp_path, *ROWS), council, apply=True)["upload"]
    run("undo_upload", upload)

    with pytest.raises(CommandError, match="not applied"):
        run("undo_upload", upload)
    with pytest.raises(CommandError, match="There is no upload 99"):
        run("undo_upload", 99)
