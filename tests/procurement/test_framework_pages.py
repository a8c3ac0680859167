"""What anybody reads of frameworks: joining, who is on them, who calls off, what does not fit."""

from datetime import date
from decimal import Decimal

import pytest

from procurement.actions.call_offs import link_call_offs
from procurement.actions.lot_suppliers import link_lot_suppliers
from procurement.models import CallOff, Framework, FrameworkOwner, FrameworkRule, LotSupplier
from registry.actions import withhold
from registry.models import Membership, Withholding
from tests.factories import (
    FROM,
    NOW,
    make_award,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_framework_file,
    make_grouping,
    make_lot,
    make_officer,
    make_supplier,
)

pytestmark = pytest.mark.django_db


def page(client, path, **asked):
    response = client.get(path, asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def framework():
    return make_framework(
        reference="RM6190",
        name="Technology Services 4",
        kind=Framework.Kind.OPEN,
        starts=date(2025, 12, 12),
        ends=date(2028, 6, 11),
        scheme_ends=date(2030, 12, 11),
        open_to="local authorities",
        maximum_value=Decimal(1_000_000),
    )


@pytest.mark.parametrize(("vat", "says"), [("gross", "including VAT"), ("net", "without VAT")])
def test_most_a_framework_can_be_used_for_says_whether_vat_is_in_it(client, framework, vat, says):
    Framework.objects.update(maximum_value_vat=vat)

    assert f"£1 million, {says}" in page(client, "/frameworks/RM6190/")


# The list


def test_where_none_can_be_joined_now_the_list_leads_to_when_they_next_can(client, framework):
    text = page(client, "/frameworks/", joinable="on")

    assert "Suppliers can join none of these today" in text
    assert "See when each can be joined" in text


def test_list_narrows_down_to_what_can_be_joined_now(client):
    make_framework(name="A market", kind=Framework.Kind.DYNAMIC_MARKET)
    make_framework(name="Closed one")
    opening = make_framework(name="Being tendered", starts=None, ends=None)
    make_award(opening, awarded_on=date(2027, 3, 1), apply_from=date(2026, 11, 1))
    opening.awards.update(apply_to=date(2026, 12, 1))

    text = page(client, "/frameworks/", joinable="on")

    assert "A market" in text
    assert "Now, until 1 December 2026" in text
    assert "Closed one" not in text


def test_list_says_first_how_many_can_be_joined_and_used_today(client):
    make_framework(name="Runs")
    make_framework(name="Begins later", starts=date(2027, 1, 1))
    make_framework(name="Start not known", starts=None)

    text = page(client, "/frameworks/")

    assert "Of 3 frameworks listed, suppliers can join none today." in text
    assert "can use 1 today, and perhaps 1 more whose first or last day is not known." in text
    make_framework(name="A market", kind=Framework.Kind.DYNAMIC_MARKET, ends=None)
    assert "Of 4 frameworks listed, suppliers can join 1 today." in page(client, "/frameworks/")


def test_list_leaves_out_what_a_council_may_not_use(client):
    north, council = make_grouping(), make_council()
    make_framework(name="For the north").places.add(north)
    make_framework(name="For ministries", open_to="other bodies")
    make_framework(name="For anybody", open_to="public bodies")
    make_framework(name="Does not say")

    text = page(client, "/frameworks/", council=council.pk)
    Membership.objects.create(grouping=north, council=council)
    member = page(client, "/frameworks/", council=council.pk)

    assert [name in text for name in ("For the north", "For ministries")] == [False, False]
    assert [name in text for name in ("For anybody", "Does not say")] == [True, True]
    assert "For the north" in member


def test_list_is_in_pages_and_is_searched_by_any_name(client):
    FrameworkOwner.objects.create(name="GCA", other_names="Crown Commercial Service", **FROM)
    for number in range(52):
        make_framework(name=f"Framework {number:02}", ends=date(2028, 1, 1))
    make_framework(
        name="Ends last", owner="GCA", ends=date(2027, 1, 1), scheme_ends=date(2030, 1, 1)
    )
    make_framework(name="No end known", ends=None)

    first, second = page(client, "/frameworks/"), page(client, "/frameworks/", page=2)

    assert "54 frameworks" in first
    assert "Framework 49" in first
    assert "Framework 50" not in first
    assert second.index("Framework 51") < second.index("Ends last") < second.index("No end known")
    found = page(client, "/frameworks/", q="crown service")
    assert "Ends last" in found
    assert "1 framework<" in found


def test_list_finds_a_framework_by_what_one_of_its_lots_is_for(client):
    category = make_category()
    make_lot(make_framework(make_category(), name="By its lot")).categories.add(category)
    make_framework(category, category, name="As a whole")
    make_framework(make_category(), name="Not at all")

    text = page(client, "/frameworks/", category=category.pk)

    assert "By its lot" in text
    assert "As a whole" in text
    assert "Not at all" not in text


# One framework


def test_page_answers_whether_one_can_join_with_day_rule_and_source(client, framework):
    make_award(framework, ends=date(2028, 6, 11))
    FrameworkRule.objects.create(
        code="open_second_award", years=3, meaning="Second", applies_from=date(2025, 2, 24), **FROM
    )

    text = page(client, framework.get_absolute_url())

    assert "Can a supplier join?" in text
    assert "must be awarded anew by 11 December 2028" in text
    assert "Source: made for a test, as at 20 November 2026" in text


def test_page_warns_of_dates_the_law_refuses_and_of_an_end_too_soon(client):
    FrameworkRule.objects.create(
        code="open_most", years=8, meaning="Longest", applies_from=date(2025, 2, 24), **FROM
    )
    wrong = make_framework(
        kind=Framework.Kind.OPEN, starts=date(2026, 1, 1), ends=None, scheme_ends=date(2035, 1, 1)
    )
    soon = make_framework(ends=date(2027, 2, 1))

    text = page(client, wrong.get_absolute_url())

    assert "1 January 2035 is too late" in text
    assert "Its last day is not known here" in text
    assert "would come too late" in page(client, soon.get_absolute_url())


def test_page_lists_call_offs_and_flags_what_does_not_fit(client, framework):
    on_it = make_supplier("Acme IT Limited")
    make_lot(framework, suppliers=["Acme IT Limited"])
    named = {"framework": "CCS RM6190", "supplier": on_it, "supplier_name": on_it.name}
    make_contract(title="Fits", start_date=date(2026, 2, 1), **named)
    make_contract(
        title="Too late, too much",
        start_date=date(2031, 1, 1),
        end_date=date(2032, 1, 1),
        total_value=2_000_000,
        **named,
    )
    make_contract(title="By name", framework="Technology Services 4", start_date=date(2026, 3, 1))
    make_contract(title="Of another", framework="Technology Services 3")
    link_lot_suppliers()
    link_call_offs()

    text = page(client, framework.get_absolute_url())

    assert "3 contracts whose registers name it" in text
    assert "linked by its reference" in text
    assert "linked by its name" in text
    assert "after the framework ended on 11 December 2030" in text
    assert "more than the whole framework’s maximum, £1,000,000" in text
    assert text.count("on none of the framework’s lots") == 1
    assert "Of another" not in text


def test_page_tells_nothing_of_what_a_council_withholds(client, framework):
    make_lot(framework, suppliers=["Acme IT Limited"])
    on_it = make_supplier("Acme IT Limited")
    kept_back = make_supplier("Secret Systems Limited")
    contract = make_contract(
        framework="RM6190",
        supplier=kept_back,
        supplier_name=kept_back.name,
        total_value=9_000_000,
        start_date=date(2026, 2, 1),
    )
    make_contract(supplier=on_it, supplier_name=on_it.name)
    for what in Withholding.What:
        withhold(contract, what=what, reason=Withholding.Reason.SECURITY, by=None)
    link_lot_suppliers()
    link_call_offs()

    text = page(client, framework.get_absolute_url())
    contracts = page(client, contract.get_absolute_url())
    client.force_login(make_officer(contract.council))
    own = page(client, framework.get_absolute_url())
    own_contract = page(client, contract.get_absolute_url())

    assert "The framework it was bought under" in contracts
    assert "What does not fit" not in contracts
    assert "none of the framework’s lots" in own_contract
    assert "Not told" in text
    assert "Secret Systems" not in text
    assert "none of the framework’s lots" not in text
    assert "maximum, £" not in text
    assert "none of the framework’s lots" in own


def test_a_supplier_known_from_withheld_contracts_alone_has_no_link(client, framework):
    kept_back = make_supplier("Secret Systems Limited")
    make_lot(framework, suppliers=[kept_back.name])
    contract = make_contract(supplier=kept_back, supplier_name=kept_back.name)
    withhold(contract, what="supplier", reason=Withholding.Reason.SECURITY, by=None)
    link_lot_suppliers()
    assert LotSupplier.objects.get().supplier == kept_back

    text = page(client, framework.get_absolute_url())
    told = client.get("/api/v1/frameworks/RM6190/").json()

    assert kept_back.name in text
    assert str(kept_back.pk) not in text
    assert told["lots"][0]["suppliers"] == [
        {"name": kept_back.name, "company_number": "", "supplier": None}
    ]


def test_the_council_s_own_place_decides_whether_it_may_use_it(client, framework):
    place = make_grouping()
    framework.places.add(place)
    make_contract(framework="RM6190", council=make_council(place), title="Inside")
    make_contract(framework="RM6190", title="Outside")
    link_call_offs()

    text = page(client, framework.get_absolute_url())

    assert text.count("not among those that may use") == 1


def test_page_takes_the_same_queries_however_much_there_is(
    client, framework, django_assert_num_queries
):
    framework.places.add(make_grouping())
    for number in range(1, 4):
        make_lot(framework, number, suppliers=["One", "Two"])
        make_award(framework, number, awarded_on=date(2025, 12, 12).replace(day=number))
        make_contract(framework="RM6190", start_date=date(2026, 3, 1))
    link_call_offs()

    # The framework with its categories, lots and theirs, awards and places (6), what the law says,
    # call-offs and their number, who is on it, where it may be used, lots with categories and
    # suppliers (3), lead time, its owner, notices; joint buys only where it has categories.
    with django_assert_num_queries(17):
        page(client, framework.get_absolute_url())


def test_a_notice_that_was_read_is_given_byte_for_byte(client, framework):
    content = b'{"releases": [], "odd":   1}\r\n'
    kept = make_framework_file(content, applied_at=NOW)
    kept.frameworks.add(framework)
    waiting = make_framework_file(content)

    assert f"/framework-notices/{kept.pk}.json" in page(client, framework.get_absolute_url())
    assert b"".join(client.get(f"/framework-notices/{kept.pk}.json")) == content
    assert client.get(f"/framework-notices/{waiting.pk}.json").status_code == 404


# Links


def test_links_follow_registers_and_frameworks(framework):
    contract = make_contract(framework="RM6190")

    assert link_call_offs() == 1
    assert link_call_offs() == 0
    contract.framework = "RM9999"
    contract.save()
    assert link_call_offs({make_council().pk}) == 0
    assert link_call_offs({contract.council_id}) == 1
    assert not CallOff.objects.exists()


@pytest.mark.parametrize(
    ("held", "stated", "linked"),
    [
        ({"name": "Acme IT Limited", "company_number": "01234567"}, ("Any", "01234567"), True),
        ({"name": "Acme IT Limited"}, ("ACME I.T. Ltd", ""), True),
        (
            {"name": "Acme IT Limited", "company_number": "01234567"},
            ("Acme IT Ltd", "07654321"),
            False,
        ),
        ({"name": "Other Firm Limited"}, ("Acme IT Limited", ""), False),
    ],
    ids=["by number", "by name", "same name, another number", "not known"],
)
def test_suppliers_on_lots_are_known_by_number_first_then_by_name(
    client, framework, held, stated, linked
):
    supplier = make_supplier(held["name"], company_number=held.get("company_number", ""))
    name, number = stated
    one = LotSupplier.objects.create(lot=make_lot(framework), name=name, company_number=number)

    link_lot_suppliers()

    make_contract(supplier=supplier, supplier_name=supplier.name)
    shown = page(client, supplier.get_absolute_url())

    assert ("Frameworks it is on" in shown) is linked
    one.refresh_from_db()
    assert one.supplier == (supplier if linked else None)
    assert bool(one.because) is linked


def test_a_supplier_that_was_merged_into_another_is_linked_as_that(framework):
    old, new = make_supplier("Acme IT Limited"), make_supplier("Acme Group plc")
    old.merged_into = new
    old.save()
    one = LotSupplier.objects.create(lot=make_lot(framework), name="Acme IT Limited")

    link_lot_suppliers()

    one.refresh_from_db()
    assert one.supplier == new
