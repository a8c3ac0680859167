"""Addresses of the pages."""

from django.urls import path

from procurement import paper_pages, sharing_pages, views

app_name = "procurement"
urlpatterns = [
    path("opportunities/", views.opportunities, name="opportunities"),
    path("opportunities/<uuid:pk>/", views.opportunity, name="opportunity"),
    path("opportunities/<uuid:pk>/asks.csv", views.asks, name="asks"),
    path("opportunities/<uuid:pk>/business-case/", paper_pages.case, name="case"),
    path(
        "opportunities/<uuid:pk>/business-case.docx",
        paper_pages.case_document,
        name="case_document",
    ),
    path("opportunities/<uuid:pk>/lines.xlsx", paper_pages.workbook, name="lines"),
    path("councils/<str:code>/handover.xlsx", views.handover, name="handover"),
    path("sharing/", sharing_pages.sharing, name="sharing"),
    path("sharing.owm", sharing_pages.sharing_map, name="sharing_map"),
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<str:reference>/", views.framework, name="framework"),
]
