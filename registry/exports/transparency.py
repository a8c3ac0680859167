"""The contracts register of the Local Government Transparency Code, as the LGA's schema has it."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.exports.rows import Agreement, Buyer, because
from registry.records import Facts, Kind
from registry.spreadsheets import safe

Write = Callable[[Agreement], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the schema; `required` as the Code has it, which is not all the schema says."""

    name: str
    write: Write
    required: bool = False


def fact(name: str) -> Write:
    return lambda agreement: agreement.facts.get(name)


def withheld_or(what: str, write: Write) -> Write:
    """What is withheld says so and why, so that nobody takes it for left out."""

    def written(agreement: Agreement) -> Any:
        reason = agreement.withheld.get(what)
        return because(reason) if reason else write(agreement)

    return written


def blank_if_withheld(what: str, write: Write) -> Write:
    return lambda agreement: None if what in agreement.withheld else write(agreement)


def amount(agreement: Agreement) -> Decimal | str | None:
    """The sum over the contract's length, or else the yearly spend: the Code allows both."""
    total = agreement.facts.get("total_value")
    return in_currency(agreement, agreement.facts.get("annual_value") if total is None else total)


def in_currency(agreement: Agreement, said: Decimal | None) -> Decimal | str | None:
    """The schema's amounts are pounds: of another currency the cell says so in words."""
    if said is None or not agreement.currency_words:
        return said
    return f"{said:f} {agreement.currency_words}"


def irrecoverable_vat(agreement: Agreement) -> Decimal | str | None:
    return in_currency(agreement, agreement.facts.get("irrecoverable_vat"))


# Words of an agreement's type in registers, and the schema's word for it.
TYPES: tuple[tuple[str, str], ...] = (
    ("framework", "Framework agreement"),
    ("dynamic", "Dynamic purchasing system"),
    ("grant", "Grant agreement"),
    ("multiple", "Multiple award contract"),
    ("single", "Single award contract"),
)
TYPE_OF_KIND: Mapping[str, str] = {
    Kind.GRANT: "Grant agreement",
    Kind.FRAMEWORK: "Framework agreement",
    Kind.DYNAMIC_MARKET: "Dynamic purchasing system",
    Kind.PURCHASE_ORDER: "Other",
}


def contract_type(agreement: Agreement) -> str | None:
    kind = TYPE_OF_KIND.get(agreement.facts.get("kind", ""))
    stated = agreement.facts.get("contract_type", "").lower()
    return kind or next((word for sign, word in TYPES if sign in stated), None)


# The schema knows two words. A call-off counts as a quote, as the LGA's guide has it.
QUOTE, TENDER = "Invitation to quote", "Published invitation to tender"
PROCESSES: tuple[tuple[str, str], ...] = (
    *((sign, QUOTE) for sign in ("quot", "rfq", "itq", "call-off", "call off", "mini")),
    *((sign, QUOTE) for sign in ("further competition", "direct award", "framework")),
    *((sign, TENDER) for sign in ("tender", "itt", "open", "restricted", "competitive")),
    ("negotiated", TENDER),
)


def process(agreement: Agreement) -> str | None:
    stated = agreement.facts.get("procedure", "").lower()
    return next((word for sign, word in PROCESSES if sign in stated), None)


def fixed_cost(agreement: Agreement) -> bool | None:
    estimate = agreement.facts.get("value_is_estimate")
    return None if estimate is None else not estimate


def vcse_type(agreement: Agreement) -> str | None:
    stated = agreement.facts.get("vcse_type", "").lower()
    words = {"volunt": "Voluntary sector", "commun": "Community sector"}
    return next((word for sign, word in words.items() if sign in stated), None)


def last_extension(agreement: Agreement) -> date | None:
    """The last day with every extension used, where there is one to use."""
    latest, end = agreement.latest_permitted_end, agreement.facts.get("end_date")
    return latest if latest and latest != end else None


def charity_number_needed(facts: Facts) -> bool:
    """The schema asks it of every supplier, the Code of voluntary and community ones alone."""
    return facts.get("vcse", False)


