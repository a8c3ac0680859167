"""The database's own watch over promises: their shares never come to more than they hold.

Shares are of pools that rebuilds make, and of those put to their parties, which rebuilds leave
alone. A sum over rows is no check constraint, so each database gets triggers that say the same.
SQLite drops triggers when a migration remakes their table: such a migration calls `watch` again.
An early migration that calls it before all the tables are there leaves it to the later ones.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "share_leaves_a_promise_what_it_holds"

USED = """(
    SELECT COALESCE(SUM(share.amount), 0) FROM (
        SELECT amount FROM social_value_share WHERE commitment_id = promise.id
        UNION ALL
        SELECT amount FROM social_value_agreedshare WHERE commitment = promise.id AND holds
    ) AS share
)"""
# Quantities have four decimals; SQLite adds them as floating numbers, hence the half step.
SQLITE = f"""
CREATE TRIGGER {NAME}_on_{{when}} AFTER {{what}} FOR EACH ROW {{only}}
BEGIN
    SELECT RAISE(ABORT, 'CHECK constraint failed: {NAME}') FROM social_value_commitment AS promise
    WHERE promise.id = NEW.{{key}} AND promise.quantity + 0.00005 < {USED};
END
"""  # noqa: S608 - our own names
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}_{{key}}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM social_value_commitment AS promise
    WHERE promise.id = NEW.{{key}} AND promise.quantity < {USED};
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{NAME}';
    END IF;
    RETURN NULL;
END
$$
"""
POSTGRESQL = f"""
CREATE TRIGGER {NAME}_on_{{when}} AFTER {{what}}
FOR EACH ROW {{only}} EXECUTE FUNCTION {NAME}_{{key}}()
"""
# Letting a share go is never refused, however little its promise has come to hold.
HOLDING = "WHEN (NEW.holds)"
WATCHED = (
    ("insert", "INSERT ON social_value_share", "commitment_id", ""),
    ("update", "UPDATE ON social_value_share", "commitment_id", ""),
    ("promise", "UPDATE ON social_value_commitment", "id", ""),
    ("agreed_insert", "INSERT ON social_value_agreedshare", "commitment", HOLDING),
    ("agreed_update", "UPDATE ON social_value_agreedshare", "commitment", HOLDING),
)


def watch(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, in place of those there are; for `RunPython` in a migration."""
    if "social_value_agreedshare" not in editor.connection.introspection.table_names():
        return
    forget(_apps, editor)
    postgresql = editor.connection.vendor == "postgresql"
    for when, what, key, only in WATCHED:
        if postgresql:
            editor.execute(POSTGRESQL_FUNCTION.format(key=key), params=None)
        trigger = POSTGRESQL if postgresql else SQLITE
        editor.execute(trigger.format(when=when, what=what, key=key, only=only), params=None)


def forget(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Undo it."""
    postgresql = editor.connection.vendor == "postgresql"
    for when, what, *_ in WATCHED:
        table = f" ON {what.partition(' ON ')[2]}" if postgresql else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {NAME}_on_{when}{table}", params=None)
