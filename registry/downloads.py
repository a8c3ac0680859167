"""The files of a council, fetched and built: the same for pages and for the command line."""

from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.urls import reverse

from registry.exports import cleaned, handover, transparency
from registry.exports import ocds as standard
from registry.exports.workbook import write
from registry.extracts import (
    buyer,
    its_own,
    published,
    successions,
    with_handovers,
    with_sources,
)
from registry.models import Council
from registry.today import today


def transparency_csv(council: Council) -> Iterator[str]:
    return transparency.lines(buyer(council), published(council))


def ocds(council: Council, *, uri: str) -> Iterator[bytes]:
    package = standard.Package(uri, buyer(council), settings.OCDS_PREFIX, today())
    return standard.chunks(package, published(council))


def ocds_uri(council: Council) -> str:
    """Where this service publishes it, for files written without a request."""
    return f"{settings.PUBLIC_URL}{reverse('registry:ocds', args=[council.pk])}"


def workbook(file: IO[bytes], council: Council) -> None:
    write(file, cleaned.sheets(its_own(council), with_sources(council)))


def schedule(file: IO[bytes], council: Council, consent: handover.Consent | None) -> None:
    handing = handover.Handing(buyer(council), today(), successions(council), consent)
    write(file, handover.sheets(handing, with_handovers(council)))
