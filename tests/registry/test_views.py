"""The registry's pages: who sees what, how lists are narrowed down, and what a page costs."""

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from registry.models import Contract
from registry.paging import MOST_ROWS, CappedPaginator
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

COLUMNS = {
    name: {"column": letter, "heading": name, "rule": "as written"}
    for letter, name in zip(
        "ABCD", ("title", "end_date", "contact_email", "unit_price"), strict=True
    )
}


@pytest.fixture
def no_panels(monkeypatch):
    """What other apps show on these pages is counted in their own tests."""
    monkeypatch.setattr("registry.panels._places", defaultdict(list))


def page(client, name, *args, **query):
    response = client.get(reverse(f"registry:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.text


def stated_contract(**fields):
    """A contract with a statement of its public and its private facts."""
    contract = make.make_contract(**fields)
    source = make.make_source(council=contract.council, columns=COLUMNS)
    facts = {
        "title": contract.title,
        "end_date": "2027-03-31",
        "contact_email": "buyer@council.example",
        "unit_price": "412.50",
    }
    make.make_statement(contract=contract, source=source, row=17, facts=facts)
    return contract


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "sign_in",
        "councils",
        "contracts",
        "suppliers",
        "categories",
        "about",
        "accessibility",
    ],
)
def test_public_pages_open_while_there_is_nothing_yet(client, name):
    html = page(client, name)

    assert html.count("<h1") == 1


def test_pages_hold_no_inline_script_or_style(client):
    contract = stated_contract()

    for html in (
        page(client, "home"),
        page(client, "contract", contract.pk),
        page(client, "supplier", contract.supplier_id),
        page(client, "council", contract.council_id),
    ):
        assert " style=" not in html
        assert "<style" not in html
        assert html.count("<script") == html.count("<script src=") + html.count(
            '<script type="module" src='
        )


def test_home_pictures_what_is_coming_in_commodity_categories(client):
    laptops = make.make_category("LAP", name="Laptops")
    make.make_contract(category=laptops, end_date=date(2027, 3, 31), yearly_value=Decimal(71_638))
    make.make_contract(category=make.make_category("NON", kind="non", name="Grass cutting"))

    html = page(client, "home")

    assert "Laptops" in html
    assert "£71,600" in html
    assert f'href="{laptops.get_absolute_url()}"' in html
    assert "Grass cutting" not in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "laptops"}, {"Laptops for schools"}),
        ({"q": "for acme"}, {"Laptops for schools"}),
        ({"q": "nothing of it"}, set()),
        ({"ends_before": "2027-06-30"}, {"Laptops for schools"}),
        ({"ends_after": "2027-07-01"}, {"Phones"}),
        ({"category": "PHO"}, {"Phones"}),
        ({"kind": "grant"}, set()),
        ({"supplier": "3f2eb470-5e33-4d62-85bc-97110b20c3dd"}, set()),
        ({"ended": "on"}, {"Laptops for schools", "Phones", "Old line"}),
        ({}, {"Laptops for schools", "Phones"}),
    ],
)
def test_contracts_are_narrowed_down(client, query, titles):
    make.make_contract(title="Laptops for schools", supplier=make.make_supplier("Acme IT Ltd"))
    make.make_contract(
        title="Phones", category=make.make_category("PHO"), end_date=date(2028, 3, 31)
    )
    make.make_contract(title="Old line", end_date=date(2025, 3, 31))

    html = page(client, "contracts", **query)

    assert {t for t in ("Laptops for schools", "Phones", "Old line") if t in html} == titles


def test_contracts_open_on_ends_to_come_then_those_not_known_then_those_passed(client):
    for title, end in (
        ("Far", date(2030, 1, 1)),
        ("Over, may be extended", date(2025, 1, 1)),
        ("Just over, may be extended", date(2026, 1, 1)),
        ("Not known", None),
        ("Next", date(2027, 1, 1)),
    ):
        make.make_contract(title=title, end_date=end, latest_permitted_end=end and date(2031, 1, 1))

    html = page(client, "contracts")

    order = ("Next", "Far", "Not known", "Just over, may be extended", "Over, may be extended")
    places = [html.index(f">{title}<") for title in order]
    assert places == sorted(places)


def test_contracts_are_sorted_as_asked(client):
    make.make_contract(title="Smaller", yearly_value=Decimal(1), end_date=date(2027, 1, 1))
    make.make_contract(title="Larger", yearly_value=Decimal(2), end_date=date(2028, 1, 1))
    make.make_contract(title="Unknown", yearly_value=None, end_date=date(2027, 6, 1))

    by_end = page(client, "contracts")
    by_value = page(client, "contracts", sort="value")

    assert by_end.index("Smaller") < by_end.index("Unknown") < by_end.index("Larger")
    assert by_value.index("Larger") < by_value.index("Smaller") < by_value.index("Unknown")