def columns(buyer: Buyer) -> tuple[Column, ...]:
    return (
        Column("OrganisationLabel", lambda _: buyer.name),
        Column("OrganisationURI", lambda _: buyer.uri),
        Column("ContractReference", fact("reference"), required=True),
        Column("OpenContractingID", fact("ocid")),
        Column("ContractTitle", fact("title"), required=True),
        Column("ContractType", contract_type),
        Column("OrganisationalUnit", fact("department"), required=True),
        Column("ServiceCategoryLabel", fact("service_category")),
        Column("ServiceCategoryURI", lambda _: None),
        Column("Description", fact("description"), required=True),
        Column("ProcurementCategory", fact("category")),
        Column("CPVLabel", fact("cpv_label")),
        Column("CPVCode", fact("cpv_code")),
        Column("ProclassLabel", fact("proclass_label")),
        Column("ProclassCode", fact("proclass_code")),
        Column("StartDate", fact("start_date"), required=True),
        Column("EndDate", fact("end_date"), required=True),
        Column("ReviewDate", fact("review_date"), required=True),
        Column("LastExtensionDate", last_extension),
        Column("ContractValue", withheld_or("value", amount), required=True),
        Column("FixedCost", fixed_cost),
        Column(
            "IrrecoverableVAT",
            blank_if_withheld("value", irrecoverable_vat),
            required=True,
        ),
        Column("SupplierName", withheld_or("supplier", fact("supplier_name")), required=True),
        Column(
            "CompaniesHouseRegistrationNumber",
            blank_if_withheld("supplier", fact("supplier_company_number")),
        ),
        Column(
            "CharityCommissionNumber",
            blank_if_withheld("supplier", fact("supplier_charity_number")),
        ),
        Column("OtherSupplierID", blank_if_withheld("supplier", fact("supplier_other_id"))),
        Column("SMESupplier", fact("sme"), required=True),
        Column("VCSESupplier", fact("vcse"), required=True),
        Column("VCSESupplierType", vcse_type),
        # Persons' names and addresses are not published by this service.
        Column("ContactName", lambda _: None),
        Column("ContactEmail", lambda _: None),
        Column("ContactURL", lambda _: None),
        Column("ProcessType", process, required=True),
        Column("TenderDocumentURL", fact("tender_url")),
        Column("ContractDocumentURL", fact("document_url")),
        Column("PerformanceInformationURL", fact("performance_url")),
        Column("AreaServedLabel", fact("area_served")),
        Column("AreaServedURI", lambda _: None),
    )


# Rolling and withheld facts are said, not missing.
SAID_OTHERWISE: Mapping[str, Callable[[Agreement], bool]] = {
    "EndDate": lambda agreement: agreement.facts.get("rolling", False),
    "IrrecoverableVAT": lambda agreement: "value" in agreement.withheld,
}


def cell(value: Any) -> str:
    """Days as the Code's guide writes them, yes and no as the schema's type has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else safe(value)


def lines(buyer: Buyer, agreements: Iterable[Agreement]) -> Iterator[str]:
    """The file, line by line, beginning with the mark that tells Excel it is UTF-8."""
    writer, told = csv.writer(Echo()), columns(buyer)
    yield "\ufeff" + writer.writerow([column.name for column in told])
    for agreement in agreements:
        yield writer.writerow([cell(column.write(agreement)) for column in told])


class Echo:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def missing(buyer: Buyer, agreements: Iterable[Agreement]) -> dict[str, int]:
    """How many contracts lack each fact that the Code requires; those that none lacks left out."""
    required = [column for column in columns(buyer) if column.required]
    found: Counter[str] = Counter()
    for agreement in agreements:
        found.update(c.name for c in required if lacks(c, agreement))
        if charity_number_needed(agreement.facts) and lacks_charity_number(agreement):
            found["CharityCommissionNumber"] += 1
    return dict(found.most_common())


def lacks(column: Column, agreement: Agreement) -> bool:
    said = SAID_OTHERWISE.get(column.name)
    return column.write(agreement) in (None, "") and not (said and said(agreement))


def lacks_charity_number(agreement: Agreement) -> bool:
    told = "supplier" in agreement.withheld
    return not told and not agreement.facts.get("supplier_charity_number")
