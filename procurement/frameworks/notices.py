"""Notices of frameworks as OCDS release packages with the United Kingdom's fields: to lines.

What a notice does not say stands in no line, so that applying it leaves that as it is held.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from procurement.ocds_parts import (
    areas_of,
    cpv_codes,
    day_of,
    is_number,
    numbered_lots,
    numbers_of,
    part,
    parts,
    releases_of,
    words,
)

AN_RM_NUMBER = re.compile(r"\bRM ?(\d{3,5}(?:\.\d{1,2})?)\b")
MOST_RELEASES = 1_000
MOST_LINES = 20_000
CAME_TO_NOTHING = ("cancelled", "withdrawn", "unsuccessful")
MOST_POUNDS = 10**14
NO_LIMIT = 10**6  # OCDS writes no limit as infinity; nobody lists a million suppliers
METHODS = {
    "withReopeningCompetition": "competition",
    "withoutReopeningCompetition": "direct award",
    "withAndWithoutReopeningCompetition": "either",
}
Cells = dict[str, str]


class NotANoticeError(ValueError):
    """The file holds no notice of a framework; the message is what its sender reads."""


@dataclass(slots=True)
class Notice:
    """What one release says of one framework, as lines of the tables frameworks are kept in."""

    ocid: str
    title: str
    framework: Cells
    awards: list[Cells] = field(default_factory=list)
    lots: list[Cells] = field(default_factory=list)
    suppliers: list[Cells] = field(default_factory=list)
    cpv: tuple[str, ...] = ()
    lot_cpv: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()  # codes of the areas whose buyers may use it


def read_notices(content: bytes) -> list[Notice]:
    """The frameworks that a package's releases tell of, the latest release of each last."""
    releases = list(releases_of(read_json(content)))
    if not releases:
        raise NotANoticeError(
            "This file is not an OCDS release package: it has no releases. Find a Tender offers "
            "one at each notice."
        )
    if len(releases) > MOST_RELEASES:
        raise NotANoticeError(f"This file has more than {MOST_RELEASES:,} releases. Send fewer.")
    told = [one for one in releases if tells_of_a_framework(one)]
    if not told:
        raise NotANoticeError("None of this file’s notices is of a framework or a dynamic market.")
    standing = [one for one in told if part(one, "tender").get("status") not in CAME_TO_NOTHING]
    if not standing:
        raise NotANoticeError(
            "Every framework in this file was cancelled, or came to nothing: there is none to add. "
            "If one of them is here, change or delete it by hand."
        )
    try:
        return told_in(sorted(standing, key=lambda r: str(r.get("date") or "")))
    except (AttributeError, TypeError, KeyError) as fault:
        raise NotANoticeError(
            f"A notice in this file is not laid out as OCDS lays it out ({fault})."
        ) from None


def told_in(releases: Iterable[Mapping[str, Any]]) -> list[Notice]:
    found, lines = [], 0
    for one in map(notice_of, releases):
        found.append(one)
        lines += 1 + len(one.awards) + len(one.lots) + len(one.suppliers)
        if lines > MOST_LINES:
            raise NotANoticeError(
                f"This file tells of more than {MOST_LINES:,} lots and suppliers. Send fewer "
                "notices at a time."
            )
    return found


def read_json(content: bytes) -> Any:
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise NotANoticeError("This file is not JSON. Send the notice’s OCDS file.") from None
    except ArithmeticError:
        raise NotANoticeError(
            "A number in this file is beyond all measure. Correct it, and send the file again."
        ) from None


def techniques_of(release: Mapping[str, Any]) -> list[dict[str, Any]]:
    tender = part(release, "tender")
    found = [
        part(tender, "techniques"),
        *(part(lot, "techniques") for lot in parts(tender, "lots")),
    ]
    return [one for one in found if one]


def tells_of_a_framework(release: Mapping[str, Any]) -> bool:
    return any(
        one.get("hasFrameworkAgreement")
        or one.get("frameworkAgreement")
        or one.get("hasDynamicPurchasingSystem")
        or one.get("dynamicPurchasingSystem")
        for one in techniques_of(release)
    )


