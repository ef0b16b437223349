"""The door for web servers."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from newsroom.security import well_formed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("DATABASE_MUST_EXIST", "1")  # an empty one in its place would hide that it is gone
os.environ.setdefault("STATEMENT_TIMEOUT", "10")  # no statement holds a reader, or a thread, for longer

try:
    application = well_formed(get_wsgi_application())
except ImproperlyConfigured as mistake:
    sys.exit(str(mistake))
