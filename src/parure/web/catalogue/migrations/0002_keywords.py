"""The full-text table of SQLite, or the expression index of PostgreSQL; see keywords.py."""

from django.db import migrations

from parure.web.catalogue import keywords


def create(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(keywords.CREATE_FTS5 if sqlite else keywords.CREATE_GIN)


def drop(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(keywords.DROP_FTS5 if sqlite else keywords.DROP_GIN)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_first")]
    operations = [migrations.RunPython(create, drop)]
