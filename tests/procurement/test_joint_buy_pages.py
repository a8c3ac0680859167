"""Pages of joint buys: each council sees only what it may, and moves by questions and a check."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.actions import joint_buys, pledging
from procurement.models import JointBuy, JointBuyMember, Pledge
from registry.models import Category
from tests.factories import (
    TODAY,
    joining,
    make_assumption,
    make_buyer,
    make_contract,
    make_council,
    make_grouping,
    make_joint_buy,
    make_officer,
    make_opportunity,
    make_pledge,
    make_withholding,
)

pytestmark = pytest.mark.django_db
IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def grouping():
    return make_grouping(name="East of England")


@pytest.fixture
def councils(grouping):
    return {
        name: make_council(grouping, name=f"{name} Council", short_name=name)
        for name in ("Ash", "Birch", "Cedar")
    }


@pytest.fixture
def joint_buy(grouping, councils):
    """Ash would lead, Birch and Cedar commit on conditions, and Cedar's are not met."""
    this = make_joint_buy(*councils.values(), grouping=grouping)
    make_pledge(this, councils["Ash"], "commits", 311, would_lead=True)
    make_pledge(
        this,
        councils["Birch"],
        "commits",
        422,
        most_price=Decimal("777.01"),
        specification={"memory": "16 GB"},
    )
    make_pledge(
        this,
        councils["Cedar"],
        "commits",
        533,
        most_price=Decimal("555.02"),
        least_quantity=100,
        specification={"memory": "8 GB"},
    )
    joint_buys.set_lead(this.pk, councils["Ash"], by=None)
    joint_buys.expect_prices(this.pk, [(1, Decimal("644.03"))], by=None)
    pledging.resolve_commitments(this.pk, by=None)
    return this


def page(client, person, path):
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def heads(text):
    """The columns of what is saved beside the work it takes."""
    table = text[text.index("What is saved beside the work") :]
    return re.findall(r'columnheader">([^<]+)<', table[: table.index("</thead>")])


def url(name, this):
    return reverse(f"procurement:{name}", args=[this.pk])


def go(client, this, name, **said):
    response = client.post(url(name, this), said)
    assert response.status_code == 302, response.content.decode()
    return response.url


# Who sees what

OF_BIRCH = ("422", "777.01", "16 GB")
OF_CEDAR = ("533", "555.02", "8 GB")
OF_THOSE_WHO_RUN_IT = ("644.03", "1,266", "733")


def tells(text, words):
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)


@pytest.mark.parametrize("where", ["joint_buy", "joint_buy_history"])
def test_council_sees_its_own_word_and_of_others_the_step(client, joint_buy, councils, where):
    # Identifiers and codes are chance, and may hold any number that a page must not tell.
    text = IDENTIFIER.sub("", page(client, make_officer(councils["Birch"]), url(where, joint_buy)))

    assert all(words in text for words in ("422", "777.01", "Ash Council", "Cedar Council"))
    assert not [words for words in (*OF_CEDAR, *OF_THOSE_WHO_RUN_IT, "311") if tells(text, words)]


@pytest.mark.parametrize("where", ["joint_buy", "joint_buy_history"])
@pytest.mark.parametrize("who", ["lead", "buyer"])
def test_lead_and_buyer_see_every_word(client, joint_buy, councils, who, where):
    person = make_officer(councils["Ash"]) if who == "lead" else make_buyer(joint_buy.grouping)

    text = page(client, person, url(where, joint_buy))

    assert all(words in text for words in ("311", "422", "777.01", "533", "555.02"))


def test_who_falls_out_is_told_why_and_others_only_that(client, joint_buy, councils):
    address = url("joint_buy", joint_buy)
    full = "It pays at most £555.02 each, and the price would be £644.03."

    assert full in page(client, make_officer(councils["Ash"]), address)
    its_own = page(client, make_officer(councils["Cedar"]), address)
    assert "You pay at most £555.02 each, and the price would be more" in its_own
    assert "644.03" not in its_own
    others = page(client, make_officer(councils["Birch"]), address)
    assert "It falls out. Its own conditions were not met." in others


def test_share_by_quantity_is_kept_from_few(client, joint_buy, councils):
    terms = {"costs": Decimal("7330.00"), "cost_rule": "by quantity"}
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, **terms)
    address = url("joint_buy", joint_buy)

    assert "£4,220" in page(client, make_officer(councils["Ash"]), address)
    assert "£4,220" not in page(client, make_officer(councils["Birch"]), address)

    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, cost_rule="equally")
    assert "£3,665" in page(client, make_officer(councils["Birch"]), address)


