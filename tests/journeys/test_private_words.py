"""What programs find, and what readers and moderators write to few, comes out of no door that is open to all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import assist, search
from articles.models import Appeal, Article, Comment, GlossaryTerm, Mailbox, MistakeReport, Report, Watch
from articles.views import ask
from articles.views.pace import Pace
from tests import make
from tests.journeys.canaries import LISTS, Canaries, crawl, given_away

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}
QUESTIONS = ["What did the gauge show?", "Who is the director of the Rivers Authority?", "How many cows drowned?"]
GONE = {
    "embargoed": lambda article: Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + make.DAY),
    "expired": lambda article: Article.objects.filter(pk=article.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    ),
    "withdrawn": lambda article: article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong."),
    "forbidden": lambda article: article.withdraw(by=None, at=timezone.now(), outcome="legal", reason="Wrong."),
    "draft": lambda article: Article.objects.filter(pk=article.pk).update(state="draft", published_at=None),
    "scheduled": lambda article: Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + make.DAY),
}


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    monkeypatch.setattr(ask, "PACE", Pace(10**6, 60))


def report_of(canaries, state, *, secret):
    """Return a body that programs find much in: names, figures with who said them, quotations, days, a word explained.

    All but the names of what is known to everybody are canaries.
    """

    def word(what):
        return canaries.plant(f"{what} of the {state} report", secret=secret)

    term = word("explained word")
    GlossaryTerm.objects.create(term=term, definition=f"{word('definition')}, a measure of water.")
    return (
        f"<p>The gauge of {word('name')} showed 7.86 metres on Thursday 30 April 2026 after a night of rain.</p>"
        f"<p>“It was on our list of {word('quoted word')},” said {word('speaker')} Ostrander, director of the Rivers "
        f"Authority.</p><p>Farmers of {word('farm')} count {len(state) + 40} drowned cows, and a {term} is ordered for "
        f"Friday 1 May 2026 in all of the valley.</p>"
    )


def tell(canaries, story, state, outlet, *, secret=True):
    """Return an article of the story with all that is made of it and written about it: in two wordings, corrected."""
    make.outlet(outlet, allows_derived_texts=True)
    article = make.article(f"Dyke fails, say {state}", outlet=outlet, story=story, body="<p>First words.</p>")
    article.body = report_of(canaries, state, secret=secret)
    article.save()
    assist.prepare(article)
    own = f"{canaries.plant(f'own key point of the {state} report', secret=secret)} is what it comes to."
    assist.choose_by_hand(article, [own], by=None, at=timezone.now())
    assist.prepare(article)
    MistakeReport.objects.create(
        article=article, part="names", text=canaries.plant("report of a mistake", secret=True), at=timezone.now()
    )
    return article


@pytest.fixture
def told(canaries):
    """Tell a story by two outlets in public, and by six articles that nobody may see; return those in public."""
    story = make.story("The flood")
    public = [tell(canaries, story, f"public {name}", name, secret=False) for name in ("The Lantern", "The Beacon")]
    for state, hide in GONE.items():
        hide(tell(canaries, story, state, "The Courier"))
    switched_off = tell(canaries, story, "switched off", "The Off")
    type(switched_off.outlet).objects.filter(pk=switched_off.outlet_id).update(is_active=False)
    GlossaryTerm.objects.create(
        term="gauge", definition=canaries.plant("definition that is not shown", secret=True), is_shown=False
    )
    before = make.scheduled("Later", story=story, body=f"<p>{canaries.plant('early wording', secret=True)}.</p>")
    before.body = "<p>What readers will see.</p>"
    before.save()
    search.learn(*Article.objects.values_list("pk", flat=True))
    return public


def leaks_of(canaries, answers):
    return {
        address: leak
        for address, answer in answers.items()
        if (leak := given_away(canaries, answer, address, canaries.secret))
    }


def test_programs_tell_nothing_of_what_is_not_public(client, canaries, told):
    addresses = ["/ai/", told[0].story.get_absolute_url(), *(article.get_absolute_url() for article in told)]
    for article in Article.objects.all():
        at = f"/articles/{article.pk}"
        addresses += [f"{at}/ask/", f"{at}/changes/", f"{at}/mistake/?part=names", f"{at}/comments/count.json"]
        addresses += [f"{at}/ask/?q={question}" for question in QUESTIONS]
        addresses += [f"/oembed/?url=http://127.0.0.1:8000{article.get_absolute_url()}"]
    for article in told:
        addresses += [f"/articles/{article.pk}/ask/?q={word}" for word in canaries.secret]
        addresses += [f"/articles/{article.pk}/ask/?q=What is {word}, said the director?" for word in canaries.secret]
    addresses += [f"/search/suggestions.json?q={word[:6]}" for word in canaries.secret]
    answers = crawl(client, [*LISTS, *addresses])
    assert leaks_of(canaries, answers) == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 301, 302, 404, 410, 451}
    # Of the public reports everything is told: the same crawl would have found the others' words.
    seen = {
        what for address, answer in answers.items() for what in given_away(canaries, answer, address, canaries.public)
    }
    assert seen == set(canaries.public.values())


def test_report_of_a_mistake_is_answered_without_a_word_of_what_is_not_public(client, canaries, told):
    for article in Article.objects.all():
        for part in ("names", "ask", "nonsense"):
            answer = client.post(
                f"/articles/{article.pk}/mistake/", {"part": part, "text": f"It is wrong, {part}."}, headers=HERE
            )
            assert given_away(canaries, answer, "", canaries.secret) == set()
            assert (answer.status_code in (200, 422)) == (article in told)
    assert set(MistakeReport.objects.filter(text__startswith="It is").values_list("article", flat=True)) == {
        article.pk for article in told
    }


# what is said to few


def private_words(canaries, article):
    """Let readers and moderators write all that only they may read; return the comments."""

    def word(what):
        return canaries.plant(what, secret=True)

    now, chief = timezone.now(), make.user("Chief", username=word("account"), email=f"{word('mail')}@desk.example")
    reader = make.commenter(user=make.user(username=word("account of a reader")))
    made = {}
    for state in ("public", "held", "rejected", "spam", "deleted"):
        name, body = (word(f"{what} of the {state} comment") for what in ("name", "text"))
        shown = {"name": name, "body": body} if state != "public" else {"name": "Rosa", "body": "I saw it."}
        comment = make.comment(article, email=f"{word('e-mail')}@r.example", commenter=reader, **shown)
        comment.edit(shown["body"] + " Today.", at=now, state="public")
        comment.revisions.update(body=word("what it said before"))
        make.report(comment, kind="illegal", text=word("text of a report"), email=f"{word('reporter')}@r.example")
        made[state] = comment
    made["held"].hold(by=chief, at=now, reason=word("reason of holding"))
    made["rejected"].reject(by=chief, at=now, reason=word("reason of rejection"))
    made["spam"].mark_as_spam(by=chief, at=now)
    made["deleted"].delete_text(at=now)
    make.comment(article, "So do I.", parent=made["public"], name="Bo")
    appeal = make.appeal(made["rejected"], word("text of an appeal"))
    appeal.uphold(by=make.user("Chief"), at=now, words=word("words on an appeal"))
    other = make.comment(article, word("text under appeal"), state="rejected")
    make.appeal(other, word("text of an open appeal"))
    reader.ban(by=chief, at=now, reason=word("reason of a ban"))
    for effect in ("hold", "refuse"):
        make.word_rule(word(f"word to {effect}"), effect=effect, note=word("note of a word rule"))
    box = Mailbox.objects.of(reader, f"{word('mailbox')}@r.example", at=now)
    Watch.objects.create(comment=made["public"], mailbox=box)
    return made


def test_what_readers_and_moderators_write_to_few_is_read_by_nobody_else(client, canaries):
    article = make.article("River rises")
    made = private_words(canaries, article)
    stranger = Client()  # one who is known, by a comment of her own
    mine = {"name": "Ida", "body": "I read along.", "email": "ida@r.example"}
    stranger.post(f"/articles/{article.pk}/comments/", mine, headers=HERE)
    under = f"/articles/{article.pk}/comments"
    addresses = [article.get_absolute_url(), f"{under}/own/", f"{under}/count.json"]
    addresses += [f"{article.outlet.get_absolute_url()}moderation/", f"{article.outlet.get_absolute_url()}feed.json"]
    for comment in Comment.objects.all():
        at = f"/comments/{comment.pk}"
        addresses += [f"{at}/", f"{at}/report/", f"{at}/edit/", f"{at}/delete/", f"{at}/appeal/", f"{at}/recommend/"]
        addresses += [f"{under}/?{name}={comment.pk}" for name in ("thread", "after", "parent", "parent={0}&quote")]
        addresses += [f"{under}/?parent={comment.pk}&quote=on", f"{under}/?sort=top&after={comment.pk}"]
    addresses += [f"/search/?q={word}" for word in canaries.secret]
    for browser in (client, stranger):
        answers = crawl(browser, [*LISTS, *addresses])
        assert leaks_of(canaries, answers) == {}
        for comment in made.values():
            for verb in ("edit", "delete", "appeal", "recommend", "report"):
                data = {"body": "x", "kind": "abuse", "text": "x"}
                answer = browser.post(f"/comments/{comment.pk}/{verb}/", data, headers=HERE)
                assert given_away(canaries, answer, "", canaries.secret) == set(), (comment, verb)
            for address in (f"{under}/", f"{under}/preview/"):
                data = {"name": "Ann", "body": f"I ask {comment.pk}.", "parent": comment.pk, "quote": "on"}
                answer = browser.post(address, data, headers=HERE)
                assert given_away(canaries, answer, "", canaries.secret) == set(), (comment, address)
    assert (Appeal.objects.count(), Report.objects.exclude(text="x").count()) == (2, 5)


def test_nothing_private_is_written_into_the_log(client, canaries, caplog):
    """Lines of requests, and of errors in due work, name no address, no word of a reader and no token."""
    article = make.article("River rises")
    secret = canaries.plant("what a reader typed", secret=True)
    fields = {"name": secret, "body": secret, "email": f"{secret}@r.example", "tell_me": "on"}
    client.post(f"/articles/{article.pk}/comments/", fields, headers=HERE)
    client.post(f"/articles/{article.pk}/comments/preview/", fields, headers=HERE)
    client.get(f"/search/?q={secret}")
    client.get(f"/articles/{article.pk}/ask/?q={secret}")
    client.get(f"/mail/stop/{secret}/")
    client.post(f"/articles/{article.pk}/mistake/", {"part": "ask", "text": secret}, headers=HERE)
    lines = "\n".join(str(vars(record)) for record in caplog.records if record.name != "django.request")
    assert lines
    assert canaries.in_(lines, canaries.secret) == set()
