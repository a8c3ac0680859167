import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import procurement.models.framework_files
import registry.keys
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from procurement.searching import FUNCTION, INDEX

# What is there already comes first in the feed.
FIRST = "INSERT INTO procurement_touched (kind, key) SELECT '{kind}', CAST({column} AS text) FROM {table}"
HELD = (
    ("contract", "id", "registry_contract"),
    ("supplier", "id", "registry_supplier"),
    ("framework", "reference", "procurement_framework"),
)


def make_words(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(FUNCTION, params=None)
        editor.execute(INDEX, params=None)


def drop_words(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX contract_by_words", params=None)
        editor.execute("DROP FUNCTION words_of_contract", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0001_squashed_0005_own_places'),
        ('registry', '0013_what_joint_buys_need_of_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('start', models.CharField(help_text='its first letters, to know it by', max_length=12)),
                ('name', models.CharField(help_text='whose it is, or what for', max_length=100)),
                ('email', models.EmailField(max_length=254)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'API key',
            },
        ),
        migrations.CreateModel(
            name='CallOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('reference', 'By its reference'), ('name', 'By its name')], max_length=10)),
                ('doubt', models.CharField(blank=True, max_length=500)),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='call_off', to='registry.contract')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_offs', to='procurement.framework')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract', 'Contract'), ('supplier', 'Supplier'), ('framework', 'Framework')], max_length=20)),
                ('key', models.CharField(max_length=60)),
                ('standing', models.BooleanField(help_text='whether it was told to the public when placed')),
                ('placed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['kind', 'id'], name='change_by_kind_and_place')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='change_newest_of_its_thing')],
            },
        ),
        migrations.CreateModel(
            name='DemandSnapshot',
            fields=[
                ('quarter', models.DateField(help_text='first day of the quarter', primary_key=True, serialize=False)),
                ('released_on', models.DateField(help_text='from this day on everybody sees it')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['quarter'],
                'constraints': [models.CheckConstraint(condition=models.Q(('released_on__gt', models.F('quarter'))), name='demand_snapshot_is_released_in_or_after_its_quarter')],
            },
        ),
        migrations.CreateModel(
            name='EndingDemand',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('half', models.DateField(help_text="first day of the half of councils' financial year")),
                ('contracts', models.PositiveIntegerField()),
                ('with_value', models.PositiveIntegerField(help_text='those whose value is known and published')),
                ('yearly_value', models.DecimalField(decimal_places=2, max_digits=16)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.grouping')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.category')),
            ],
            options={
                'indexes': [models.Index(fields=['half', 'code'], name='ending_demand_by_half')],
                'constraints': [models.UniqueConstraint(fields=('category', 'area', 'half'), name='ending_demand_once_per_cell')],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.UUIDField(default=registry.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('how', models.CharField(choices=[('meeting', 'Meeting'), ('call', 'Call'), ('event', 'Event for suppliers'), ('demonstration', 'Demonstration'), ('writing', 'Questions in writing')], max_length=20)),
                ('suppliers', models.CharField(help_text='firms, one a line', max_length=1000)),
                ('told', models.CharField(help_text='what they were told and asked', max_length=3000)),
                ('document_url', models.URLField(blank=True, max_length=500)),
                ('notice', models.CharField(blank=True, help_text='UK2 notice or its ocid', max_length=60)),
                ('no_notice_because', models.CharField(blank=True, max_length=500)),
                ('contact', models.CharField(blank=True, help_text='shown to its own side alone', max_length=200)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='registry.category')),
                ('council', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='registry.council')),
                ('grouping', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='registry.grouping')),
                ('joint_buy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='procurement.jointbuy')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['held_on', 'id'], name='engagement_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('council__isnull', True), ('grouping__isnull', True), _connector='XOR'), name='engagement_is_of_a_council_or_a_grouping'), models.CheckConstraint(condition=models.Q(models.Q(('notice', ''), _negated=True), models.Q(('no_notice_because', ''), _negated=True), _connector='OR'), name='engagement_has_a_notice_or_says_why_not'), models.CheckConstraint(condition=models.Q(models.Q(('suppliers', ''), _negated=True), models.Q(('told', ''), _negated=True)), name='engagement_says_with_whom_and_what')],
            },
        ),
        migrations.CreateModel(
            name='FrameworkAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('awarded_on', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('apply_from', models.DateField(blank=True, null=True)),
                ('apply_to', models.DateField(blank=True, null=True)),
                ('single_supplier', models.BooleanField(default=False)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='awards', to='procurement.framework')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'number'), name='framework_award_once_per_number'), models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('awarded_on')), _connector='OR'), name='framework_award_ends_after_it'), models.CheckConstraint(condition=models.Q(('apply_from__isnull', True), ('apply_to__isnull', True), ('apply_to__gte', models.F('apply_from')), _connector='OR'), name='framework_award_window_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='FrameworkFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=300, upload_to=procurement.models.framework_files.where_to_keep)),
                ('name', models.CharField(max_length=255)),
                ('kind', models.CharField(choices=[('csv', 'CSV'), ('json', 'OCDS notice')], max_length=10)),
                ('sha256', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('frameworks', models.ManyToManyField(blank=True, related_name='files', to='procurement.framework')),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FrameworkOwner',
            fields=[
                ('name', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('other_names', models.CharField(blank=True, help_text='divided by |', max_length=500)),
                ('identifier', models.CharField(blank=True, help_text='as in GB-PPON-PABC-1234-DEFG', max_length=60)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('edited', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FrameworkRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('years', models.PositiveSmallIntegerField()),
                ('meaning', models.CharField(max_length=200)),
                ('applies_from', models.DateField()),
                ('applies_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('edited', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['code', 'applies_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'applies_from'), name='framework_rule_once_per_start')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalFrameworkOwner',
            fields=[
                ('name', models.CharField(db_index=True, max_length=200)),
                ('other_names', models.CharField(blank=True, help_text='divided by |', max_length=500)),
                ('identifier', models.CharField(blank=True, help_text='as in GB-PPON-PABC-1234-DEFG', max_length=60)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('edited', models.BooleanField(default=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical framework owner',
                'verbose_name_plural': 'historical framework owners',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalFrameworkRule',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('years', models.PositiveSmallIntegerField()),
                ('meaning', models.CharField(max_length=200)),
                ('applies_from', models.DateField()),
                ('applies_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('edited', models.BooleanField(default=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical framework rule',
                'verbose_name_plural': 'historical framework rules',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LotSupplier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('company_number', models.CharField(blank=True, max_length=20)),
                ('charity_number', models.CharField(blank=True, max_length=50)),
                ('other_id', models.CharField(blank=True, max_length=200)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suppliers', to='procurement.lot')),
                ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='lots', to='registry.supplier')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('lot', 'name'), name='lot_supplier_once_per_name')],
            },
        ),
        migrations.CreateModel(
            name='PlanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_date', models.DateField()),
                ('day', models.DateField()),
                ('before', models.JSONField(help_text='councils, contracts and pounds a year', null=True)),
                ('after', models.JSONField(help_text='none where the date left the plan', null=True)),
                ('category', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.category')),
                ('grouping', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.grouping')),
            ],
            options={
                'ordering': ['-day', 'start_date'],
                'constraints': [models.UniqueConstraint(fields=('category', 'grouping', 'start_date', 'day'), name='plan_change_once_a_day'), models.CheckConstraint(condition=models.Q(('before__isnull', False), ('after__isnull', False), _connector='OR'), name='plan_change_changes_something')],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract', 'Contract'), ('supplier', 'Supplier'), ('framework', 'Framework')], max_length=20)),
                ('key', models.CharField(max_length=60)),
                ('own', models.BooleanField(db_default=True, default=True)),
            ],
        ),
        migrations.CreateModel(
            name='DemandPrice',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('unit', models.CharField(max_length=120)),
                ('low', models.DecimalField(decimal_places=4, max_digits=16)),
                ('high', models.DecimalField(decimal_places=4, max_digits=16)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.category')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='procurement.demandsnapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'category', 'unit'), name='demand_price_once_per_unit'), models.CheckConstraint(condition=models.Q(('high__gte', models.F('low')), ('low__gt', 0)), name='demand_price_is_a_band')],
            },
        ),
        migrations.CreateModel(
            name='IntendedDemand',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('half', models.DateField(help_text='first day of the half-year in which purchases start')),
                ('low', models.PositiveIntegerField(help_text='at least so many')),
                ('below', models.PositiveIntegerField(help_text='and fewer than so many')),
                ('held', models.JSONField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.grouping')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.category')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intentions', to='procurement.demandsnapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'category', 'area', 'half'), name='intended_demand_once_per_cell'), models.CheckConstraint(condition=models.Q(('below__gt', models.F('low')), ('low__gt', 0)), name='intended_demand_is_a_band')],
            },
        ),
        migrations.AddField(
            model_name='framework',
            name='call_off_by',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('direct award', 'Direct award'), ('competition', 'Competition between its suppliers'), ('either', 'Direct award or competition')], max_length=20),
        ),
        migrations.AddField(
            model_name='framework',
            name='ends_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='framework',
            name='ends_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='framework',
            name='longer_because',
            field=models.CharField(blank=True, help_text="why it lasts longer than the law's usual term", max_length=300),
        ),
        migrations.AddField(
            model_name='framework',
            name='maximum_value',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)]),
        ),
        migrations.AddField(
            model_name='framework',
            name='maximum_value_vat',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('gross', 'Including VAT'), ('net', 'Without VAT')], max_length=10),
        ),
        migrations.AddField(
            model_name='framework',
            name='ocid',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='framework',
            name='open_to',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('public bodies', 'Any public body'), ('local authorities', 'Local authorities'), ('named bodies', 'Bodies it names'), ('other bodies', 'Other bodies, not councils')], max_length=20),
        ),
        migrations.AddField(
            model_name='framework',
            name='other_names',
            field=models.CharField(blank=True, help_text='divided by |', max_length=500),
        ),
        migrations.AddField(
            model_name='framework',
            name='places',
            field=models.ManyToManyField(blank=True, related_name='frameworks', to='registry.grouping'),
        ),
        migrations.AddField(
            model_name='framework',
            name='scheme_ends_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='framework',
            name='scheme_ends_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='framework',
            name='sector',
            field=models.CharField(blank=True, choices=[('', 'None of these'), ('special', 'Defence and security, or utilities'), ('light touch', 'Light touch services')], max_length=20),
        ),
        migrations.AddField(
            model_name='framework',
            name='starts_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='framework',
            name='starts_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='framework',
            name='suppliers',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('one', 'One supplier'), ('several', 'Several, up to a limit'), ('no limit', 'Any number')], max_length=20),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='call_off_by',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('direct award', 'Direct award'), ('competition', 'Competition between its suppliers'), ('either', 'Direct award or competition')], max_length=20),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='ends_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='ends_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='longer_because',
            field=models.CharField(blank=True, help_text="why it lasts longer than the law's usual term", max_length=300),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='maximum_value',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)]),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='maximum_value_vat',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('gross', 'Including VAT'), ('net', 'Without VAT')], max_length=10),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='ocid',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='open_to',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('public bodies', 'Any public body'), ('local authorities', 'Local authorities'), ('named bodies', 'Bodies it names'), ('other bodies', 'Other bodies, not councils')], max_length=20),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='other_names',
            field=models.CharField(blank=True, help_text='divided by |', max_length=500),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='scheme_ends_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='scheme_ends_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='sector',
            field=models.CharField(blank=True, choices=[('', 'None of these'), ('special', 'Defence and security, or utilities'), ('light touch', 'Light touch services')], max_length=20),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='starts_as_at',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='starts_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='suppliers',
            field=models.CharField(blank=True, choices=[('', 'Not known'), ('one', 'One supplier'), ('several', 'Several, up to a limit'), ('no limit', 'Any number')], max_length=20),
        ),
        migrations.AddField(
            model_name='jointbuy',
            name='kept_councils',
            field=models.ManyToManyField(blank=True, help_text='of a grouping worked out when it began, as on that day', related_name='+', to='registry.council'),
        ),
        migrations.AddField(
            model_name='lot',
            name='categories',
            field=models.ManyToManyField(blank=True, related_name='lots', to='registry.category'),
        ),
        migrations.AddField(
            model_name='lot',
            name='maximum_value',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)]),
        ),
        migrations.AddField(
            model_name='pledge',
            name='switching_once',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='pounds, paid once', max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='pledge',
            name='switching_yearly',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='pounds a year', max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='pricerelease',
            name='set_aside',
            field=models.JSONField(default=dict, help_text='prices too far from these, by council: told to that council alone'),
        ),
        migrations.AlterField(
            model_name='framework',
            name='fee_percent',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)]),
        ),
        migrations.AlterField(
            model_name='framework',
            name='reference',
            field=models.CharField(max_length=60, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('^[^/\\x00-\\x1f]+$', 'Give the reference without a slash, as in RM1557.15.')]),
        ),
        migrations.AlterField(
            model_name='historicalframework',
            name='fee_percent',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)]),
        ),
        migrations.AlterField(
            model_name='historicalframework',
            name='reference',
            field=models.CharField(db_index=True, max_length=60, validators=[django.core.validators.RegexValidator('^[^/\\x00-\\x1f]+$', 'Give the reference without a slash, as in RM1557.15.')]),
        ),
        migrations.AlterField(
            model_name='lot',
            name='number',
            field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
        ),
        migrations.AddConstraint(
            model_name='framework',
            constraint=models.CheckConstraint(condition=models.Q(('fee_percent__isnull', True), ('fee_percent__range', (0, 100)), _connector='OR'), name='framework_fee_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('switching_once__isnull', True), ('switching_yearly__isnull', True)), models.Q(('step__in', ['intends', 'commits', 'signed']), models.Q(('switching_once__isnull', True), ('switching_once__gte', 0), _connector='OR'), models.Q(('switching_yearly__isnull', True), ('switching_yearly__gte', 0), _connector='OR')), _connector='OR'), name='pledge_switching_costs_something_from_intent_on'),
        ),
        *(
            migrations.RunSQL(FIRST.format(kind=kind, column=column, table=table), migrations.RunSQL.noop)
            for kind, column, table in HELD
        ),
        migrations.RunPython(make_words, drop_words),
    ]
