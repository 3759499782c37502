"""Let creators be found by any word of their name, and by the country they chose to show."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Both indexes are made while everybody goes on working."""

    atomic = False
    dependencies = [("showcase", "0003_suggestions_and_wishes")]

    operations = [
        AddIndexConcurrently(
            "creator",
            models.Index(
                fields=["country", "sort_key", "id"], condition=~Q(country=""), name="creator_country"
            ),
        ),
        AddIndexConcurrently(
            "creator", GinIndex(SearchVector("name_key", config="simple"), name="creator_words")
        ),
    ]