@pytest.mark.parametrize("query", [{"ends_before": "31/11/2026"}, {"q": "a\x00b"}, {"page": "x"}])
def test_contracts_stay_a_page_whatever_is_asked(client, query):
    make.make_contract(title="Laptops for schools")

    assert "Laptops for schools" in page(client, "contracts", **query)


def test_withdrawn_contracts_are_shown_nowhere(client):
    contract = make.make_contract(title="Taken back", withdrawn=True)

    assert "Taken back" not in page(client, "contracts", ended="on")
    assert client.get(contract.get_absolute_url()).status_code == 404
    assert "Taken back" not in page(client, "council", contract.council_id)
    assert "Taken back" not in client.get(reverse("registry:contracts_csv")).getvalue().decode()


def test_contracts_csv_has_every_row_safe_and_nothing_private(client):
    make.make_contract(title='=HYPERLINK("http://evil.example")', contact_email="a@b.example")
    make.make_contract(title="Phones", unit_price=Decimal("412.50"), quantity=Decimal(97754))

    text = client.get(reverse("registry:contracts_csv")).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {row["Title"] for row in rows} == {'\'=HYPERLINK("http://evil.example")', "Phones"}
    assert "a@b.example" not in text
    assert "412.50" not in text
    assert "97754" not in text


def test_contracts_csv_refuses_filters_it_cannot_read(client):
    response = client.get(reverse("registry:contracts_csv"), {"ends_before": "soon"})

    assert response.status_code == 400


def test_contract_facts_open_to_their_cells(client):
    contract = stated_contract()

    html = page(client, "contract", contract.pk)

    assert "Cell A17 of sheet Contracts in register.xlsx" in html
    assert "31 March 2027" in html


def test_private_facts_are_for_the_councils_own_officers(client):
    contract = stated_contract()
    client.force_login(make.make_officer(contract.council))

    html = page(client, "contract", contract.pk)

    assert "buyer@council.example" in html
    assert "£412.50" in html


@pytest.mark.parametrize("person", [None, make.make_officer, make.make_buyer, make.make_user])
def test_private_facts_are_kept_from_everybody_else(client, person):
    contract = stated_contract()
    if person:
        client.force_login(person())

    html = page(client, "contract", contract.pk)

    assert "buyer@council.example" not in html
    assert "£412.50" not in html


def test_council_shows_its_decisions_in_order(client):
    council = make.make_council()
    make.make_contract(council=council, title="Ends later", end_date=date(2027, 8, 31))
    make.make_contract(
        council=council,
        title="Decide first",
        end_date=date(2027, 9, 30),
        extension="2 x 12 months",
        notice_period="6 months",
        latest_permitted_end=date(2029, 9, 30),
    )

    html = page(client, "council", council.pk)

    assert html.index("Decide first") < html.index("Ends later")
    assert "31 March 2027" in html or "30 March 2027" in html
    assert "30 September 2029" in html


def test_council_names_what_a_contract_costs_where_no_supplier_is_known(client):
    council = make.make_council()
    end, yearly = TODAY + timedelta(days=90), Decimal(12_600)
    make.make_contract(council=council, end_date=end, supplier_name="", yearly_value=yearly)

    said = " ".join(page(client, "council", council.pk).split())

    assert "£12,600 a year</div>" in said
    assert ", £12,600" not in said


def test_contract_says_that_an_amount_of_no_stated_basis_was_taken_as_a_total(client):
    taken = "taken as the total for the whole term"
    unknown = make.make_contract(annual_value=None, value_basis="unknown")
    stated = make.make_contract(annual_value=None, value_basis="total")

    assert taken in page(client, "contract", unknown.pk)
    assert taken not in page(client, "contract", stated.pk)


def test_council_counts_what_ends_within_a_year_and_no_longer(client):
    council = make.make_council()
    year = date(TODAY.year + 1, TODAY.month, TODAY.day)
    for end in (TODAY, year, year + timedelta(days=1)):
        make.make_contract(council=council, end_date=end)

    found = client.get(reverse("registry:council", args=[council.pk])).context

    assert found["ending"]["contracts"] == 2


def test_council_says_how_many_of_the_contracts_it_counts_have_not_begun(client):
    council = make.make_council()
    for start in (TODAY, TODAY + timedelta(days=1)):
        make.make_contract(council=council, start_date=start, end_date=date(2030, 3, 31))

    text = page(client, "council", council.pk)

    assert "contracts not known to have ended, 1 of them not yet begun" in text
    assert "a year between them, begun or not" in text


