"""The parts pages are made of: form fields, error summaries, pagination, navigation."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.safestring import SafeString

register = template.Library()

# The design system's class for each kind of input; the first that fits counts.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.widgets.Input, "govuk-input"),
)
# Inputs no wider than what goes into them.
WIDTHS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.DateInput, "govuk-input--width-10"),
    (forms.NumberInput, "govuk-input--width-10"),
)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input with the design system's classes and, when wrong, its red border."""
    widget = field.field.widget
    base = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    names = [widget.attrs.get("class", ""), base]
    names += [name for kind, name in WIDTHS if isinstance(widget, kind)]
    if field.errors and base:
        names.append(f"{base}--error")
    return field.as_widget(attrs={"class": " ".join(filter(None, names))})


@register.filter
def looks_like(field: BoundField) -> str:
    """How a field is laid out: radios, checkboxes, one checkbox, or a single input."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return "day"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*all_forms: forms.BaseForm) -> dict[str, Any]:
    """What is wrong in the forms of a page, each linked to its field."""
    faults = [
        (first_input(field), error)
        for form in all_forms
        for field in form.visible_fields()
        for error in field.errors
    ]
    general = [error for form in all_forms for error in form.non_field_errors()]
    return {"faults": faults, "general": general}


def first_input(field: BoundField) -> str:
    """The id to jump to: a group of choices begins at its first."""
    suffix = "_0" if looks_like(field) in {"radios", "checkboxes", "day"} else ""
    return f"{field.auto_id}{suffix}"


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Previous, numbers and next; the page's other filters are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.inclusion_tag("parts/navigation_item.html", takes_context=True)
def navigation_item(context: RequestContext, text: str, href: str) -> dict[str, Any]:
    """A place in the service; marked while the reader is in it. Nothing when not there yet."""
    path = context["request"].path if "request" in context else ""
    return {"text": text, "href": href, "active": bool(href) and path.startswith(href)}
