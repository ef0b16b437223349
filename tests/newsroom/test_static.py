"""Static files get names that change with their content, once collected, and work before that too."""

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from newsroom.static import CollectedStaticFiles

STYLE = "body { color: black }\n" * 100


@pytest.fixture
def source(settings, tmp_path):
    """Return a folder with one style sheet, which is all that this site has."""
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "newsroom.static.CollectedStaticFiles"}}
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "site.css").write_text(STYLE)
    finders.get_finder.cache_clear()
    yield tmp_path / "source"
    finders.get_finder.cache_clear()


def collect():
    call_command("collectstatic", interactive=False, verbosity=0)


def test_file_keeps_its_name_until_it_is_collected(source):
    assert staticfiles_storage.url("site.css") == "/static/site.css"
    assert staticfiles_storage.url("no-such.css") == "/static/no-such.css"


def test_collected_file_is_named_for_its_content(source):
    collect()
    first = CollectedStaticFiles().url("site.css")
    (source / "site.css").write_text(STYLE.replace("black", "white"))
    (source / "site.css").touch()
    collect()
    second = CollectedStaticFiles().url("site.css")
    assert len({"/static/site.css", first, second}) == 3


def test_collected_file_is_compressed_once(source, settings):
    collect()
    compressed = sorted(settings.STATIC_ROOT.glob("*.br"))
    assert len(compressed) == 1
    written = compressed[0].stat().st_ino, compressed[0].stat().st_ctime_ns
    collect()
    assert (compressed[0].stat().st_ino, compressed[0].stat().st_ctime_ns) == written
