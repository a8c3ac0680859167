"""Addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from registry.forms import SignInForm
from registry.views import (
    alerts,
    calendars,
    categories,
    contracts,
    councils,
    deciding,
    downloads,
    handing,
    history,
    home,
    people,
    publication,
    reviewing,
    searches,
    suppliers,
)

app_name = "registry"
sign_in = LoginView.as_view(
    template_name="registry/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("my-council/", councils.my_council, name="my_council"),
    path("councils/", councils.councils, name="councils"),
    path("councils/<str:code>/", councils.council, name="council"),
    path("councils/<str:code>/publication/", publication.publication, name="publication"),
    path("councils/<str:code>/transparency.csv", downloads.transparency, name="transparency"),
    path("councils/<str:code>/ocds.json", downloads.ocds, name="ocds"),
    path("councils/<str:code>/workbook.xlsx", downloads.workbook, name="workbook"),
    path("councils/<str:code>/calendar/", calendars.calendar, name="calendar"),
    path("calendars/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts.csv", contracts.contracts_csv, name="contracts_csv"),
    path("contracts/<uuid:pk>/", contracts.contract, name="contract"),
    path("contracts/<uuid:pk>/category/", deciding.category, name="decide_category"),
    path("contracts/<uuid:pk>/supplier/", deciding.supplier, name="decide_supplier"),
    path("contracts/<uuid:pk>/withdraw/", deciding.withdraw, name="withdraw_decision"),
    path("contracts/<uuid:pk>/history/", history.history, name="history"),
    path("contracts/<uuid:pk>/record/", people.record, name="record_decision"),
    path("contracts/<uuid:pk>/answer/", people.answer, name="answer_file"),
    path("contracts/<uuid:pk>/take-back/", people.take_back, name="take_back"),
    path("contracts/<uuid:pk>/withhold/", publication.withhold, name="withhold"),
    path("contracts/<uuid:pk>/handing/", handing.handing, name="handing"),
    path("contracts/<uuid:pk>/publish/", publication.publish, name="publish"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/searches/", alerts.save, name="save_search"),
    path("alerts/searches/<int:pk>/forget/", alerts.forget, name="forget_search"),
    path("searches/new/", searches.tell_me, name="tell_me"),
    path("searches/sent/", searches.sent, name="search_sent"),
    path("searches/<str:token>/", searches.digest, name="digest"),
    path("searches/<str:token>/<int:pk>/", searches.search, name="search"),
    path("suppliers/", suppliers.suppliers, name="suppliers"),
    path("suppliers/review/", reviewing.review, name="review_suppliers"),
    path("suppliers/<uuid:pk>/", suppliers.supplier, name="supplier"),
    path("suppliers/<uuid:pk>/join/", reviewing.join, name="join_supplier"),
    path("suppliers/<uuid:pk>/split/", reviewing.split, name="split_supplier"),
    path("suppliers/judgements/<int:pk>/", reviewing.take_back, name="undo_judgement"),
    path("suppliers/<uuid:pk>/group/", reviewing.group_membership, name="group_membership"),
    path("supplier-groups/<uuid:pk>/", reviewing.group, name="supplier_group"),
    path("categories/", categories.categories, name="categories"),
    path("categories/<str:code>/", categories.category, name="category"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
]
