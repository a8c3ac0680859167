"""Whose each row is, and which rows wait because their sender may not act."""

import pytest

from imports.cells import ColumnReading
from imports.councils import CouncilNames, NamedCouncil, share_out
from registry.records import ContractRecord

KNOWN = [
    NamedCouncil("E07000136", "Boston Borough Council", "Boston"),
    NamedCouncil("E10000019", "Lincolnshire County Council", "Lincolnshire"),
    NamedCouncil("E06000047", "Durham County Council", "Durham", "E10000008 00EJ"),
    NamedCouncil("E09000001", "City of London Corporation", "City of London"),
    NamedCouncil("E08000001", "Northmere City Council", "Northmere"),
    NamedCouncil("E07000999", "Northmere District Council", "Northmere"),
]
COUNCILS = CouncilNames(KNOWN)
NAME = ColumnReading("Contracts", "C", "Buyer", "council_name", "the heading says buyer")


def shared(*names, acting_for=("E07000136",), columns=(NAME,), ours=(), others=None):
    records = [
        ContractRecord("Contracts", row, {"title": "Laptops"} | ({"council_name": n} if n else {}))
        for row, n in enumerate(names, start=5)
    ]
    return share_out(
        records,
        columns,
        chosen="E07000136",
        acting_for=acting_for,
        councils=CouncilNames(KNOWN, ours=ours, others=others),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E07000136", "E07000136"),
        ("BOSTON BOROUGH COUNCIL", "E07000136"),
        ("Boston", "E07000136"),
        ("Borough of Boston", "E07000136"),
        ("Boston BC", "E07000136"),
        ("e10000008", "E06000047"),
        ("Lincolnshire", "E10000019"),
        ("City of London Corporation", "E09000001"),
        ("Northmere City Council", "E08000001"),
        ("Northmere", None),
        ("Council", None),
        ("Adult Social Care", None),
        ("", None),
    ],
)
def test_find_names_a_council_only_beyond_doubt(text, code):
    assert COUNCILS.find(text) == code


def test_find_takes_a_code_over_a_name():
    assert COUNCILS.find("E10000019", "Boston") == "E10000019"


def test_share_out_gives_unnamed_rows_to_the_chosen_council():
    shares = shared("", "Boston", "Boston Borough Council")

    assert {code: len(rows) for code, rows in shares.by_council.items()} == {"E07000136": 3}
    assert (list(shares.problems), shares.judgements) == ([], [])


def test_share_out_gives_rows_to_another_council_the_sender_acts_for():
    shares = shared("Boston", "Lincolnshire", acting_for=("E07000136", "E10000019"))

    assert {code: len(rows) for code, rows in shares.by_council.items()} == {
        "E07000136": 1,
        "E10000019": 1,
    }


def test_share_out_says_into_which_other_registers_rows_go():
    shares = shared("Boston", "Durham", "Durham", acting_for=("E07000136", "E06000047"))

    [said] = shares.judgements
    assert said == (
        "Durham County Council, for which you act too, is named by 2 rows, which go into its "
        "register."
    )


def test_share_out_lets_rows_of_others_wait_with_their_cell():
    shares = shared("Boston", "Lincolnshire")

    [problem] = shares.problems
    assert (problem.cell, problem.heading, problem.value) == ("C6", "Buyer", "Lincolnshire")
    assert problem.problem.startswith("This row belongs to Lincolnshire County Council")
    assert not problem.recorded
    assert [r.row for r in shares.by_council["E07000136"]] == [5]


def test_share_out_says_which_names_are_no_council_s():
    shares = shared("Adult Care", "Highways", "Adult Care", "Libraries", "Parks")

    [sentence] = shares.judgements
    assert sentence.startswith("Adult Care, Highways, Libraries and others: not the name")
    assert "Boston Borough Council" in sentence
    assert len(shares.by_council["E07000136"]) == 5


def test_share_out_asks_where_a_file_never_names_the_council_it_was_sent_for():
    assert shared("Anytown Homes", "Anytown Homes").asks == ["Anytown Homes"]
    assert shared("Anytown Homes", "Boston").asks == []
    # That it names another council does not make the others of it parts of the chosen one.
    assert shared("Anytown University", "Lincolnshire").asks == ["Anytown University"]
    assert shared("", "").asks == []


def test_share_out_takes_rows_of_a_council_not_acted_for_once_its_name_is_said_to_be_ours():
    names = ("Lincolnshire", "Lincolnshire", "Boston")
    waiting = shared(*names)
    taken = shared(*names, ours=["lincolnshire"])

    assert dict(waiting.not_acted_for) == {("Lincolnshire", "E10000019"): 2}
    assert (len(taken.by_council["E07000136"]), len(taken.problems)) == (3, 0)
    assert [one.words for one in taken.replayed] == ["“Lincolnshire” means Boston Borough Council."]


def test_share_out_asks_no_more_once_a_name_is_known_to_be_ours():
    shares = shared("Anytown Homes", "Anytown Care", ours=("anytown homes",))

    assert shares.asks == ["Anytown Care"]
    assert [one.words for one in shares.replayed] == [
        "“Anytown Homes” means Boston Borough Council."
    ]
    assert "Anytown Homes" not in " ".join(shares.judgements)


def test_share_out_keeps_rows_of_others_back_until_somebody_lets_them_in():
    both = ("E07000136", "E06000047")
    shares = shared("Boston", "Durham", "Durham", acting_for=both, others=())

    assert {code: len(rows) for code, rows in shares.by_council.items()} == {"E07000136": 1}
    assert dict(shares.held_back) == {"E06000047": 2}
    assert [(p.row, p.recorded) for p in shares.problems] == [(6, False), (7, False)]
    assert next(iter(shares.problems)).problem == (
        "This row belongs to Durham County Council, which this file was not sent for."
    )
    assert shares.elsewhere == []


def test_share_out_lets_in_the_rows_somebody_said_yes_to_and_says_so():
    all_three = ("E07000136", "E06000047", "E10000019")
    shares = shared("Boston", "Durham", "Lincolnshire", acting_for=all_three, others=("E06000047",))

    assert sorted(shares.by_council) == ["E06000047", "E07000136"]
    assert dict(shares.held_back) == {"E10000019": 1}
    assert [(one.kind, one.key) for one in shares.replayed] == [("others", "E06000047")]


def test_share_out_lets_nobody_into_a_register_they_do_not_act_for():
    shares = shared("Boston", "Durham", others=("E06000047",))

    assert list(shares.by_council) == ["E07000136"]
    assert dict(shares.held_back) == {}
    assert next(iter(shares.problems)).problem.endswith("which you do not act for.")
