"""The demonstration: samples stand on the day they were written for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config import demo
from imports.models import Upload
from registry.models import Contract, Source
from tests.factories import make_council

pytestmark = pytest.mark.django_db

ASHWOLD = demo.SAMPLES / "ashwold-contracts.csv"


def days():
    uploads = Upload.objects.values_list("uploaded_at", "applied_at")
    moments = [moment for pair in uploads for moment in pair]
    moments += Source.objects.values_list("recorded_at", flat=True)
    moments += Contract.objects.values_list("changed_at", flat=True)
    return {timezone.localdate(moment) for moment in moments}


def test_a_sample_was_sent_on_the_samples_day(settings):
    settings.TODAY = demo.SAMPLE_DAY

    assert demo.import_sample(ASHWOLD, make_council().pk)

    assert Contract.objects.exists()
    assert days() == {demo.SAMPLE_DAY}


def test_a_sample_is_sent_once_and_before_whatever_a_visitor_sends(settings):
    settings.TODAY = demo.SAMPLE_DAY
    council = make_council()

    first = demo.import_sample(ASHWOLD, council.pk)

    assert demo.import_sample(ASHWOLD, council.pk) is None
    assert first.uploaded_at < timezone.now() - timedelta(days=1)
