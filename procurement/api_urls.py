"""Addresses of the public API and of the pages about it."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from procurement import api, api_changes, api_pages, api_releases, demand_api, promise_api

router = SimpleRouter()
router.register("councils", api.CouncilViewSet, "council")
router.register("groupings", api.GroupingViewSet, "grouping")
router.register("categories", api.CategoryViewSet, "category")
router.register("suppliers", api.SupplierViewSet, "supplier")
router.register("contracts", api.ContractViewSet, "contract")
router.register("opportunities", api.OpportunityViewSet, "opportunity")
router.register("frameworks", api.FrameworkViewSet, "framework")
router.register("needs", api.NeedViewSet, "need")
router.register("promises", promise_api.PromiseViewSet, "promise")
router.register("demand", demand_api.DemandViewSet, "demand")
router.register("intentions", demand_api.IntentionViewSet, "intention")
router.register("prices", demand_api.PriceViewSet, "price")
router.register("engagements", demand_api.EngagementViewSet, "engagement")

# Each list whole, as a file.
files = [
    path(f"v1/{many}.csv", viewset.as_view({"get": "csv"}), name=f"{one}-csv")
    for many, viewset, one in router.registry
]

app_name = "api"
urlpatterns = [
    path("", api_pages.docs, name="docs"),
    path("try/", api_pages.ask_here, name="try"),
    path("guide/", api_pages.guide, name="guide"),
    path("key/", api_pages.key, name="key"),
    path("v1/openapi.json", api_pages.description, name="schema"),
    path("v1/", api.IndexView.as_view(), name="index"),
    # Before the router's, for which these would be keys.
    path(
        "v1/contracts/releases/",
        api_releases.ContractReleases.as_view({"get": "list"}),
        name="contract-releases",
    ),
    path(
        "v1/frameworks/releases/",
        api_releases.FrameworkReleases.as_view({"get": "list"}),
        name="framework-releases",
    ),
    path("v1/", include(router.urls)),
    path("v1/changes/", api_changes.ChangeViewSet.as_view({"get": "list"}), name="change-list"),
    *files,
    # Ends with a slash, so that an address without its last one is still put right.
    re_path(r"^v1/(?:[\s\S]*/)?\Z", api.NowhereView.as_view(), name="nowhere"),
]