def test_figures_of_that_day_are_kept_back_where_a_value_is_withheld_since(client, councils):
    own = make_contract(council=councils["Ash"])
    other = make_contract(council=councils["Birch"], category=own.category)
    opportunity = make_opportunity(own, other, annual_value=Decimal("81234.00"))
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)
    opportunity.delete()
    officer = make_officer(councils["Ash"])
    assert "£81,234" in page(client, officer, this.get_absolute_url())

    make_withholding(other, "value")

    assert "£81,234" not in page(client, officer, this.get_absolute_url())
    assert "£81,234" in page(client, make_officer(councils["Birch"]), this.get_absolute_url())


def test_what_would_be_better_now_stands_beside_what_it_was(client, grouping, councils):
    opportunity = make_opportunity(grouping=grouping)
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)
    opportunity.councils = 7
    opportunity.save()
    make_opportunity(
        category=opportunity.category,
        grouping=grouping,
        start_date=date(2028, 4, 1),
        saving_mid=opportunity.saving_mid + 1,
    )

    text = page(client, make_buyer(grouping), this.get_absolute_url())

    assert "2 councils with 2 contracts" in text
    assert "7 councils with 2 contracts" in text
    assert "1 April 2028" in text


def test_page_takes_the_same_queries_however_many_take_part(
    client, joint_buy, councils, grouping, django_assert_num_queries
):
    client.force_login(make_buyer(grouping))
    client.get(joint_buy.get_absolute_url())
    for _ in range(5):
        make_pledge(joint_buy, make_council(grouping), "intends", 5)

    with django_assert_num_queries(20):
        client.get(joint_buy.get_absolute_url())


# Begun


def test_officer_expresses_interest_and_the_opportunity_leads_to_the_joint_buy(client):
    opportunity = make_opportunity()
    council = joining(opportunity)[0].council
    text = page(client, make_officer(council), opportunity.get_absolute_url())
    assert url("interest", opportunity) in text

    address = go(client, opportunity, "interest", council=council.pk)

    this = JointBuy.objects.get()
    assert address == this.get_absolute_url()
    assert address in page(client, make_officer(council), opportunity.get_absolute_url())


def test_officer_expresses_no_interest_for_another_council(client):
    opportunity = make_opportunity()
    own, other = (contract.council for contract in joining(opportunity))
    client.force_login(make_officer(own))

    response = client.post(url("interest", opportunity), {"council": other.pk})

    assert response.status_code == 200
    assert not JointBuy.objects.exists()


def test_buyer_opens_it_without_interest_of_anybody(client, grouping):
    opportunity = make_opportunity(grouping=grouping)
    client.force_login(make_buyer(grouping))

    client.post(url("interest", opportunity), {"open": "yes"})

    assert JointBuy.objects.get().participants.count() == 2
    assert not Pledge.objects.exists()


def test_buyer_is_not_asked_to_open_what_is_open(client, grouping):
    opportunity = make_opportunity(grouping=grouping)
    buyer = make_buyer(grouping)
    assert "Open this joint buy?" in page(client, buyer, url("interest", opportunity))
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)

    text = page(client, buyer, url("interest", opportunity))

    assert "This joint buy is open" in text
    assert f'<a class="govuk-link" href="{this.get_absolute_url()}">' in text
    assert "Open this joint buy?" not in text
    assert "Open the joint buy</button>" not in text
    officer = make_officer(joining(opportunity)[0].council)
    asked = page(client, officer, url("interest", opportunity))
    assert this.get_absolute_url() in asked
    assert "Express interest</button>" in asked
    assert "the figures of today" not in asked


# Moving on the ladder

SPECIFICATION = "Memory: 16 GB\nSystem: Windows"
QUANTITIES = {"quantity_low": "10", "quantity_expected": "20", "quantity_high": "30"}


def answer_all(client, this, council):
    return [
        go(client, this, "move", council=council.pk, step="commits"),
        go(client, this, "pledge_quantities", **QUANTITIES),
        go(client, this, "pledge_specification", specification=SPECIFICATION),
        go(client, this, "pledge_switching", switching_once="2400", switching_yearly="50.5"),
        go(client, this, "pledge_leading", would_lead="no"),
        go(client, this, "pledge_conditions", least_councils="3", most_price="600.5"),
    ]


