"""manage.py recount"""

from django.core.management.base import BaseCommand

from articles.models import Article


class Command(BaseCommand):
    help = "Set each article's number of comments to what a count of them gives."

    def handle(self, **options):
        self.stdout.write(f"{Article.objects.recount_comments()} articles had a wrong number of comments.")
