"""What people say of contracts: events, edits, what survives a next file, and taking it back."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import Row, people, record_contracts, withdraw_sources
from registry.models import Changed, Contract, Source
from registry.records import ContractRecord
from registry.statements import known_fields
from registry.testimony import disputed
from tests.factories import make_category, make_council, make_officer, make_source

pytestmark = pytest.mark.django_db
END, FIRST, LAST = date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)
FACTS = {
    "title": "Laptops",
    "supplier_name": "Acme IT Ltd",
    "start_date": date(2024, 4, 1),
    "end_date": END,
    "extension": "2 x 12 months",
    "total_value": Decimal("120000.00"),
}
COLUMNS = {name: {"column": "A", "heading": name, "rule": ""} for name in FACTS}


@pytest.fixture
def council():
    make_category("LAP")
    return make_council()


def say_file(council, contract=None, **changes):
    """A file that lists the contract, as the importer records it."""
    facts = {k: v for k, v in (FACTS | changes).items() if v is not None}
    source = make_source(council=council, columns=COLUMNS)
    row = Row(ContractRecord("Contracts", 5, facts), source.pk, contract and contract.pk)
    recorded = record_contracts(
        council=council.pk, rows=[row], knows={source.pk: known_fields(COLUMNS)}
    )
    return Contract.objects.get(pk=recorded.contracts[0])


@pytest.fixture
def contract(council):
    return say_file(council)


def dates(contract):
    contract.refresh_from_db()
    return contract.earliest_exit, contract.end_date, contract.latest_permitted_end


def test_extension_leaves_only_the_options_after_it(contract):
    assert dates(contract) == (END, END, LAST)

    people.extend(contract, FIRST, by=None)

    assert dates(contract) == (FIRST, FIRST, LAST)


def test_extension_of_all_options_leaves_none(contract):
    people.extend(contract, LAST, by=None)

    assert dates(contract) == (LAST, LAST, LAST)


@pytest.mark.parametrize("record", [people.give_notice, people.end])
def test_notice_and_end_leave_no_option(contract, record):
    record(contract, date(2026, 6, 30), by=None)

    assert dates(contract) == (date(2026, 6, 30),) * 3
    assert contract.extension == ""


def yearly_value(contract):
    contract.refresh_from_db()
    return contract.yearly_value


@pytest.mark.parametrize(
    ("record", "day"),
    [(people.extend, FIRST), (people.give_notice, date(2026, 6, 30)), (people.end, FIRST)],
)
def test_moving_the_end_leaves_the_value_a_year(council, contract, record, day):
    source = record(contract, day, by=None)
    assert yearly_value(contract) == Decimal("40000.00")

    say_file(council, contract, end_date=day)
    assert yearly_value(contract) == Decimal("40000.00")

    people.take_back(source)
    assert yearly_value(contract) == (120000 * 12 / months(day)).quantize(Decimal("0.01"))


def months(last):
    return Decimal((last.year - 2024) * 12 + last.month - 3)


def test_two_extensions_leave_the_value_a_year_of_the_first_term(contract):
    people.extend(contract, FIRST, by=None)
    contract.refresh_from_db()
    people.extend(contract, LAST, by=None)

    assert yearly_value(contract) == Decimal("40000.00")


def test_many_ended_at_once_keep_their_value_a_year(contract):
    people.end_all([(contract, FIRST)], by=None)

    assert yearly_value(contract) == Decimal("40000.00")


def test_a_new_total_is_for_the_term_as_extended(council, contract):
    people.extend(contract, FIRST, by=None)

    say_file(council, contract, end_date=FIRST, total_value=Decimal("200000.00"))

    assert yearly_value(contract) == Decimal("50000.00")


def test_event_says_who_said_it_and_marks_what_is_derived_from_it(contract):
    Changed.objects.all().delete()
    officer = make_officer()

    source = people.extend(contract, FIRST, by=officer)

    assert (source.event, source.recorded_by) == ("extended", officer)
    assert Changed.objects.filter(council=contract.council_id).exists()


def test_word_taken_back_leaves_what_was_said_before(contract):
    first = people.extend(contract, FIRST, by=None)
    people.give_notice(contract, date(2027, 12, 31), by=None)

    people.take_back(first)
    assert dates(contract)[1] == date(2027, 12, 31)

    people.take_back(Source.objects.get(event="notice given"))
    assert dates(contract) == (END, END, LAST)


def test_extension_survives_a_file_that_still_shows_the_old_end(council, contract):
    people.extend(contract, FIRST, by=None)
    assert disputed(council.pk) == {}

    say_file(council, contract)

    assert dates(contract) == (FIRST, FIRST, LAST)
    [[found]] = disputed(council.pk).values()
    assert (found.field, found.ours, found.theirs) == ("end_date", FIRST, END)


def test_file_is_right_takes_the_word_back(council, contract):
    source = people.extend(contract, FIRST, by=None)
    say_file(council, contract)

    people.give_up(source, ["end_date"], by=None)

    assert dates(contract) == (END, END, LAST)
    assert disputed(council.pk) == {}


def test_ours_stands_is_quiet_until_a_file_says_something_new(council, contract):
    source = people.extend(contract, FIRST, by=None)
    say_file(council, contract)

    people.uphold(source, [people.Answered("end_date", END.isoformat())], by=None)
    assert disputed(council.pk) == {}

    say_file(council, contract)
    assert disputed(council.pk) == {}

    say_file(council, contract, end_date=date(2027, 9, 30))
    assert len(disputed(council.pk)) == 1
    assert dates(contract)[1] == FIRST


def test_file_that_agrees_is_no_disagreement(council, contract):
    people.extend(contract, FIRST, by=None)

    say_file(council, contract, end_date=FIRST)

    assert disputed(council.pk) == {}


def test_edit_can_say_that_a_field_is_blank(council, contract):
    people.edit(contract, {}, ["extension", "latest_end_date"], by=None)

    assert dates(contract) == (END, END, END)

    say_file(council, contract)
    assert dates(contract) == (END, END, END)


def test_edit_gives_up_one_field_and_keeps_the_other(council, contract):
    said = {"title": "Notebooks", "total_value": Decimal(1)}
    source = people.edit(contract, said, said, by=None)
    say_file(council, contract)

    people.give_up(source, ["total_value"], by=None)

    contract.refresh_from_db()
    assert (contract.title, contract.total_value) == ("Notebooks", Decimal("120000.00"))
    assert [d.field for d in disputed(council.pk)[contract.pk]] == ["title"]


def test_contract_entered_by_hand_stands_on_its_word_alone(council):
    key = people.enter(council, FACTS, by=None)

    contract = Contract.objects.get(pk=key)
    assert (contract.title, contract.supplier.name) == ("Laptops", "Acme IT Ltd")

    people.take_back(Source.objects.get(event="entered"))
    assert not Contract.objects.standing().exists()


def test_a_file_taken_back_takes_along_a_contract_of_which_people_only_said_its_end(council):
    contract = say_file(council)
    people.extend(contract, LAST, by=make_officer(council))
    source = Source.objects.exclude(kind=Source.Kind.PERSON).get()

    withdraw_sources([source])

    contract.refresh_from_db()
    assert contract.withdrawn
    again = say_file(council, contract)
    assert (again.withdrawn, again.end_date) == (False, LAST)
