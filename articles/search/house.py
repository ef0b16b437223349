"""What has to be known before anything is found."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from articles.models import Outlet, Section
from articles.models.prepared import Prepared

# The parts of an article that may be shown, by how much of its texts the outlet lets us show.
SHOWN = {
    "link": ("headline", "hashtags", "bylines"),
    "summary": ("headline", "standfirst", "hashtags", "bylines"),
    "full": ("headline", "standfirst", "hashtags", "bylines", "often"),
}
MEASURE_OF = {"own": "full", "full": "full", "summary": "summary", "link": "link"}
# The languages in use, each by one step through the index on them.
_LANGUAGES = (
    "WITH RECURSIVE step (language) AS (SELECT MIN(language) FROM articles_searchentry UNION ALL SELECT (SELECT "
    "MIN(entry.language) FROM articles_searchentry AS entry WHERE entry.language > step.language) FROM step "
    "WHERE step.language IS NOT NULL) SELECT language FROM step WHERE language IS NOT NULL"
)


@dataclass(frozen=True)
class House:
    """The active outlets, the sections, the languages in use."""

    outlets: dict
    sections: dict
    languages: tuple

    @classmethod
    def today(cls):
        """Ask three times."""
        with connection.cursor() as cursor:
            cursor.execute(_LANGUAGES)
            languages = tuple(language for (language,) in cursor.fetchall())
        outlets, sections = ({record.pk: record for record in known.records({})} for known in _known())
        return cls(outlets, sections, languages)

    def showing(self, measure):
        """Return the keys of the outlets that let us show so much."""
        return [pk for pk, outlet in self.outlets.items() if MEASURE_OF[outlet.text_shown] == measure]


@lru_cache
def _known():
    return Prepared(Outlet.objects.active().by_name()), Prepared(Section.objects.in_order())
