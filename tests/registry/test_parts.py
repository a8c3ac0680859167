"""Form fields, error summaries, pagination and navigation as the design system has them."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from registry.templatetags import parts


class AnyForm(forms.Form):
    title = forms.CharField(help_text="As it stands in the register")
    note = forms.CharField(widget=forms.Textarea, required=False)
    council = forms.ChoiceField(choices=[("a", "Anyborough")])
    sort = forms.ChoiceField(choices=[("x", "Contract")], widget=forms.RadioSelect)
    day = forms.DateField()
    sure = forms.BooleanField()
    file = forms.FileField()

    def clean(self):
        raise forms.ValidationError("These do not go together.")


def render(source: str, **context) -> str:
    request = context.pop("request", RequestFactory().get("/contracts/?q=laptops&page=2"))
    return engines["django"].from_string("{% load parts %}" + source).render(context, request)


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("title", "govuk-input"),
        ("note", "govuk-textarea"),
        ("council", "govuk-select"),
        ("day", "govuk-input govuk-input--width-10"),
        ("file", "govuk-file-upload"),
    ],
)
def test_control_wears_the_class_of_its_kind(name, css):
    assert f'class="{css}"' in parts.control(AnyForm()[name])


def test_control_that_is_wrong_says_so_and_points_to_why():
    html = parts.control(AnyForm({})["title"])

    assert "govuk-input--error" in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html


def test_field_puts_hint_and_error_where_its_input_points():
    html = AnyForm({})["title"].as_field_group()

    assert '<label class="govuk-label" for="id_title">Title</label>' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html


def test_radios_stand_in_a_fieldset_with_the_choice_kept():
    html = AnyForm({"sort": "x"})["sort"].as_field_group()

    assert "<fieldset" in html
    assert 'value="x" id="id_sort_0" checked>' in html


def test_a_checkbox_has_its_label_beside_it():
    html = AnyForm({"sure": "on"})["sure"].as_field_group()

    assert 'id="id_sure" checked' in html
    assert 'govuk-checkboxes__label" for="id_sure"' in html


def test_form_renders_every_field_and_hidden_ones():
    class WithHidden(AnyForm):
        token = forms.CharField(widget=forms.HiddenInput, initial="t")

    html = str(WithHidden())

    assert html.count("govuk-form-group") == 7
    assert 'type="hidden" name="token"' in html


def test_error_summary_links_each_fault_to_the_first_input_of_its_field():
    html = render("{% error_summary form %}", form=AnyForm({}))

    assert "These do not go together." in html
    assert 'href="#id_title"' in html
    assert 'href="#id_sort_0"' in html


def test_error_summary_is_silent_when_nothing_is_wrong():
    assert render("{% error_summary form %}", form=AnyForm()).strip() == ""


def test_pagination_keeps_the_other_filters():
    html = render("{% pagination page %}", page=Paginator(range(100), 10).page(2))

    assert 'href="?q=laptops&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_pagination_is_silent_on_a_single_page():
    html = render("{% pagination page %}", page=Paginator(range(3), 10).page(1))

    assert html.strip() == ""


@pytest.mark.parametrize(
    ("href", "shown", "marked"),
    [
        ("/contracts/", True, True),
        ("/councils/", True, False),
        ("", False, False),
    ],
)
def test_navigation_item_is_marked_where_the_reader_is(href, shown, marked):
    html = render("{% navigation_item 'Any' href %}", href=href)

    assert ("<li" in html) is shown
    assert ("aria-current" in html) is marked
