"""Security events: a table that is added to and nothing else, whoever asks the database.

Changing a row and emptying the table are refused. Rows older than thirteen months may be deleted: an operator must be
able to keep no longer than needed.
"""

import django.db.models.functions.datetime
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION batua_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - interval '13 months' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'security events are only added: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER security_events_stay_as_they_are BEFORE UPDATE OR DELETE ON accounts_securityevent
FOR EACH ROW EXECUTE FUNCTION batua_audit_is_append_only();
CREATE TRIGGER security_events_stay BEFORE TRUNCATE ON accounts_securityevent
FOR EACH STATEMENT EXECUTE FUNCTION batua_audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_addresses_are_in_lower_case")]
    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="at",
                    ),
                ),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                ("person", models.BigIntegerField(db_index=True, null=True, verbose_name="person")),
                ("actor", models.BigIntegerField(null=True, verbose_name="done by")),
                ("household", models.BigIntegerField(null=True, verbose_name="household")),
                ("network", models.CharField(blank=True, max_length=43, verbose_name="network")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
            ],
            options={"verbose_name": "security event", "verbose_name_plural": "security events"},
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION batua_audit_is_append_only() CASCADE"),
    ]
