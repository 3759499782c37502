"""More words are known to the planner by how frequent they are: searches decide by it how to read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_indexed ALTER COLUMN terms SET STATISTICS 500",
            "ALTER TABLE search_indexed ALTER COLUMN terms SET STATISTICS -1",
        ),
    ]