def notice_of(release: Mapping[str, Any]) -> Notice:
    tender = part(release, "tender")
    agreement = agreement_of(release)
    title = words(tender.get("title"), 200)
    reference = reference_of(release)
    stated = {
        "source": f"Notice {words(release.get('id'), 100) or reference}",
        "as_at": day_of(release.get("date")),
    }
    terms = {
        "reference": reference,
        "name": title,
        "ocid": words(release.get("ocid"), 100),
        "owner": owner_of(release),
        "kind": kind_of(release, agreement),
        "call_off_by": METHODS.get(str(agreement.get("method")), ""),
        "suppliers": limit_of(agreement),
        **days_of(release, agreement),
        "longer_because": words(agreement.get("periodRationale"), 300),
        "fee_percent": fee_of(tender),
        **value_of(part(agreement, "value") or part(tender, "value")),
        "open_to": "named bodies" if agreement.get("type") == "closed" else "",
        **users_of(agreement),
        **stated,
    }
    return Notice(
        ocid=words(release.get("ocid"), 100),
        title=title,
        framework={name: cell for name, cell in terms.items() if cell},
        awards=awards_of(release, agreement, reference, stated),
        lots=lots_of(tender, reference),
        suppliers=suppliers_of(release, reference),
        cpv=cpv_of(tender),
        lot_cpv=lot_cpv_of(tender),
        areas=areas_of(agreement),
    )


