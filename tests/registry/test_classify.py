"""What a contract is said to buy."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.classify import Item, classify, classify_many
from registry.classify.codes import Scheme, product_codes
from registry.classify.model import (
    LabelledTitle,
    TitleModel,
    cross_validated,
    labelled_titles,
    with_decisions,
)
from registry.classify.tables import REFERENCE, rules
from registry.classify.words import text_of

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold" / "categories.csv"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Supply of 300 laptops for adult services", "LAP"),
        ("Wide area network", "WAN"),
        ("SD-WAN for the libraries", "WAN"),
        ("Wi-Fi in council offices", "LAN"),
        ("Planning system support", "PLN"),
        ("Revenues and benefits software", "RVB"),
        ("Homelessness case management system", "HSG"),
        ("Library management system", "LIB"),
        ("Penetration testing of public web sites", "SEC"),
        ("ICT strategy consultancy", "OUT"),
        ("Business analyst for the housing system project", "OUT"),
        ("Managed print service", "PRN"),
        ("Maintenance of network switches and firewalls", "LAN"),
    ],
)
def test_classify_finds_the_category(title: str, code: str) -> None:
    answer = classify(title)

    assert answer.code == code
    assert answer.reason


@pytest.mark.parametrize(
    "item",
    [
        Item("Cleaning of computer rooms"),
        Item("Diversion of telecoms ducts"),
        Item("District nursing", cpv="85100000"),
        Item("Parking restrictions and access works"),
        Item("Shred It", "Confidential waste shredding"),
        Item("Recruitment of ICT director"),
        Item("Public space CCTV system maintenance", cpv="48000000"),
        Item("Highway works consultancy", cpv="72224000"),
        Item("Home to school transport"),
    ],
    ids=lambda item: item.title,
)
def test_classify_sees_what_is_not_it(item: Item) -> None:
    assert classify_many([item])[0].code == "NON"


@pytest.mark.parametrize(
    "title",
    [
        "Server and storage maintenance",
        "Servers and storage support",
        "Backup and storage maintenance",
        "Storage for servers",
    ],
)
def test_a_word_of_two_meanings_is_it_beside_a_word_of_the_same_category(title: str) -> None:
    assert classify(title).code == "STO"


@pytest.mark.parametrize(
    "title", ["Storage", "Furniture storage", "Storage and server room cleaning"]
)
def test_a_word_of_two_meanings_is_not_it_by_itself(title: str) -> None:
    assert classify(title).code == "NON"


@pytest.mark.parametrize(
    ("department", "code"),
    [
        ("ICT", "STO"),
        ("IT", "STO"),
        ("I.T. Services", "STO"),
        ("Corporate services - Digital and IT", "STO"),
        ("Information and Communications Technology", "STO"),
        ("", "NON"),
        ("Museums", "NON"),
        ("Finance and IT", "NON"),
        ("Information Services", "NON"),
    ],
)
def test_the_it_department_says_which_meaning_a_word_has(department: str, code: str) -> None:
    assert classify_many([Item("Storage renewal", department=department)])[0].code == code


def test_what_the_it_department_buys_is_not_all_it() -> None:
    items = [Item("Office cleaning", department="ICT"), Item("Contract 4471", department="ICT")]

    assert [answer.code for answer in classify_many(items)] == ["NON", ""]


def test_classify_abstains_where_nothing_says_what_is_bought() -> None:
    answer = classify("Contract 4471 lot 2")

    assert answer.code == ""


@pytest.mark.parametrize(
    "item",
    [
        # Loose words of a description, under the code that buyers put on consultancy of all kinds.
        Item("Home visiting", "We look for agile partners to work beside us.", cpv="72000000"),
        # One word with other meanings, under a code of another trade.
        Item("Broadband light source", cpv="38000000"),
        Item("Scanner for the dig", cpv="45112450"),
    ],
    ids=lambda item: item.title,
)
def test_classify_abstains_or_says_no_where_one_weak_word_speaks(item: Item) -> None:
    assert classify_many([item])[0].code in {"", "NON"}


def test_classify_takes_two_words_at_their_word_whatever_the_code() -> None:
    assert classify("Wide area network renewal", cpv="38000000").code == "WAN"


def test_classify_lets_a_supplier_decide_a_generic_title() -> None:
    assert classify("ICT software", supplier="Idox Software Ltd").code == "PLN"


def test_classify_lets_a_specific_code_decide_a_generic_title() -> None:
    assert classify("Renewal for another year", cpv="48760000").code == "SEC"


def test_classify_many_keeps_order_and_repeats() -> None:
    items = [Item("Laptops"), Item("Office cleaning"), Item("Laptops")]

    codes = [answer.code for answer in classify_many(items)]

    assert codes == ["LAP", "NON", "LAP"]


@settings(deadline=None)  # the first example trains the model
@given(st.text(max_size=80), st.text(max_size=20))
def test_classify_takes_any_text(title: str, cpv: str) -> None:
    answer = classify(title, cpv=cpv)

    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("48000000", [(Scheme.CPV, "48000000")]),
        ("48000000-8", [(Scheme.CPV, "48000000")]),
        ("72200000-7; 72250000-2", [(Scheme.CPV, "72200000"), (Scheme.CPV, "72250000")]),
        ("30213100 - Portable computers", [(Scheme.CPV, "30213100")]),
        ("9100000", [(Scheme.CPV, "09100000")]),
        ("43211503", [(Scheme.UNSPSC, "43211503")]),
        ("81111801", [(Scheme.UNSPSC, "81111801")]),
        ("43211000", [(Scheme.CPV, "43211000")]),
        ("N/A", []),
        ("00000000", []),
        ("123456789", []),
    ],
)
def test_product_codes_tells_the_schemes_apart(cell: str, found: list[tuple[Scheme, str]]) -> None:
    assert [(c.scheme, c.digits) for c in product_codes(cell)] == found


@pytest.mark.parametrize(
    ("title", "has_it"),
    [
        ("IT support", True),
        ("I.T. support", True),
        ("IT SUPPORT SERVICES", True),
        ("Make it happen", False),
        ("Shred IT", False),
        ("DO IT YOURSELF", False),
    ],
)
def test_text_of_tells_the_noun_it_from_the_pronoun(title: str, has_it: bool) -> None:
    assert ("ict" in text_of(title).words) is has_it


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Provision of laptops for schools", "laptop"),
        ("Framework agreement for the supply of tablets", "tablet"),
        ("ICT - photocopiers", "photocopier"),
        ("Cleaning of computer rooms", "cleaning"),
    ],
)
def test_text_of_finds_what_is_bought(title: str, head: str) -> None:
    assert text_of(title).head_word == head


def test_model_is_better_than_the_commonest_label() -> None:
    rows = labelled_titles()

    predicted = cross_validated(rows)

    it = [(p, r.label) for p, r in zip(predicted, rows, strict=True) if r.label != "NON"]
    assert sum(p == label for p, label in it) / len(it) > 0.35


def test_model_learns_a_decision() -> None:
    decided = LabelledTitle("Quorndon suite", "FIN")

    model = TitleModel(with_decisions(labelled_titles(), [decided]))

    likely = model.likelihoods(["Quorndon suite"])[0]
    assert max(likely, key=likely.__getitem__) == "FIN"


def test_labelled_titles_cover_every_category_and_say_they_are_synthetic() -> None:
    with (REFERENCE / "categories.csv").open(encoding="utf-8") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    with (REFERENCE / "labelled_titles.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    assert {row["label"] for row in rows} == codes
    assert all("synthetic" in row["source"] for row in rows)


def test_rules_name_only_known_categories() -> None:
    with (REFERENCE / "categories.csv").open(encoding="utf-8") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    used: set[str] = set()
    for name in ("category_rules.csv", "category_codes.csv"):
        with (REFERENCE / name).open(encoding="utf-8") as lines:
            used |= {row["code"] for row in csv.DictReader(lines)}
    with (REFERENCE / "vendors.csv").open(encoding="utf-8") as lines:
        used |= {code for row in csv.DictReader(lines) for code in row["codes"].split()}

    assert used <= codes


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled real titles are not on this machine")
def test_own_titles_are_not_taken_from_the_measured_ones() -> None:
    with GOLD.open(encoding="utf-8") as lines:
        measured = {row["title"].strip().lower() for row in csv.DictReader(lines)}

    assert not measured & {row.title.lower() for row in labelled_titles()}


def test_numbers_that_no_phrase_knows_do_not_tell_titles_apart():
    plain = rules().without_numbers

    assert plain("Taxi for route 118, lot 4") == plain("Taxi for route 7, lot 22")
    assert plain("Microsoft 365 and cat 6, cat6a, v2.5") == "Microsoft 365 and cat 6, cat6a, v2.5"
