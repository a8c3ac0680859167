"""What is coming: sums of contracts that end, the demand page, its files, and early talks."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from procurement.actions.demand import rebuild_endings, release_demand
from procurement.actions.opportunities import rebuild_changed
from procurement.models import (
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    Engagement,
    PriceRelease,
)
from procurement.pictures.tiles import PLACES, SHADES, Tile, shade_of, tile_map
from procurement.tasks import look_ahead
from registry.actions.digests import send_digests
from registry.models import Digest, Grouping
from tests.factories import (
    TODAY,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_demand_price,
    make_engagement,
    make_framework,
    make_grouping,
    make_intended_demand,
    make_joint_buy,
    make_officer,
    make_snapshot,
    make_user,
    make_withholding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """A region and a county in it, and a nation."""
    region = make_grouping(code="E12000002", name="North West")
    county = make_grouping(code="E10000017", name="Lancashire", kind=Grouping.Kind.COUNTY)
    wales = make_grouping(code="W92000004", name="Wales", nation="Wales")
    return {
        "laptops": make_category("LAP", name="Laptops"),
        "phones": make_category("MOBD", name="Phones"),
        "in_county": make_council(region, county),
        "in_region": make_council(region),
        "in_wales": make_council(wales),
    }


def ends(council, category, day, pounds="1000", **fields):
    fields = {"yearly_value": None if pounds is None else Decimal(pounds)} | fields
    return make_contract(council=council, category=category, end_date=day, **fields)


def cells():
    return {
        one.code: (one.contracts, one.with_value, one.yearly_value)
        for one in EndingDemand.objects.all()
    }


# Sums of contracts that end


def test_contracts_are_counted_by_category_area_and_half(places):
    laptops = places["laptops"]
    ends(places["in_county"], laptops, date(2027, 3, 31), "1000.50")
    ends(places["in_region"], laptops, TODAY, "2000")
    ends(places["in_region"], laptops, date(2027, 4, 1), None)
    ends(places["in_wales"], places["phones"], date(2030, 9, 30), "300")

    rebuild_endings(today=TODAY)

    assert cells() == {
        "LAP.E12000002.2026-10": (2, 2, Decimal("3000.50")),
        "LAP.E10000017.2026-10": (1, 1, Decimal("1000.50")),
        "LAP.E12000002.2027-04": (1, 0, Decimal(0)),
        "MOBD.W92000004.2030-04": (1, 1, Decimal(300)),
    }


def test_what_is_over_withdrawn_rolling_or_no_purchase_is_not_counted(places):
    council, laptops = places["in_region"], places["laptops"]
    ends(council, laptops, TODAY - timedelta(days=1))  # in the half-year under way
    ends(council, laptops, date(2027, 3, 31), withdrawn=True)
    ends(council, laptops, date(2027, 3, 31), kind="grant")
    ends(council, laptops, None, rolling=True)
    ends(council, make_category("OUT", kind="out"), date(2027, 3, 31))

    assert rebuild_endings(today=TODAY) == 0


def test_home_coming_and_demand_count_the_same_from_today_on(client, places):
    """What ended earlier in the period under way is coming nowhere."""
    council, laptops = places["in_region"], places["laptops"]
    ends(council, laptops, TODAY - timedelta(days=1), "70000")
    ends(council, laptops, TODAY, "2000")
    ends(council, laptops, date(2027, 3, 31), "300")
    ends(council, laptops, date(2027, 3, 31), "50000", kind="grant")
    rebuild_endings(today=TODAY)
    client.force_login(make_buyer())

    for address in ("/", "/coming/", "/demand/"):
        response = client.get(address)
        picture = response.context["coming" if address == "/" else "grid"]
        assert [row.total for row in picture.rows] == [Decimal(2300)], address
        assert picture.headings[0].period.first == TODAY, address
        assert "The first period begins on 20 November 2026" in response.text, address
    asked = client.get("/api/v1/demand/", {"area": "E12000002"}).json()["results"]
    assert [(row["half_from"], row["contracts"]) for row in asked] == [("2026-10-01", 2)]


def test_withheld_value_is_in_no_sum_and_its_contract_in_the_number(client, places, assumed):
    council, laptops = places["in_region"], places["laptops"]
    ends(council, laptops, date(2027, 3, 31), "5000")
    make_withholding(ends(council, laptops, date(2027, 3, 31), "777000"), what="value")
    rebuild_changed(today=TODAY)

    assert cells() == {"LAP.E12000002.2026-10": (2, 1, Decimal(5000))}
    # Nor to officers of the council, on what everybody sees alike.
    client.force_login(make_officer(council))
    assert "777" not in client.get("/demand/").content.decode()


def test_a_change_replaces_the_sums_of_its_category_alone(places, assumed):
    council = places["in_region"]
    contract = ends(council, places["laptops"], date(2027, 3, 31), "5000")
    ends(council, places["phones"], date(2027, 3, 31), "100")
    rebuild_endings(today=TODAY)
    EndingDemand.objects.filter(category="MOBD").update(contracts=99)

    make_withholding(contract, what="value")
    rebuild_changed(today=TODAY)

    assert cells() == {
        "LAP.E12000002.2026-10": (1, 0, Decimal(0)),
        "MOBD.E12000002.2026-10": (99, 1, Decimal(100)),
    }


def test_a_change_counts_the_areas_of_its_council_again_and_no_other(places, assumed):
    """In them whole: with other councils' contracts, and not in what else those are part of."""
    laptops = places["laptops"]
    changed = ends(places["in_region"], laptops, date(2027, 3, 31), "5000")
    ends(places["in_county"], laptops, date(2027, 3, 31), "1000")
    ends(places["in_wales"], laptops, date(2027, 3, 31), "300")
    rebuild_endings(today=TODAY)
    EndingDemand.objects.exclude(area="E12000002").update(contracts=99)

    make_withholding(changed, what="value")
    rebuild_changed(today=TODAY)

    assert cells() == {
        "LAP.E12000002.2026-10": (2, 1, Decimal(1000)),
        "LAP.E10000017.2026-10": (99, 1, Decimal(1000)),
        "LAP.W92000004.2026-10": (99, 1, Decimal(300)),
    }


