import django.db.models.deletion
import imports.models.uploads
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('imports', '0001_initial'), ('imports', '0002_initial'), ('imports', '0003_what_people_settle'), ('imports', '0004_problem_rows'), ('imports', '0005_pages_of_changes'), ('imports', '0006_names_that_mean_the_council'), ('imports', '0007_other_councils_let_in')]

    initial = True

    dependencies = [
        ('registry', '0001_squashed_0012_what_people_said_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NilReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField(help_text='first day of the quarter it is for')),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nil_returns', to='registry.council')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-quarter'],
                'constraints': [models.UniqueConstraint(fields=('council', 'quarter'), name='nil_return_once')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=300, upload_to=imports.models.uploads.where_to_keep)),
                ('name', models.CharField(max_length=255)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('bytes', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('received', 'Being read'), ('read', 'Ready to check'), ('refused', 'Could not be read'), ('applied', 'Recorded'), ('undone', 'Undone')], default='received', max_length=10)),
                ('refused_because', models.CharField(blank=True, max_length=1000)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('settled', models.JSONField(blank=True, default=dict)),
                ('sent_back', models.FileField(blank=True, max_length=300, upload_to=imports.models.uploads.where_to_keep_sent_back)),
                ('sample', models.JSONField(blank=True, default=list)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='registry.council')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.job')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uploads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-uploaded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refused_because', ''), _negated=True), _connector='OR'), name='upload_refused_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['applied', 'undone']), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='upload_applied_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(blank=True, choices=[('ended', 'It has ended'), ('left out', 'It was left out by mistake')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='registry.contract')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='imports.upload')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('upload', 'contract'), name='absence_once_per_upload'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='absence_answered_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='ChangesPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('added', 'Added'), ('changed', 'Changed'), ('unchanged', 'Unchanged'), ('no_longer_listed', 'No longer listed'), ('disputed', 'Said otherwise than a person')], max_length=20)),
                ('number', models.PositiveIntegerField(help_text='from 1')),
                ('items', models.JSONField()),
                ('upload', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes_pages', to='imports.upload')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('upload', 'sort', 'number'), name='changes_page_once')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sheet', 'Sheet and heading rows'), ('column', 'Column'), ('day first', 'Day or month first'), ('meaning', 'What an amount covers'), ('rolling', 'Words for a rolling contract'), ('ours', 'A name that stands for the council'), ('others', 'Another council whose rows go into its register')], max_length=20)),
                ('key', models.CharField(blank=True, max_length=600)),
                ('value', models.JSONField()),
                ('chosen_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='registry.council')),
                ('upload', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.upload')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('kind', 'column'), ('withdrawn_at__isnull', True)), fields=['key'], name='choice_of_columns')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('council', 'kind', 'key'), name='choice_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40)),
                ('raw', models.CharField(blank=True, max_length=1000)),
                ('value', models.CharField(blank=True, max_length=1000)),
                ('row_key', models.CharField(blank=True, help_text='blank: wherever it stands', max_length=64)),
                ('corrected_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('corrected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='registry.council')),
                ('upload', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.upload')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('council', 'field', 'raw', 'row_key'), name='correction_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='ProblemRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=255)),
                ('row', models.PositiveIntegerField()),
                ('row_key', models.CharField(help_text='who it is, as corrections know it', max_length=64)),
                ('cells', models.JSONField()),
                ('raw', models.JSONField(blank=True, default=dict)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problem_rows', to='imports.upload')),
            ],
            options={
                'ordering': ['sheet', 'row'],
                'constraints': [models.UniqueConstraint(fields=('upload', 'sheet', 'row'), name='problem_row_once_per_upload')],
            },
        ),
        migrations.CreateModel(
            name='RowProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=255)),
                ('row', models.PositiveIntegerField()),
                ('cell', models.CharField(max_length=12)),
                ('heading', models.CharField(blank=True, max_length=500)),
                ('value', models.TextField(blank=True)),
                ('problem', models.CharField(max_length=500)),
                ('what_to_do', models.CharField(max_length=500)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('recorded', models.BooleanField(default=False, help_text='recorded without this value')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='imports.problemrow')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='imports.upload')),
            ],
            options={
                'ordering': ['sheet', 'row', 'cell'],
                'indexes': [models.Index(fields=['upload', 'recorded'], name='problem_by_upload')],
            },
        ),
    ]
