"""Groupings worked out when opened: members, windows, and the joint buys they become."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from procurement.actions import find_together, joint_buys, pledging, rebuild_opportunities
from procurement.actions.opportunities import opportunity_id
from procurement.models import Assumption, JointBuy, Opportunity, Pledge
from procurement.worked_out import worked_out
from registry.models import Category, Council, Grouping, Membership
from tests.factories import (
    TODAY,
    make_administrator,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_supplier,
    make_withholding,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("assumed")]
SOLD = {"end_date": date(2027, 9, 30)}


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops", kind=Category.Kind.COMMODITY)


@pytest.fixture
def seller():
    return make_supplier("Softly Ltd")


@pytest.fixture
def councils():
    """Two of a size that adjoin, one too large, one far off, and one of Wales."""
    facts = {
        "Ash": {"population": 100_000},
        "Birch": {"population": 120_000, "region": "East Midlands"},
        "Cedar": {"population": 400_000},
        "Dun": {"population": 100_000, "region": "South West"},
        "Elan": {"population": 100_000, "nation": "Wales", "region": "Wales"},
    }
    return {name: make_council(name=name, **one) for name, one in facts.items()}


@pytest.fixture
def contracts(councils, laptops, seller):
    return {
        name: make_contract(council=council, category=laptops, supplier=seller, **SOLD)
        for name, council in councils.items()
    }


def like(council):
    return f"LIKE-{council.pk}"


def same(seller, nation="E"):
    return f"SAME-{seller.pk.hex}-{nation}"


def among(code, council, category):
    return worked_out(code, category=category, council=council, day=TODAY)


def names(found, councils):
    return [name for name, council in councils.items() if council.pk in found.councils]


def address(council, code, category, *more, page="together_with"):
    return reverse(f"procurement:{page}", args=[council.pk, code, category.pk, *more])


def page(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Who is in them


def test_councils_like_one_are_near_it_and_of_its_size(councils, laptops):
    found = among(like(councils["Ash"]), councils["Ash"], laptops)

    assert names(found, councils) == ["Ash", "Birch"]
    assert "66,667 to 150,000 residents" in found.because


def test_every_source_of_the_populations_compared_is_named(councils, laptops):
    Council.objects.update(source="Counted by the state", as_at=date(2025, 7, 1))
    Council.objects.filter(name="Ash").update(source="Invented.", as_at=date(2026, 11, 2))
    Council.objects.filter(name="Dun").update(source="Not near")

    found = among(like(councils["Ash"]), councils["Ash"], laptops)

    says = "Populations: Counted by the state, as at 1 July 2025; Invented, as at 2 November 2026."
    assert says in found.because
    assert "Not near" not in found.because


def test_councils_with_one_supplier_are_of_one_nation(councils, contracts, laptops, seller):
    found = among(same(seller), councils["Ash"], laptops)

    assert names(found, councils) == ["Ash", "Birch", "Cedar", "Dun"]


def test_a_withheld_supplier_brings_no_council_in(councils, contracts, laptops, seller):
    make_withholding(contracts["Birch"], "supplier")

    found = among(same(seller), councils["Ash"], laptops)

    assert "Birch" not in names(found, councils)


@pytest.mark.usefixtures("contracts")
def test_a_council_opens_only_what_it_is_in(councils, laptops, seller):
    ash, dun, elan = (councils[name] for name in ("Ash", "Dun", "Elan"))

    assert among(like(ash), dun, laptops) is None
    assert among(same(seller, "W"), ash, laptops) is None
    assert among(same(seller), elan, laptops) is None
    for code in ("LIKE-nowhere", "SAME-zz", f"SAME-{seller.pk.hex}", "E12000004"):
        assert among(code, ash, laptops) is None


# Their windows


def test_windows_of_one_supplier_are_those_of_its_contracts_alone(
    councils, contracts, laptops, seller
):
    other = make_contract(council=councils["Ash"], category=laptops, yearly_value=9999, **SOLD)

    [found] = find_together(among(same(seller), councils["Ash"], laptops), laptops, today=TODAY)

    assert found.start_date == date(2027, 10, 1)
    assert found.annual_value == Decimal(160_000)
    assert other.pk not in found.contract_ids
    assert not Opportunity.objects.exists()
    assert not Grouping.objects.exists()


@pytest.mark.usefixtures("contracts")
def test_the_id_follows_from_category_grouping_and_date(councils, laptops):
    code = like(councils["Ash"])

    [found] = find_together(among(code, councils["Ash"], laptops), laptops, today=TODAY)

    assert found.pk == opportunity_id("LAP", code, date(2027, 10, 1))


def test_what_is_withheld_counts_as_not_known(councils, contracts, laptops):
    make_withholding(contracts["Birch"], "value")

    [found] = find_together(
        among(like(councils["Ash"]), councils["Ash"], laptops), laptops, today=TODAY
    )

    assert (found.councils, found.annual_value) == (2, Decimal(40_000))


# Their pages


@pytest.fixture
def officer(client, councils):
    user = make_officer(councils["Ash"])
    client.force_login(user)
    return user


@pytest.mark.usefixtures("officer", "contracts")
def test_a_council_is_shown_with_whom_it_could_buy(client, councils, seller, laptops):
    text = page(client, reverse("procurement:together", args=[councils["Ash"].pk]))

    assert address(councils["Ash"], same(seller), laptops) in text
    assert address(councils["Ash"], like(councils["Ash"]), laptops) in text
    assert "£160,000" in text[: text.index("Neighbours like us")]
    assert "£80,000" in text[text.index("Neighbours like us") :]
    assert "may still run, begun or not yet begun, of whatever age" in text


@pytest.mark.usefixtures("officer")
def test_a_council_that_shares_nothing_is_told_how_it_fills(client, councils, contracts):
    for name in ("Birch", "Cedar", "Dun", "Elan"):
        contracts[name].delete()

    text = page(client, reverse("procurement:together", args=[councils["Ash"].pk]))

    assert "No other council’s register names a supplier of yours" in text
    assert "No council like yours has a contract here" in text


@pytest.mark.usefixtures("officer", "contracts")
def test_the_list_says_how_much_of_a_sum_has_no_known_end_and_so_is_left_out_elsewhere(
    client, councils, laptops, seller
):
    where = reverse("procurement:together", args=[councils["Ash"].pk])
    assert "of it without a known end" not in page(client, where)

    make_contract(
        council=councils["Birch"], category=laptops, supplier=seller,
        yearly_value=Decimal(7_300), **{**SOLD, "end_date": None},
    )  # fmt: skip
    text = page(client, where)

    # Of the same supplier, and of councils alike.
    assert text.count("£7,300 of it without a known end") == 2
    assert "only contracts that state their end" in text


@pytest.mark.usefixtures("officer", "contracts")
def test_the_list_takes_the_same_queries_however_much_is_shared(
    client, councils, laptops, django_assert_num_queries
):
    for n in range(5):
        shared = {"supplier": make_supplier(), "category": make_category(f"K{n}")}
        make_contract(council=councils["Ash"], **shared, **SOLD)
        make_contract(council=councils["Birch"], **shared, **SOLD)

    # Session, user, council, roles, categories, own pairs, the size that is alike, councils,
    # suppliers, figures by supplier, own categories, figures by category.
    with django_assert_num_queries(12):
        page(client, reverse("procurement:together", args=[councils["Ash"].pk]))


@pytest.mark.usefixtures("officer", "contracts")
def test_windows_are_shown_as_those_of_stored_opportunities(client, councils, laptops, seller):
    text = page(client, address(councils["Ash"], same(seller), laptops))

    assert "Shall we start together on 1 October 2027?" in text
    assert "What each council must do" in text
    assert "is no reason to award to it" in text
    assert text.count("<svg") == 2
    assert "lines.xlsx" not in text
    interest = address(
        councils["Ash"], same(seller), laptops, "2027-10-01", page="together_interest"
    )
    assert interest in text


@pytest.mark.usefixtures("officer", "contracts")
def test_windows_cost_the_same_however_many_join(
    client, councils, laptops, seller, django_assert_num_queries
):
    for _ in range(6):
        make_contract(council=make_council(), category=laptops, supplier=seller, **SOLD)

    with django_assert_num_queries(25):
        page(client, address(councils["Ash"], same(seller), laptops))


@pytest.mark.usefixtures("officer")
def test_no_window_says_what_would_help(client, councils, contracts, laptops):
    contracts["Birch"].delete()
    lacking = {"council": councils["Birch"], "end_date": None}
    make_contract(category=laptops, title="Laptops of Birch", **lacking)
    make_contract(category=make_category("TAB"), title="Tablets of Birch", **lacking)

    text = page(client, address(councils["Ash"], like(councils["Ash"]), laptops))

    assert "On no day of the coming five years" in text
    assert "1 contract has no known end" in text
    assert "Laptops of Birch" in text
    assert "Tablets of Birch" not in text


@pytest.mark.usefixtures("officer", "contracts")
def test_without_reference_data_no_date_is_found(client, councils, laptops):
    Assumption.objects.all().delete()

    text = page(client, address(councils["Ash"], like(councils["Ash"]), laptops))

    assert "On no day of the coming five years" in text


@pytest.mark.usefixtures("officer", "contracts")
@pytest.mark.parametrize("start", ["2027-11-01", "2031-02-30", "soon"])
def test_a_date_that_is_not_found_leads_to_those_that_are(client, councils, laptops, start):
    where = (councils["Ash"], like(councils["Ash"]), laptops)

    response = client.get(address(*where, start, page="together_on"))

    if start == "2027-11-01":
        assert response.url == address(*where)
    else:
        assert response.status_code == 404


@pytest.mark.usefixtures("officer", "contracts")
def test_a_category_that_is_not_bought_together_has_no_windows(client, councils):
    other = make_category("X9", kind="other")

    assert client.get(address(councils["Ash"], like(councils["Ash"]), other)).status_code == 404


@pytest.mark.usefixtures("officer")
def test_ways_in_from_ones_council_and_from_the_list(client, councils):
    here = reverse("procurement:together", args=[councils["Ash"].pk])

    assert here in page(client, councils["Ash"].get_absolute_url())
    assert here in page(client, reverse("procurement:opportunities"))
    assert here not in page(client, councils["Birch"].get_absolute_url())


# The joint buys they become


@pytest.fixture
def begun(request, client, councils, laptops, seller):
    """Ash's interest in buying with all that have its supplier."""
    request.getfixturevalue("officer")
    request.getfixturevalue("contracts")
    where = address(councils["Ash"], same(seller), laptops, "2027-10-01", page="together_interest")
    assert "first council that says it would lead" in page(client, where)
    response = client.post(where, {"council": councils["Ash"].pk})
    this = JointBuy.objects.get()
    assert response.url == this.get_absolute_url()
    return this