def agreement_of(release: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the framework; of lots that say it each for itself, the first's."""
    held = [part(one, "frameworkAgreement") for one in techniques_of(release)]
    return next((one for one in held if one), {})


def reference_of(release: Mapping[str, Any]) -> str:
    """An RM number where there is one; else the owner's own number of it; else the notice's."""
    tender = part(release, "tender")
    for value in (tender.get("title"), tender.get("id"), tender.get("description")):
        if isinstance(value, str) and (match := AN_RM_NUMBER.search(value)):
            return f"RM{match[1]}"
    ocid, own = words(release.get("ocid"), 60), words(tender.get("id"), 60)
    return (own or ocid).replace("/", "-")


def owner_of(release: Mapping[str, Any]) -> str:
    buyer = part(release, "buyer") or part(release, "tender", "procuringEntity")
    if name := words(buyer.get("name"), 200):
        return name
    for one in parts(release, "parties"):
        roles = one.get("roles")
        if isinstance(roles, list) and {"buyer", "procuringEntity"} & set(map(str, roles)):
            return words(one.get("name"), 200)
    return ""


def kind_of(release: Mapping[str, Any], agreement: Mapping[str, Any]) -> str:
    market = any(
        one.get("hasDynamicPurchasingSystem") or one.get("dynamicPurchasingSystem")
        for one in techniques_of(release)
    )
    if market and not agreement:
        return "dynamic market"
    return "open framework" if agreement.get("isOpenFrameworkScheme") else "framework"


def limit_of(agreement: Mapping[str, Any]) -> str:
    """How many suppliers there can be; without a limit it is written as infinity."""
    most = agreement.get("maximumParticipants")
    if not is_number(most):
        return ""
    if most >= NO_LIMIT:
        return "no limit"
    return "one" if most == 1 else "several"


def days_of(release: Mapping[str, Any], agreement: Mapping[str, Any]) -> Cells:
    """Its own term where that is stated; else from the first start to the last end of its parts."""
    periods = [part(agreement, "period")]
    if not any(periods):
        periods = [
            *(part(one, "period") for one in parts(release, "contracts")),
            *(part(one, "contractPeriod") for one in parts(release, "awards")),
        ]
    if not any(periods):
        tender = part(release, "tender")
        periods = [part(one, "contractPeriod") for one in parts(tender, "lots")]
        periods.append(part(tender, "contractPeriod"))
    starts = [day for one in periods if (day := day_of(one.get("startDate")))]
    ends = [day for one in periods if (day := day_of(one.get("endDate")))]
    return {
        "starts": min(starts, default=""),
        "ends": max(ends, default=""),
        "scheme_ends": day_of(agreement.get("openFrameworkSchemeEndDate")),
    }


def fee_of(tender: Mapping[str, Any]) -> str:
    """The highest share of a contract's value that a supplier pays, in per cent."""
    shares = [
        share
        for one in parts(tender, "participationFees")
        for share in (
            one.get("relativeValueProportion"),
            part(one, "relativeValue").get("proportion"),
        )
        if is_number(share) and 0 <= share <= 1
    ]
    return f"{max(shares) * 100:.2f}" if shares else ""


def value_of(value: Mapping[str, Any]) -> Cells:
    if value.get("currency") not in {None, "GBP"}:
        return {}
    for name, vat in (("amountGross", "gross"), ("amount", "net")):
        amount = value.get(name)
        if is_number(amount) and 0 < amount < MOST_POUNDS:
            return {"maximum_value": f"{amount:.2f}", "maximum_value_vat": vat}
    return {}


def users_of(agreement: Mapping[str, Any]) -> Cells:
    classes = [
        words(one.get("description"), 300)
        for one in parts(agreement, "buyerClassificationRestrictions")
    ]
    places = [
        words(one.get("description"), 300) for one in parts(agreement, "buyerLocationRestrictions")
    ]
    said = [words(agreement.get("buyerCategories"), 300), *classes, *places]
    return {"users": "; ".join(dict.fromkeys(filter(None, said)))[:300]}


def awards_of(
    release: Mapping[str, Any], agreement: Mapping[str, Any], reference: str, stated: Cells
) -> list[Cells]:
    """The award it is of: when, and until when suppliers can apply."""
    tender = part(release, "tender")
    awarded = min(
        (day for one in parts(release, "awards") if (day := day_of(one.get("date")))), default=""
    ) or day_of(part(tender, "awardPeriod").get("startDate"))
    starts = days_of(release, agreement)["starts"]
    window = part(tender, "tenderPeriod")
    closes = day_of(window.get("endDate"))
    if not (awarded or starts) or not (closes or agreement.get("isOpenFrameworkScheme")):
        return []
    opens = day_of(window.get("startDate")) or (stated["as_at"] if closes else "")
    return [
        {
            "framework": reference,
            "awarded_on": awarded or starts,
            "ends": days_of(release, agreement)["ends"],
            "apply_from": opens if closes and opens <= closes else "",
            "apply_to": closes,
            **stated,
        }
    ]


def lots_of(tender: Mapping[str, Any], reference: str) -> list[Cells]:
    found = []
    for number, one in numbered_lots(tender):
        name = words(one.get("title"), 200) or f"Lot {number}"
        cells = {"framework": reference, "number": str(number), "name": name}
        found.append(cells | only(value_of(part(one, "value")), "maximum_value"))
    return found


def only(cells: Cells, name: str) -> Cells:
    return {name: cells[name]} if name in cells else {}


def suppliers_of(release: Mapping[str, Any], reference: str) -> list[Cells]:
    """Each supplier once on each lot its award is of; on lot 1 where there are no lots."""
    found: dict[tuple[int, str], Cells] = {}
    for tried, (number, party) in enumerate(awarded(release)):
        if tried == MOST_LINES:
            raise NotANoticeError(
                f"A notice in this file has more than {MOST_LINES:,} suppliers on its lots. "
                "Send them as a table of suppliers, in parts."
            )
        name = words(party.get("name"), 300)
        line = {"framework": reference, "lot": str(number), "name": name, **numbers_of(party)}
        if name:
            found.setdefault((number, name), line)
    return list(found.values())


def awarded(release: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The number of each lot that is awarded, and the supplier it is awarded to."""
    places = {str(one.get("id")): n for n, one in numbered_lots(part(release, "tender"))}
    parties = {str(one.get("id")): one for one in parts(release, "parties")}
    for award in parts(release, "awards"):
        related = award.get("relatedLots") or list(places) or [""]
        for supplier in parts(award, "suppliers"):
            party = parties.get(str(supplier.get("id")), supplier)
            named = party if party.get("name") else {**party, "name": supplier.get("name")}
            for lot in related:
                yield places.get(str(lot), 1), named


def cpv_of(tender: Mapping[str, Any]) -> tuple[str, ...]:
    return cpv_codes([tender, *parts(tender, "items")])


def lot_cpv_of(tender: Mapping[str, Any]) -> Mapping[int, tuple[str, ...]]:
    """CPV codes of each lot's items, by the lot's number."""
    items: Sequence[dict[str, Any]] = parts(tender, "items")
    return {
        number: cpv_codes(one for one in items if one.get("relatedLot") == lot.get("id"))
        for number, lot in numbered_lots(tender)
    }
