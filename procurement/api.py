"""The public API: facts that anybody may read, each at an address that lasts."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from procurement import filters, serializers
from procurement.models import Framework, Opportunity
from procurement.pagination import KeysetPagination, Order, Position
from procurement.parameters import LISTS, known_of, refuse_unknown
from registry.models import Category, Contract, Council, Grouping, Supplier, SupplierName
from registry.models.publishing import shown
from registry.permissions import EVERYBODY
from registry.today import today
from social_value.models import Need

PAGING = {"cursor", "page_size"}
A_CODE = r"[A-Za-z0-9._-]{1,40}"
AN_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
A_REFERENCE = r"[^/\x00-\x1f]{1,60}"


class OpenToAll(APIView):
    """Anybody may read, from any site, a fair number of times a minute."""

    http_method_names = ["get", "head"]
    throttle_classes = [AnonRateThrottle]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, "Access-Control-Allow-Origin": "*"}


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

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action == "list":
            refuse_unknown(request, known_of(self.filterset_class) | PAGING)
        elif self.action == "retrieve":
            refuse_unknown(request, ())

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        one = self.detail_serializer_class if self.action == "retrieve" else None
        return one or super().get_serializer_class()

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

    queryset = Grouping.objects.all()
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

    queryset = Contract.objects.standing().as_published_to(EVERYBODY)
    serializer_class = serializers.ContractSerializer
    filterset_class = filters.ContractFilter
    lookup_value_regex = AN_ID
    names = tuple(serializers.CONTRACT_COLUMNS)
    paths = tuple(map(shown, serializers.CONTRACT_COLUMNS.values()))

    def order(self) -> Order:
        if "changed_since" in self.request.query_params:
            return Order("changed_at")
        return Order("end_date", lacking=True)

    def position_of(self, row: Any) -> Position:
        return Position(row[self.paths.index(self.order().field)], row[self.paths.index("id")])

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        contracts = self.filter_queryset(self.get_queryset()).values_list(*self.paths)
        page = self.paginate_queryset(contracts)
        return self.get_paginated_response(self.written(page or [], request))

    def retrieve(self, request: Request, *_args: Any, **kwargs: Any) -> Response:
        contract = self.get_queryset().filter(pk=kwargs["pk"]).values_list(*self.paths).first()
        if contract is None:
            raise Http404
        return Response(self.written([contract], request)[0])

    def written(self, rows: Iterable[Sequence[Any]], request: Request) -> Sequence[Any]:
        """Straight from rows to JSON: a serializer would cost more than the query."""
        here = reverse("api:contract-list", request=request)
        at_id = self.paths.index("id")
        return [
            {"url": f"{here}{row[at_id]}/", **dict(zip(self.names, row, strict=True))}
            for row in rows
        ]


class OpportunityViewSet(PublicViewSet):
    """Dates on which councils of a grouping could replace contracts of a category together.

    A summary of public contract facts. What councils intend is not part of it.
    """

    queryset = Opportunity.objects.select_related("category", "grouping")
    serializer_class = serializers.OpportunitySerializer
    detail_serializer_class = serializers.OpportunityWithMembersSerializer
    filterset_class = filters.OpportunityFilter
    lookup_value_regex = AN_ID

    def get_queryset(self) -> QuerySet[Opportunity]:
        found = super().get_queryset()
        if self.action == "retrieve":
            return found.prefetch_related("members__contract", "members__council")
        return found

    def order(self) -> Order:
        return Order("start_date")


class FrameworkViewSet(PublicViewSet):
    """Frameworks, open frameworks and dynamic markets, with their lots and dates."""

    queryset = Framework.objects.for_list()
    serializer_class = serializers.FrameworkSerializer
    filterset_class = filters.FrameworkFilter
    lookup_value_regex = A_REFERENCE


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
