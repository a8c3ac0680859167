"""Addresses of the pages."""

from django.urls import path

from social_value import delivery_pages, progress_pages, views

app_name = "social_value"
urlpatterns = [
    path("pools/", views.pools, name="pools"),
    path("pools/<uuid:pk>/", views.pool, name="pool"),
    path("councils/<str:code>/social-value/", views.council, name="council"),
    path("contracts/<uuid:pk>/social-value/", views.correct, name="correct"),
    path("contracts/<uuid:pk>/social-value/take-back/", views.take_back, name="take_back"),
    path("contracts/<uuid:pk>/deliveries/new/", delivery_pages.record, name="record"),
    path("deliveries/<uuid:pk>/", delivery_pages.delivery, name="delivery"),
    path("deliveries/<uuid:pk>/evidence/", delivery_pages.evidence, name="evidence"),
    path("deliveries/<uuid:pk>/confirm/", delivery_pages.confirm, name="confirm"),
    path("deliveries/<uuid:pk>/correct/", delivery_pages.correct, name="correct_delivery"),
    path("deliveries/<uuid:pk>/take-back/", delivery_pages.take_back, name="take_back_delivery"),
    path("deliveries/community/<str:token>/", delivery_pages.community, name="community"),
    path("social-value/delivered/", progress_pages.public, name="delivered"),
    path("suppliers/<uuid:pk>/social-value/", progress_pages.supplier, name="supplier"),
    path("councils/<str:code>/social-value/progress/", progress_pages.council, name="progress"),
    path("councils/<str:code>/social-value/reminders/", progress_pages.reminders, name="reminders"),
]
