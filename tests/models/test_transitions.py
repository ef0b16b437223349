"""An article's changes of state: each leaves the row, its times and the log as an editor would expect them."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Correction, Transition
from tests import make
from tests.make import DAY, HOUR, MICROSECOND, NOON

pytestmark = pytest.mark.django_db

STATE = (
    "state",
    "published_at",
    "updated_at",
    "withdrawn_at",
    "withdrawal_outcome",
    "withdrawal_reason",
    "redirect_to",
    "version",
)


@pytest.fixture
def editor():
    return make.user("Editor")


def state(article):
    """Return how the article stands in the database, after a look that memory says the same."""
    row = Article.objects.values(*STATE).get(pk=article.pk)
    assert {name: getattr(article, "redirect_to_id" if name == "redirect_to" else name) for name in STATE} == row
    return row


def standing(**fields):
    return dict.fromkeys(STATE) | {"withdrawal_outcome": "", "withdrawal_reason": ""} | fields


def log(article):
    return list(article.transitions.order_by("pk").values_list("from_state", "to_state", "at", "by", "note"))


# --- publish ----------------------------------------------------------------------------------------------------------


def test_draft_is_published(editor):
    article = make.draft()
    article.publish(by=editor, at=NOON)
    assert state(article) == standing(state="published", published_at=NOON, version=2)
    assert log(article) == [("draft", "published", NOON, editor.pk, "")]


def test_scheduled_article_that_is_published_early_counts_from_then(editor):
    article = make.draft()
    article.schedule(by=editor, at=NOON, publish_at=NOON + DAY)
    article.publish(by=editor, at=NOON + HOUR)
    assert state(article) == standing(state="published", published_at=NOON + HOUR, version=3)
    assert log(article)[1:] == [("published", "published", NOON + HOUR, editor.pk, "")]


def test_withdrawn_article_that_comes_back_keeps_its_first_day(editor):
    article = make.article(at=NOON)
    article.withdraw(by=editor, at=NOON + HOUR, outcome="gone", reason="Wrong.")
    article.publish(by=editor, at=NOON + DAY)
    assert state(article) == standing(state="published", published_at=NOON, version=4)
    assert log(article)[1:] == [
        ("published", "withdrawn", NOON + HOUR, editor.pk, "Wrong."),
        ("withdrawn", "published", NOON + DAY, editor.pk, ""),
    ]


def test_public_article_is_not_published_twice(editor):
    article = make.article(at=NOON)
    with pytest.raises(ValidationError, match="It is published already"):
        article.publish(by=editor, at=NOON + HOUR)
    assert state(article) == standing(state="published", published_at=NOON, version=2)
    assert len(log(article)) == 1


@pytest.mark.parametrize("expires_at", [NOON - HOUR, NOON])
def test_article_whose_time_has_run_out_is_not_published(editor, expires_at):
    article = make.draft(expires_at=expires_at)
    with pytest.raises(ValidationError, match="It has expired"):
        article.publish(by=editor, at=NOON)
    assert (state(article)["state"], log(article)) == ("draft", [])


# --- schedule ---------------------------------------------------------------------------------------------------------


def test_draft_is_scheduled_and_appears_at_its_second(editor):
    article = make.draft()
    article.schedule(by=editor, at=NOON, publish_at=NOON + DAY)
    assert state(article) == standing(state="published", published_at=NOON + DAY, version=2)
    assert log(article) == [("draft", "published", NOON, editor.pk, "")]
    assert [article.is_scheduled(at=at) for at in (NOON, NOON + DAY - MICROSECOND, NOON + DAY)] == [True, True, False]
    assert list(Article.objects.live(at=NOON + DAY - MICROSECOND)) == []
    assert list(Article.objects.live(at=NOON + DAY)) == [article]


def test_scheduled_article_is_scheduled_anew(editor):
    article = make.draft()
    article.schedule(by=editor, at=NOON, publish_at=NOON + DAY)
    article.schedule(by=editor, at=NOON, publish_at=NOON + HOUR)
    assert state(article) == standing(state="published", published_at=NOON + HOUR, version=3)


def test_withdrawn_article_is_scheduled_to_come_back(editor):
    article = make.article(at=NOON)
    article.correct(by=editor, at=NOON + HOUR, text="It was the Sarn.")
    article.withdraw(by=editor, at=NOON + HOUR, outcome="legal", reason="An order.")
    article.schedule(by=editor, at=NOON + DAY, publish_at=NOON + 2 * DAY)
    assert state(article) == standing(state="published", published_at=NOON + 2 * DAY, version=5)


@pytest.mark.parametrize(
    ("make_it", "publish_at", "told"),
    [
        (make.draft, NOON, "That time has passed"),
        (make.draft, NOON - HOUR, "That time has passed"),
        (lambda: make.draft(expires_at=NOON + DAY), NOON + DAY, "It would expire before it is published"),
        (lambda: make.article(at=NOON), NOON + DAY, "It is public already"),
        (lambda: make.draft(body=""), NOON + DAY, "The body is empty"),
    ],
    ids=["now", "the past", "after its end", "public already", "unready"],
)
def test_article_is_not_scheduled_for(editor, make_it, publish_at, told):
    article = make_it()
    before = state(article), log(article)
    with pytest.raises(ValidationError, match=told):
        article.schedule(by=editor, at=NOON, publish_at=publish_at)
    assert (state(article), log(article)) == before


def test_scheduled_article_goes_back_to_draft(editor):
    article = make.draft()
    article.schedule(by=editor, at=NOON, publish_at=NOON + DAY)
    article.unschedule(by=editor, at=NOON + HOUR)
    assert state(article) == standing(state="draft", version=3)
    assert log(article)[1:] == [("published", "draft", NOON + HOUR, editor.pk, "")]


@pytest.mark.parametrize("make_it", [make.draft, lambda: make.article(at=NOON)], ids=["a draft", "a public article"])
def test_only_a_scheduled_article_goes_back_to_draft(editor, make_it):
    article = make_it()
    with pytest.raises(ValidationError, match="It is not scheduled"):
        article.unschedule(by=editor, at=NOON)


# --- withdraw ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["notice", "gone", "legal"])
def test_article_is_withdrawn(editor, outcome):
    article = make.article(at=NOON)
    article.withdraw(by=editor, at=NOON + HOUR, outcome=outcome, reason=" It was\nwrong. ", redirect_to=None)
    assert state(article) == standing(
        state="withdrawn",
        published_at=NOON,
        withdrawn_at=NOON + HOUR,
        withdrawal_outcome=outcome,
        withdrawal_reason="It was wrong.",
        version=3,
    )
    assert log(article)[1:] == [("published", "withdrawn", NOON + HOUR, editor.pk, "It was wrong.")]
    assert (article.is_withdrawn, article.is_published) == (True, False)
    assert list(Article.objects.live(at=NOON + HOUR)) == []
    assert list(Article.objects.withdrawn(at=NOON + HOUR)) == [article]


def redirect(article, to, at=NOON + HOUR):
    article = Article.objects.get(pk=article.pk)
    article.withdraw(by=None, at=at, outcome="redirect", reason="Told twice.", redirect_to=to)
    return article


def test_withdrawn_article_leads_to_another():
    article, other = make.article(at=NOON), make.article(at=NOON)
    assert state(redirect(article, other)) == standing(
        state="withdrawn",
        published_at=NOON,
        withdrawn_at=NOON + HOUR,
        withdrawal_outcome="redirect",
        withdrawal_reason="Told twice.",
        redirect_to=other.pk,
        version=3,
    )


def leads():
    return dict(Article.objects.exclude(redirect_to=None).values_list("headline", "redirect_to__headline"))


def test_chain_of_redirects_is_one_hop_from_each_link():
    a, b, c, d = (make.article(name, at=NOON) for name in "ABCD")
    redirect(a, b)
    redirect(b, c)
    assert leads() == {"A": "C", "B": "C"}
    redirect(c, d)
    assert leads() == {"A": "D", "B": "D", "C": "D"}


def test_redirect_to_an_article_that_leads_on_goes_where_that_leads():
    a, b, c = (make.article(name, at=NOON) for name in "ABC")
    redirect(b, c)
    redirect(a, Article.objects.get(pk=b.pk))
    assert leads() == {"A": "C", "B": "C"}


def test_redirect_that_would_come_back_is_refused():
    a, b = make.article("A", at=NOON), make.article("B", at=NOON)
    redirect(a, b)
    for target in (b, Article.objects.get(pk=a.pk)):
        with pytest.raises(ValidationError, match="leads back to this one"):
            redirect(b, target)
    assert leads() == {"A": "B"}


def test_article_that_comes_back_leads_nowhere():
    a, b = make.article("A", at=NOON), make.article("B", at=NOON)
    redirect(a, b)
    Article.objects.get(pk=a.pk).publish(by=None, at=NOON + DAY)
    redirect(b, Article.objects.get(pk=a.pk), at=NOON + DAY)
    assert leads() == {"B": "A"}


@pytest.mark.parametrize(
    "target",
    [
        make.draft,
        lambda: make.article(at=NOON + DAY),
        lambda: make.article(at=NOON, embargo_until=NOON + DAY),
        lambda: make.article(at=NOON - DAY, expires_at=NOON),
        lambda: make.article(at=NOON, outlet=make.outlet("Closed", is_active=False)),
    ],
    ids=["a draft", "scheduled", "embargoed", "expired", "of an outlet taken off"],
)
def test_readers_are_not_led_to_what_they_cannot_see(target):
    article = make.article(at=NOON)
    with pytest.raises(ValidationError) as refused:
        redirect(article, target())
    assert refused.value.message_dict == {"redirect_to": ["Readers cannot see that article. Choose a public one."]}
    assert state(article)["state"] == "published"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": " \n "}, {"reason": ["Say why: readers and colleagues will ask."]}),
        ({"reason": "r" * 301}, {"reason": ["Say it in at most 300 characters."]}),
        ({"outcome": "redirect"}, {"redirect_to": ["Choose the article that readers shall be led to."]}),
        ({"outcome": "perhaps"}, {"outcome": ["Choose what its address answers from now on."]}),
        ({"outcome": ""}, {"outcome": ["Choose what its address answers from now on."]}),
    ],
)
def test_withdrawal_that_leaves_a_question_open_is_refused(editor, given, told):
    article = make.article(at=NOON)
    with pytest.raises(ValidationError) as refused:
        article.withdraw(by=editor, at=NOON + HOUR, **{"outcome": "gone", "reason": "Wrong."} | given)
    assert refused.value.message_dict == told
    assert (state(article)["state"], len(log(article))) == ("published", 1)


@pytest.mark.parametrize(
    "make_it",
    [make.draft, lambda: make.article(at=NOON + DAY), lambda: make.withdrawn(at=NOON)],
    ids=["a draft", "scheduled", "withdrawn already"],
)
def test_only_a_public_article_is_withdrawn(editor, make_it):
    article = make_it()
    with pytest.raises(ValidationError, match="Only an article that is public can be withdrawn"):
        article.withdraw(by=editor, at=NOON + HOUR, outcome="gone", reason="Wrong.")


# --- correct ----------------------------------------------------------------------------------------------------------


def test_correction_is_shown_and_dates_the_article(editor):
    article = make.article(at=NOON)
    made = article.correct(by=editor, at=NOON + HOUR, text=" It was the Sarn,\nnot the Orr. ")
    assert Correction.objects.values("article", "text", "at", "by").get() == {
        "article": article.pk,
        "text": "It was the Sarn, not the Orr.",
        "at": NOON + HOUR,
        "by": editor.pk,
    }
    assert (made, str(made)) == (Correction.objects.get(), "It was the Sarn, not the Orr.")
    assert state(article) == standing(state="published", published_at=NOON, updated_at=NOON + HOUR, version=3)
    assert len(log(article)) == 1
    assert Correction.objects.get_by_natural_key(*made.natural_key()) == made


def test_corrections_are_listed_newest_first_of_the_articles_asked_for():
    first, second, other = (make.article(at=NOON) for _ in range(3))
    made = [
        article.correct(by=None, at=NOON + hours * HOUR, text="It was the Sarn.")
        for article, hours in [(first, 1), (second, 3), (first, 2), (other, 4)]
    ]
    found = Correction.objects.of(Article.objects.filter(pk__in=[first.pk, second.pk])).newest_first()
    assert list(found) == [made[1], made[2], made[0]]


def test_update_in_substance_is_dated(editor):
    article = make.article(at=NOON)
    article.update_in_substance(at=NOON + HOUR)
    assert state(article) == standing(state="published", published_at=NOON, updated_at=NOON + HOUR, version=3)


@pytest.mark.parametrize(
    ("text", "told"),
    [(" \n", "Say what was wrong and what is right."), ("c" * 1001, "Say it in at most 1000 characters.")],
)
def test_correction_that_says_nothing_or_too_much_is_refused(editor, text, told):
    article = make.article(at=NOON)
    with pytest.raises(ValidationError) as refused:
        article.correct(by=editor, at=NOON + HOUR, text=text)
    assert refused.value.message_dict == {"text": [told]}
    assert (Correction.objects.count(), state(article)["updated_at"]) == (0, None)


@pytest.mark.parametrize("make_it", [make.draft, lambda: make.article(at=NOON + DAY)], ids=["a draft", "scheduled"])
def test_what_readers_have_not_seen_is_not_corrected(editor, make_it):
    article = make_it()
    for change in (
        lambda: article.correct(by=editor, at=NOON, text="It was the Sarn."),
        lambda: article.update_in_substance(at=NOON),
    ):
        with pytest.raises(ValidationError, match="Readers have not seen it yet"):
            change()
    assert (Correction.objects.count(), state(article)["updated_at"]) == (0, None)


# --- what is missing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, []),
        ({"body": "<p> </p>"}, ["The body is empty."]),
        ({"section": None}, ["It has no section."]),
        (
            {"outlet": ("summary",), "original_url": ""},
            ["Post lets us show no whole texts: give the original address to link to."],
        ),
        (
            {"outlet": ("link",), "original_url": ""},
            ["Post lets us show no whole texts: give the original address to link to."],
        ),
        ({"outlet": ("summary",), "standfirst": ""}, ["Post lets us show the standfirst only, and it is empty."]),
        ({"outlet": ("summary",), "body": ""}, []),
        ({"outlet": ("link",), "standfirst": "", "body": ""}, []),
        ({"outlet": ("full",), "body": ""}, ["The body is empty."]),
        ({"lead_image": ""}, ["The picture has no alternative text."]),
        ({"lead_image": "", "lead_image_alt": "A dyke."}, []),
        ({"lead_image": "A river."}, []),
        (
            {"lead_image": "", "body": "", "section": None},
            ["The body is empty.", "It has no section.", "The picture has no alternative text."],
        ),
    ],
)
def test_editor_is_told_in_sentences_what_is_missing(editor, fields, told):
    if "outlet" in fields:
        fields = fields | {"outlet": make.outlet("Post", text_shown=fields["outlet"][0])}
    if "lead_image" in fields:
        fields = fields | {"lead_image": make.image(width=12, height=8, alt=fields["lead_image"])}
    article = make.draft(**fields)
    assert article.missing_for_publication() == told
    if told:
        for change, when in ((article.publish, {}), (article.schedule, {"publish_at": NOON + DAY})):
            with pytest.raises(ValidationError) as refused:
                change(by=editor, at=NOON, **when)
            assert refused.value.messages == told
        assert (state(article)["state"], log(article)) == ("draft", [])


def test_log_says_what_happened_in_a_word():
    article = make.article(at=NOON)
    assert [str(row) for row in Transition.objects.all()] == ["draft → published"]
    assert article.get_absolute_url() == f"/articles/{article.pk}/{article.slug}/"
