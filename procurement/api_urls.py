"""Addresses of the public API and of the pages about it."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from procurement import api, api_pages

router = SimpleRouter()
router.register("councils", api.CouncilViewSet, "council")
router.register("groupings", api.GroupingViewSet, "grouping")
router.register("categories", api.CategoryViewSet, "category")
router.register("suppliers", api.SupplierViewSet, "supplier")
router.register("contracts", api.ContractViewSet, "contract")
router.register("opportunities", api.OpportunityViewSet, "opportunity")
router.register("frameworks", api.FrameworkViewSet, "framework")
router.register("needs", api.NeedViewSet, "need")

app_name = "api"
urlpatterns = [
    path("", api_pages.docs, name="docs"),
    path("try/", api_pages.ask_here, name="try"),
    path("guide/", api_pages.guide, name="guide"),
    path("v1/openapi.json", api_pages.description, name="schema"),
    path("v1/", api.IndexView.as_view(), name="index"),
    path("v1/", include(router.urls)),
    # Ends with a slash, so that an address without its last one is still put right.
    re_path(r"^v1/(?:[^?]*/)?\Z", api.NowhereView.as_view(), name="nowhere"),
]