@pytest.mark.parametrize(
    ("unit", "counted"), [("user/month", ", counted by user<"), ("", "over the whole term<")]
)
def test_quantities_say_of_what_and_over_what_time_as_they_are_asked(
    client, joint_buy, councils, unit, counted
):
    Category.objects.filter(pk=joint_buy.category_id).update(unit=unit)
    officer = make_officer(councils["Birch"])
    client.force_login(officer)
    go(client, joint_buy, "move", council=councils["Birch"].pk, step="commits")

    asked = page(client, officer, url("pledge_quantities", joint_buy))
    assert "How many would you buy over the whole term?" in asked
    assert ("Counted by user." in asked) is bool(unit)
    buyer = make_buyer(joint_buy.grouping)
    said = page(client, buyer, joint_buy.get_absolute_url())
    # Of each of the three, and of the ladder's column.
    assert said.count(counted) >= 4
    assert "for 733 in all over the whole term" in said


def test_council_commits_by_questions_and_a_check(client, joint_buy, councils):
    birch = councils["Birch"]
    officer = make_officer(birch)
    client.force_login(officer)

    way = answer_all(client, joint_buy, birch)

    ends = ["quantities", "specification", "switching", "leading", "conditions", "check"]
    assert [address.rstrip("/").rpartition("/")[2] for address in way] == ends
    text = page(client, officer, way[-1])
    assert all(
        w in text for w in ("10 to 30, most likely 20", "Memory: 16 GB", "£600.50", "£2,400 once")
    )
    go(client, joint_buy, "pledge_check")
    said = Pledge.objects.standing().get(participant__council=birch)
    assert (said.step, said.quantity_expected, said.least_councils, said.most_price) == (
        "commits",
        20,
        3,
        Decimal("600.50"),
    )
    assert (said.switching_once, said.switching_yearly) == (2400, Decimal("50.50"))
    assert (said.specification, said.said_by) == (
        {"memory": "16 GB", "system": "Windows"},
        officer,
    )


def test_nothing_is_recorded_before_the_check(client, joint_buy, councils):
    client.force_login(make_officer(councils["Birch"]))
    before = Pledge.objects.count()

    answer_all(client, joint_buy, councils["Birch"])
    assert Pledge.objects.count() == before

    go(client, joint_buy, "pledge_check")
    again = client.post(url("pledge_check", joint_buy))
    assert again.url == url("move", joint_buy)
    assert Pledge.objects.count() == before + 1


def test_check_with_a_page_left_out_goes_to_that_page(client, joint_buy, councils):
    client.force_login(make_officer(councils["Birch"]))
    go(client, joint_buy, "move", council=councils["Birch"].pk, step="intends")

    assert client.post(url("pledge_check", joint_buy)).url == url("pledge_quantities", joint_buy)


def test_questions_begin_with_what_the_council_said_last(client, joint_buy, councils):
    officer = make_officer(councils["Birch"])
    client.force_login(officer)
    go(client, joint_buy, "move", council=councils["Birch"].pk, step="commits")

    assert 'value="422"' in page(client, officer, url("pledge_quantities", joint_buy))
    assert "Memory: 16 GB" in page(client, officer, url("pledge_specification", joint_buy))
    assert 'value="777.01"' in page(client, officer, url("pledge_conditions", joint_buy))


def test_officer_does_not_speak_for_another_council(client, joint_buy, councils):
    client.force_login(make_officer(councils["Birch"]))

    refused = client.post(
        url("move", joint_buy), {"council": councils["Cedar"].pk, "step": "watching"}
    )

    assert refused.status_code == 200
    assert client.post(url("pledge_check", joint_buy)).url == url("move", joint_buy)


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("quantities", {**QUANTITIES, "quantity_expected": "9"}, "less than the least you gave"),
        ("quantities", {**QUANTITIES, "quantity_high": "x"}, "Give a whole number"),
        ("specification", {"specification": "16 GB"}, "has no colon"),
        ("switching", {"switching_once": "much"}, "Give pounds as a number"),
        ("leading", {"x": ""}, "Choose yes or no"),
        ("conditions", {"most_price": "-1"}, "Give 0.01 or more"),
        ("conditions", {"least_councils": "0"}, "Give 1 or more"),
    ],
)
def test_slip_in_an_answer_says_what_to_do(client, joint_buy, name, said, fault):
    birch = joint_buy.participants.get(council__short_name="Birch").council
    client.force_login(make_officer(birch))
    go(client, joint_buy, "move", council=birch.pk, step="commits")

    response = client.post(url(f"pledge_{name}", joint_buy), said)

    assert fault in response.content.decode()


