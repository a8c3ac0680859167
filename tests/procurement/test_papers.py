"""An opportunity to take along: a document of one page and a workbook of its lines."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from procurement.business_case import MOST_DEEDS, MOST_DOUBTS, NOT_COUNTED, NOT_STATED
from procurement.models import Opportunity
from procurement.payback import KEPT
from tests.factories import (
    joining,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_joint_buy,
    make_officer,
    make_opportunity,
    make_pledge,
    make_supplier,
    make_withholding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grouping():
    return make_grouping(name="East of England")


@pytest.fixture
def contracts(grouping):
    laptops = make_category("LAP", name="Laptops")
    return [
        make_contract(
            council=make_council(grouping, name=name),
            category=laptops,
            supplier=make_supplier(f"Seller to {name}"),
            title="=Laptops\x0b",
            yearly_value=Decimal(20_000),
        )
        for name in ("Fenwick", "Marshland")
    ]


@pytest.fixture
def opportunity(contracts, grouping):
    return make_opportunity(*contracts, grouping=grouping)


@pytest.fixture(autouse=True)
def buyer(client, grouping):
    client.force_login(make_buyer(grouping))


def fetched(client, name, opportunity):
    response = client.get(reverse(f"procurement:{name}", args=[opportunity.pk]))
    assert response.status_code == 200
    return BytesIO(b"".join(response.streaming_content))


def test_the_document_asks_its_question_and_says_what_may_be_wrong(client, opportunity):
    document = Document(fetched(client, "case_document", opportunity))

    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Buying together: Laptops, East of England" in told
    assert "to start on 1 October 2027?" in told
    assert "The councils may not need the same specification." in told
    facts, deeds = document.tables
    assert [cell.text for cell in facts.rows[0].cells] == [
        "Who could join",
        "2 councils with 2 contracts",
    ]
    assert {row.cells[0].text for row in deeds.rows} == {"Council", "Fenwick", "Marshland"}


def test_the_page_says_the_same(client, opportunity):
    page = client.get(reverse("procurement:case", args=[opportunity.pk])).content.decode()

    assert "Buying together: Laptops, East of England" in page
    assert "2 councils with 2 contracts" in page


def test_the_document_stays_short_and_says_what_it_leaves_out(client, contracts, grouping):
    laptops = contracts[0].category
    many = [
        make_contract(council=make_council(grouping), category=laptops)
        for _ in range(MOST_DEEDS + 2)
    ]
    document = Document(
        fetched(client, "case_document", make_opportunity(*many, grouping=grouping))
    )

    assert len(document.tables[1].rows) == MOST_DEEDS + 1
    assert "2 more contracts: see the workbook." in [p.text for p in document.paragraphs]


def test_paper_says_how_many_reasons_it_leaves_out_and_what_no_figure_counts(
    client, contracts, grouping
):
    reasons = [f"Reason {n}." for n in range(MOST_DOUBTS + 2)]
    opportunity = make_opportunity(*contracts, grouping=grouping, saving_reasons="\n".join(reasons))
    document = Document(fetched(client, "case_document", opportunity))
    page = client.get(reverse("procurement:case", args=[opportunity.pk])).content.decode()

    assert "2 more reasons: see the workbook." in [p.text for p in document.paragraphs]
    assert "2 more reasons: see the workbook." in page
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert facts["Not counted in it"] == NOT_COUNTED
    assert NOT_COUNTED in page


@pytest.mark.usefixtures("assumed")
def test_paper_leads_to_the_joint_buy_under_way(client, opportunity, grouping):
    page = client.get(reverse("procurement:case", args=[opportunity.pk])).content.decode()
    assert "under way" not in page

    councils = [contract.council for contract in joining(opportunity)]
    begun = make_joint_buy(*councils, grouping=grouping, pk=opportunity.pk)
    page = client.get(reverse("procurement:case", args=[opportunity.pk])).content.decode()
    document = Document(fetched(client, "case_document", opportunity))

    assert f'href="{begun.get_absolute_url()}"' in page
    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert facts["Under way"].startswith("A joint buy of this since ")
    assert facts["Switching over the term"] == "None is stated."


STATED = {
    "The lead’s work, once": "£6,000. As its terms state.",
    "Switching over the term": "£3,000. As 1 of 2 councils state it. What it costs the others",
    "What is left": "£5,800 too little",
}


@pytest.fixture
def stated(opportunity, grouping):
    """A joint buy of it whose terms state the lead's costs, and one council what it pays."""
    ash, birch = [contract.council for contract in joining(opportunity)]
    begun = make_joint_buy(
        ash, birch, grouping=grouping, pk=opportunity.pk, costs=6000,
        saving_low=opportunity.saving_low, saving_mid=opportunity.saving_mid,
        saving_high=opportunity.saving_high,
    )  # fmt: skip
    make_pledge(begun, ash, "intends", 40, switching_once=7000)
    make_pledge(begun, ash, "intends", 40, switching_once=1000, switching_yearly=500)
    return begun


