"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("procurement.api_urls")),
    path("", include("registry.urls")),
    path("uploads/", include("imports.urls")),
    path("", include("procurement.urls")),
]
