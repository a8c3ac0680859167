import django.db.models.deletion
import registry.keys
import social_value.crediting
import social_value.keeping
import social_value.models.books
import social_value.models.deliveries
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0013_what_joint_buys_need_of_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('social_value', '0001_promises_pools_and_needs'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedPool',
            fields=[
                ('id', models.UUIDField(default=registry.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(help_text='code of a grouping or of a council', max_length=40)),
                ('group', models.CharField(blank=True, max_length=60)),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('useful_amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('because', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('asked', 'Being agreed'), ('agreed', 'Agreed'), ('fallen', 'Not agreed')], default='asked', max_length=10)),
                ('asked_on', models.DateField()),
                ('answer_by', models.DateField(help_text='it falls if a party has not answered by then')),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('fell_because', models.CharField(blank=True, max_length=300)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_pools', to='social_value.measure')),
                ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_pools', to='social_value.need')),
            ],
            options={
                'ordering': ['starts', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'fallen'), _negated=True), fields=('need',), name='agreed_pool_stands_once_per_need'), models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='agreed_pool_ends_on_or_after_it_starts'), models.CheckConstraint(condition=models.Q(('state', 'asked'), ('settled_on__isnull', False), _connector='OR'), name='agreed_pool_settled_has_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'fallen'), _negated=True), models.Q(('fell_because', ''), _negated=True), _connector='OR'), name='agreed_pool_fallen_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=registry.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('act', models.UUIDField(db_index=True, help_text='the first record of it')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('done_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('words', models.CharField(blank=True, help_text='what was done', max_length=500)),
                ('evidence', models.FileField(blank=True, max_length=300, upload_to=social_value.models.deliveries.where_to_keep)),
                ('evidence_name', models.CharField(blank=True, max_length=255)),
                ('evidence_link', models.URLField(blank=True, max_length=1000)),
                ('evidence_mark', models.CharField(help_text="of the file's bytes, or the link", max_length=64)),
                ('pool', models.UUIDField(blank=True, null=True)),
                ('credited', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('area', models.ForeignKey(help_text='in whose area it was done', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='social_value.delivery')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='social_value.measure')),
                ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='social_value.need')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-done_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('act',), name='delivery_stands_once_per_act'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('measure', 'done_on', 'amount', 'evidence_mark'), name='delivery_recorded_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='delivery_delivers_something'), models.CheckConstraint(condition=models.Q(models.Q(('evidence_mark', ''), _negated=True), models.Q(models.Q(('evidence', ''), _negated=True), models.Q(('evidence_link', ''), _negated=True), _connector='OR')), name='delivery_has_evidence'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='delivery_ended_says_why')],
            },
        ),
        migrations.CreateModel(
            name='PromiseBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=300, upload_to=social_value.models.books.where_to_keep)),
                ('problems', models.JSONField(blank=True, default=list)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promise_books', to='registry.council')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.job')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AgreedShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.UUIDField(db_index=True, help_text='the id it follows from its words')),
                ('words', models.TextField(blank=True)),
                ('promised', models.DecimalField(decimal_places=4, max_digits=16)),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('holds', models.BooleanField(default=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_shares', to='registry.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='social_value.agreedpool')),
            ],
            options={
                'ordering': ['-amount', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('pool', 'commitment'), name='agreed_share_once_per_pool'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('promised__gte', models.F('amount'))), name='agreed_share_is_of_what_was_promised')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agrees', models.BooleanField()),
                ('said_by', models.CharField(help_text='a post, and not a name', max_length=120)),
                ('said_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('contract', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pool_answers', to='registry.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='social_value.agreedpool')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('contract__isnull', True), ('withdrawn_at__isnull', True)), fields=('pool', 'council'), name='answer_of_a_council_stands_once'), models.UniqueConstraint(condition=models.Q(('contract__isnull', False), ('withdrawn_at__isnull', True)), fields=('pool', 'contract'), name='answer_of_a_supplier_stands_once'), models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='answer_no_says_why'), models.CheckConstraint(condition=models.Q(('said_by', ''), _negated=True), name='answer_is_somebodys')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agrees', models.BooleanField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('council', models.ForeignKey(blank=True, help_text='none: the community', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delivery', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='social_value.delivery')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('delivery', 'council'), name='confirmation_once_per_council'), models.UniqueConstraint(condition=models.Q(('council__isnull', True)), fields=('delivery',), name='confirmation_once_by_the_community'), models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='confirmation_that_disagrees_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_credits', to='registry.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.council')),
                ('delivery', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='social_value.delivery')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('delivery', 'contract'), name='credit_once_per_act'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='credit_gives_something')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='need',
            name='need_is_decided_by_somebody_on_a_day',
        ),
        migrations.AddField(
            model_name='commitmentdecision',
            name='ends',
            field=models.DateField(blank=True, help_text='blank: with the contract', null=True),
        ),
        migrations.AddField(
            model_name='commitmentdecision',
            name='starts',
            field=models.DateField(blank=True, help_text='blank: with the contract', null=True),
        ),
        migrations.AddField(
            model_name='need',
            name='about',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='need',
            name='place',
            field=models.CharField(blank=True, help_text="where in the council's area", max_length=100),
        ),
        migrations.AddField(
            model_name='need',
            name='reason',
            field=models.CharField(blank=True, help_text='of the decision', max_length=300),
        ),
        migrations.AlterField(
            model_name='need',
            name='state',
            field=models.CharField(choices=[('unconfirmed', 'Waits for who posted it to confirm'), ('proposed', 'Waits for the council'), ('approved', 'Approved'), ('declined', 'Declined'), ('closed', 'No longer needed')], default='proposed', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='commitmentdecision',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='commitment_decision_ends_on_or_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'proposed']), ('decided_at__isnull', False), _connector='OR'), name='need_is_decided_by_somebody_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='need_declined_says_why'),
        ),
        migrations.RunPython(
            code=social_value.keeping.watch,
            reverse_code=social_value.keeping.forget,
        ),
        migrations.RunPython(
            code=social_value.crediting.watch,
            reverse_code=social_value.crediting.forget,
        ),
    ]
