"""Pages of contracts and frameworks as Open Contracting release packages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from procurement.frameworks.releases import Stated, release
from procurement.models import Framework
from registry import extracts
from registry.exports import ocds
from registry.exports.ocds import Json
from registry.exports.rows import Agreement
from registry.models import Contract, Council
from registry.permissions import EVERYBODY
from registry.today import today

Held = tuple[str, Agreement]  # the code of its council, and the contract


def package(uri: str, releases: Sequence[Json], *, extensions: Sequence[str] = ()) -> Json:
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": [*ocds.EXTENSIONS, *extensions],
        "publisher": {"name": "Buying Commons", "uri": settings.PUBLIC_URL},
        "license": ocds.LICENCE,
        "publishedDate": max((one["date"] for one in releases), default=ocds.moment(today())),
        "releases": list(releases),
    }


def of_contracts(keys: Sequence[UUID], uri: str) -> list[Json]:
    """One of each contracting process of the page, with all that its council holds under it."""
    contracts = Contract.objects.standing().as_published_to(EVERYBODY)
    page = {one.id: (code, one) for code, one in held(contracts.filter(pk__in=keys))}
    together = sharing(contracts, page.values())
    councils = Council.objects.in_bulk({code for code, _ in page.values()})
    made: dict[tuple[str, str], Json] = {}
    for code, one in (page[str(key)] for key in keys if str(key) in page):
        process = code, ocds.ocid_of(one, settings.OCDS_PREFIX)
        if process not in made:
            about = ocds.Package(uri, extracts.buyer(councils[code]), settings.OCDS_PREFIX, today())
            made[process] = ocds.release(about, process[1], together.get(process, [one]))
    return list(made.values())


def held(contracts: Any) -> Iterator[Held]:
    codes = dict(contracts.values_list("pk", "council"))
    for one in extracts.agreements(contracts.order_by("pk")):
        yield codes[UUID(one.id)], one


def sharing(contracts: Any, page: Iterable[Held]) -> Mapping[tuple[str, str], list[Agreement]]:
    """Contracts of the page's processes that registers state, whether on the page or not."""
    stated = {(code, one.facts["ocid"]) for code, one in page if one.facts.get("ocid")}
    if not stated:
        return {}
    codes, ocids = zip(*stated, strict=True)
    found: dict[tuple[str, str], list[Agreement]] = {}
    for code, one in held(contracts.filter(council__in=codes, ocid__in=ocids)):
        process = code, ocds.ocid_of(one, settings.OCDS_PREFIX)
        found.setdefault(process, []).append(one)
    return found


def of_frameworks(frameworks: Iterable[Framework]) -> list[Json]:
    return [release(stated(one), prefix=settings.OCDS_PREFIX, today=today()) for one in frameworks]


def stated(framework: Framework) -> Stated:
    return Stated(
        reference=framework.reference,
        name=framework.name,
        owner=framework.owner,
        dynamic_market=framework.kind == Framework.Kind.DYNAMIC_MARKET,
        as_at=framework.as_at,
        starts=framework.starts,
        ends=framework.ends,
        scheme_ends=framework.scheme_ends,
        users=framework.users,
        note=framework.note,
        lots=[(lot.number, lot.name) for lot in framework.lots.all()],
    )
