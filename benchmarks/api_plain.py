"""Addresses of the peer that is Django REST framework as it comes."""

from django.urls import path
from django_filters import FilterSet, filters
from rest_framework import generics, pagination, serializers

from procurement.serializers import CONTRACT_COLUMNS
from registry.models import Contract

COMPUTED = {"supplier_withheld", "value_withheld"}


class Plain(serializers.ModelSerializer):
    council_name = serializers.CharField(source="council.name")
    category_name = serializers.CharField(source="category.name")

    class Meta:
        model = Contract
        fields = [name for name in CONTRACT_COLUMNS if name not in COMPUTED]


class Pages(pagination.CursorPagination):
    page_size = 50
    ordering = ("end_date", "id")


class Narrow(FilterSet):
    category = filters.CharFilter("category")
    ends_after = filters.DateFilter("end_date", "gt")


class Contracts(generics.ListAPIView):
    queryset = Contract.objects.filter(withdrawn=False).select_related("council", "category")
    serializer_class = Plain
    pagination_class = Pages
    filterset_class = Narrow


urlpatterns = [path("api/v1/contracts/", Contracts.as_view())]