def test_council_tells_its_officers_what_their_register_lacks(client):
    contract = make.make_contract(supplier_company_number="")

    assert "How complete the register is" not in page(client, "council", contract.council_id)

    client.force_login(make.make_officer(contract.council))

    assert "company or charity number" in page(client, "council", contract.council_id)


def test_a_withheld_suppliers_number_is_not_told_in_place_of_its_name(client):
    contract = make.make_contract(
        supplier=None, supplier_name="", supplier_company_number="01234566"
    )
    assert "Company 01234566" in page(client, "contract", contract.pk)

    make.make_withholding(contract)

    assert "01234566" not in page(client, "contract", contract.pk)
    assert "01234566" not in page(client, "contracts")


def test_council_without_contracts_says_how_it_fills(client):
    assert "uploads its contract register" in page(client, "council", make.make_council().pk)


def test_council_made_up_for_samples_says_so(client):
    council = make.make_council(name="Westmarsh")

    assert "Westmarsh (invented)" in page(client, "council", council.pk)


def test_my_council_asks_strangers_to_sign_in(client):
    response = client.get(reverse("registry:my_council"))

    assert response.url.startswith(reverse("registry:sign_in"))


def test_home_leads_suppliers_and_communities_to_their_pages(client):
    main = client.get("/").content.decode().partition("<main")[2]

    assert all(f'href="{path}"' in main for path in ("/demand/", "/frameworks/", "/needs/"))


def test_my_council_takes_an_officer_home(client):
    council = make.make_council()
    client.force_login(make.make_officer(council))

    assert client.get(reverse("registry:my_council")).url == council.get_absolute_url()


def test_my_council_lets_an_officer_of_several_choose(client):
    councils = make.make_council(), make.make_council()
    client.force_login(make.make_officer(*councils))

    html = page(client, "my_council")

    assert all(council.get_absolute_url() in html for council in councils)


def test_my_council_takes_a_buyer_to_what_its_region_could_buy_together(client):
    client.force_login(make.make_buyer())

    address = client.get(reverse("registry:my_council")).url

    assert address == reverse("procurement:opportunities")


def test_my_council_of_a_person_without_any_says_whom_to_ask(client):
    client.force_login(make.make_user())

    response = client.get(reverse("registry:my_council"), follow=True)

    assert "Ask your administrator" in response.text


def test_signing_in_wrongly_says_what_to_check(client):
    response = client.post(reverse("registry:sign_in"), {"username": "x", "password": "y"})

    assert "There is a problem" in response.text
    assert "The user name or the password is wrong" in response.text


def test_signing_in_and_out_leads_home(client):
    make.make_user("olive")

    inside = client.post(
        reverse("registry:sign_in"), {"username": "olive", "password": make.PASSWORD}
    )
    out = client.post(reverse("registry:sign_out"))

    assert inside.url == out.url == reverse("registry:home")


def test_suppliers_are_found_by_any_of_their_names(client):
    supplier = make.make_supplier("Acme IT Ltd")
    supplier.names.create(name="ACME Computing", canonical="acme computing", because="same number")
    make.make_contract(supplier=supplier)
    make.make_contract(supplier=make.make_supplier("Other Ltd"))

    html = page(client, "suppliers", q="computing")

    assert "Acme IT Ltd" in html
    assert "Other Ltd" not in html


def test_supplier_tells_its_names_and_why(client):
    supplier = make.make_supplier("Acme IT Ltd", company_number="01234567")
    supplier.names.create(name="ACME Computing", canonical="acme computing", because="same number")
    make.make_contract(supplier=supplier)

    html = page(client, "supplier", supplier.pk)

    assert "ACME Computing" in html
    assert "same number" in html
    assert "01234567" in html
    assert "Companies House number" in html
    assert "GB-COH" not in html
    assert html.count("<svg") == 2  # for wide and for narrow screens


def test_supplier_lists_what_ends_next_first_and_says_of_how_many(client, monkeypatch):
    monkeypatch.setattr("registry.views.suppliers.MOST_CONTRACTS", 2)
    supplier = make.make_supplier("ACME SOFTWARE LIMITED")
    for title, year in (("Far", 2030), ("Long over", 2020), ("Next", 2027)):
        make.make_contract(
            title=title, supplier=supplier, start_date=None, end_date=date(year, 3, 31)
        )

    html = page(client, "supplier", supplier.pk)

    assert "2 of its 3 contracts, those that end next first" in html
    assert html.index(">Next<") < html.index(">Far<")
    assert "Long over" not in html
    assert f"?supplier={supplier.pk}&amp;ended=on" in html
    assert '<h1 class="govuk-heading-l">Acme Software Limited' in html


