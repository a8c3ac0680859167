import django.db.models.deletion
import registry.keys
import simple_history.models
import social_value.keeping
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0001_squashed_0012_what_people_said_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadContract',
            fields=[
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='social_value_read', serialize=False, to='registry.contract')),
                ('mark', models.CharField(max_length=64)),
                ('changed_at', models.DateTimeField(help_text='of the contract, when it was looked at')),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalMeasure',
            fields=[
                ('code', models.CharField(db_index=True, max_length=60)),
                ('name', models.CharField(max_length=100)),
                ('theme', models.CharField(max_length=60)),
                ('unit', models.CharField(help_text='one of it: week, hour, device, per cent', max_length=30)),
                ('outcomes', models.CharField(help_text='of the Social Value Model of PPN 002', max_length=300)),
                ('counts', models.CharField(max_length=300)),
                ('does_not_count', models.CharField(max_length=300)),
                ('useful_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ('useful_name', models.CharField(blank=True, max_length=100)),
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
                'verbose_name': 'historical measure',
                'verbose_name_plural': 'historical measures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('code', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('theme', models.CharField(max_length=60)),
                ('unit', models.CharField(help_text='one of it: week, hour, device, per cent', max_length=30)),
                ('outcomes', models.CharField(help_text='of the Social Value Model of PPN 002', max_length=300)),
                ('counts', models.CharField(max_length=300)),
                ('does_not_count', models.CharField(max_length=300)),
                ('useful_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ('useful_name', models.CharField(blank=True, max_length=100)),
                ('source', models.CharField(max_length=300)),
                ('as_at', models.DateField()),
                ('edited', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['theme', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('useful_amount__isnull', True), ('useful_amount__gt', 0), _connector='OR'), name='measure_useful_amount_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='ReadTo',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('moment', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='read_to_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='UnreadWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('problem', models.CharField(max_length=300)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unread_words', to='registry.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('key', models.CharField(help_text='of the words, case and spaces not counted', max_length=64)),
                ('quantity', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ('per_year', models.BooleanField(default=False)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('place', models.CharField(blank=True, help_text='as its words say; blank: it names none', max_length=200)),
                ('responsible', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitment_decisions', to='registry.contract')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='social_value.measure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('words', ''), _negated=True)), fields=('contract', 'key'), name='commitment_decision_stands_once_per_words'), models.CheckConstraint(condition=models.Q(models.Q(('measure__isnull', True), ('quantity__isnull', True)), models.Q(('measure__isnull', False), ('quantity__gt', 0), ('quantity__isnull', False)), _connector='OR'), name='commitment_decision_measures_what_it_promises'), models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('measure__isnull', False), _connector='OR'), name='commitment_decision_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.UUIDField(default=registry.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=200)),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('wanted_from', models.DateField()),
                ('wanted_by', models.DateField()),
                ('contact_name', models.CharField(blank=True, max_length=200)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('state', models.CharField(choices=[('proposed', 'Waits for the council'), ('approved', 'Approved'), ('declined', 'Declined'), ('closed', 'No longer needed')], default='proposed', max_length=10)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='registry.council')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='social_value.measure')),
            ],
            options={
                'ordering': ['wanted_by', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='need_asks_for_something'), models.CheckConstraint(condition=models.Q(('wanted_by__gte', models.F('wanted_from'))), name='need_ends_on_or_after_it_begins'), models.CheckConstraint(condition=models.Q(('state', 'proposed'), ('decided_at__isnull', False), _connector='OR'), name='need_is_decided_by_somebody_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Unpooled',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=40)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('missing', models.DecimalField(decimal_places=4, max_digits=16)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unpooled', to='social_value.measure')),
            ],
            options={
                'verbose_name_plural': 'unpooled',
                'constraints': [models.UniqueConstraint(fields=('measure', 'place', 'group'), name='unpooled_once_per_place'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('missing__gte', 0)), name='unpooled_is_something')],
            },
        ),
        migrations.CreateModel(
            name='LicensedValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pounds', models.DecimalField(decimal_places=2, max_digits=12)),
                ('source', models.CharField(help_text='whose values, and under which licence', max_length=300)),
                ('year', models.PositiveSmallIntegerField(help_text='of the prices')),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licensed_values', to='registry.council')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='social_value.measure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('council', 'measure', 'year'), name='licensed_value_once_per_year'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), ('pounds__gte', 0), ('year__range', (1990, 2200))), name='licensed_value_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('yearly', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('region', models.CharField(help_text='code of the grouping, or of the council', max_length=40)),
                ('confined', models.BooleanField(default=False, help_text="to be used in the council's area")),
                ('place', models.CharField(blank=True, max_length=200)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('responsible', models.CharField(blank=True, max_length=300)),
                ('words', models.TextField(blank=True)),
                ('because', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='registry.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='social_value.commitmentdecision')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='social_value.measure')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'region'], name='commitment_by_field'), models.Index(fields=['council', 'measure'], name='commitment_by_council')],
                'constraints': [models.UniqueConstraint(fields=('contract', 'position'), name='commitment_once_per_position'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), models.Q(('yearly__isnull', True), ('yearly__gt', 0), _connector='OR')), name='commitment_promises_something'), models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='commitment_ends_on_or_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(help_text='code of a grouping or of a council', max_length=40)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('useful_amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('because', models.JSONField(default=list)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pools', to='social_value.measure')),
                ('need', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pool', to='social_value.need')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'place'], name='pool_by_measure_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='pool_ends_on_or_after_it_starts'), models.CheckConstraint(condition=models.Q(('useful_amount__gt', 0)), name='pool_useful_amount_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='social_value.commitment')),
                ('pool', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='social_value.pool')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pool', 'commitment'), name='share_once_per_pool'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='share_gives_something')],
            },
        ),
        migrations.RunPython(
            code=social_value.keeping.watch,
            reverse_code=social_value.keeping.forget,
        ),
    ]
