"""manage.py demo"""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import demo, related
from articles.models import Article


class Command(BaseCommand):
    help = "Load the demo content as of now, make the demo accounts and serve the site. Safe to run again at any time."

    def add_arguments(self, parser):
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="the port to serve on (default: $PORT or 8000)"
        )
        parser.add_argument("--no-serve", action="store_true", help="only load the demo")

    def handle(self, *, port, no_serve, **options):
        if not 0 < port < 65536:
            raise CommandError(f"--port has to lie between 1 and 65535, not {port}.")
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        self.say("Loading outlets, articles, comments and pictures, and relating them ...")
        try:
            accounts = demo.load(at=timezone.now())
        except demo.NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        # Each was related as it came, when the site had two articles, or twenty; now what is rare is known.
        related.relate_everything(at=timezone.now())
        self.report(accounts, f"http://127.0.0.1:{port}")
        if not no_serve:
            serve(port)

    def report(self, accounts, site):
        self.say(f"\n{Article.objects.live(at=timezone.now()).count()} articles are public. To look at:")
        for what, path in demo.pages_to_see().items():
            self.say(f"  {what:<34} {site}{path}")
        self.say("\nDemo accounts for the desk (they exist in this demo database only):")
        for name, password in accounts.items():
            self.say(f"  {name:<10} {password}")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def serve(port):
    """Become the web server; Ctrl-C stops it."""
    os.environ["PORT"] = str(port)
    command = [sys.executable, "-m", "gunicorn", "-c", str(settings.BASE_DIR / "newsroom" / "gunicorn.conf.py")]
    os.execv(sys.executable, command)  # noqa: S606 - no shell, and nothing in it comes from outside
