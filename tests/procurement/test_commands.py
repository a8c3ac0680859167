"""`find_opportunities` as an administrator or a schedule runs it."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from procurement.actions import load_reference
from procurement.models import Assumption
from registry.actions import load_reference as load_registry
from registry.models import Category
from tests.factories import make_contract, make_council, make_grouping

pytestmark = pytest.mark.django_db

# As COMMANDS.md writes them: an interface.
KEYS = {
    *("id", "category", "grouping", "start_date", "councils", "contracts", "annual_value"),
    *("total_value", "members", "saving", "regime_alone", "regime_pooled", "hhi", "routes"),
    *("alternative", "undated", "payback"),
}
OF_A_MEMBER = {
    *("council", "contract", "earliest_exit", "latest_end", "action", "action_by", "months"),
}
OF_A_SAVING = {"low", "mid", "high", "method", "reasons"}


@pytest.fixture(autouse=True)
def groupings():
    """Two groupings of two councils, each pair with laptops that end together."""
    load_registry()
    load_reference()
    laptops = Category.objects.get(pk="LAP")
    groupings = [make_grouping(), make_grouping()]
    for grouping in groupings:
        for _ in range(2):
            make_contract(
                council=make_council(grouping), category=laptops, end_date=date(2027, 9, 30)
            )
    return groupings


def run(*words):
    said = StringIO()
    call_command("find_opportunities", *words, stdout=said)
    return said.getvalue()


def find(*words):
    return json.loads(run("--json", *words))


def test_find_opportunities_prints_every_key_of_its_interface():
    said = find()

    assert said.keys() >= {"contracts_considered", "seconds", "opportunities"}
    [one, _] = said["opportunities"]
    assert one.keys() >= KEYS
    assert one["saving"].keys() >= OF_A_SAVING
    assert all(member.keys() >= OF_A_MEMBER for member in one["members"])
    assert (said["contracts_considered"], one["start_date"]) == (4, "2027-10-01")
    assert (one["annual_value"], one["alternative"]) == ("80000.00", False)


def test_find_opportunities_tells_what_unknown_ends_could_add_and_counts_none(groupings):
    laptops, one, other = Category.objects.get(pk="LAP"), *groupings
    undated = {"category": laptops, "end_date": None}
    council = make_council(one)
    make_contract(council=council, yearly_value=5000, **undated)
    make_contract(council=council, yearly_value=None, **undated)
    make_contract(council=council, yearly_value=7000, value_withheld=True, **undated)
    make_contract(council=council, rolling=True, start_date=date(2030, 1, 1), **undated)
    make_contract(council=make_council(), yearly_value=9000, **undated)

    [found] = find("--grouping", one.pk)["opportunities"]
    [none] = find("--grouping", other.pk)["opportunities"]

    assert found["annual_value"] == "80000.00"
    assert found["undated"] == {
        "contracts": 3,
        "councils": [council.pk],
        "annual_value": "5000.00",
        "without_value": 2,
        "up_to": "85000.00",
    }
    assert (none["undated"]["contracts"], none["undated"]["up_to"]) == (0, "80000.00")


def test_find_opportunities_sets_the_work_beside_the_saving():
    [one, _] = find()["opportunities"]

    # £80,000 a year, most likely saved of it, over four years, beside the £18,000 assumed.
    over_term = Decimal(one["saving"]["mid"]) * 4
    assert Decimal(one["payback"]["left"]["mid"]) == over_term - 18_000
    assert any("Leading it is taken to cost £18,000 once" in r for r in one["saving"]["reasons"])
    assert bool(one["payback"]["warning"]) == (over_term < 18_000)


def test_find_opportunities_marks_what_saves_less_than_its_work():
    Assumption.objects.filter(pk="lead_costs").update(value=900_000)

    assert all("less than its work costs" in line for line in run().splitlines()[1:])


def test_find_opportunities_twice_gives_the_same_ids():
    first, again = (find()["opportunities"] for _ in range(2))

    assert again == first


def test_find_opportunities_of_one_grouping(groupings):
    [one] = find("--grouping", groupings[1].pk)["opportunities"]

    assert one["grouping"] == groupings[1].pk


def test_find_opportunities_of_one_council(groupings):
    council = groupings[0].councils.first()

    [one] = find("--council", council.pk)["opportunities"]

    assert council.pk in {member["council"] for member in one["members"]}


@pytest.mark.parametrize(("months", "found"), [("0", 2), ("10", 2), ("11", 0), ("60", 0)])
def test_find_opportunities_leaves_the_lead_time_asked_for(months, found):
    assert len(find("--lead-months", months)["opportunities"]) == found


def test_find_opportunities_that_finds_none_says_why():
    assert find()["why_none"] == ""
    lines = run("--lead-months", "60").splitlines()
    assert lines[1].startswith("No start date suits two councils of a grouping")
    assert "the 60 months that a procurement needs" in lines[1]

    said = find("--grouping", make_grouping().pk)
    assert said["opportunities"] == []
    assert said["why_none"].startswith("No grouping has two councils today")


def test_find_opportunities_summarises_for_people():
    lines = run().splitlines()

    assert lines[0].startswith("4 contracts considered, 2 opportunities in")
    assert len(lines) == 3
    assert "2 councils  £80,000 a year" in lines[1]


def test_find_opportunities_without_reference_data_says_what_to_run():
    Assumption.objects.all().delete()

    with pytest.raises(CommandError, match="Reference data is not loaded"):
        find()


@pytest.mark.parametrize("option", ["--council", "--grouping"])
def test_find_opportunities_refuses_a_code_nobody_has(option):
    with pytest.raises(CommandError, match="“X99” is not the code of a"):
        find(option, "X99")


@pytest.mark.parametrize("months", ["-1", "61", "six", "1.5"])
def test_find_opportunities_takes_whole_months_only(months):
    with pytest.raises(CommandError, match="not a number of months"):
        find(f"--lead-months={months}")