# The smallest menu


def test_the_menu_says_of_how_many_it_serves_its_share_and_who_specified_nothing(
    client, joint_buy, councils, grouping
):
    text = page(client, make_buyer(grouping), joint_buy.get_absolute_url())

    assert "serves 100% of the 955 of 1,266 that were specified" in text
    assert "Without a specification, so not counted in it: Ash (311)." in text


def test_the_menu_of_those_who_all_specified_names_one_number(
    client, joint_buy, councils, grouping
):
    make_pledge(joint_buy, councils["Ash"], "watching")

    text = page(client, make_buyer(grouping), joint_buy.get_absolute_url())

    assert "serves 100% of the 955 that were specified" in text
    assert "Without a specification" not in text


# What switching costs


def state_switching(this, councils):
    """Ash and Birch have a quarter of the value each; Cedar has the rest, and falls out."""
    for name, value in (("Ash", 20_000), ("Birch", 20_000), ("Cedar", 40_000)):
        contract = make_contract(council=councils[name], category=this.category)
        JointBuyMember.objects.create(
            joint_buy=this, contract=contract, council=councils[name],
            action="nothing", annual_value=value,
        )  # fmt: skip
    for name, once in (("Ash", 5200), ("Birch", 9600)):
        make_pledge(this, councils[name], "intends", 10, switching_once=once)


def weigh(this, councils, *, lead_costs=18_000):
    """What is set against a saving over four years: the lead's work, and switching as stated."""
    make_assumption("replacement_term_months", 48)
    make_assumption("lead_costs", lead_costs)
    state_switching(this, councils)


def test_switching_is_set_against_the_saving_for_the_buyer_and_the_own_part_for_officers(
    client, joint_buy, councils, grouping
):
    weigh(joint_buy, councils, lead_costs=0)
    cedar, birch, buyer = (
        make_officer(councils["Cedar"]),
        make_officer(councils["Birch"]),
        make_buyer(grouping),
    )

    def told(reader):
        client.force_login(reader)
        return page(client, reader, joint_buy.get_absolute_url())

    # Of £14,800 in all Birch's own part is £9,600, which is more than the £4,800 it saves.
    assert "£14,800. As 2 of 3 councils state it." in told(buyer)
    assert "Those that mean to buy" in told(buyer)
    assert "£9,600. As it states it." in told(birch)
    assert "about £4,800 is most likely saved, and £9,600 is spent on it" in told(birch)
    assert "Its share of the lead’s costs is not settled yet" in told(birch)
    assert not any(words in told(birch) for words in ("£14,800", "£5,200"))
    # £9,600 is also the most that all of it may save a year.
    assert told(cedar).count("£9,600") == 1
    assert not any(words in told(cedar) for words in ("£14,800", "£5,200", "As it states it"))


def test_the_leads_costs_stand_beside_the_saving_each_as_its_reader_may_know(
    client, joint_buy, councils, grouping
):
    weigh(joint_buy, councils)

    assert "£18,000. Assumed" in page(
        client, make_officer(councils["Cedar"]), joint_buy.get_absolute_url()
    )
    JointBuy.objects.filter(pk=joint_buy.pk).update(costs=6000)
    cedar, birch, buyer = (
        page(client, reader, joint_buy.get_absolute_url())
        for reader in (
            make_officer(councils["Cedar"]),
            make_officer(councils["Birch"]),
            make_buyer(grouping),
        )
    )

    # All of it saves £19,200 in four years; half of that for those that mean to buy, whose
    # switching alone costs £14,800.
    assert "£6,000. As its terms state." in cedar
    assert "£13,200" in cedar
    assert heads(buyer) == ["If all that could join do", "Those that mean to buy"]
    assert "£14,800. As 2 of 3 councils state it." in buyer
    assert "told to the lead and the buyer" in cedar
    assert "about £9,600 is most likely saved, and £20,800 is spent on it" in buyer
    # Birch's part saves £4,800, and it bears half of the lead's costs and its own switching.
    assert "£3,000. Its share of the lead’s costs." in birch
    assert "about £4,800 is most likely saved, and £12,600 is spent on it" in birch
    assert "14,800" not in birch


