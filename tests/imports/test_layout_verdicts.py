"""What lists with all sorts of headings are taken for."""

import pytest

from imports.layout.verdicts import Nature, in_words, judge

REGISTERS = [
    "Contract Title|Supplier|End Date",
    "Title|Supplier name|Contract end date",
    "Ref|Description|Contractor/ Provider|Start|Finish|Value (£)",
    "Contract Reference|Contract Name|Supplier|Contract Start Date|Contract End Date|Annual Value",
    "What is the contract called?|Who is it with?|Start date of contract (dd/mm/yyyy)|"
    "When does the contract end? (dd/mm/yyyy)",
    "Agreement title|Provider|Commencement|Expiry|Extension options|Total Contract Value",
    "Contract No|Vendor|Begin Date|End Date|Amount|Department",
    "Title of agreement|Supplier Name|Start Date|Review Date|Value|VAT not recovered|Directorate",
    "Dept|Officer|Contract|Company|Expiry|xref|Col7|Col8",
    "Contract ID|Supplier|Goods or Service|Awarded Value|Award Date|Term (months)",
    "Reference|Title|Supplier|Date Commenced|Completion Date|Purchase order number|Amount",
    "Organisation|Contract ref|Contract title|Supplier|Postcode|Email|Start date|End date|Sum",
    "Contract Number|Contract title|Supplier|Value",
    "Procurement Ref|Project title|Successful supplier|Contract period|Invoice address|Value",
    "SUPPLIER|SERVICE|CONTRACT START|CONTRACT FINISH|EXTENSION|NOTICE PERIOD",
    "original_contract_id|vendor|short_desc|start_dt|end_dt|amt|tot_payments",
    "Title|Supplier|Contract start|Contract end|Value|Planned tender date",
    "Lot|Supplier|Contract Expiry Date|Cost centre|Capital/Revenue|Irrecoverable VAT|Contract Ref",
]
PAYMENTS = [
    "Body Name|Date|Transaction Number|Amount|Supplier Name|Expense Area|Expense Type",
    "Department Family|Entity|Date|Expense Type|Expense Area|Supplier|Transaction Number|AP Amount",
    "Supplier|Amount|Payment Date|Directorate|Description",
    "Expenditure Category|Date|Total Invoice Amount|SUPPLIER|Column1",
    "Vendor Name|Invoice Number|Invoice Date|Net Amount|Cost Centre|Subjective",
    "Date|Merchant|Cardholder|Amount|Purpose of spend",
    "Beneficiary Name|Date Paid|Net Amount|Service Area|Expenditure Category|Contract Number",
    "Organisation Name|Effective Date|Directorate|Service Category Label|Date Paid|"
    "Transaction number|Amount|Supplier (Beneficiary) Name|Merchant Category",
    "Service Label|Supplier Name|Payment Date|Amount|Capital or Revenue|Contract title|VAT amount",
    "Trans Date|Trans Ref|Creditor|Gross Amount|Account Description",
    "Posting Date|Supplier|Document No|Amount|Cost Centre Description|Nominal code",
]


@pytest.mark.parametrize("headings", REGISTERS)
def test_judge_takes_headings_of_contracts_for_a_register(headings):
    verdict = judge(headings.split("|"))

    assert verdict.nature == Nature.REGISTER


@pytest.mark.parametrize("headings", PAYMENTS)
def test_judge_takes_headings_of_spend_for_payments(headings):
    verdict = judge(headings.split("|"))

    assert verdict.nature == Nature.PAYMENTS
    assert verdict.telling


@pytest.mark.parametrize(
    ("headings", "nature"),
    [
        ("Supplier|Address|Postcode|Telephone|Email", Nature.SUPPLIERS),
        ("Supplier name|Company number|Town|Phone", Nature.SUPPLIERS),
        ("Employee|Job title|Department|Start date|Salary", Nature.STAFF),
        ("Surname|Forename|Job title|Grade|FTE|Start date|End date", Nature.STAFF),
        ("Asset tag|Serial number|Model|Assigned to|Warranty expiry", Nature.ASSETS),
        ("PO Number|Order Date|Supplier|Description|PO Value", Nature.ORDERS),
        ("Project title|Directorate|Estimated value|Expected start date", Nature.PLAN),
        ("Code|Meaning", Nature.UNKNOWN),
        ("Department|Number of contracts|Sum of value", Nature.UNKNOWN),
        ("Ward|Councillor|Party", Nature.UNKNOWN),
        ("Application no|Applicant|Proposal|Decision date", Nature.UNKNOWN),
        ("Row Labels|Count of Title", Nature.UNKNOWN),
        ("Event|Venue|Start date|End date", Nature.UNKNOWN),
    ],
)
def test_judge_knows_other_lists(headings, nature):
    verdict = judge(headings.split("|"))

    assert verdict.nature == nature


def test_judge_believes_a_title_that_speaks_of_contracts():
    headings = ["Reference", "What", "End date"]

    assert judge(headings).nature == Nature.UNKNOWN
    assert judge(headings, told="Contracts register 2025").nature == Nature.REGISTER


def test_in_words_names_the_first_few_fields():
    assert in_words(["end_date", "supplier_name"]) == "supplier and end date"
    assert in_words(["title"]) == "title"
    assert (
        in_words(["title", "department", "supplier_name", "sme", "vcse", "end_date", "start_date"])
        == "title, department, supplier, sme, vcse and 2 others"
    )
