"""What is run on PostgreSQL too: all that may touch the database, however it asks for it."""

import pytest
from django.test import TestCase

from tests.conftest import depends_on_database


@pytest.mark.django_db
def test_a_marked_test_depends_on_the_database(request):
    assert depends_on_database(request.node)


def test_a_test_that_asks_by_a_fixture_depends_on_the_database(request, client, admin_user):
    assert depends_on_database(request.node)


class Case(TestCase):
    @pytest.fixture(autouse=True)
    def node(self, request):
        self.asked = depends_on_database(request.node)

    def test_a_case_of_django_s_depends_on_the_database(self):
        assert self.asked


@pytest.mark.each_database
def test_a_test_may_say_so_itself(request):
    assert depends_on_database(request.node)


def test_what_asks_in_no_way_is_kept_from_the_database(request):
    assert not depends_on_database(request.node)


@pytest.mark.journey
@pytest.mark.django_db
def test_a_journey_is_made_once(request):
    assert not depends_on_database(request.node)


@pytest.mark.one_database
@pytest.mark.django_db
def test_what_other_tests_ask_of_each_is_asked_once(request):
    assert not depends_on_database(request.node)


@pytest.mark.each_database
@pytest.mark.journey
@pytest.mark.django_db
def test_a_journey_may_ask_to_be_made_on_both(request):
    assert depends_on_database(request.node)