def test_page_says_who_is_among_those_that_mean_to_buy(client, joint_buy, councils, grouping):
    weigh(joint_buy, councils)
    make_pledge(joint_buy, councils["Birch"], "commits", 422, switching_once=9600)

    told = page(client, make_buyer(grouping), joint_buy.get_absolute_url())
    cedar = page(client, make_officer(councils["Cedar"]), joint_buy.get_absolute_url())

    assert "1 council whose commitment holds or is signed; 1 council with an intention" in told
    assert "Left out: 1 council falling out under its conditions." in told
    assert "Those whose commitment holds or is signed" in heads(told)
    assert "with an intention only" not in cedar


def test_no_payback_is_told_where_a_value_is_withheld_since(client, joint_buy, councils, grouping):
    weigh(joint_buy, councils)
    make_withholding(contract=joint_buy.members.first().contract, what="value")

    assert "pay for its work" not in page(
        client, make_buyer(grouping), joint_buy.get_absolute_url()
    )


# Run and signed


def test_buyer_runs_it_from_lead_to_signing(client, joint_buy, councils, grouping):
    client.force_login(make_buyer(grouping))
    go(client, joint_buy, "lead", council=councils["Ash"].pk)
    go(
        client, joint_buy, "terms",
        closing_date_0="1", closing_date_1="3", closing_date_2="2027",
        late_cap="40", costs="900", cost_rule="equally",
    )  # fmt: skip
    go(client, joint_buy, "expected_prices", prices="1 at £650\n1,000: 549.50")
    go(client, joint_buy, "minute", text="We met.")
    go(client, joint_buy, "close")

    joint_buy.refresh_from_db()
    assert (joint_buy.closing_date, joint_buy.late_cap) == (date(2027, 3, 1), 40)
    assert [p.price for p in joint_buy.expected_prices.all()] == [650, Decimal("549.50")]
    assert joint_buy.closed_at
    # With the lower price from 1,000 on, all three hold.
    for council in councils.values():
        officer = make_officer(council)
        assert f"Sign for {council.short_name}" in page(client, officer, url("sign", joint_buy))
        go(client, joint_buy, "signed", council=council.pk)
    signed = Pledge.objects.of(joint_buy).standing().filter(step="signed")
    assert signed.count() == 3


def test_closing_is_offered_once_it_can_be_done_and_until_then_what_lacks_is_said(
    client, joint_buy, grouping
):
    buyer = make_buyer(grouping)
    assert url("close", joint_buy) in page(client, buyer, joint_buy.get_absolute_url())

    joint_buy.participants.update(leads=False)
    without_lead = page(client, buyer, joint_buy.get_absolute_url())
    assert url("close", joint_buy) not in without_lead
    assert "cannot be closed for signing yet. Choose the lead authority first." in without_lead
    assert client.get(url("close", joint_buy)).url == joint_buy.get_absolute_url()

    joint_buy.participants.filter(council__name="Ash Council").update(leads=True)
    for council in [one.council for one in joint_buy.participants.all()]:
        make_pledge(joint_buy, council, "watching")
    text = page(client, buyer, joint_buy.get_absolute_url())
    assert url("close", joint_buy) not in text
    assert "No commitments hold together" in text


def test_what_cannot_be_done_is_said_in_place(client, joint_buy, grouping):
    client.force_login(make_buyer(grouping))

    response = client.post(url("expected_prices", joint_buy), {"prices": "1 at 5\n2 at 6"})

    assert "not dearer" in response.content.decode()
    response = client.post(url("expected_prices", joint_buy), {"prices": "cheap"})
    assert "is not like 500 at £590" in response.content.decode()


