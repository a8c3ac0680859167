"""The database's own watch over credits: those of an act come to all of it, exactly and once.

A sum over rows is no check constraint, and rows of one act come one after another: an act is
marked as credited last, which is refused unless its credits come to its amount; from then on none
may be added or changed. Where one is deleted, the act no longer counts as credited. SQLite drops
triggers when a migration remakes their table: such a migration calls `forget` and `watch` again.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "credits_come_to_all_of_their_act"

DELIVERY, CREDIT = "social_value_delivery", "social_value_credit"
SUM = f"(SELECT COALESCE(SUM(amount), 0) FROM {CREDIT} WHERE delivery_id = NEW.id)"  # noqa: S608
REOPEN = f"UPDATE {DELIVERY} SET credited = FALSE WHERE id = OLD.delivery_id AND credited;"  # noqa: S608
# Amounts have four decimals; SQLite adds them as floating numbers, hence the half step.
UNLIKE_SQLITE = f"NEW.credited AND ABS({SUM} - NEW.amount) > 0.00005"
UNLIKE_POSTGRESQL = f"NEW.credited AND {SUM} <> NEW.amount"
CLOSED = f"EXISTS (SELECT 1 FROM {DELIVERY} WHERE id IN ({{keys}}) AND credited)"  # noqa: S608

# When, what of which table, and the rows that a credit was or is of.
WATCHED = (
    ("insert", f"INSERT ON {DELIVERY}", ""),
    ("update", f"UPDATE ON {DELIVERY}", ""),
    ("credit", f"INSERT ON {CREDIT}", "NEW.delivery_id"),
    ("change", f"UPDATE ON {CREDIT}", "NEW.delivery_id, OLD.delivery_id"),
    ("delete", f"DELETE ON {CREDIT}", "OLD.delivery_id"),
)

SQLITE = f"""
CREATE TRIGGER {NAME}_on_{{when}} AFTER {{what}}
BEGIN
    {{body}}
END
"""
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}_{{when}}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {{body}}
    RETURN NULL;
END
$$
"""
POSTGRESQL = f"""
CREATE TRIGGER {NAME}_on_{{when}} AFTER {{what}}
FOR EACH ROW EXECUTE FUNCTION {NAME}_{{when}}()
"""
RAISE_POSTGRESQL = f"""IF {{condition}} THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{NAME}';
    END IF;"""
RAISE_SQLITE = f"SELECT RAISE(ABORT, 'CHECK constraint failed: {NAME}') WHERE {{condition}};"
# Waits for whoever is marking the act as credited, so that neither overlooks the other.
LOCK = f"PERFORM 1 FROM {DELIVERY} WHERE id IN ({{keys}}) FOR SHARE;\n    "


def body(when: str, keys: str, *, postgresql: bool) -> str:
    """What a trigger does."""
    if when == "delete":
        return REOPEN
    raising = RAISE_POSTGRESQL if postgresql else RAISE_SQLITE
    if not keys:
        return raising.format(condition=UNLIKE_POSTGRESQL if postgresql else UNLIKE_SQLITE)
    lock = LOCK.format(keys=keys) if postgresql else ""
    return lock + raising.format(condition=CLOSED.format(keys=keys))


def watch(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers; for `RunPython` in a migration."""
    postgresql = editor.connection.vendor == "postgresql"
    for when, what, keys in WATCHED:
        does = body(when, keys, postgresql=postgresql)
        if postgresql:
            editor.execute(POSTGRESQL_FUNCTION.format(when=when, body=does), params=None)
        trigger = POSTGRESQL if postgresql else SQLITE
        editor.execute(trigger.format(when=when, what=what, body=does), params=None)


def forget(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Undo it."""
    postgresql = editor.connection.vendor == "postgresql"
    for when, what, _ in WATCHED:
        table = f" ON {what.partition(' ON ')[2]}" if postgresql else ""
        editor.execute(f"DROP TRIGGER {NAME}_on_{when}{table}", params=None)
