#!/usr/bin/env python3
"""Run Django's commands on this site."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed for this Python; run `make install`, then .venv/bin/python manage.py.")
    try:
        settings.SECRET_KEY  # noqa: B018 - loads the settings, so that a mistake in them is said before anything else
    except ImproperlyConfigured as mistake:
        sys.exit(str(mistake))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
