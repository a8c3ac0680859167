"""Opportunities from the registry: checked against the rules said again, and rebuilt the same."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from threading import Event
from unittest.mock import Mock

import pytest
from django.db import connection

from procurement.actions import load_reference, rebuild_changed, rebuild_opportunities
from procurement.actions.candidates import MOST_KEPT
from procurement.models import EndingDemand, Framework, Opportunity
from procurement.tasks import rebuild_all
from procurement.who_joins import who_join, who_joins
from registry import bulk
from registry.actions import load_reference as load_registry
from registry.actions.marks import marking_moves
from registry.models import Category, Changed, Contract, Council, Grouping, Membership
from registry.permissions import EVERYBODY
from tests.factories import TODAY, make_contract, make_council, make_framework, make_grouping

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LAST = date(2031, 11, 20)  # five years on: the end of the plan


@pytest.fixture(autouse=True)
def reference():
    load_registry()
    load_reference()


@pytest.fixture
def grouping():
    return make_grouping(code="G1")


def laptops(council, end, **fields):
    fields = {"category": Category.objects.get(pk="LAP"), "start_date": date(2023, 4, 1)} | fields
    fields.setdefault("latest_permitted_end", None if end is None else end + timedelta(days=1500))
    return make_contract(council=council, end_date=end, earliest_exit=end, **fields)


def two(grouping, end=date(2027, 9, 30), **fields):
    return [laptops(make_council(grouping), end, **fields) for _ in range(2)]


def everything():
    """All opportunities as they are stored, by id."""
    return {o["id"]: o for o in Opportunity.objects.values()}


def members(opportunity):
    return who_joins(opportunity, today=TODAY, reader=EVERYBODY)


def rebuild(**options):
    return rebuild_opportunities(today=TODAY, **options)


def test_rebuild_opportunities_finds_two_councils_that_end_alike(grouping):
    contracts = two(grouping)

    rebuilt = rebuild()

    found = Opportunity.objects.get()
    assert (rebuilt.contracts_considered, rebuilt.opportunities) == (2, 1)
    assert (found.start_date, found.councils, found.contracts) == (date(2027, 10, 1), 2, 2)
    assert (found.annual_value, found.total_value) == (Decimal("80000.00"), Decimal("320000.00"))
    assert found.contract_ids == sorted(c.pk for c in contracts)
    assert found.council_codes.split() == sorted(c.council_id for c in contracts)
    assert found.saving_low <= found.saving_mid <= found.saving_high
    assert found.regime_alone
    assert found.regime_pooled


def reasons_of(grouping):
    return Opportunity.objects.get(grouping=grouping).saving_reasons


def test_rebuild_opportunities_takes_a_fee_off_only_where_a_framework_serves(grouping):
    Framework.objects.all().delete()
    two(grouping)
    rebuild()
    without = Opportunity.objects.get()
    assert "No framework’s fee is taken off" in reasons_of(grouping)

    laptops = Category.objects.get(pk="LAP")
    make_framework(laptops, name="Cheap", fee_percent=1, ends=date(2029, 1, 1))
    make_framework(laptops, name="Dear", fee_percent=2, ends=date(2029, 1, 1))
    make_framework(laptops, name="Over", fee_percent=9, ends=date(2027, 1, 1))
    rebuild()

    assert Opportunity.objects.get().saving_high < without.saving_high
    assert "framework fee of 2 per cent of the price after the saving: that of Dear." in reasons_of(
        grouping
    )


def test_rebuild_opportunities_again_gives_the_same_rows_and_ids(grouping):
    two(grouping)
    rebuild()
    before = everything()

    rebuild()

    assert everything() == before


def test_rebuild_opportunities_needs_two_councils(grouping):
    council = make_council(grouping)
    laptops(council, date(2027, 9, 30))
    laptops(council, date(2027, 9, 30))

    assert rebuild().opportunities == 0


@pytest.mark.parametrize("kind", ["grant", "purchase_order", "framework", "dynamic_market"])
def test_rebuild_opportunities_leaves_out_what_is_not_bought_anew(kind, grouping):
    two(grouping, kind=kind)

    assert rebuild().contracts_considered == 0


def test_rebuild_opportunities_counts_call_offs(grouping):
    two(grouping, kind="call_off")

    assert rebuild().opportunities == 1


@pytest.mark.parametrize("code", ["NON", "OUT", None])
def test_rebuild_opportunities_leaves_out_other_categories(code, grouping):
    two(grouping, category=Category.objects.get(pk=code) if code else None)

    assert rebuild().contracts_considered == 0


def test_rebuild_opportunities_leaves_out_withdrawn_contracts(grouping):
    two(grouping, withdrawn=True)

    assert rebuild().contracts_considered == 0


def test_rebuild_opportunities_removes_what_no_longer_holds(grouping):
    two(grouping)
    rebuild()
    Contract.objects.update(withdrawn=True)

    rebuild()

    assert not Opportunity.objects.exists()


def test_rebuild_opportunities_keeps_scottish_councils_apart(grouping):
    scottish = make_grouping(code="S1", nation="Scotland")
    laptops(make_council(grouping), date(2027, 9, 30))
    laptops(make_council(scottish, nation="Scotland"), date(2027, 9, 30))
    assert rebuild().opportunities == 0

    laptops(make_council(scottish, nation="Scotland"), date(2027, 9, 30))
    rebuild()

    found = Opportunity.objects.get()
    assert found.grouping == scottish
    assert "scot" in found.regime_pooled.casefold()


def test_rebuild_opportunities_asks_of_members_on_the_day_only(grouping):
    _, other = two(grouping)
    other.council.memberships.update(left=TODAY)

    assert rebuild().opportunities == 0


@pytest.mark.parametrize(("lead", "found"), [(0, 1), (2, 1), (3, 0)])
def test_rebuild_opportunities_leaves_the_lead_time_asked_for(lead, found, grouping):
    two(grouping, end=date(2027, 1, 31))

    assert rebuild(lead_months=lead).opportunities == found


def test_rebuild_opportunities_assumes_no_end(grouping):
    two(grouping, end=None, latest_permitted_end=None)

    assert rebuild(lead_months=0).opportunities == 0


def test_rebuild_opportunities_lets_rolling_contracts_join(grouping):
    laptops(make_council(grouping), date(2027, 9, 30))
    laptops(make_council(grouping), None, rolling=True, notice_period="3 months")

    rebuild()

    found = Opportunity.objects.get()
    actions = {m.ask.action: m.ask.action_by for m in members(found)}
    assert found.start_date == date(2027, 10, 1)
    assert actions == {"nothing": None, "notice": date(2027, 6, 30)}


def test_rebuild_opportunities_shows_contracts_without_a_value(grouping):
    laptops(make_council(grouping), date(2027, 9, 30), yearly_value=None)
    laptops(make_council(grouping), date(2027, 9, 30))

    rebuild()

    assert Opportunity.objects.get().annual_value == Decimal("40000.00")


# The rules of COMMANDS.md said again, for a register of plain cases: a contract ends by itself,
# is extended to any day up to a latest end, takes whole options, or rolls with notice.


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (31, 30, 29, 28):
        if day.day <= last or last == 28:
            try:
                return date(year, month + 1, min(day.day, last))
            except ValueError:
                continue
    raise AssertionError


def month_end(year, month):
    return months_later(date(year, month, 1), 1) - DAY


def end_of_option(end, months):
    """Whole months on, from one month's end to another."""
    first = months_later(end + DAY, months)
    return first - DAY


