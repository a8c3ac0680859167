"""Addresses of the pages."""

from django.urls import path

from procurement import (
    coming_pages,
    demand_pages,
    engagement_pages,
    paper_pages,
    saving_pages,
    sharing_pages,
    together_pages,
    views,
)
from procurement.framework_pages import files, maintaining
from procurement.framework_pages import reading as reading_frameworks
from procurement.joint_buy_pages import pledging, reading, running, signing

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
    path("coming/", coming_pages.coming, name="coming"),
    path("joint-buys/", reading.joint_buys, name="joint_buys"),
    path("joint-buys/<uuid:pk>/", reading.joint_buy, name="joint_buy"),
    path("joint-buys/<uuid:pk>/history/", reading.history, name="joint_buy_history"),
    path("joint-buys/<uuid:pk>/move/", pledging.move, name="move"),
    *(
        path(f"joint-buys/<uuid:pk>/{page}/", pledging.ask, {"page": page}, name=f"pledge_{page}")
        for page in pledging.HEADINGS
    ),
    path("joint-buys/<uuid:pk>/check/", pledging.check, name="pledge_check"),
    path("joint-buys/<uuid:pk>/sign/", signing.sign, name="sign"),
    path("joint-buys/<uuid:pk>/signed/", signing.signed, name="signed"),
    path("joint-buys/<uuid:pk>/lead/", running.lead, name="lead"),
    path("joint-buys/<uuid:pk>/terms/", running.terms, name="terms"),
    path("joint-buys/<uuid:pk>/prices/", running.prices, name="expected_prices"),
    path("joint-buys/<uuid:pk>/invite/", running.invite, name="invite"),
    path("joint-buys/<uuid:pk>/late/", running.admit, name="admit"),
    path("joint-buys/<uuid:pk>/minute/", running.minute, name="minute"),
    path("joint-buys/<uuid:pk>/resolve/", running.resolve, name="resolve"),
    path("joint-buys/<uuid:pk>/close/", running.close, name="close"),
    path("councils/<str:code>/handover.xlsx", views.handover, name="handover"),
    path("councils/<str:code>/together/", together_pages.together, name="together"),
    path(
        "councils/<str:code>/together/<str:grouping>/<str:category>/",
        together_pages.windows,
        name="together_with",
    ),
    path(
        "councils/<str:code>/together/<str:grouping>/<str:category>/<str:start>/",
        together_pages.window,
        name="together_on",
    ),
    path(
        "councils/<str:code>/together/<str:grouping>/<str:category>/<str:start>/interest/",
        together_pages.interest,
        name="together_interest",
    ),
    path("sharing/", sharing_pages.sharing, name="sharing"),
    path("sharing.owm", sharing_pages.sharing_map, name="sharing_map"),
    path("sharing/<str:code>/<str:category>/", sharing_pages.own_place, name="own_place"),
    path("joint-buys/<uuid:pk>/realised/", saving_pages.realised, name="realised"),
    path("savings/", saving_pages.savings, name="savings"),
    path("demand/", demand_pages.demand, name="demand"),
    path("demand/contracts-ending.csv", demand_pages.ending_csv, name="demand_ending"),
    path("demand/intentions.csv", demand_pages.intentions_csv, name="demand_intentions"),
    path("demand/prices.csv", demand_pages.prices_csv, name="demand_prices"),
    path("engagements/", engagement_pages.engagements, name="engagements"),
    path("engagements/record/", engagement_pages.record, name="engagement_record"),
    path("engagements/<uuid:pk>/withdraw/", engagement_pages.withdraw, name="engagement_withdraw"),
    path("frameworks/", reading_frameworks.frameworks, name="frameworks"),
    path("frameworks/<str:reference>/", reading_frameworks.framework, name="framework"),
    path("maintain/frameworks/", maintaining.maintain, name="maintain_frameworks"),
    path("maintain/frameworks/new/", maintaining.new, name="new_framework"),
    path("maintain/frameworks/<slug:layout>.csv", maintaining.download, name="frameworks_csv"),
    path("maintain/frameworks/files/", files.send, name="send_framework_file"),
    path("maintain/frameworks/files/<int:pk>/", files.file, name="framework_file"),
    path(
        "maintain/framework/<str:reference>/", maintaining.maintain_one, name="maintain_framework"
    ),
    path(
        "maintain/framework/<str:reference>/awards/<int:number>/",
        maintaining.award,
        name="framework_award",
    ),
    path(
        "maintain/framework/<str:reference>/lots/<int:number>/",
        maintaining.lot,
        name="framework_lot",
    ),
    *(
        path(
            f"maintain/framework/<str:reference>/{part}/<int:number>/delete/",
            maintaining.delete_part,
            {"part": part},
            name=f"delete_framework_{part}",
        )
        for part in ("awards", "lots")
    ),
    path("maintain/framework/<str:reference>/delete/", maintaining.delete, name="delete_framework"),
    path(
        "maintain/framework/<str:reference>/<slug:name>/",
        maintaining.section,
        name="framework_section",
    ),
    path("framework-notices/<int:pk>.json", reading_frameworks.notice, name="framework_notice"),
]
