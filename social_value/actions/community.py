"""The community is asked by mail whether what was done for its need happened so."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from social_value.models import Delivery

SUBJECT = "Buying Commons: did it happen so?"


def write_to_community(delivery: Delivery) -> bool:
    """Send the need's contact the address to answer at: nobody else is shown it."""
    need = delivery.need
    if need is None or not need.contact_email or delivery.ended_at is not None:
        return False
    context = {"delivery": delivery, "need": need, "site": settings.PUBLIC_URL}
    text = render_to_string("social_value/community_mail.txt", context)
    return bool(send_mail(SUBJECT, text, None, [need.contact_email]))
