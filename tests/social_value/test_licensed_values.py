"""A value a council holds a licence for is its own: nobody else is given it."""

import pytest

from registry.permissions import powers_of
from social_value.models import LicensedValue
from tests.factories import make_administrator, make_buyer, make_council, make_officer
from tests.social_value.factories import make_licensed_value


@pytest.mark.django_db
def test_a_licensed_value_is_seen_by_its_council_alone():
    council = make_council()
    value = make_licensed_value(council=council)

    def seen(user):
        return list(LicensedValue.objects.seen_by(powers_of(user)))

    assert seen(make_officer(council)) == [value]
    for other in (make_officer(), make_buyer(), make_administrator()):
        assert seen(other) == []
