"""manage.py work"""

import signal

from django.core.management.base import BaseCommand

from articles import work


class Command(BaseCommand):
    help = "Do due work: for ever, or once. The web server does it too; a process of its own takes it off the readers'."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, once, **options):
        if once:
            self.stdout.write(f"{work.do_all_due()} pieces of work done.")
            return
        signal.signal(signal.SIGTERM, lambda *_: work.stop())  # what is in hand is finished first
        for worker in work.start_workers(breathe=False):
            worker.join()