def may_start(contract, start):
    """Whether a replacement of this contract may begin that day, seen from TODAY."""
    last = start - DAY
    notice = int(contract.notice_period.partition(" ")[0] or 0)
    if contract.rolling:
        return last >= months_later(TODAY, notice) and last >= contract.start_date
    if contract.end_date is None:
        return False
    if last == contract.end_date:
        return last >= TODAY
    decided_in_time = months_later(contract.end_date, -notice) >= TODAY
    if contract.extension.startswith("up to"):
        latest = end_of_option(contract.end_date, 12)
        return decided_in_time and contract.end_date < last <= latest
    if contract.extension:
        ends = {end_of_option(contract.end_date, n) for n in (6, 12)}
        return decided_in_time and last in ends
    return False


def random_register(seed, grouping):
    roll = random.Random(seed)
    councils = [make_council(grouping) for _ in range(3)]
    for _ in range(roll.randrange(3, 7)):
        rolling = roll.random() < 0.2
        end = None if rolling else month_end(2027 + roll.randrange(2), roll.choice((3, 9)))
        laptops(
            roll.choice(councils),
            end,
            rolling=rolling,
            extension="" if rolling else roll.choice(("", "up to 12 months", "2 x 6 months")),
            notice_period=roll.choice(("", "3 months", "6 months")),
            yearly_value=Decimal(roll.randrange(1, 9) * 1000),
        )
    return list(Contract.objects.all())