def test_who_signs_sees_what_it_signs_for_and_what_is_not_known(client, joint_buy, councils):
    contract = make_contract(council=councils["Birch"], category=joint_buy.category)
    JointBuyMember.objects.create(
        joint_buy=joint_buy, contract=contract, council=councils["Birch"],
        action="nothing", annual_value=21_700,
    )  # fmt: skip
    pledging.close(joint_buy.pk, by=None)

    birch = page(client, make_officer(councils["Birch"]), url("sign", joint_buy))
    ash = page(client, make_officer(councils["Ash"]), url("sign", joint_buy))

    # Its part of the joint buy's £80,000 and so of its saving, no more exact than an estimate is.
    assert "£21,700" in birch
    assert "£400 to £2,600, most likely £1,300" in birch
    assert "Not known: the lead has not stated its costs" in birch
    assert "At most £777.01 each, as you asked" in birch
    assert "Your conditions are met, so they fall away when you sign." in birch
    assert "644.03" not in birch
    assert "£644.03 each" in ash
    assert "Not known: no contract of yours was in it" in ash
    assert "A signature is not taken back here." in ash
    assert "Your conditions are met" not in ash


def test_share_of_the_leads_costs_is_told_where_it_is_signed_for(client, joint_buy, councils):
    terms = {"costs": Decimal("7330.00"), "cost_rule": "equally"}
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, **terms)
    pledging.close(joint_buy.pk, by=None)

    text = page(client, make_officer(councils["Birch"]), url("sign", joint_buy))

    assert "£3,665" in text
    assert "not stated its costs" not in text


def test_before_closing_what_is_not_set_is_listed(client, joint_buy, grouping):
    buyer = make_buyer(grouping)
    text = page(client, buyer, url("close", joint_buy))
    assert "<li>A closing date: it closes today" in text
    assert "<li>The lead’s costs: no council knows its part" in text
    assert "<li>An expected price" not in text

    terms = {"closing_date": date(2027, 3, 1), "costs": Decimal(900)}
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, **terms)
    assert "Not set" not in page(client, buyer, url("close", joint_buy))

    joint_buy.expected_prices.all().delete()
    make_pledge(
        joint_buy, joint_buy.participants.get(council__name="Birch Council").council, "commits", 9
    )
    assert "<li>An expected price" in page(client, buyer, url("close", joint_buy))


def test_once_closed_nothing_is_told_as_if_it_were_open(client, joint_buy, grouping):
    buyer = make_buyer(grouping)
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, closing_date=date(2027, 3, 1))
    still_open = page(client, buyer, joint_buy.get_absolute_url())
    assert "Closes on 1 March 2027." in still_open
    assert "counted when they are next resolved" in still_open

    pledging.close(joint_buy.pk, by=None)
    closed = page(client, buyer, joint_buy.get_absolute_url())
    assert "Closes on" not in closed.partition("Latest minutes")[0]
    assert "counted when they are next resolved" not in closed


def test_late_joiner_is_admitted_and_signs(client, joint_buy, councils, grouping):
    late = make_council(grouping, name="Dun Council")
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, late_cap=40)
    pledging.close(joint_buy.pk, by=None)
    client.force_login(make_buyer(grouping))
    refused = client.post(url("admit", joint_buy), {"council": late.pk, "quantity": "41"})
    assert "may add 40 more, not 41" in refused.content.decode()
    go(client, joint_buy, "admit", council=late.pk, quantity="40")

    client.force_login(make_officer(late))
    go(client, joint_buy, "signed", council=late.pk)

    assert Pledge.objects.standing().get(participant__council=late).quantity_expected == 40


def test_nobody_signs_for_another_council(client, joint_buy, councils):
    pledging.close(joint_buy.pk, by=None)
    client.force_login(make_officer(councils["Birch"]))

    client.post(url("signed", joint_buy), {"council": councils["Ash"].pk})

    assert not Pledge.objects.filter(step="signed").exists()


def test_list_holds_those_one_is_asked_into(client, joint_buy, councils):
    address = joint_buy.get_absolute_url()
    other = make_joint_buy().get_absolute_url()

    text = page(client, make_officer(councils["Birch"]), reverse("procurement:joint_buys"))

    assert address in text
    assert other not in text
    assert "No joint buy is under way for you" in page(
        client, make_officer(), reverse("procurement:joint_buys")
    )


def test_council_s_page_leads_to_what_it_is_asked_into(client, joint_buy, councils):
    address = joint_buy.get_absolute_url()
    of_birch = councils["Birch"].get_absolute_url()

    assert "commits, on conditions" in page(client, make_officer(councils["Birch"]), of_birch)
    assert address in page(client, make_officer(councils["Ash"]), of_birch)
    assert address not in page(client, make_officer(), of_birch)
    client.logout()
    assert address not in client.get(of_birch).content.decode()
