"""What stands in the server's log."""

import logging

import pytest

from tests.factories import make_council, make_user


@pytest.mark.django_db
def test_a_page_refused_is_one_line_of_the_log(client, caplog):
    path = f"/councils/{make_council().pk}/calendar/"
    client.force_login(make_user())

    assert client.get(path).status_code == 403

    [said] = caplog.records
    assert (said.levelname, said.getMessage()) == (
        "WARNING",
        f"Forbidden (Permission denied): {path}",
    )
    assert "Traceback" not in caplog.text


def test_a_fault_keeps_its_trace(caplog):
    log = logging.getLogger("django.request")

    log.error("Internal Server Error", exc_info=ValueError("a fault"))

    assert "ValueError: a fault" in caplog.text
