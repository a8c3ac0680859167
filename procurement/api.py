"""The public API: facts that anybody may read, each at an address that lasts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from procurement import contracts_found, contracts_told, filters, serializers
from procurement.conditional import date_it, or_unchanged
from procurement.contracts_told import Json
from procurement.fair_use import FairUse
from procurement.framework_serializers import (
    FrameworkSerializer,
    FrameworkWithSuppliersSerializer,
)
from procurement.kept_sql import Row
from procurement.models import Framework, Opportunity
from procurement.pagination import KeysetPagination, Order, Position, batches, rows_after
from procurement.parameters import (
    LISTS,
    fields_asked,
    known_of,
    narrowed,
    refuse_unknown,
    values_asked,
)
from procurement.problem_details import LONGEST_ADDRESS, AddressTooLongError
from procurement.renderers import CSVRenderer, csv_lines
from registry.models import Category, Contract, Council, Grouping, Supplier, SupplierName
from registry.permissions import EVERYBODY
from registry.today import today
from social_value.models import Need

PAGING = {"cursor", "page_size"}
# Scripts of any site may read answers, and the headers that say how to go on.
ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
A_CODE = r"[A-Za-z0-9._-]{1,40}"
AN_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
A_REFERENCE = r"[^/\x00-\x1f]{1,60}"


class OpenToAll(APIView):
    """Anybody may read, from any site, a fair number of times; with a key, more often."""

    http_method_names = ["get", "head"]
    throttle_classes = [FairUse]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            raise AddressTooLongError

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, **ANY_SITE}

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code == HTTPStatus.OK and isinstance(answer, Response):
            answer.add_post_render_callback(partial(or_unchanged, request))
        return answer


class PublicViewSet(
    OpenToAll,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Any],
):
    """A list in pages, and each thing in it at an address of its own."""

    pagination_class = KeysetPagination
    filterset_class: Any = None
    detail_serializer_class: type[BaseSerializer[Any]] | None = None
    fields: Sequence[str] = ()  # those asked for; the description asks for none and tells all

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return  # it will be told that this is for reading, whatever it asks
        refuse_unknown(request, self.known())
        self.fields = fields_asked(request, self.field_names())

    def known(self) -> set[str]:
        """What it can be asked."""
        if self.action == "retrieve":
            return {"fields"}
        paging = PAGING if self.action == "list" else set()
        return known_of(self.filterset_class) | paging | {"fields"}

    def field_names(self) -> list[str]:
        return self.get_serializer_class().Meta.fields  # type: ignore[attr-defined,no-any-return]

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:
        """With the fields asked for alone, in the order of the description."""
        serializer = super().get_serializer(*args, **kwargs)
        one: Any = getattr(serializer, "child", serializer)
        told = one.fields
        for name in set(told).difference(self.fields or told):
            del told[name]
        return serializer

    @extend_schema(responses={(HTTPStatus.OK, "text/csv"): OpenApiTypes.STR})
    def csv(self, request: Request, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:
        """The whole list, as many rows as there are; never more than a few in memory."""
        # Narrowed before the answer begins, so that what cannot be asked is refused.
        asked = self.filter_queryset(self.get_queryset())
        rows = csv_lines(self.fields, self.all_rows(asked))
        answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{request.path.rsplit("/")[-1]}"'
        return answer

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return narrowed(queryset, self.filterset_class, self.request)

    def get_renderers(self) -> list[BaseRenderer]:
        return [CSVRenderer()] if self.action == "csv" else super().get_renderers()

    def page(self) -> Sequence[Any]:
        return self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []

    def all_rows(self, asked: QuerySet[Any]) -> Iterator[Sequence[Any]]:
        for batch in batches(asked, self.order(), self.position_of):
            for row in self.get_serializer(batch, many=True).data:
                yield list(row.values())

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        one = self.detail_serializer_class if self.action == "retrieve" else None
        return one or super().get_serializer_class()

    def rows_after(
        self, queryset: QuerySet[Any], after: Position | None, size: int
    ) -> Sequence[Any]:
        return rows_after(queryset, self.order(), after=after, size=size)

    def order(self) -> Order:
        return Order()

    def position_of(self, row: Any) -> Position:
        field = self.order().field
        return Position(None if field == "pk" else getattr(row, field), row.pk)


class CouncilViewSet(PublicViewSet):
    """Councils as they were between two days: those that are no more are kept."""

    queryset = Council.objects.prefetch_related("successors")
    serializer_class = serializers.CouncilSerializer
    filterset_class = filters.CouncilFilter
    lookup_value_regex = A_CODE


class GroupingViewSet(PublicViewSet):
    """Sets of councils that might buy together: regions, combined authorities, consortia."""

    queryset = Grouping.objects.stored()
    serializer_class = serializers.GroupingSerializer
    detail_serializer_class = serializers.GroupingWithCouncilsSerializer
    filterset_class = filters.GroupingFilter
    lookup_value_regex = A_CODE


class CategoryViewSet(PublicViewSet):
    """Kinds of things councils buy."""

    queryset = Category.objects.all()
    serializer_class = serializers.CategorySerializer
    filterset_class = filters.CategoryFilter
    lookup_value_regex = A_CODE


LEADS_ON = "It turned out to be another supplier, which is at `Location`."


class SupplierViewSet(PublicViewSet):
    """Legal bodies that hold contracts, with every name and identifier they go by."""

    queryset = Supplier.objects.told_to(EVERYBODY).prefetch_related(
        Prefetch("names", SupplierName.objects.told_to(EVERYBODY)), "identifiers", "merged"
    )
    serializer_class = serializers.SupplierSerializer
    filterset_class = filters.SupplierFilter
    lookup_value_regex = AN_ID

    @extend_schema(
        responses={
            200: serializers.SupplierSerializer,
            308: OpenApiResponse(serializers.MergedSupplierSerializer, description=LEADS_ON),
        }
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One that turned out to be another leads on to that: no identifier ever dies."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            return self.leading_on(kwargs["pk"], request)

    def leading_on(self, key: str, request: Request) -> Response:
        told = self.get_queryset().values("pk")
        merged = get_object_or_404(Supplier.objects.filter(merged_into__in=told), pk=key)
        told_so = serializers.MergedSupplierSerializer(merged, context={"request": request}).data
        # Not to be kept for ever, as permanent answers may be: people take mergers back.
        kept = {"Location": told_so["url"], "Cache-Control": "no-cache"}
        return Response(told_so, status=HTTPStatus.PERMANENT_REDIRECT, headers=kept)


class ContractViewSet(PublicViewSet):
    """Facts of contracts that councils publish under the Transparency Code.

    In order of end date, those without one last; in order of change with `changed_since`.
    """

    queryset: QuerySet[Any] = Contract.objects.standing().as_published_to(EVERYBODY)
    serializer_class = serializers.ContractSerializer
    filterset_class = filters.ContractFilter
    lookup_value_regex = AN_ID

    def order(self) -> Order:
        if self.action == "retrieve" or "changed_since" in self.request.query_params:
            return Order("changed_at")
        return Order("end_date", lacking=True)

    def position_of(self, row: Any) -> Position:
        """Rows end with what their place in the list is told by."""
        return Position(row[-2], row[-1])

    def rows(self, contracts: QuerySet[Contract]) -> QuerySet[Contract, Any]:
        return contracts_told.rows(contracts, self.fields, then=self.order().field)

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        return self.get_paginated_response(self.written(self.page(), request))

    def page(self) -> Sequence[Row]:
        self.asked = values_asked(self.filterset_class, self.request)
        return self.paginate_queryset(self.queryset) or []

    def rows_after(
        self, _queryset: QuerySet[Any], after: Position | None, size: int
    ) -> Sequence[Row]:
        return contracts_found.page(self.asked, self.fields, self.order(), after=after, size=size)

    def retrieve(self, request: Request, *_args: Any, **kwargs: Any) -> Response:
        found = self.get_queryset().filter(pk=kwargs["pk"])
        contract = self.rows(found).first()
        if contract is None:
            raise Http404
        answer = Response(self.written([contract], request)[0])
        date_it(answer, self.position_of(contract).value)
        return answer

    def all_rows(self, asked: QuerySet[Any]) -> Iterator[Sequence[Any]]:
        for batch in batches(self.rows(asked), self.order(), self.position_of):
            for row in self.written(batch, self.request):
                yield list(row.values())

    def written(self, rows: Iterable[Sequence[Any]], request: Request) -> Sequence[Json]:
        return contracts_told.written(rows, self.fields, request)


class OpportunityViewSet(PublicViewSet):
    """Dates on which councils of a grouping could replace contracts of a category together.

    A summary of public contract facts. What councils intend is not part of it.
    """

    queryset = Opportunity.objects.for_list()
    serializer_class = serializers.OpportunitySerializer
    detail_serializer_class = serializers.OpportunityWithMembersSerializer
    told_of_one_alone = ("joins", "council_codes", "saving_reasons")
    filterset_class = filters.OpportunityFilter
    lookup_value_regex = AN_ID

    def get_queryset(self) -> QuerySet[Opportunity]:
        found = super().get_queryset()
        return found if self.action == "retrieve" else found.defer(*self.told_of_one_alone)

    def order(self) -> Order:
        return Order("start_date")


class FrameworkViewSet(PublicViewSet):
    """Frameworks, open frameworks and dynamic markets: lots, dates, and when suppliers can join."""

    queryset = Framework.objects.in_full()
    serializer_class = FrameworkSerializer
    detail_serializer_class = FrameworkWithSuppliersSerializer
    filterset_class = filters.FrameworkFilter
    lookup_value_regex = A_REFERENCE

    def get_queryset(self) -> QuerySet[Framework]:
        found = super().get_queryset()
        return found.prefetch_related("lots__suppliers") if self.action == "retrieve" else found


class NeedViewSet(PublicViewSet):
    """What community organisations need and can still be met, as their councils approved it.

    One that was met, withdrawn or is past is not here any more. Whom to ask is the council.
    """

    queryset = Need.objects.for_board()
    serializer_class = serializers.NeedSerializer
    filterset_class = filters.NeedFilter
    lookup_value_regex = AN_ID

    def get_queryset(self) -> QuerySet[Need]:
        return Need.objects.for_board().open_on(today())

    def order(self) -> Order:
        return Order("wanted_by")


class IndexView(OpenToAll):
    """Where each list of the API is."""

    @extend_schema(operation_id="index", responses=serializers.IndexSerializer)
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ())
        names = LISTS.items()
        return Response({many: reverse(f"api:{one}-list", request=request) for many, one in names})


class NowhereView(OpenToAll):
    """An address under the API's that leads nowhere."""

    @extend_schema(exclude=True)
    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        raise NotFound
