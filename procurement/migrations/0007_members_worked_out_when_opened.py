"""Opportunities name the contracts that join; what each is asked is worked out when opened."""

from collections import defaultdict

from django.db import migrations, models


def name_contracts(apps, _schema_editor):
    """From the members that stand, so that pages tell the same until the next rebuild."""
    contracts, councils = defaultdict(list), defaultdict(set)
    members = apps.get_model("procurement", "Member").objects.order_by("contract")
    for opportunity, contract, council in members.values_list(
        "opportunity", "contract", "council"
    ).iterator():
        contracts[opportunity].append(contract.hex)
        councils[opportunity].add(council)
    for one in apps.get_model("procurement", "Opportunity").objects.only("pk"):
        one.joins = f" {' '.join(contracts[one.pk])} "
        one.council_codes = f" {' '.join(sorted(councils[one.pk]))} "
        one.save(update_fields=["joins", "council_codes"])


class Migration(migrations.Migration):
    dependencies = [("procurement", "0006_routes_frameworks_demand_and_the_feed")]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="joins",
            field=models.TextField(
                default="", help_text="ids of the contracts that could join, between blanks"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="opportunity",
            name="council_codes",
            field=models.TextField(default="", help_text="of their councils, between blanks"),
            preserve_default=False,
        ),
        migrations.RunPython(name_contracts, migrations.RunPython.noop),
        migrations.DeleteModel(name="Member"),
        migrations.AlterField(
            model_name="opportunity",
            name="category",
            field=models.ForeignKey(
                db_index=False,
                on_delete=models.CASCADE,
                related_name="opportunities",
                to="registry.category",
            ),
        ),
    ]
