"""A release package of the Open Contracting Data Standard 1.1 of a council's contracts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

import orjson

from registry.exports.rows import Agreement, Buyer, because
from registry.records import Basis, Vat

UK_EXTENSION = (
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/main/extension.json"
)
# The extension for the UK refers to what that for locations defines, and cannot be read without.
EXTENSIONS = (
    UK_EXTENSION,
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_location_extension/"
    "master/extension.json",
)
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
# What an identifier of a contracting process looks like: a registered prefix, and anything.
OCID = re.compile(r"ocds-[a-z0-9]{6}-[^\s]{1,180}", re.ASCII)
CPV = re.compile(r"\b(\d{8})(?:-\d)?\b", re.ASCII)
WEB = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.ASCII)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """What the package says of itself; `prefix` begins the ocids that no register states."""

    uri: str
    buyer: Buyer
    prefix: str
    today: date


def chunks(package: Package, agreements: Iterable[Agreement]) -> Iterator[bytes]:
    """The package, release by release. Agreements of one stated ocid come one after another."""
    yield encoded(head(package))[:-1] + b',"releases":['
    newest, comma = "", b""
    for release in releases(package, agreements):
        newest = max(newest, release["date"])
        yield comma + encoded(release)
        comma = b","
    yield b'],"publishedDate":' + encoded(newest or moment(package.today)) + b"}\n"


def head(package: Package) -> Json:
    return {
        "uri": package.uri,
        "version": "1.1",
        "extensions": list(EXTENSIONS),
        "publisher": filled(name=package.buyer.name, uri=package.buyer.uri),
        "license": LICENCE,
    }


def releases(package: Package, agreements: Iterable[Agreement]) -> Iterator[Json]:
    for ocid, together in groupby(agreements, lambda one: ocid_of(one, package.prefix)):
        yield release(package, ocid, list(together))


def ocid_of(agreement: Agreement, prefix: str) -> str:
    """The one its register states, else ours: the same for the same contract for ever."""
    stated = agreement.facts.get("ocid", "")
    return stated if OCID.fullmatch(stated) else f"{prefix}-{agreement.id}"


def release(package: Package, ocid: str, together: Sequence[Agreement]) -> Json:
    changed = max(one.changed_at for one in together)
    first = together[0]
    return {
        "ocid": ocid,
        "id": f"{ocid}-{changed:%Y%m%dT%H%M%SZ}",
        "date": moment(changed),
        "tag": ["award", "contract"],
        "initiationType": "tender",
        "language": "en",
        "parties": [buyer_party(package.buyer), *supplier_parties(together)],
        "buyer": {"id": package.buyer.code, "name": package.buyer.name},
        "tender": tender(first),
        "awards": [award(one) for one in together],
        "contracts": [contract(one, package.today) for one in together],
    }


def buyer_party(buyer: Buyer) -> Json:
    identifier = filled(id=buyer.code, legalName=buyer.name, uri=buyer.uri)
    return {"id": buyer.code, "name": buyer.name, "identifier": identifier, "roles": ["buyer"]}


def supplier_parties(together: Sequence[Agreement]) -> list[Json]:
    """Each supplier once; a withheld one is nowhere."""
    named = {key: one for one in together if (key := supplier_key(one))}
    return [supplier_party(key, one) for key, one in named.items()]


def supplier_key(agreement: Agreement) -> str:
    if "supplier" in agreement.withheld or not agreement.facts.get("supplier_name"):
        return ""
    return agreement.supplier or f"supplier-of-{agreement.id}"


def supplier_party(key: str, agreement: Agreement) -> Json:
    facts = agreement.facts
    schemes = {
        "GB-COH": facts.get("supplier_company_number"),
        "GB-CHC": facts.get("supplier_charity_number"),
    }
    numbers = [{"scheme": scheme, "id": value} for scheme, value in schemes.items() if value]
    return filled(
        id=key,
        name=facts.get("supplier_name"),
        identifier=numbers[0] if numbers else None,
        additionalIdentifiers=numbers[1:],
        roles=["supplier"],
        details=filled(vcse=facts.get("vcse")),
    )


def tender(agreement: Agreement) -> Json:
    facts = agreement.facts
    return filled(
        id=f"{agreement.id}-tender",
        title=facts.get("title"),
        status="complete",
        procurementMethodDetails=facts.get("procedure"),
        documents=documents(facts.get("tender_url"), "biddingDocuments"),
    )


def award(agreement: Agreement) -> Json:
    facts, key = agreement.facts, supplier_key(agreement)
    suppliers = [{"id": key, "name": facts.get("supplier_name")}] if key else []
    reason = agreement.withheld.get("supplier")
    return filled(
        id=award_id(agreement),
        title=facts.get("title"),
        description=f"Supplier. {because(reason)}." if reason else None,
        status="active",
        date=moment(facts.get("award_date")),
        suppliers=suppliers,
        items=items(agreement),
    )


def award_id(agreement: Agreement) -> str:
    return f"{agreement.id}-award"


def contract(agreement: Agreement, today: date) -> Json:
    facts = agreement.facts
    return filled(
        id=agreement.id,
        awardID=award_id(agreement),
        title=facts.get("title"),
        description=description(agreement),
        status=status(agreement, today),
        period=period(agreement),
        value=None if "value" in agreement.withheld else total(agreement),
        documents=documents(facts.get("document_url"), "contractSigned"),
    )


def description(agreement: Agreement) -> str | None:
    """As the register has it, and what of the contract is withheld and why."""
    reason = agreement.withheld.get("value")
    note = f"Value. {because(reason)}." if reason else None
    return "\n\n".join(filter(None, (agreement.facts.get("description"), note))) or None


def status(agreement: Agreement, today: date) -> str:
    start, last = agreement.facts.get("start_date"), agreement.latest_permitted_end
    if start and start > today:
        return "pending"
    return "terminated" if last and last < today else "active"


def period(agreement: Agreement) -> Json:
    facts = agreement.facts
    latest, end = agreement.latest_permitted_end, facts.get("end_date")
    return filled(
        startDate=moment(facts.get("start_date")),
        endDate=moment(end),
        maxExtentDate=moment(latest) if latest != end else None,
    )


def total(agreement: Agreement) -> Json | None:
    """What it costs over the whole term; a yearly amount alone stands with the items instead."""
    amount = agreement.facts.get("total_value")
    if amount is None or agreement.facts.get("value_basis") == Basis.ANNUAL:
        return None
    return money(agreement, amount)


def money(agreement: Agreement, amount: Decimal) -> Json:
    """With VAT in it where the register says so (the UK extension's `amountGross`)."""
    gross = agreement.facts.get("value_vat") == Vat.GROSS
    return {"amountGross" if gross else "amount": amount, "currency": agreement.currency}


def items(agreement: Agreement) -> list[Json]:
    """Its CPV codes; and what a year of it costs, where that alone is stated."""
    codes = dict.fromkeys(CPV.findall(agreement.facts.get("cpv_code", "")))
    found = [{"id": code, "classification": {"scheme": "CPV", "id": code}} for code in codes]
    yearly = a_year(agreement)
    if yearly is not None and "value" not in agreement.withheld:
        unit = {"name": "year", "value": money(agreement, yearly)}
        found.append({"id": "a-year", "description": "A year of the contract", "unit": unit})
    return found


def a_year(agreement: Agreement) -> Decimal | None:
    facts = agreement.facts
    if total(agreement) is not None:
        return None
    return facts.get("annual_value") or facts.get("total_value")


def documents(url: str | None, kind: str) -> list[Json]:
    if not url or not WEB.fullmatch(url):
        return []
    return [{"id": kind, "documentType": kind, "url": url}]


def moment(day: date | None) -> str | None:
    """As the standard writes days: midnight, in UTC."""
    if isinstance(day, datetime):
        return f"{day:%Y-%m-%dT%H:%M:%SZ}"
    return f"{day:%Y-%m-%d}T00:00:00Z" if day else None


def filled(**fields: Any) -> Json:
    """An object without what is not known: the standard has no blanks."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def encoded(value: Any) -> bytes:
    return orjson.dumps(value, default=exact)


def exact(value: Any) -> Any:
    """An amount digit for digit, never by way of a float."""
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")
    raise TypeError


def faults(package: Mapping[str, Any]) -> list[str]:
    """What would make it no use: ids that repeat, references that lead nowhere, empty names."""
    found = [
        *repeats("release id", (one["id"] for one in package["releases"])),
        *repeats("ocid", (one["ocid"] for one in package["releases"])),
    ]
    for one in package["releases"]:
        found += faults_of(one)
    return found


def faults_of(one: Mapping[str, Any]) -> Iterator[str]:
    parties = [party["id"] for party in one["parties"]]
    named = {one["buyer"]["id"], *(s["id"] for a in one["awards"] for s in a.get("suppliers", ()))}
    awards = [award["id"] for award in one["awards"]]
    yield from repeats("party", parties)
    yield from repeats("award", awards)
    yield from (f"{one['ocid']}: no party {key}" for key in sorted(named - set(parties)))
    for made in one["contracts"]:
        if made["awardID"] not in awards:
            yield f"{one['ocid']}: no award {made['awardID']}"


def repeats(what: str, keys: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield f"{what} {key} stands twice"
        seen.add(key)
