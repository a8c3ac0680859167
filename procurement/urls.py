"""Addresses of the pages."""

from django.urls import path

from procurement import views

app_name = "procurement"
urlpatterns = [
    path("opportunities/", views.opportunities, name="opportunities"),
    path("opportunities/<uuid:pk>/", views.opportunity, name="opportunity"),
    path("opportunities/<uuid:pk>/asks.csv", views.asks, name="asks"),
    path("councils/<str:code>/handover.xlsx", views.handover, name="handover"),
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<str:reference>/", views.framework, name="framework"),
]
