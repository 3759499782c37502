"""The index of misspellings beside each document is not read any more; its column goes with a later version."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("search", "0003_words_and_saved_searches")]

    operations = [RemoveIndexConcurrently("indexed", "search_near")]
