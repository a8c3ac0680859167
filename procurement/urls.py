"""Addresses of the pages."""

from django.urls import path

from procurement import paper_pages, saving_pages, sharing_pages, views
from procurement.joint_buy_pages import pledging, reading, running

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
    path("opportunities/<uuid:pk>/social-value/", paper_pages.pooled_ask, name="pooled_ask"),
    path("joint-buys/<uuid:pk>/social-value/", paper_pages.joint_ask, name="joint_ask"),
    path("opportunities/<uuid:pk>/interest/", reading.interest, name="interest"),
    path("joint-buys/", reading.joint_buys, name="joint_buys"),
    path("joint-buys/<uuid:pk>/", reading.joint_buy, name="joint_buy"),
    path("joint-buys/<uuid:pk>/history/", reading.history, name="joint_buy_history"),
    path("joint-buys/<uuid:pk>/move/", pledging.move, name="move"),
    *(
        path(f"joint-buys/<uuid:pk>/{page}/", pledging.ask, {"page": page}, name=f"pledge_{page}")
        for page in pledging.HEADINGS
    ),
    path("joint-buys/<uuid:pk>/check/", pledging.check, name="pledge_check"),
    path("joint-buys/<uuid:pk>/sign/", pledging.sign, name="sign"),
    path("joint-buys/<uuid:pk>/signed/", pledging.signed, name="signed"),
    path("joint-buys/<uuid:pk>/lead/", running.lead, name="lead"),
    path("joint-buys/<uuid:pk>/terms/", running.terms, name="terms"),
    path("joint-buys/<uuid:pk>/prices/", running.prices, name="expected_prices"),
    path("joint-buys/<uuid:pk>/invite/", running.invite, name="invite"),
    path("joint-buys/<uuid:pk>/late/", running.admit, name="admit"),
    path("joint-buys/<uuid:pk>/minute/", running.minute, name="minute"),
    path("joint-buys/<uuid:pk>/resolve/", running.resolve, name="resolve"),
    path("joint-buys/<uuid:pk>/close/", running.close, name="close"),
    path("councils/<str:code>/handover.xlsx", views.handover, name="handover"),
    path("sharing/", sharing_pages.sharing, name="sharing"),
    path("sharing.owm", sharing_pages.sharing_map, name="sharing_map"),
    path("sharing/<str:code>/<str:category>/", sharing_pages.own_place, name="own_place"),
    path("joint-buys/<uuid:pk>/realised/", saving_pages.realised, name="realised"),
    path("savings/", saving_pages.savings, name="savings"),
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<str:reference>/", views.framework, name="framework"),
]