def joined(contracts, start):
    """The councils and yearly value that could start together that day."""
    able = [c for c in contracts if may_start(c, start)]
    return {c.council_id for c in able}, sum((c.yearly_value for c in able), Decimal(0))


def candidate_days(contracts, lead):
    """Days on which what can join changes: enough to find a best one."""
    days = {months_later(TODAY, lead)}
    for c in contracts:
        if c.end_date:
            days |= {end_of_option(c.end_date, n) + DAY for n in (0, 6, 12)} | {
                c.end_date + 2 * DAY
            }
        else:
            notice = int(c.notice_period.partition(" ")[0] or 0)
            days.add(months_later(TODAY, notice) + DAY)
    return sorted(day for day in days if months_later(TODAY, lead) <= day <= LAST)


def best_plan_value(contracts, days):
    """The most yearly value that dates at least six months apart can join, each contract once.

    A date counts with two councils or more; who sits on which date is tried in every way.
    """
    best = Decimal(0)
    for size in (1, 2, 3):
        for dates in combinations(days, size):
            if all(months_later(a, 6) <= b for a, b in pairwise(dates)):
                best = max(best, best_seating(contracts, dates))
    return best


def best_seating(contracts, dates):
    able = {c: [d for d in dates if may_start(c, d)] for c in contracts}
    shared = [d for d in dates if len({c.council_id for c in able if d in able[c]}) >= 2]
    if len(shared) < len(dates):
        return Decimal(0)
    return max(seatings(list(able.items()), {d: [] for d in dates}), default=Decimal(0))


def seatings(rest, seated):
    if not rest:
        if all(len({c.council_id for c in on}) >= 2 for on in seated.values()):
            yield sum((c.yearly_value for on in seated.values() for c in on), Decimal(0))
        return
    (contract, dates), *others = rest
    for day in dates:
        yield from seatings(others, {**seated, day: [*seated[day], contract]})
    if len(dates) != 1 or len(seated) > 1:
        yield from seatings(others, seated)


@pytest.mark.parametrize("seed", range(12))
def test_rebuild_opportunities_agrees_with_the_rules_tried_one_by_one(seed, grouping):
    lead = seed % 3 * 3
    contracts = random_register(seed, grouping)

    rebuild(lead_months=lead)

    found = list(Opportunity.objects.filter(grouping=grouping))
    joins = who_join(found, today=TODAY, reader=EVERYBODY)
    days = candidate_days(contracts, lead)
    by_pk = {c.pk: c for c in contracts}
    for one in found:
        assert one.start_date >= months_later(TODAY, lead)
        assert all(may_start(by_pk[pk], one.start_date) for pk in one.contract_ids)
        assert [m.contract.pk for m in joins[one.pk]] == one.contract_ids
        assert one.councils == len({m.council for m in joins[one.pk]}) >= 2
        assert one.annual_value == sum(m.annual_value for m in joins[one.pk])
    for one in [o for o in found if o.alternative]:
        councils, value = joined(contracts, one.start_date)
        assert (one.councils, one.annual_value) == (len(councils), value)
    plan = sorted((o for o in found if not o.alternative), key=lambda o: o.start_date)
    seated = [pk for o in plan for pk in o.contract_ids]
    assert len(seated) == len(set(seated))
    assert all(months_later(a.start_date, 6) <= b.start_date for a, b in pairwise(plan))
    assert sum((o.annual_value for o in plan), Decimal(0)) == best_plan_value(contracts, days)


