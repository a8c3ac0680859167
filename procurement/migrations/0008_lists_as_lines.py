"""Lists of words are text, a line each, which a rebuild compares at no cost."""

import json

from django.db import migrations, models

AT_ONCE = 1000
LISTS = {"Opportunity": ["saving_reasons", "served_by"], "JointBuy": ["saving_reasons"]}


def as_lines(apps, _schema_editor):
    rewrite(apps, lambda text: "\n".join(json.loads(text)))


def as_json(apps, _schema_editor):
    rewrite(apps, lambda text: json.dumps(text.splitlines()))


def rewrite(apps, anew):
    for name, columns in LISTS.items():
        kept = apps.get_model("procurement", name).objects
        changed = list(kept.only(*columns))
        for one in changed:
            for column in columns:
                setattr(one, column, anew(getattr(one, column)))
        kept.bulk_update(changed, columns, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("procurement", "0007_members_worked_out_when_opened")]

    operations = [
        migrations.AlterField(
            model_name="opportunity",
            name="saving_reasons",
            field=models.TextField(help_text="a line each"),
        ),
        migrations.RenameField("opportunity", "routes", "served_by"),
        migrations.AlterField(
            model_name="opportunity",
            name="served_by",
            field=models.TextField(
                blank=True, help_text="references of frameworks that could serve, a line each"
            ),
        ),
        migrations.AlterField(
            model_name="jointbuy",
            name="saving_reasons",
            field=models.TextField(blank=True, help_text="a line each"),
        ),
        migrations.RunPython(as_lines, as_json),
    ]
