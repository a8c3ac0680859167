"""Addresses of the pages."""

from django.urls import path

from social_value import views

app_name = "social_value"
urlpatterns = [
    path("pools/", views.pools, name="pools"),
    path("pools/<uuid:pk>/", views.pool, name="pool"),
    path("councils/<str:code>/social-value/", views.council, name="council"),
    path("contracts/<uuid:pk>/social-value/", views.correct, name="correct"),
    path("contracts/<uuid:pk>/social-value/take-back/", views.take_back, name="take_back"),
]
