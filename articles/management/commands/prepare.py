"""manage.py prepare"""

from django.core.management.base import BaseCommand

from articles import assist, caching
from articles.models import Article

STEP = 50  # articles read at a time


class Command(BaseCommand):
    help = "Make the reading aid of published articles that have none of this form; it can be stopped and run again."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="make it anew for those that have one, too")

    def handle(self, **options):
        published = Article.objects.filter(state=Article.State.PUBLISHED).of_derivable_texts().select_related("outlet")
        if not options["all"]:
            published = assist.without_aid(published)
        count, last = 0, 0
        while articles := list(published.filter(pk__gt=last).order_by("pk")[:STEP]):
            count += sum(assist.prepare(article) is not None for article in articles)
            last = articles[-1].pk
        caching.purge(caching.SITE_KEY)
        self.stdout.write(f"{count} reading aids made.")