def test_what_has_ended_is_worth_nothing_a_year(client):
    council, category = make.make_council(), make.make_category("LAP")
    over = TODAY - timedelta(days=1)
    of_both = {"council": council, "category": category}
    make.make_contract(
        **of_both, yearly_value=Decimal(400_000), end_date=over, latest_permitted_end=over
    )
    make.make_contract(**of_both, yearly_value=Decimal(70_000))

    councils = client.get(reverse("registry:councils")).context["page"].object_list
    told = client.get(reverse("registry:category", args=["LAP"])).context

    assert [(one.number, one.value) for one in councils] == [(2, 70_000)]
    assert (told["totals"]["contracts"], told["totals"]["value"]) == (1, 70_000)
    assert [one.value for one in told["suppliers"]] == [70_000]


def test_category_counts_suppliers_of_its_own_contracts_only(client):
    supplier = make.make_supplier("Acme IT Ltd")
    laptops = make.make_category("LAP", name="Laptops")
    make.make_contract(category=laptops, supplier=supplier, yearly_value=Decimal(5000))
    make.make_contract(supplier=supplier, yearly_value=Decimal(900_000))

    html = page(client, "category", "LAP")

    assert "Acme IT Ltd" in html
    assert "£5,000" in html
    assert "£905,000" not in html


@pytest.mark.parametrize(
    ("name", "queries"),
    [("home", 3), ("contracts", 4), ("councils", 2), ("suppliers", 2), ("categories", 2)],
)
def test_list_pages_cost_the_same_however_long(
    client, django_assert_num_queries, no_panels, name, queries
):
    for _ in range(12):
        make.make_contract()

    with django_assert_num_queries(queries):
        page(client, name)


@pytest.mark.parametrize(
    ("name", "queries"), [("council", 5), ("contract", 2), ("supplier", 10), ("category", 5)]
)
def test_pages_of_one_thing_cost_the_same_however_much(
    client, django_assert_num_queries, no_panels, name, queries
):
    contract = stated_contract()
    for _ in range(12):
        make.make_contract(
            council=contract.council, supplier=contract.supplier, category=contract.category
        )
    subject = {
        "council": contract.council_id,
        "contract": contract.pk,
        "supplier": contract.supplier_id,
        "category": contract.category_id,
    }[name]

    with django_assert_num_queries(queries):
        page(client, name, subject)


def test_capped_paginator_counts_no_further_than_people_look():
    for _ in range(5):
        make.make_contract()
    paginator = CappedPaginator(Contract.objects.order_by("pk"), 2)

    assert (paginator.count, paginator.words) == (5, "5")
    assert MOST_ROWS == 10_000


@pytest.mark.parametrize("path", ["/nowhere/", "/councils/X99/", "/categories/X99/"])
def test_addresses_of_nothing_say_so_in_plain_words(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "There is no such page" in response.text


def test_a_fault_of_ours_is_owned_up_to(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("registry.views.home.numbers", lambda _: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text


def test_contracts_whose_category_is_undecided_are_a_list_to_review(client):
    make.make_contract(title="Annual renewal", category=None)
    make.make_contract(title="Laptops", category=make.make_category("LAP"))

    page = client.get("/categories/").content.decode()
    listed = client.get("/contracts/?category=undecided&ended=on").content.decode()

    assert "1 contract</a> waits for" in page
    assert "Annual renewal" in listed
    assert "Laptops</a>" not in listed


def test_lists_and_pages_count_what_is_worth_something_a_year_by_one_rule(client):
    """Ended ones are not; those without a known end, and those still to begin, are."""
    council, supplier = make.make_council(), make.make_supplier("Acme IT Ltd")
    over = TODAY - timedelta(days=1)
    of_both = {"council": council, "supplier": supplier, "category": make.make_category("LAP")}
    for value, fields in (
        (400_000, {"end_date": over, "latest_permitted_end": over}),
        (70_000, {}),
        (5_000, {"end_date": None, "latest_permitted_end": None}),
        (600, {"start_date": TODAY + timedelta(days=30)}),
    ):
        make.make_contract(**of_both, yearly_value=Decimal(value), **fields)

    def told(name, *args):
        return client.get(reverse(f"registry:{name}", args=args)).context

    of_supplier = told("supplier", supplier.pk)
    values = {
        "councils": told("councils")["page"].object_list[0].value,
        "suppliers": told("suppliers")["page"].object_list[0].value,
        "council": told("council", council.pk)["totals"]["value"],
        "supplier": of_supplier["totals"]["value"],
        "councils of the supplier": of_supplier["councils"][0].value,
        "categories of the supplier": of_supplier["categories"][0].value,
        "category": told("category", "LAP")["totals"]["value"],
    }

    assert set(values.values()) == {Decimal(75_600)}, values