def test_interest_keeps_date_members_figures_and_councils(begun, councils, laptops, seller):
    assert begun.pk == opportunity_id("LAP", same(seller), date(2027, 10, 1))
    assert (begun.annual_value, begun.contracts) == (Decimal(160_000), 4)
    assert begun.members.count() == begun.participants.count() == 4
    assert names(SimpleNamespace(councils=begun.kept_councils.values_list("pk", flat=True)),
                 councils) == ["Ash", "Birch", "Cedar", "Dun"]  # fmt: skip
    assert [p.participant.council for p in Pledge.objects.of(begun)] == [councils["Ash"]]
    assert "Softly" not in begun.grouping.name  # it may come to be withheld


def test_interest_of_another_council_joins_the_same_joint_buy(
    client, begun, councils, laptops, seller
):
    client.force_login(make_officer(councils["Birch"]))
    where = address(
        councils["Birch"], same(seller), laptops, "2027-10-01", page="together_interest"
    )

    client.post(where, {"council": councils["Birch"].pk})

    assert JointBuy.objects.get() == begun
    assert Pledge.objects.of(begun).count() == 2


def test_councils_of_a_joint_buy_stay_those_of_its_first_day(begun):
    newcomer = make_council(name="Fern")

    assert begun.may_ask_in(TODAY).count() == 4
    with pytest.raises(joint_buys.NotDoneError, match="not among the councils with the same"):
        joint_buys.invite(begun.pk, newcomer, today=TODAY, by=None)


