"""Every address of the service."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

ICON = lazy(static, str)("icon.svg")

urlpatterns = [
    # Asked for by browsers that show no page of ours, such as the API's answers.
    path("favicon.ico", RedirectView.as_view(url=ICON), name="favicon"),
    path("admin/", admin.site.urls),
    path("api/", include("procurement.api_urls")),
    path("", include("registry.urls")),
    path("uploads/", include("imports.urls")),
    path("", include("procurement.urls")),
    path("", include("social_value.urls")),
]
