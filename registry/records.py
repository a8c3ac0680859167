"""What the registry accepts: the fields of a contract, and one row of a register as understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict


class Facts(TypedDict, total=False):
    """What one row says, by field name. A field that is absent was blank or not said.

    Money is `Decimal` to the penny, in pounds unless `currency` says otherwise; codes are text
    with their leading zeros.
    The names are those of the command line's JSON and of the `Contract` model's columns.
    """

    reference: str
    title: str
    description: str
    department: str
    supplier_name: str
    supplier_company_number: str
    supplier_charity_number: str
    supplier_other_id: str
    supplier_size: str
    sme: bool
    vcse: bool
    vcse_type: str
    award_date: date
    start_date: date
    end_date: date
    review_date: date
    extension: str
    latest_end_date: date
    term: str
    notice_period: str
    break_clause: str
    total_value: Decimal
    annual_value: Decimal
    value_is_estimate: bool
    irrecoverable_vat: Decimal
    quantity: Decimal
    unit: str
    unit_price: Decimal
    cpv_code: str
    cpv_label: str
    proclass_code: str
    proclass_label: str
    service_category: str
    ocid: str
    category: str
    procedure: str
    framework: str
    contract_type: str
    contact_name: str
    contact_email: str
    contact_url: str
    council_name: str
    council_code: str
    effective_date: date
    status: str
    document_url: str
    tender_url: str
    performance_url: str
    area_served: str
    social_value: str
    currency: str  # of every amount of the row, by ISO 4217; absent for pounds
    # Said by events that move the end: the total as it was then, and the last day it is for.
    covered_to: date
    covered_total: Decimal
    # Worked out from the row rather than copied from one cell:
    rolling: bool
    kind: str
    value_basis: str
    value_vat: str


class Kind(StrEnum):
    """What sort of agreement a row is: one file often mixes several."""

    CONTRACT = "contract"
    PURCHASE_ORDER = "purchase_order"
    GRANT = "grant"
    FRAMEWORK = "framework"
    CALL_OFF = "call_off"
    DYNAMIC_MARKET = "dynamic_market"

    @property
    def words(self) -> str:
        """As people write it."""
        return "call-off" if self is Kind.CALL_OFF else self.value.replace("_", " ")


# Agreements that are bought anew; grants, purchase orders and frameworks themselves are not.
BOUGHT_ANEW = (Kind.CONTRACT, Kind.CALL_OFF)


class Basis(StrEnum):
    """What an amount covers."""

    TOTAL = "total"
    ANNUAL = "annual"
    UNKNOWN = "unknown"


class Vat(StrEnum):
    """Whether an amount includes VAT."""

    NET = "net"
    GROSS = "gross"
    UNKNOWN = "unknown"


class FieldType(StrEnum):
    """How a field's cells are read."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes/no"
    COMPANY_NUMBER = "company number"
    TERM = "term"  # a length of time or options in words: "2 x 12 months"


@dataclass(frozen=True, slots=True)
class Field:
    """One field a column can be: its name in code and JSON, its words on pages, how it is read."""

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    max_length: int = 0  # of text, in characters; 0: no limit
    public: bool = True  # False: for buyers only, never on a public page, in the API or a feed


FIELDS: Mapping[str, Field] = {
    f.name: f
    for f in (
        Field("reference", "Reference", max_length=200),
        Field("title", "Title", max_length=500),
        Field("description", "Description"),
        Field("department", "Department", max_length=300),
        Field("supplier_name", "Supplier", max_length=300),
        Field("supplier_company_number", "Company number", FieldType.COMPANY_NUMBER, 20),
        Field("supplier_charity_number", "Charity number", max_length=50),
        Field("supplier_other_id", "Other supplier identifier", max_length=200),
        Field("supplier_size", "Supplier size", max_length=100),
        Field("sme", "SME", FieldType.YES_NO),
        Field("vcse", "VCSE", FieldType.YES_NO),
        Field("vcse_type", "VCSE type", max_length=100),
        Field("award_date", "Award date", FieldType.DATE),
        Field("start_date", "Start date", FieldType.DATE),
        Field("end_date", "End date", FieldType.DATE),
        Field("review_date", "Review date", FieldType.DATE),
        Field("extension", "Extension options", FieldType.TERM, 500),
        Field("latest_end_date", "Latest end with all extensions", FieldType.DATE),
        Field("term", "Term", FieldType.TERM, 300),
        Field("notice_period", "Notice period", FieldType.TERM, 300),
        Field("break_clause", "Break clause", FieldType.TERM, 500),
        Field("total_value", "Total value", FieldType.MONEY),
        Field("annual_value", "Annual value", FieldType.MONEY),
        Field("value_is_estimate", "Value is an estimate", FieldType.YES_NO),
        Field("irrecoverable_vat", "Irrecoverable VAT", FieldType.MONEY),
        Field("quantity", "Quantity", FieldType.NUMBER, public=False),
        Field("unit", "Unit", max_length=100, public=False),
        Field("unit_price", "Unit price", FieldType.MONEY, public=False),
        Field("cpv_code", "CPV code", max_length=300),
        Field("cpv_label", "CPV description", max_length=500),
        Field("proclass_code", "ProClass code", max_length=100),
        Field("proclass_label", "ProClass description", max_length=300),
        Field("service_category", "Service category", max_length=300),
        Field("ocid", "Open Contracting ID", max_length=200),
        Field("category", "Category in the register", max_length=300),
        Field("procedure", "Procedure", max_length=300),
        Field("framework", "Framework", max_length=300),
        Field("contract_type", "Contract type", max_length=200),
        Field("contact_name", "Contact name", max_length=300, public=False),
        Field("contact_email", "Contact e-mail", max_length=300, public=False),
        Field("contact_url", "Contact address on the web", max_length=1000, public=False),
        Field("council_name", "Council", max_length=300),
        Field("council_code", "Council code", max_length=200),
        Field("effective_date", "Register as at", FieldType.DATE),
        Field("status", "Status", max_length=200),
        Field("document_url", "Contract document", max_length=1000),
        Field("tender_url", "Tender document", max_length=1000),
        Field("performance_url", "Performance information", max_length=1000),
        Field("area_served", "Area served", max_length=500),
        Field("social_value", "Social value"),
        Field("currency", "Currency", max_length=3),
    )
}


def is_money(name: str) -> bool:
    """Whether a field, or the word for a column that is none, is of amounts."""
    return name in FIELDS and FIELDS[name].type is FieldType.MONEY


# A column nobody needs is still kept with its row; this says so.
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """One row of a register as understood; `row` is the number the spreadsheet program shows."""

    sheet: str
    row: int
    facts: Facts
    extra: Mapping[str, str] = field(default_factory=dict)  # cells of unknown columns, by heading
