"""Registers' words for frameworks, and what does not fit between a contract and its framework."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.call_offs import CallOff, Known, Offer, find, may_use, mismatches

KNOWN = [
    Known("RM1557.15", ("G-Cloud 15", "GCloud 15")),
    Known("RM6190", ("Technology Services 4",)),
    Known("RM6100", ("Technology Services 3",)),
    Known("YPO 001236", ("Electronic Office Supplies 4",)),
    Known("SOT ICT", ("ICT Hardware and Software Support and Maintenance",)),
    Known("CPC ICT", ("ICT Hardware and Peripherals",)),
    Known("TINY", ("Laptops",)),
]


@pytest.mark.parametrize(
    ("text", "reference", "by"),
    [
        ("RM1557.15", "RM1557.15", "reference"),
        ("CCS RM 6190 Lot 3", "RM6190", "reference"),
        ("rm6190/L2 - Technology Services 4", "RM6190", "reference"),
        ("YPO-001236", "YPO 001236", "reference"),
        ("G-Cloud 15", "RM1557.15", "name"),
        ("Call-off under gcloud15 framework", "RM1557.15", "name"),
        ("CCS Technology Services 3 (lot 2)", "RM6100", "name"),
        ("ICT Hardware & Peripherals", "CPC ICT", "name"),
        ("G-Cloud 14", None, ""),
        ("Technology Services", None, ""),
        ("Technology Services 4.1", None, ""),
        ("RM1557.14", None, ""),
        ("RM1557", None, ""),
        ("XRM6190", None, ""),
        ("RM61901", None, ""),
        ("Laptops", None, ""),
        ("Other framework", None, ""),
        ("", None, ""),
    ],
)
def test_words_mean_a_framework_by_its_reference_first_and_its_name_second(text, reference, by):
    found = find(text, KNOWN)

    assert (found and found.reference) == reference
    assert (found.by if found else "") == by
    assert not (found and found.doubt)


@pytest.mark.parametrize(
    ("text", "reference", "words"),
    [
        ("RM6190 Technology Services 3", "RM6190", "the name of RM6100"),
        ("RM6190 or RM6100", "RM6190", "more references"),
        ("RM9999 G-Cloud 15", "RM1557.15", "the reference RM9999"),
    ],
)
def test_words_that_speak_of_two_are_doubted(text, reference, words):
    found = find(text, KNOWN)

    assert found.reference == reference
    assert words in found.doubt


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_words_break_the_reading(text):
    found = find(text, KNOWN)

    assert found is None or found.reference in {one.reference for one in KNOWN}


OFFER = Offer(
    starts=date(2026, 1, 1),
    ends=date(2029, 12, 31),
    suppliers={"softcat"},
    every_supplier_known=True,
    maximum_value=Decimal(1_000_000),
)
FITS = {
    "council": "E06000021",
    "awarded": None,
    "starts": date(2026, 4, 1),
    "supplier": "softcat",
    "value": Decimal(1_000_000),
}


def misfits(may=True, offer=OFFER, **facts):
    return list(mismatches(CallOff(**FITS | facts), offer, may_use=may))


def test_what_fits_is_not_flagged_nor_is_what_is_not_known():
    assert misfits() == []
    assert misfits(may=None, starts=None, supplier=None, value=None) == []
    assert misfits(offer=Offer(), supplier="anybody") == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts": date(2030, 1, 1)}, "starts on 1 January 2030, after the framework ended"),
        ({"starts": date(2025, 12, 31)}, "before the framework began"),
        ({"may": False}, "not among those that may use"),
        ({"supplier": "other"}, "on none of the framework’s lots"),
        ({"value": Decimal("1000000.01")}, "more than the whole framework’s maximum, £1,000,000."),
    ],
)
def test_each_mismatch_is_flagged_in_a_sentence(facts, words):
    [said] = misfits(**facts)

    assert words in said


def test_a_call_off_awarded_in_time_may_start_after_the_framework_ended():
    assert misfits(awarded=date(2029, 12, 1), starts=date(2030, 2, 1)) == []


def test_a_supplier_is_not_missed_where_one_on_the_lots_is_not_known():
    assert misfits(offer=Offer(suppliers={"softcat"}), supplier="other") == []


@pytest.mark.parametrize(
    ("open_to", "inside", "answer"),
    [
        ("public bodies", None, True),
        ("public bodies", True, True),
        ("local authorities", False, False),
        ("", True, None),
        ("", None, None),
        ("", False, False),
        ("named bodies", None, None),
        ("other bodies", True, False),
    ],
)
def test_who_may_use_it_is_not_guessed(open_to, inside, answer):
    assert may_use(open_to, in_its_places=inside) is answer
