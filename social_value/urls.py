"""Addresses of the pages."""

from django.urls import path

from social_value import (
    delivery_pages,
    licence_pages,
    need_pages,
    pool_pages,
    progress_pages,
    views,
)

app_name = "social_value"
urlpatterns = [
    path("pools/", pool_pages.pools, name="pools"),
    path("pools/<uuid:pk>/", pool_pages.pool, name="pool"),
    path("pools/<uuid:pk>/answer/", pool_pages.put_to_parties, name="put_to_parties"),
    path("pools/agreed/<uuid:pk>/", pool_pages.agreed, name="agreed"),
    path("pools/agreed/<uuid:pk>/answer/", pool_pages.answer, name="answer"),
    path("pools/agreed/<uuid:pk>/withdraw/", pool_pages.leave, name="leave_pool"),
    path("pools/agreed/<uuid:pk>/take-back/", pool_pages.take_back_refusal, name="take_back_no"),
    path("needs/", need_pages.needs, name="needs"),
    path("needs/post/", need_pages.post_need, name="post_need"),
    path("needs/sent/", need_pages.need_sent, name="need_sent"),
    path("needs/yours/<str:token>/", need_pages.yours, name="yours"),
    path("needs/<uuid:pk>/", need_pages.need, name="need"),
    path("councils/<str:code>/needs/", need_pages.council_needs, name="council_needs"),
    path("councils/<str:code>/needs/<uuid:pk>/", need_pages.decide_need, name="decide_need"),
    path("councils/<str:code>/social-value/", views.council, name="council"),
    path(
        "councils/<str:code>/licensed-values/",
        licence_pages.licensed_values,
        name="licensed_values",
    ),
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