def money_of(client, opportunity):
    """As the page, the case, the document and the workbook tell it: label and words."""
    document = Document(fetched(client, "case_document", opportunity))
    yield {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    book = load_workbook(fetched(client, "lines", opportunity))
    yield {row[0].value: row[1].value for row in book["Money"].iter_rows(min_row=4)}


def pages_of(client, opportunity, begun):
    addresses = (
        opportunity.get_absolute_url(),
        reverse("procurement:case", args=[opportunity.pk]),
        begun.get_absolute_url(),
    )
    return [client.get(address).content.decode() for address in addresses]


@pytest.mark.usefixtures("assumed")
def test_all_that_is_told_of_it_counts_what_the_joint_buy_states(client, opportunity, stated):
    Opportunity.objects.update(
        saving_reasons="Leading it is taken to cost £18,000 once.\nPrices may rise."
    )
    papers = list(money_of(client, opportunity))

    for told in papers:
        assert {label: told[label][: len(words)] for label, words in STATED.items()} == STATED
        assert "£18,000" not in str(told)
    for text in pages_of(client, opportunity, stated):
        # To the letter, on the joint buy's page as on the opportunity's.
        assert all(papers[0][label] in text for label in STATED)
        assert "£18,000" not in text
    assert papers[0]["Not counted in it"] == NOT_STATED


@pytest.mark.usefixtures("assumed")
def test_what_councils_state_is_told_on_no_paper_to_those_who_may_not_know(
    client, opportunity, stated
):
    client.force_login(make_officer(joining(opportunity)[1].council))

    for told in money_of(client, opportunity):
        assert told["The lead’s work, once"] == "£6,000. As its terms state."
        assert told["Switching over the term"] == KEPT
        assert told["What is left"].startswith("£2,800 too little")
    for text in pages_of(client, opportunity, stated):
        assert KEPT in text
        assert "£3,000" not in text


@pytest.mark.usefixtures("assumed")
def test_who_is_not_asked_into_the_joint_buy_is_told_nothing_of_it(client, opportunity, stated):
    birch = joining(opportunity)[1].council
    stated.participants.filter(council=birch).delete()
    client.force_login(make_officer(birch))

    for told in money_of(client, opportunity):
        assert told["The lead’s work, once"].startswith("£18,000. Assumed")
        assert "Under way" not in told


@pytest.mark.usefixtures("assumed")
def test_paper_says_what_is_left_of_the_saving_once_the_work_is_paid_for(client, opportunity):
    document = Document(fetched(client, "case_document", opportunity))
    page = client.get(reverse("procurement:case", args=[opportunity.pk])).content.decode()

    facts = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    # £40,000 a year of which 6 per cent may be saved: £9,600 in four years.
    assert facts["The lead’s work, once"].startswith("£18,000")
    assert facts["What is left"].startswith("£14,800 too little")
    assert facts["Mind"].startswith("It may not be worth the work: over 4 years about £9,600")
    assert all(words in page for words in (facts["What is left"], facts["Mind"]))


def test_the_workbook_has_every_line_and_no_formula(client, opportunity, contracts, grouping):
    make_contract(
        council=make_council(grouping, name="Thorney"),
        category=contracts[0].category,
        end_date=date(2029, 3, 31),
    )

    book = load_workbook(fetched(client, "lines", opportunity))

    assert book.sheetnames[:3] == ["Joining", "Not on this date", "Money"]
    joining = list(book["Joining"].iter_rows(min_row=4))
    assert [row[0].value for row in joining] == ["Fenwick", "Marshland"]
    assert joining[0][2].data_type == "s"
    assert [row[0].value for row in book["Not on this date"].iter_rows(min_row=4)] == ["Thorney"]
    assert "Cannot leave" in [cell.value for cell in book["Not on this date"][4]]


def test_paper_tells_nothing_that_is_withheld(client, opportunity, contracts):
    make_withholding(contracts[0], "supplier")
    make_withholding(contracts[0], "value")

    book = load_workbook(fetched(client, "lines", opportunity))

    row = next(row for row in book["Joining"].iter_rows(min_row=4) if row[0].value == "Fenwick")
    assert (row[4].value, row[8].value) == (None, None)
