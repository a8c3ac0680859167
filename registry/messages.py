"""The embedded broker's leftovers: its table keeps delivered messages unless they are purged."""

from celery import current_app
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError


def purge_delivered() -> None:
    """Delete messages the SQL broker has handed out; other brokers need nothing."""
    _, found, database = str(current_app.conf.broker_url).partition("sqla+")
    if not found:
        return
    engine = create_engine(database)
    try:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM kombu_message WHERE visible = 0"))
    except OperationalError:  # no message was ever sent: the table is not there yet
        return
    finally:
        engine.dispose()
