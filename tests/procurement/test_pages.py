"""Pages of opportunities and frameworks: what they show, in what order, at what cost."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.urls import reverse

from procurement import panels
from procurement.models import Framework, Opportunity
from registry.models import Category, Grouping
from registry.permissions import Powers
from tests.factories import (
    add_to_opportunity,
    joining,
    make_administrator,
    make_assumption,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_grouping,
    make_officer,
    make_opportunity,
    make_source,
    make_statement,
    make_upload,
)

pytestmark = pytest.mark.django_db
LIST = "/opportunities/"


@pytest.fixture
def grouping():
    return make_grouping(name="East of England")


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops and desktops")


@pytest.fixture
def joint_buy(grouping, laptops):
    """Two councils that could start on 1 October 2027, and one that could not."""
    one = make_contract(
        council=make_council(grouping, name="Fenwick"),
        category=laptops,
        title="Laptops of Fenwick",
        end_date=date(2027, 9, 30),
    )
    two = make_contract(
        council=make_council(grouping, name="Marshland"),
        category=laptops,
        title="Laptops of Marshland",
        end_date=date(2027, 3, 31),
        extension="up to 12 months",
        notice_period="2 months",
        latest_permitted_end=date(2028, 3, 31),
    )
    make_contract(
        council=make_council(grouping, name="Thorney"),
        category=laptops,
        title="Laptops of Thorney",
        end_date=date(2029, 3, 31),
    )
    return make_opportunity(one, two, grouping=grouping)


@pytest.fixture
def administrator(client):
    user = make_administrator()
    client.force_login(user)
    return user


def page(client, path, **asked):
    response = client.get(path, asked)
    assert response.status_code == 200
    return response.content.decode()


# The list


@pytest.mark.usefixtures("administrator", "assumed")
def test_list_begins_with_the_saving_most_likely_to_come_off(client):
    later = make_category(pooling=Category.Pooling.EXIT)
    large = make_opportunity(category=later, saving_mid=9000, saving_high=9000)
    ready = make_opportunity(saving_mid=5000, saving_high=6000)

    text = page(client, LIST)

    assert text.index(ready.get_absolute_url()) < text.index(large.get_absolute_url())
    # £9,000 at 0.4 is less than £5,000 at 1, and the page says so.
    assert "align dates and exit first, so counted at 40%" in text
    assert "Agree a specification first: 60%" in text


def test_list_is_in_order_of_savings_alone_without_reference_data(client, administrator):
    later = make_category(pooling=Category.Pooling.EXIT)
    large = make_opportunity(category=later, saving_mid=9000, saving_high=9000)
    small = make_opportunity(saving_mid=5000, saving_high=6000)

    text = page(client, LIST)

    assert text.index(large.get_absolute_url()) < text.index(small.get_absolute_url())


@pytest.mark.usefixtures("administrator", "assumed")
@pytest.mark.parametrize(("saving", "said"), [("4400", True), ("4500", False)])
def test_list_says_which_savings_do_not_cover_the_work(client, saving, said):
    # £18,000 over four years is £4,500 a year.
    make_opportunity(saving_low=0, saving_mid=saving, saving_high=9000)

    assert ("less over the usual term than leading it costs" in page(client, LIST)) is said


@pytest.mark.usefixtures("assumed")
def test_panels_say_which_savings_do_not_cover_the_work():
    council = make_council()
    contracts = (make_contract(council=council), make_contract())
    make_opportunity(*contracts, saving_low=0, saving_mid=4400, saving_high=9000)
    request = request_of(make_officer(council))

    for html in (panels.what_is_coming(request), panels.joint_buys_of_council(request, council)):
        assert "less over the usual term than leading it costs" in html


@pytest.mark.usefixtures("assumed")
def test_panels_lead_with_what_pays_though_councils_about_to_merge_come_first_in_the_list(client):
    merging = make_grouping(kind=Grouping.Kind.SUCCESSOR)
    loses = make_opportunity(grouping=merging, saving_mid=4400, saving_high=9000)
    pays = make_opportunity(saving_mid=4500, saving_high=9000)
    both = make_opportunity(grouping=merging, saving_mid=4600, saving_high=9000)
    reader = make_administrator()
    client.force_login(reader)

    def order(html):
        return sorted((loses, pays, both), key=lambda one: html.index(one.get_absolute_url()))

    panel = panels.what_is_coming(request_of(reader))
    assert order(panel) == [both, pays, loses]
    assert "What covers the work of leading it over the usual term comes first" in panel
    assert order(page(client, LIST)) == [both, loses, pays]


def test_list_leaves_out_runners_up_until_asked(client, administrator):
    runner_up = make_opportunity(alternative=True)

    assert runner_up.get_absolute_url() not in page(client, LIST)
    assert runner_up.get_absolute_url() in page(client, LIST, runners_up="on")


def test_list_is_narrowed_down(client, administrator):
    one = make_opportunity(start_date=date(2027, 10, 1), annual_value=Decimal(60_000))
    two = make_opportunity(start_date=date(2028, 4, 1), annual_value=Decimal(600_000))

    def found(**asked):
        text = page(client, LIST, **asked)
        return [o for o in (one, two) if o.get_absolute_url() in text]

    assert found(category=one.category_id) == [one]
    assert found(grouping=two.grouping_id) == [two]
    assert found(starts_after="2027-12-31") == [two]
    assert found(starts_before="2027-12-31") == [one]
    assert found(value="250000") == [two]


def test_list_of_an_officer_can_be_their_councils_own(client):
    opportunity = make_opportunity()
    council = joining(opportunity)[0].council
    client.force_login(make_officer(council))

    assert opportunity.get_absolute_url() in page(client, LIST, mine="on")


def test_list_with_a_slip_says_what_is_wrong(client, administrator):
    assert "There is a problem" in page(client, LIST, starts_after="31/31/2027")


@pytest.mark.parametrize("asked", [{}, {"value": "1000000"}])
def test_list_that_is_empty_says_what_lacks(client, administrator, asked):
    text = page(client, LIST, **asked)

    assert "no opportunity for you yet. Reference data is not loaded." in text


def test_list_that_is_empty_for_an_officer_speaks_of_their_groupings(
    client, grouping, laptops, assumed
):
    mine, *_ = make_council(grouping), make_council(grouping)
    others = make_grouping()
    for _ in range(2):
        make_contract(council=make_council(others), category=laptops)
    client.force_login(make_officer(mine))

    assert "None of these councils has shared its contract register" in page(client, LIST)


def test_list_where_nothing_fits_leads_to_all(client, administrator):
    make_opportunity()

    assert "No opportunity fits all of this" in page(client, LIST, value="1000000")


STOCK = ("Select a valid", "Enter a valid", "Ensure this", "Null characters")


@pytest.mark.parametrize("path", [LIST, "/coming/", "/frameworks/", "/contracts/", "/needs/"])
@pytest.mark.parametrize("said", ["nonsense", "-1", "2027-13-45", "a\x00b", "9" * 300])
def test_an_odd_filter_is_answered_in_words_that_say_what_to_do(client, path, said):
    client.force_login(make_administrator())
    names = ("category", "grouping", "council", "kind", "value", "sort", "supplier", "measure")
    asked = dict.fromkeys((*names, "region", "q", "starts_after", "ends_before"), said)

    text = page(client, path, **asked)

    assert "There is a problem" in text
    assert not any(words in text for words in STOCK)


@pytest.mark.parametrize("path", ["/councils/", "/suppliers/"])
@pytest.mark.parametrize("said", ["a\x00b", "9" * 300])
def test_odd_words_are_answered_in_words_that_say_what_to_do(client, path, said):
    assert not any(words in page(client, path, q=said) for words in STOCK)


def test_list_takes_the_same_queries_however_long(
    client, administrator, django_assert_max_num_queries
):
    for _ in range(6):
        make_opportunity()

    with django_assert_max_num_queries(10):
        page(client, LIST)


# One opportunity


def test_opportunity_tells_who_must_do_what_in_order_of_date(client, administrator, joint_buy):
    text = page(client, joint_buy.get_absolute_url())

    table = text[text.index("What each council must do") :]
    assert table.index("Marshland") < table.index("Fenwick")
    assert "Extend by 6 months to 30 September 2027; decide by 31 January 2027." in table
    assert "31 January 2027" in table


def test_opportunity_tells_who_cannot_join_and_why(client, administrator, joint_buy):
    text = page(client, joint_buy.get_absolute_url())

    outside = text[text.index("that cannot join") :]
    assert "Laptops of Thorney" in outside
    assert "it cannot be left before 31 March 2029" in outside
    assert "Cannot leave</strong>" in outside
    assert "Bridge needed" not in text
    assert "Cannot leave before 31 March 2029</text>" in text  # in the picture


@pytest.fixture
def by_agreement(grouping, laptops):
    """It misses by a month, which a tenth of its three years would cover."""
    make_assumption("term_change_percent", 10)
    return make_contract(
        council=make_council(grouping, name="Waterbeach"),
        category=laptops,
        title="Laptops of Waterbeach",
        end_date=date(2027, 8, 31),
        start_date=date(2024, 9, 1),
    )


def test_opportunity_marks_amber_what_only_agreement_gives_and_counts_it_nowhere(
    client, administrator, joint_buy, by_agreement
):
    text = page(client, joint_buy.get_absolute_url())

    amber = text[text.index("Only by agreement, and not counted</h2>") :]
    assert "a gap of 30 days to bridge" in amber or "a gap of 1 month to bridge" in amber
    assert "up to 10% under section 74 (not substantial)" in amber
    assert ">A</text>" in text  # the letter in the picture
    assert "2 councils with 2 contracts worth" in text  # the picture in words


def test_opportunity_in_scotland_knows_no_section_74(
    client, administrator, joint_buy, by_agreement
):
    joint_buy.grouping.nation = "Scotland"
    joint_buy.grouping.save()

    text = page(client, joint_buy.get_absolute_url())

    assert "section 74" not in text
    assert "Laptops of Waterbeach" in text[text.index("that cannot join") :]


def test_opportunity_tells_what_unknown_ends_could_add_and_whom_to_ask(
    client, administrator, joint_buy, grouping, laptops
):
    fen = make_council(grouping, name="Fen End")
    undated = {"council": fen, "category": laptops, "end_date": None}
    make_contract(title="Laptops for ever", yearly_value=Decimal(20_000), **undated)
    make_contract(yearly_value=Decimal(900), value_withheld=True, **undated)

    text = page(client, joint_buy.get_absolute_url())

    told = text[text.index("What unknown end dates could add</h2>") :]
    told = " ".join(told.split())
    assert "2 contracts with £20,000 a year have no known end." in told
    assert "up to <strong>£100,000</strong> a year instead of £80,000" in told
    assert "The value of 1 of them is not known." in told
    assert "Ask this council for the end date" in told
    assert told.index("Laptops for ever") < told.index("</ul>")


def test_opportunity_tells_what_is_counted_on_another_date(
    client, administrator, joint_buy, grouping, laptops
):
    make_contract(
        council=make_council(grouping),
        category=laptops,
        title="Laptops elsewhere",
        end_date=date(2027, 9, 30),
    )

    text = page(client, joint_buy.get_absolute_url())

    assert "1 more contract could start on this day too" in text
    assert "Laptops elsewhere" in text


def test_opportunity_has_its_picture_at_two_widths_with_a_description(
    client, administrator, joint_buy
):
    text = page(client, joint_buy.get_absolute_url())

    assert text.count("<svg") == 2
    assert text.count("<desc") == 2
    assert "style=" not in text


def test_opportunity_gives_money_as_a_range_with_reasons(client, administrator, joint_buy):
    text = page(client, joint_buy.get_absolute_url())

    assert "why this may be wrong" in text
    assert joint_buy.reasons[0] in text
    assert "Above threshold" in text


@pytest.mark.usefixtures("administrator", "assumed")
def test_opportunity_sets_the_work_beside_the_saving_and_says_what_is_left(client, joint_buy):
    text = page(client, joint_buy.get_absolute_url())

    assert "4 years at £4,800 a year" in text
    assert "£18,000. Assumed until a lead states its costs" in text
    assert "What is left" in text


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(("costs", "warned"), [("900000", True), ("1", False)])
def test_opportunity_warns_where_the_middle_saving_does_not_cover_the_work(
    client, joint_buy, costs, warned
):
    make_assumption("replacement_term_months", 48)
    make_assumption("lead_costs", costs)

    assert ("It may not be worth the work" in page(client, joint_buy.get_absolute_url())) is warned


@pytest.mark.usefixtures("administrator")
def test_opportunity_says_how_much_rests_on_notice_that_no_register_states(
    client, grouping, laptops, assumed
):
    rolling, fixed = (
        make_contract(
            council=make_council(grouping, short_name=name),
            category=laptops,
            rolling=rolling,
            end_date=None if rolling else date(2027, 9, 30),
            yearly_value=value,
        )
        for name, rolling, value in (("Fenwick", True, 30_000), ("Marsh", False, 90_000))
    )
    opportunity = make_opportunity(rolling, fixed, grouping=grouping, category=laptops)

    text = page(client, opportunity.get_absolute_url())

    assert "£30,000 of the £120,000 a year (25 per cent) rests on 1 contract" in text


def test_opportunity_compares_routes(client, administrator, joint_buy, laptops):
    make_framework(laptops, name="In time", reference="IN 1", ends=date(2029, 1, 1))
    make_framework(laptops, name="Too early", ends=date(2027, 1, 1))

    text = page(client, joint_buy.get_absolute_url())

    routes = text[text.index("Routes</h2>") :]
    assert routes.index("In time") < routes.index("do not count") < routes.index("Too early")
    assert "It ends on 1 January 2027, before the call-off." in routes
    assert "Align and let alone" in routes
    assert reverse("procurement:framework", args=["IN 1"]) in routes


@pytest.mark.usefixtures("administrator", "assumed")
def test_opportunity_says_when_each_route_could_start_and_what_it_costs(client, joint_buy, laptops):
    make_framework(laptops, lots=["Portables"], ends=date(2029, 1, 1), users="North West")

    text = page(client, joint_buy.get_absolute_url())

    routes = text[text.index("Routes</h2>") : text.index("The law, and by when")]
    assert routes.count('data-label="Earliest start"') == 4
    assert "Lot: Portables" in routes
    assert "0.50%" in routes
    assert "Competitive flexible procedure" in routes


def test_opportunity_names_the_other_dates_of_its_plan(
    client, administrator, joint_buy, grouping, laptops
):
    other = make_opportunity(grouping=grouping, category=laptops, start_date=date(2029, 4, 1))

    assert other.get_absolute_url() in page(client, joint_buy.get_absolute_url())


@pytest.mark.usefixtures("administrator")
def test_opportunity_takes_the_same_queries_however_many_join(
    client, joint_buy, django_assert_num_queries
):
    grouping, laptops = joint_buy.grouping, joint_buy.category
    make_assumption("lead_months", 6)
    for _ in range(6):
        contract = make_contract(council=make_council(grouping), category=laptops)
        add_to_opportunity(joint_buy, contract)
        make_contract(council=make_council(grouping), category=laptops)

    # Session, user, roles, the opportunity, contracts that join and those that do not, the rules of
    # the day (two), frameworks, other dates, successions, the joint buy, what is signed for, bands
    # of prices, what changed, what contracts promise.
    with django_assert_num_queries(16):
        page(client, joint_buy.get_absolute_url())


def test_asks_are_downloaded_one_row_a_contract_and_safe(client, administrator, joint_buy):
    _, contract = joining(joint_buy)
    contract.title = "=cmd()"
    contract.save()

    response = client.get(reverse("procurement:asks", args=[joint_buy.pk]))

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Council"] for row in rows] == ["Marshland", "Fenwick"]
    assert rows[0]["Contract"] == "'=cmd()"
    assert rows[0]["By"] == "2027-01-31"


# Frameworks


def test_frameworks_show_those_that_run_and_ended_ones_when_asked(client):
    make_framework(name="Runs")
    make_framework(name="Is over", ends=date(2026, 1, 1))
    make_framework(name="Reopens", ends=date(2026, 1, 1), scheme_ends=date(2030, 1, 1))

    text = page(client, "/frameworks/")

    assert "Runs" in text
    assert "Reopens" in text
    assert "Is over" not in text
    assert "Is over" in page(client, "/frameworks/", ended="on")


def test_frameworks_take_the_same_queries_however_many(client, django_assert_num_queries):
    for _ in range(5):
        make_framework(make_category(), make_category(), lots=["One", "Two"])

    # How many, frameworks, categories, lots, awards, what the law says; the filters' categories and
    # councils; how many can be joined, are in force, and are so by dates that are known.
    with django_assert_num_queries(11):
        page(client, "/frameworks/")


def test_frameworks_without_any_say_where_they_come_from(client):
    assert "Frameworks come from" in page(client, "/frameworks/")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Framework.Kind.FRAMEWORK, "When it is replaced"),
        (Framework.Kind.OPEN, "When it reopens"),
        (Framework.Kind.DYNAMIC_MARKET, "At any time"),
    ],
)
def test_framework_tells_when_suppliers_can_join(client, kind, words):
    framework = make_framework(kind=kind, starts=None, ends=None, fee_percent=None)

    text = page(client, framework.get_absolute_url())

    assert words in text
    assert "Start not known to an end not known" in text


def test_framework_names_the_joint_buys_it_could_serve(client, administrator, laptops):
    framework = make_framework(laptops)
    served = make_opportunity(category=laptops, served_by=framework.pk)
    other = make_opportunity(category=laptops)

    text = page(client, framework.get_absolute_url())

    assert served.get_absolute_url() in text
    assert other.get_absolute_url() not in text


# Panels on other apps' pages


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_panel_of_an_upload_shows_what_its_contracts_opened(joint_buy):
    contract = joining(joint_buy)[0]
    upload = make_upload(council=contract.council)
    source = make_source(council=contract.council, upload=upload.pk)
    make_statement(contract=contract, source=source)
    request = request_of(make_officer(contract.council))

    assert joint_buy.get_absolute_url() in panels.joint_buys_opened(request, upload)
    source.withdrawn_at = "2026-11-20T10:00Z"
    source.save()
    assert panels.joint_buys_opened(request, upload) == ""


def test_panel_of_a_contract_says_what_each_date_asks(joint_buy):
    _, contract = joining(joint_buy)
    request = request_of(make_administrator())

    html = panels.joint_buys_of_contract(request, contract)

    assert "Extend by 6 months to 30 September 2027; decide by 31 January 2027." in html


def test_panel_of_the_first_page_counts_for_everybody(client, joint_buy):
    text = page(client, "/")

    assert "1 date on which" in text
    assert joint_buy.get_absolute_url() not in text


def test_panel_shows_few_and_leads_to_all():
    council = make_council()
    contract = make_contract(council=council)
    for month in range(1, 8):
        make_opportunity(contract, make_contract(), start_date=date(2028, month, 1))
    request = request_of(make_officer(council))

    html = panels.joint_buys_of_council(request, council)

    assert html.count("app-opportunities__row") == panels.MOST_SHOWN
    assert LIST in html


# Which opportunities a person's list holds


def test_seen_by_nobody_is_nothing(joint_buy):
    assert not Opportunity.objects.seen_by(Powers()).exists()