def test_rebuild_changed_gives_what_a_full_rebuild_gives(grouping):
    other = make_grouping(code="G2")
    two(grouping)
    changed = two(other, end=date(2028, 3, 31))[0]
    rebuild()
    changed.council.contracts.update(yearly_value=Decimal(90000))
    Changed.objects.create(category_id="LAP", council=changed.council)

    rebuild_changed(today=TODAY)

    in_part = everything()
    rebuild()
    assert everything() == in_part
    assert Opportunity.objects.get(grouping=other).annual_value == Decimal("130000.00")


def test_rebuild_changed_leaves_pairs_nobody_touched(grouping):
    other = make_grouping(code="G2")
    two(grouping)
    touched = two(other)[0]
    rebuild()
    Opportunity.objects.update(regime_note="as it was")
    Changed.objects.create(category_id="LAP", council=touched.council)

    rebuild_changed(today=TODAY)

    notes = dict(Opportunity.objects.values_list("grouping", "regime_note"))
    assert notes[grouping.pk] == "as it was"
    assert notes[other.pk] != "as it was"


def leaves(membership):
    membership.left = TODAY
    membership.save()


@pytest.mark.parametrize("goes", [leaves, Membership.delete])
def test_rebuild_changed_takes_who_left_a_grouping_out_of_it(grouping, goes):
    leaver = two(grouping)[0].council
    two(grouping)
    rebuild()
    with marking_moves():
        goes(leaver.memberships.get())

    rebuild_changed(today=TODAY)

    in_part = everything()
    rebuild()
    assert everything() == in_part
    assert Opportunity.objects.get().councils == 3


def test_what_ends_in_an_area_goes_with_the_only_council_that_leaves_it():
    region = make_grouping(kind=Grouping.Kind.REGION)
    leaver = make_council(region)
    laptops(leaver, date(2027, 9, 30))
    rebuild()
    assert EndingDemand.objects.filter(area=region).exists()
    with marking_moves():
        leaver.memberships.update(left=TODAY)

    rebuild_changed(today=TODAY)

    assert not EndingDemand.objects.filter(area=region).exists()


def test_rebuild_changed_takes_the_marks_away(grouping):
    council = two(grouping)[0].council
    Changed.objects.create(category_id="LAP", council=council)

    rebuilt = rebuild_changed(today=TODAY)

    assert rebuilt.opportunities == 1
    assert not Changed.objects.exists()


def test_rebuild_changed_without_marks_asks_once(grouping, django_assert_num_queries):
    two(grouping)

    with django_assert_num_queries(3):  # the transaction's begin and end, and the marks
        rebuild_changed(today=TODAY)

    assert not Opportunity.objects.exists()


def test_rebuild_changed_of_a_council_in_no_grouping_takes_its_mark_away():
    Changed.objects.create(category_id="LAP", council=make_council())

    assert rebuild_changed(today=TODAY).opportunities == 0
    assert not Changed.objects.exists()


def test_rebuild_changed_reads_only_contracts_of_the_touched_pairs(grouping):
    other = make_grouping(code="G2")
    two(grouping)
    touched = two(other)
    laptops(touched[0].council, date(2027, 9, 30), category=Category.objects.get(pk="TAB"))
    Changed.objects.create(category_id="LAP", council=touched[0].council)

    assert rebuild_changed(today=TODAY).contracts_considered == 2


def test_rebuild_changed_counts_councils_that_share_any_grouping_with_the_touched(grouping):
    """A council in two groupings may bring a contract to a pair of each."""
    other = make_grouping(code="G2")
    shared, _ = two(grouping)
    shared.council.memberships.create(grouping=other)
    laptops(make_council(other), date(2027, 9, 30))
    Changed.objects.create(category_id="LAP", council=shared.council)

    rebuild_changed(today=TODAY)

    in_part = everything()
    rebuild()
    assert len(in_part) == 2
    assert everything() == in_part


def test_rebuild_opportunities_writes_only_what_is_not_as_it_was(grouping):
    other = make_grouping(code="G2")
    two(grouping)
    changed = two(other)[0]
    rebuild()
    Contract.objects.filter(pk=changed.pk).update(yearly_value=Decimal(90000))

    rebuilt = rebuild()

    assert (rebuilt.opportunities, rebuilt.written) == (2, 1)


