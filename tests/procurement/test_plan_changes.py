"""What changed in a plan: kept small over rebuilds, and told without what is withheld since."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from procurement.actions import rebuild_opportunities
from procurement.actions.plan_changes import KEPT_MONTHS, keep_changes
from procurement.models import PlanChange
from procurement.plan_changes import Change, Figures, changes, one_a_day, told
from registry.models import Contract
from registry.values import months_on
from tests.factories import (
    TODAY,
    make_administrator,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_opportunity,
    make_withholding,
)

SPRING, AUTUMN = date(2028, 4, 1), date(2027, 10, 1)
FEW, MORE = Figures(2, 2, Decimal("80000.00")), Figures(3, 4, Decimal("120000.50"))


def key(start=AUTUMN, category="LAP"):
    return (category, "E12000004", start)


def test_a_plan_that_was_not_there_before_is_no_change():
    assert not list(changes({}, {key(): FEW}))
    assert not list(changes({key(category="TAB"): FEW}, {key(category="TAB"): FEW, key(): FEW}))


def test_dates_that_come_go_or_have_other_figures_are_changes():
    before = {key(AUTUMN): FEW, key(SPRING): FEW}
    after = {key(SPRING): MORE, key(date(2029, 4, 1)): FEW}

    said = [told(one, values=True) for one in changes(before, after)]

    assert said == [
        "1 October 2027 left the plan; it had 2 councils with 2 contracts, £80,000 a year.",
        "1 April 2028: 3 councils with 4 contracts, £120,000.50 a year; before, 2 councils with "
        "2 contracts, £80,000 a year.",
        "1 April 2029 came into the plan: 2 councils with 2 contracts, £80,000 a year.",
    ]


def test_a_line_without_values_has_no_figure_of_them():
    dearer = Figures(2, 2, Decimal(90_000))

    assert told(Change(key(), FEW, dearer), values=False) == "1 October 2027: its value changed."
    assert "£" not in told(Change(key(), FEW, MORE), values=False)


FIGURES = st.none() | st.builds(
    Figures, st.integers(2, 3), st.integers(2, 3), st.integers(1, 2).map(Decimal)
)


@given(days=st.lists(FIGURES, min_size=2, max_size=6))
def test_many_changes_of_a_day_are_one_from_its_first_state_to_its_last(days):
    kept = None
    for was, now in pairwise(days):
        if was != now:
            kept = one_a_day(kept, Change(key(), was, now))

    first, last = days[0], days[-1]
    assert kept == (None if first == last else Change(key(), first, last))


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def contracts(grouping):
    laptops = make_category("LAP", name="Laptops")
    return [
        make_contract(
            council=make_council(grouping),
            category=laptops,
            end_date=date(2027, 9, 30),
            yearly_value=Decimal(40_000),
        )
        for _ in range(3)
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("assumed")
def test_a_rebuild_keeps_a_line_only_where_a_plan_changes(contracts):
    rebuild_opportunities(today=TODAY)
    rebuild_opportunities(today=TODAY)
    assert not PlanChange.objects.exists()

    contracts[0].withdrawn = True
    contracts[0].save()
    rebuild_opportunities(today=TODAY)
    rebuild_opportunities(today=TODAY)

    [line] = PlanChange.objects.all()
    assert line.day == TODAY
    assert (line.change.before.contracts, line.change.after.contracts) == (3, 2)
    assert line.change.before.annual_value == Decimal("120000.00")

    contracts[0].withdrawn = False
    contracts[0].save()
    rebuild_opportunities(today=TODAY)
    assert not PlanChange.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("assumed")
def test_lines_older_than_a_joint_buy_takes_are_let_go():
    this = make_opportunity()
    plan = (this.category_id, this.grouping_id, this.start_date)
    old = months_on(TODAY, -KEPT_MONTHS) - timedelta(days=1)
    keep_changes({plan: FEW}, {plan: MORE}, today=old)
    keep_changes({plan: FEW}, {plan: MORE}, today=months_on(TODAY, -KEPT_MONTHS))
    Contract.objects.update(withdrawn=True)

    rebuild_opportunities(today=TODAY)

    assert old not in PlanChange.objects.values_list("day", flat=True)
    assert PlanChange.objects.count() == 2  # the younger, and that the plan is gone by now


@pytest.mark.django_db
def test_the_page_tells_what_changed_and_hides_values_withheld_since(client, grouping):
    contracts = [make_contract(council=make_council(grouping), category=None) for _ in range(2)]
    this = make_opportunity(*contracts, grouping=grouping)
    contracts[0].category = this.category
    contracts[0].save()
    plan = (this.category_id, this.grouping_id, this.start_date)
    keep_changes({plan: FEW}, {plan: MORE}, today=TODAY)
    client.force_login(make_administrator())
    page = this.get_absolute_url()

    text = client.get(page).text
    assert "£120,000.50 a year; before, 2 councils with 2 contracts, £80,000 a year." in text
    book = b"".join(client.get(reverse("procurement:lines", args=[this.pk])).streaming_content)
    assert book

    make_withholding(contracts[0], what="value")
    text = client.get(page).text
    assert "3 councils with 4 contracts; before, 2 councils with 2 contracts." in text
    assert "£120,000.50" not in text


@pytest.mark.django_db
def test_a_plan_without_changes_says_so(client):
    this = make_opportunity()
    client.force_login(make_administrator())

    assert "Nothing in this plan has changed" in client.get(this.get_absolute_url()).text
