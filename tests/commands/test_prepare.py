"""manage.py prepare: the reading aid of articles that were there before it."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import ReadingAid
from tests import make
from tests.assist.test_key_points import BODY

pytestmark = pytest.mark.django_db


def prepare(*arguments):
    out = StringIO()
    call_command("prepare", *arguments, stdout=out)
    return out.getvalue()


def test_every_published_article_that_may_have_one_gets_a_reading_aid():
    article, draft = make.article(body=BODY), make.draft(body=BODY)
    make.article(body=BODY, outlet=make.outlet("The Beacon", text_shown="summary"))
    old = make.article(body=BODY)
    ReadingAid.objects.create(article=old, source_hash=old.source_hash)
    assert prepare() == "2 reading aids made.\n"
    assert set(ReadingAid.objects.values_list("article", flat=True)) == {article.pk, old.pk}
    assert ReadingAid.objects.get(article=old).found["figures"] != []
    assert prepare() == "0 reading aids made.\n"
    assert prepare("--all") == "2 reading aids made.\n"
    assert not ReadingAid.objects.filter(article=draft).exists()


def test_aid_of_an_older_form_is_made_anew_though_its_text_has_not_changed():
    aid = ReadingAid.objects.create(article=(old := make.article(body=BODY)), source_hash=old.source_hash)
    prepare()
    aid.refresh_from_db()
    made, aid.found = aid.found, aid.found | {"form": aid.found["form"] - 1, "figures": []}
    aid.save()
    assert prepare() == "1 reading aids made.\n"
    assert ReadingAid.objects.get(article=old).found == made
    assert prepare() == "0 reading aids made.\n"