def test_the_first_that_would_lead_leads(begun, councils):
    said = dict.fromkeys(pledging.QUANTITIES, 50) | {"would_lead": True}
    for name in ("Birch", "Ash"):
        participant = begun.participants.get(council=councils[name])
        pledging.pledge(participant, Pledge.Step.INTENDS, today=TODAY, by=None, **said)

    assert begun.participants.get(leads=True).council == councils["Birch"]


def test_rebuilds_store_nothing_for_a_kept_grouping_and_leave_the_buy(begun):
    rebuild_opportunities(today=TODAY)

    assert not Opportunity.objects.exists()
    assert not Membership.objects.exists()
    assert JointBuy.objects.get().annual_value == Decimal(160_000)


def test_the_joint_buys_page_leads_to_what_it_would_be_now(client, begun, councils, laptops):
    text = page(client, begun.get_absolute_url())

    assert address(councils["Ash"], begun.grouping_id, laptops) in text
    assert "No other date of the same things" not in text


def test_a_kept_grouping_tells_the_public_nothing(client, begun):
    listed = client.get("/api/v1/groupings/").json()["results"]

    assert listed == []
    assert client.get(f"/api/v1/groupings/{begun.grouping_id}/").status_code == 404
    for asked in (f"contracts/?grouping={begun.grouping_id}", "contracts/?grouping=SAME-0-E"):
        assert client.get(f"/api/v1/{asked}").json()["results"] == []


def test_an_administrator_runs_what_has_no_buyer(client, begun):
    client.force_login(make_administrator())

    assert "as its lead authority or an administrator" in page(client, begun.get_absolute_url())


def test_a_buyer_is_not_led_to_what_is_worked_out_for_a_council_s_officers(
    client, councils, contracts
):
    region = make_grouping()
    for council in councils.values():
        Membership.objects.create(grouping=region, council=council)
    ash = councils["Ash"]
    leads_to = reverse("procurement:together", args=[ash.pk])

    client.force_login(make_officer(ash))
    assert leads_to in page(client, ash.get_absolute_url())
    client.force_login(make_buyer(region))
    assert client.get(leads_to).status_code == 403
    for path in (ash.get_absolute_url(), reverse("procurement:opportunities"), "/"):
        assert leads_to not in page(client, path)
