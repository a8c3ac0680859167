"""Lists of the API as Open Contracting release packages, a page each."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from procurement import releases
from procurement.api import PAGING, ContractViewSet, FrameworkViewSet, PublicViewSet
from procurement.frameworks.releases import EXTENSIONS
from procurement.parameters import known_of
from procurement.renderers import OCDSRenderer
from registry.exports.ocds import Json


class Releases(PublicViewSet):
    """A page of a list as one package; the address of the next is in the `Link` header."""

    def known(self) -> set[str]:
        return known_of(self.filterset_class) | PAGING

    def field_names(self) -> list[str]:
        return []

    def get_renderers(self) -> list[BaseRenderer]:
        return [OCDSRenderer()]

    def package_of(self, rows: Sequence[Any], uri: str) -> Json:
        raise NotImplementedError

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        answer = Response(self.package_of(self.page(), request.build_absolute_uri()))
        following: Any = self.paginator
        if following.next_url:
            answer["Link"] = f'<{following.next_url}>; rel="next"'
        return answer


class ContractReleases(Releases, ContractViewSet):
    """Contracts as Open Contracting (OCDS 1.1) releases, one of each contracting process.

    Contracts of one stated process are one release, whichever of them the page holds. The next
    page is in the `Link` header, since a package has no field for it.
    """

    def package_of(self, rows: Sequence[Any], uri: str) -> Json:
        return releases.package(uri, releases.of_contracts([row[-1] for row in rows], uri))


class FrameworkReleases(Releases, FrameworkViewSet):
    """Frameworks and dynamic markets as Open Contracting (OCDS 1.1) releases.

    By the extensions for techniques and lots. The next page is in the `Link` header.
    """

    def package_of(self, rows: Sequence[Any], uri: str) -> Json:
        made = releases.of_frameworks(rows)
        return releases.package(uri, made, extensions=EXTENSIONS)
