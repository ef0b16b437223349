"""Every address of the site. /healthz and /readyz are answered before this is asked: see newsroom/health.py."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from newsroom.media import media

urlpatterns = [
    path("admin/", admin.site.urls),
    path("media/<path:path>", media, name="media"),
]

# The readers' pages are still being written; the guards go when they are there.
if find_spec("articles.urls"):
    urlpatterns.append(path("", include("articles.urls")))
if find_spec("articles.views.errors"):
    handler400 = "articles.views.errors.bad_request"
    handler403 = "articles.views.errors.permission_denied"
    handler404 = "articles.views.errors.page_not_found"
    handler500 = "articles.views.errors.server_error"
