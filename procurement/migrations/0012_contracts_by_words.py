from django.db import migrations

from procurement.searching import FUNCTION, INDEX


def make(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(FUNCTION, params=None)
        editor.execute(INDEX, params=None)


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX contract_by_words", params=None)
        editor.execute("DROP FUNCTION words_of_contract", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0011_keys_for_the_api'),
        ('registry', '0012_what_people_said_in_one_go'),
    ]

    operations = [
        migrations.RunPython(make, drop),
    ]
