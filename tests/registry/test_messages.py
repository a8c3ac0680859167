"""Delivered messages of the embedded broker are purged; others are left alone."""

import pytest
from celery import current_app
from sqlalchemy import create_engine, text

from registry.messages import purge_delivered


@pytest.fixture
def broker(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'broker.sqlite3'}"
    monkeypatch.setattr(current_app.conf, "broker_url", f"sqla+{address}")
    engine = create_engine(address)
    yield engine
    engine.dispose()


def visible(broker):
    with broker.connect() as connection:
        return list(connection.execute(text("SELECT visible FROM kombu_message")).scalars())


def test_purge_delivered_deletes_what_was_handed_out(broker):
    with broker.begin() as connection:
        connection.execute(text("CREATE TABLE kombu_message (visible INTEGER)"))
        connection.execute(text("INSERT INTO kombu_message VALUES (0), (1), (0)"))

    purge_delivered()

    assert visible(broker) == [1]


def test_purge_delivered_waits_for_the_first_message(broker):
    purge_delivered()

    with broker.connect() as connection:
        assert not list(connection.execute(text("SELECT name FROM sqlite_master")))


def test_purge_delivered_leaves_other_brokers():
    assert current_app.conf.broker_url == "memory://"

    purge_delivered()
