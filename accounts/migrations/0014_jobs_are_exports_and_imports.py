from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_where_programs_are_signed_in"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_kind_is_known",
        ),
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[("export", "Export"), ("import", "Import")], max_length=8, verbose_name="kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["export", "import"])), name="job_kind_is_known"
            ),
        ),
    ]