def test_nightly_look_ahead_counts_and_makes_the_snapshot_once(places, assumed):
    ends(places["in_region"], places["laptops"], date(2027, 3, 31))

    look_ahead()
    look_ahead()

    assert len(cells()) == 1
    assert [one.pk for one in DemandSnapshot.objects.all()] == [date(2026, 10, 1)]


@pytest.mark.django_db(transaction=True)
def test_two_look_ahead_at_once_and_neither_fails(places, assumed):
    """A worker that rebuilds what changed, and the nightly run; on SQLite one waits anyhow."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    for year in range(2027, 2032):
        ends(places["in_county"], places["laptops"], date(year, 3, 31))

    def again(_worker):
        try:
            for _ in range(10):
                look_ahead()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(again, range(2)))

    assert len(cells()) == 10
    assert DemandSnapshot.objects.count() == 1


def test_without_reference_data_there_is_no_snapshot():
    assert release_demand(today=TODAY) is None
    assert not DemandSnapshot.objects.exists()


def test_price_bands_are_those_of_earlier_quarters_and_wider(places, assumed):
    fields = {"category": places["laptops"], "councils": 6, "held": {"E1": "433.21"}}
    for unit, quarter, low, high in (
        ("laptop", date(2026, 7, 1), "450", "560"),
        ("laptop", date(2026, 4, 1), "300", "400"),
        ("dock", date(2026, 10, 1), "90", "100"),  # of this very quarter
        ("screen", date(2026, 7, 1), None, None),  # taken back
    ):
        PriceRelease.objects.create(
            **fields, unit=unit, quarter=quarter, looked=quarter, low=low, high=high
        )

    release_demand(today=TODAY)

    [band] = DemandPrice.objects.all()
    assert (band.unit, band.low, band.high) == ("laptop", 400, 630)
    assert band.low <= Decimal(450)
    assert band.high >= Decimal(560)


# The page and its files


@pytest.fixture
def something_coming(places):
    ends(places["in_county"], places["laptops"], date(2027, 3, 31), "40000")
    ends(places["in_region"], places["phones"], date(2028, 3, 31), "20000")
    ends(places["in_wales"], places["laptops"], date(2027, 9, 30), "10000")
    rebuild_endings(today=TODAY)
    make_intended_demand(category=places["laptops"], area_id="E12000002", held={"E07999999": 643})
    make_demand_price(category=places["laptops"])
    return places


def page(client, query=""):
    return client.get(f"/demand/?{query}").content.decode()


def test_page_says_what_comes_where_when_and_how_to_get_it(client, something_coming, assumed):
    said = page(client)

    assert "3 public contracts of councils, worth £70,000 a year, end" in said
    assert "500 to 1,000" in said
    assert "£400" in said
    # The snapshot of the next quarter.
    assert "next on 15 January 2027" in said
    for address in ("/demand/contracts-ending.csv", "/api/v1/demand/", "/api/v1/intentions/"):
        assert f'href="{address}"' in said


@pytest.mark.parametrize(
    ("query", "contracts"),
    [
        ("category=LAP", "2 public contracts"),
        ("area=W92000004", "1 public contract"),
        ("area=E10000017", "1 public contract"),
        ("category=LAP&area=E12000002", "1 public contract"),
    ],
)
def test_page_is_narrowed_down_by_links(client, something_coming, query, contracts):
    said = page(client, query)

    assert contracts in said
    assert f'href="/demand/contracts-ending.csv?{query.replace("&", "&amp;")}"' in said


def test_what_is_not_known_is_said_and_not_asked_for(client, something_coming):
    said = page(client, "category=NOPE&area=E12000002")

    assert "We know no such category" in said
    assert "2 public contracts" in said


def test_empty_page_says_how_it_fills(client):
    said = page(client, "category=%00")

    assert "The picture fills with the registers they upload" in said
    assert "No snapshot has been released yet" in said


def test_what_is_intended_is_counted_in_the_word_the_joint_buy_uses(client, places):
    users = make_category("LICP", unit="user/month")
    make_intended_demand(category=users, area_id="E12000002")

    assert '<div class="app-under">user</div>' in page(client)
    [row] = table(client, "/demand/intentions.csv")
    assert row["Unit"] == "user"
    [told] = client.get("/api/v1/intentions/").json()["results"]
    assert told["unit"] == "user"
    assert client.get("/api/v1/intentions/?fields=unit").json()["results"] == [{"unit": "user"}]
    assert "user/month" not in client.get("/api/v1/intentions.csv").getvalue().decode()


EMPTY = "It has headings only: no price of any category has 5 or more councils behind it yet"


def test_page_says_why_the_file_of_prices_is_empty_and_when_the_next_comes(client, assumed):
    make_snapshot()
    said = page(client)

    assert f"{EMPTY}. The next snapshot comes on 15 January 2027." in said
    assert table(client, "/demand/prices.csv") == []


def test_page_says_nothing_of_an_empty_file_where_there_are_prices(
    client, something_coming, assumed
):
    assert "It has headings only" not in page(client)
    phones = something_coming["phones"]
    assert f"no price of {phones.name} has 5 or more" in page(client, f"category={phones.pk}")


def test_page_takes_the_same_queries_however_much_is_coming(
    client, something_coming, assumed, django_assert_num_queries
):
    for _ in range(5):
        council = make_council(make_grouping())
        ends(council, make_category(), date(2027, 3, 31))
    rebuild_endings(today=TODAY)

    with django_assert_num_queries(10):
        client.get("/demand/")


def table(client, address):
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_files_hold_what_the_page_shows(client, something_coming):
    [row] = table(client, "/demand/contracts-ending.csv?area=W92000004")
    assert (row["Category code"], row["Half-year from"], row["Half-year to"]) == (
        "LAP",
        "2027-04-01",
        "2027-09-30",
    )
    assert (row["Contracts that end"], row["Value a year in pounds"]) == ("1", "10000.00")

    assert len(table(client, "/demand/contracts-ending.csv")) == 4  # the county's as well
    assert table(client, "/demand/intentions.csv?area=W92000004") == []
    [band] = table(client, "/demand/prices.csv?area=W92000004")
    assert (band["As of"], band["Unit"]) == ("2026-10-01", "laptop")


@pytest.mark.parametrize("name", ["contracts-ending", "intentions", "prices"])
def test_file_of_what_is_not_known_is_refused_in_a_sentence(client, something_coming, name):
    answer = client.get(f"/demand/{name}.csv?category=NOPE")

    assert answer.status_code == 400
    assert answer.content.decode().startswith("We know no such category.")


def test_page_shows_the_last_released_snapshot_until_the_next_is_released(
    client, something_coming, assumed, settings
):
    make_snapshot(quarter=date(2027, 1, 1), released_on=date(2027, 1, 15))

    settings.TODAY = date(2027, 1, 14)
    assert "As of 1 October 2026" in page(client)
    assert "next on 15 January 2027" in page(client)
    settings.TODAY = date(2027, 1, 15)
    assert "As of 1 October 2026" not in page(client)
    assert "next on 15 April 2027" in page(client)


def test_api_tells_the_same(client, something_coming, assumed):
    def found(path, **asked):
        return client.get(f"/api/v1/{path}/", asked).json()["results"]

    assert [row["code"] for row in found("demand", area_kind="region")] == [
        "LAP.E12000002.2026-10",
        "LAP.W92000004.2027-04",
        "MOBD.E12000002.2027-10",
    ]
    assert [row["yearly_value"] for row in found("demand", area="E10000017")] == ["40000.00"]
    assert found("demand", half_from="2027-04-01", half_to="2027-04-01", category="MOBD") == []
    [row] = found("intentions", category="LAP", as_of="2026-10-01")
    assert (row["councils"], row["low"], row["below"]) == ("5 or more", 500, 1000)
    assert found("intentions", as_of="2026-07-01") == []
    [band] = found("prices")
    assert (band["low"], band["high"]) == ("400.00", "630.00")


@pytest.mark.parametrize(
    ("path", "queries"),
    [("demand/", 1), ("intentions/", 2), ("prices/", 1), ("engagements/", 1)],
)
def test_api_list_takes_the_same_queries(
    client, something_coming, path, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{path}")


# The map


def test_every_nation_and_region_has_a_place_of_its_own_and_letters():
    places = list(PLACES.values())

    assert len({(column, row) for column, row, _ in places}) == 12
    assert len({letters for _, _, letters in places}) == 12


def test_map_says_each_area_in_words_and_puts_unknown_ones_below():
    tiles = [
        Tile("E12000002", "North West", Decimal(1_200_000)),
        Tile("X1", "Invented <land>", Decimal(5)),
        Tile("W92000004", "Wales", None),
    ]

    drawn = tile_map(tiles)

    assert "NW</text>" in drawn
    assert "£1.2 million" in drawn
    assert "Invented &lt;land&gt;" in drawn
    assert ">–</text>" in drawn
    assert "North West" not in tile_map(tiles, compact=True)


def test_more_is_darker():
    shades = [shade_of(Decimal(n), Decimal(100)) for n in (0, 1, 25, 26, 75, 76, 100)]

    assert shades == [0, 1, 1, 2, 3, 4, len(SHADES) - 1]
    assert shade_of(Decimal(0), Decimal(0)) == 0


# Saved searches


def test_saved_search_of_demand_tells_what_is_new_once(client, something_coming, settings):
    user = make_user(email="sales@example.org")  # of no council
    Digest.objects.create(user=user, every="week")
    client.force_login(user)
    assert "Save this search" in page(client, "category=LAP&area=E12000002")
    search = {"page": "demand", "query": "category=LAP&area=E12000002", "name": "Laptops"}
    client.post(reverse("registry:save_search"), search)
    assert "Laptops" in client.get(reverse("registry:alerts")).content.decode()

    send_digests(today=TODAY)
    assert mail.outbox == []
    ends(something_coming["in_region"], something_coming["laptops"], date(2029, 3, 31), "7000")
    rebuild_endings(today=TODAY)
    send_digests(today=date(2026, 11, 30))

    [sent] = mail.outbox
    assert "Laptops, North West, Oct–Mar 2028–29: 1 contract, £7,000 a year" in sent.body


# Early talks


def test_talks_are_read_by_everybody_and_contacts_by_their_own_side_alone(client):
    council = make_council(name="Fenwick")
    one = make_engagement(council=council)
    address = reverse("procurement:engagements")

    for person in (None, make_user(), make_officer(), make_officer(council)):
        client.logout()
        if person:
            client.force_login(person)
        said = client.get(address).content.decode()
        assert "Fenwick" in said
        assert "Acme Ltd, Birch Ltd" in said
        own = bool(person and person.roles.filter(council=council))
        assert ("01234 567890" in said) == own
        assert ("Withdraw it" in said) == own
    told = client.get(f"/api/v1/engagements/{one.pk}/").json()
    assert told["suppliers"] == ["Acme Ltd", "Birch Ltd"]
    assert "Olive" not in str(told)


def test_joint_buy_that_talks_are_about_is_told_to_those_who_see_it(client):
    council = make_council()
    joint_buy = make_joint_buy(council)
    make_engagement(council=council, category=joint_buy.category, joint_buy=joint_buy)

    def says():
        return str(joint_buy.pk) in client.get("/engagements/").content.decode()

    assert not says()
    client.force_login(make_officer())
    assert not says()
    client.force_login(make_officer(council))
    assert says()
    assert str(joint_buy.pk) not in client.get("/api/v1/engagements/").content.decode()


def recorded(client, **fields):
    fields = {
        "held_on_0": "3",
        "held_on_1": "11",
        "held_on_2": "2026",
        "how": "meeting",
        "category": make_category("LAP").pk,
        "suppliers": " Acme Ltd \n\nAcme Ltd",
        "told": "What we buy.",
        "notice": "056289-2025",
    } | fields
    return client.post("/engagements/record/", fields)


def test_officer_or_buyer_records_talks(client):
    council, grouping = make_council(), make_grouping()
    for person in (make_officer(council), make_buyer(grouping)):
        client.force_login(person)
        assert recorded(client).status_code == 302

    first, second = Engagement.objects.order_by("pk")
    assert (first.council, first.firms, first.recorded_by.roles.count()) == (
        council,
        ["Acme Ltd"],
        1,
    )
    assert second.grouping == grouping


def test_the_number_of_a_notice_is_no_telephone_number(client):
    client.force_login(make_officer())

    assert recorded(client, told="As notice 056289-2025 has it.").status_code == 302


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"notice": ""}, "Give the notice, or say below why there is none."),
        ({"notice": "my notice"}, "Give the number as Find a Tender has it"),
        ({"held_on_2": "2027"}, "This day is still to come."),
        ({f"held_on_{n}": " " for n in range(3)}, "Give the day."),
        ({"told": "Ask jo@example.org."}, "leave out e-mail addresses"),
        ({"suppliers": "Acme Ltd, 01632 960 123"}, "leave out e-mail addresses"),
        ({"notice": "", "no_notice_because": "Ring +44 1632 960123"}, "leave out e-mail addresses"),
        ({"told": "\u200b"}, "Say what they were told and asked."),
        ({"suppliers": "\u200b"}, "Name the firms, one a line."),
        ({"suppliers": " \n "}, "Name the firms, one a line."),
        ({"suppliers": "\n".join(f"Firm {n}" for n in range(31))}, "Name at most 30 firms"),
        ({"document_url": "javascript:alert(1)"}, "Give a whole address"),
        ({"category": "OUT"}, "This is not in the list."),
    ],
)
def test_what_is_wrong_with_a_record_is_said(client, fields, says):
    client.force_login(make_officer())

    assert says in recorded(client, **fields).content.decode()
    assert not Engagement.objects.exists()


def test_no_notice_with_a_reason_is_recorded(client):
    client.force_login(make_officer())

    recorded(client, notice="", no_notice_because="It was about repairs alone.")

    assert "No notice: It was about repairs alone." in client.get("/engagements/").content.decode()


def test_joint_buy_of_somebody_else_or_of_another_category_is_refused(client):
    council = make_council()
    client.force_login(make_officer(council))
    others = make_joint_buy(category=make_category("LAP"))
    phones = make_joint_buy(council, category=make_category("MOBD"))

    for joint_buy in (others, phones):
        recorded(client, joint_buy=str(joint_buy.pk))

    assert not Engagement.objects.exists()


def test_withdrawn_talks_are_shown_nowhere_and_kept(client):
    council = make_council()
    one = make_engagement(council=council)
    client.force_login(make_officer(council))

    client.post(reverse("procurement:engagement_withdraw", args=[one.pk]))

    assert "Acme Ltd" not in client.get("/engagements/").content.decode()
    assert client.get("/api/v1/engagements/").json()["results"] == []
    assert client.get(f"/api/v1/engagements/{one.pk}/").status_code == 404
    one.refresh_from_db()
    assert one.withdrawn_at > datetime(2026, 1, 1, tzinfo=UTC)


def test_saved_search_of_frameworks_tells_what_is_new(client, assumed):
    user = make_user(email="sales@example.org")
    Digest.objects.create(user=user, every="week")
    client.force_login(user)
    category = make_category("LAP")
    make_framework(category, name="Known")
    search = {"page": "frameworks", "query": f"category={category.pk}", "name": "Laptops"}
    client.post(reverse("registry:save_search"), search)

    make_framework(category, name="Devices 2", owner="A buying body")
    make_framework(name="Of something else")
    send_digests(today=TODAY)

    [sent] = mail.outbox
    assert "Devices 2 (A buying body)" in sent.body
    assert "Known" not in sent.body
    assert "something else" not in sent.body


def test_one_field_of_a_price_band_can_be_asked_for_alone(client):
    price = make_demand_price()

    [found] = client.get("/api/v1/prices/?fields=unit").json()["results"]

    assert found == {"unit": price.unit}