@pytest.mark.parametrize("column", ["joins", "council_codes", "regime_note"])
def test_rebuild_opportunities_writes_again_what_is_not_as_it_was(column, grouping):
    two(grouping)
    rebuild()
    before = everything()
    Opportunity.objects.update(**{column: " something else "})

    assert rebuild().written == 1

    assert everything() == before


def test_rebuild_opportunities_counts_what_ends_in_the_same_look():
    two(make_grouping(code="E1", kind="region"))
    two(make_grouping(code="P1", kind="consortium"))

    rebuild()

    found = EndingDemand.objects.values_list("code", "contracts", "yearly_value")
    assert list(found) == [("LAP.E1.2027-04", 2, Decimal(80000))]


def test_rebuild_opportunities_writes_sums_of_what_ends_where_they_changed(grouping, monkeypatch):
    make_council(make_grouping(code="E1", kind="region"))
    contracts = two(make_grouping(code="E2", kind="region"))
    two(make_grouping(code="E3", kind="region"))
    rebuild()
    Contract.objects.filter(pk=contracts[0].pk).update(yearly_value=Decimal(90000))
    inserted = Mock(side_effect=bulk.insert)
    monkeypatch.setattr(bulk, "insert", inserted)

    rebuild()

    [rows] = [
        list(call.args[2]) for call in inserted.call_args_list if call.args[0] is EndingDemand
    ]
    assert [row[0] for row in rows] == ["LAP.E2.2027-04"]


def test_a_rebuild_that_dies_leaves_what_stood(grouping, monkeypatch):
    two(grouping)
    rebuild()
    before = everything()
    Contract.objects.update(yearly_value=Decimal(90000))
    monkeypatch.setattr(bulk, "insert", Mock(side_effect=MemoryError))

    with pytest.raises(MemoryError):
        rebuild()

    assert everything() == before


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test database is in memory, where readers wait"
)
@pytest.mark.django_db(transaction=True)
def test_two_rebuilds_at_once_wait_for_each_other_and_readers_for_neither(grouping, monkeypatch):
    two(grouping)
    rebuild()
    before = everything()
    Contract.objects.update(yearly_value=Decimal(90000))
    Changed.objects.create(category_id="LAP", council=Council.objects.first())
    removed, read = Event(), Event()
    insert = bulk.insert

    def slowly(*arguments):
        """The old rows are gone, and the new are not yet there."""
        removed.set()
        assert read.wait(20)
        insert(*arguments)

    monkeypatch.setattr(bulk, "insert", slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(in_thread, rebuild)
        assert removed.wait(20)
        second = pool.submit(in_thread, lambda: rebuild_changed(today=TODAY))
        seen = everything()
        read.set()
        first.result()
        second.result()

    assert seen == before
    assert {o["annual_value"] for o in everything().values()} == {Decimal("180000.00")}
    assert not Changed.objects.exists()


def in_thread(work):
    try:
        return work()
    finally:
        connection.close()


def test_the_nightly_task_looks_at_all_since_dates_pass(grouping, settings):
    two(grouping)
    rebuild()
    assert Opportunity.objects.exists()
    settings.TODAY = date(2028, 1, 1)

    (entry,) = (e for e in settings.CELERY_BEAT_SCHEDULE.values() if e["task"] == rebuild_all.name)
    rebuild_all()

    assert entry["schedule"].hour == {2}
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize("contracts", [2, 21])
def test_no_sum_is_too_large_to_be_kept(grouping, contracts):
    """Of 2 such the whole term comes to more than is kept, of 21 a year to more than fits."""
    council = make_council(grouping)
    laptops(make_council(grouping), date(2027, 9, 30))
    for _ in range(contracts):
        laptops(council, date(2027, 9, 30), yearly_value=Decimal("4899999999999.99"))

    rebuild()

    found = Opportunity.objects.get()
    assert found.total_value == MOST_KEPT
    assert max(found.annual_value, found.saving_high) <= MOST_KEPT
    assert EndingDemand.objects.get().yearly_value == found.annual_value
    assert rebuild().written == 0
