import json
from pathlib import Path

import pytest

from imports.headings import money_meaning, money_scale, recognise, rules, says_estimate
from registry.records import FIELDS

REGISTERS = Path(__file__).parents[3] / "shared" / "registers"


def best(heading):
    return recognise(heading)[0].field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Contract Reference number / ID", "reference"),
        ("CONTRACT_TITLE", "title"),
        ("Contarct Title:", "title"),
        ("Suppler Name", "supplier_name"),
        ("Contractor/ Provider", "supplier_name"),
        ("Awarded To", "supplier_name"),
        ("Directorate / service responsible", "department"),
        ("CONTRACT_CURRENT_END_DATE", "end_date"),
        ("CONTRACT_MAXIMUM_END_DATE", "latest_end_date"),
        ("Contract End Date (including extensions)", "latest_end_date"),
        ("Contract End Date (excluding extensions)", "end_date"),
        ("Last extension date", "latest_end_date"),
        ("Option to extend", "extension"),
        ("CONTRACT_EXTENDABLE", "extension"),
        ("validity_start", "start_date"),
        ("end_dt", "end_date"),
        ("EXPIRATION", "end_date"),
        ("Key dates / Review", "review_date"),
        ("Contract dates / Start", "start_date"),
        ("Contract Dates / To", "end_date"),
        ("Value (£) / Annual", "annual_value"),
        ("Total annual cost", "annual_value"),
        ("Cost p.a.", "annual_value"),
        ("Total Contract Value (excluding VAT)", "total_value"),
        ("original_value", "total_value"),
        ("VAT that cannot be recovered", "irrecoverable_vat"),
        ("Fixed cost / estimated cost", "value_is_estimate"),
        ("VSCE", "vcse"),
        ("Is the supplier an SME?", "sme"),
        ("Supplier Size", "supplier_size"),
        ("Companies House No.", "supplier_company_number"),
        ("Supplier registered charity number", "supplier_charity_number"),
        ("Supplier ID", "supplier_other_id"),
        ("Notice Period (months)", "notice_period"),
        ("Length of contract", "term"),
        ("Route to Market", "procedure"),
        ("Invitation to tender or quotation", "procedure"),
        ("PRIMARY_PROCUREMENT_CATEGORY", "category"),
        ("Contracting Authority", "council_name"),
        ("Lead Officer", "contact_name"),
        ("Unit cost", "unit_price"),
        ("Price each (£)", "unit_price"),
        ("Qty", "quantity"),
    ],
)
def test_recognise_puts_the_meant_field_first(heading, field):
    assert best(heading) == field


@pytest.mark.parametrize(
    "heading", ["", "0", "Column1", "Date of Payment", "Total Invoice Amount", "days_remaining"]
)
def test_recognise_says_nothing_of_other_headings(heading):
    assert recognise(heading) == []


def test_recognise_names_the_words_it_went_by():
    assert recognise("Contractor")[0].because == "the heading says contractor"


def test_recognise_reads_a_whole_sentence():
    sentence = (
        "Sum to be paid over the length of the contract or the estimated annual spending "
        "or budget for the contract"
    )

    assert best(sentence) == "total_value"
    assert money_meaning(sentence)[0] == "unknown"


def test_every_field_has_a_heading():
    assert {rule.field for rule in rules()} == set(FIELDS)


SCHEMA_FIELDS = {
    "OrganisationLabel": "council_name",
    "OrganisationURI": "council_code",
    "ContractReference": "reference",
    "OpenContractingID": "ocid",
    "ContractTitle": "title",
    "ContractType": "contract_type",
    "OrganisationalUnit": "department",
    "ServiceCategoryLabel": "service_category",
    "Description": "description",
    "ProcurementCategory": "category",
    "CPVLabel": "cpv_label",
    "CPVCode": "cpv_code",
    "ProclassLabel": "proclass_label",
    "ProclassCode": "proclass_code",
    "StartDate": "start_date",
    "EndDate": "end_date",
    "ReviewDate": "review_date",
    "LastExtensionDate": "latest_end_date",
    "ContractValue": "total_value",
    "FixedCost": "value_is_estimate",
    "IrrecoverableVAT": "irrecoverable_vat",
    "SupplierName": "supplier_name",
    "CompaniesHouseRegistrationNumber": "supplier_company_number",
    "CharityCommissionNumber": "supplier_charity_number",
    "OtherSupplierID": "supplier_other_id",
    "SMESupplier": "sme",
    "VCSESupplier": "vcse",
    "VCSESupplierType": "vcse_type",
    "ContactName": "contact_name",
    "ContactEmail": "contact_email",
    "ContactURL": "contact_url",
    "ProcessType": "procedure",
    "TenderDocumentURL": "tender_url",
    "ContractDocumentURL": "document_url",
    "PerformanceInformationURL": "performance_url",
    "AreaServedLabel": "area_served",
}


@pytest.mark.parametrize(("name", "field"), SCHEMA_FIELDS.items())
def test_recognise_reads_the_schemas_names(name, field):
    assert best(name) == field


def test_recognise_reads_the_schemas_titles():
    path = REGISTERS / "lga-contracts-schema.utf16.json"
    if not path.exists():
        pytest.skip("the published schema is not on this machine")
    schema = json.loads(path.read_bytes().decode("utf-16-le").lstrip("\ufeff"))
    titles = {each["name"]: each["title"] for each in schema["fields"]}

    wrong = {
        titles[name]: best(titles[name])
        for name, field in SCHEMA_FIELDS.items()
        # "Extension Period" is the schema's title of a date: the values tell.
        if name != "LastExtensionDate" and best(titles[name]) != field
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Total contract value (ex VAT)", ("total", "net")),
        ("Annual value inc. VAT", ("annual", "gross")),
        ("Value", ("unknown", "unknown")),
        ("Contract value (£, excluding VAT)", ("total", "net")),
        ("Value of contract including any extensions (VAT exclusive)", ("total", "net")),
        ("Cost per annum + VAT", ("annual", "net")),
    ],
)
def test_money_meaning_is_only_in_the_heading(heading, meaning):
    assert money_meaning(heading) == meaning


def test_money_scale_reads_thousands_and_millions():
    headings = ["Value (£000s)", "Value £k", "Value (£m)", "Value (£)", "Contract value"]

    assert [money_scale(heading) for heading in headings] == [1000, 1000, 1_000_000, 1, 1]


def test_says_estimate_tells_estimates_from_flags():
    assert says_estimate("Estimated contract value")
    assert not says_estimate("Fixed cost / estimated cost")
