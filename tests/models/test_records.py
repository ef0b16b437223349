"""What templates and the desk ask of outlets, pictures, articles and bylines."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Article, Byline, Image, Outlet, ReadingAid, RelatedLink
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


# --- how much of an outlet may be shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text_shown", "allowed", "body", "standfirst", "derived"),
    [
        ("own", False, True, True, True),
        ("own", True, True, True, True),
        ("full", False, True, True, False),
        ("full", True, True, True, True),
        ("summary", False, False, True, False),
        ("summary", True, False, True, False),
        ("link", False, False, False, False),
        ("link", True, False, False, False),
    ],
)
def test_agreement_with_the_outlet_says_what_is_shown(text_shown, allowed, body, standfirst, derived):
    outlet = Outlet(name="Post", text_shown=text_shown, allows_derived_texts=allowed)
    assert (outlet.shows_body, outlet.shows_standfirst, outlet.derives_texts) == (body, standfirst, derived)


@pytest.mark.parametrize(
    ("text_shown", "standfirst", "shown"),
    [
        ("own", "What is new.", ("What is new.", make.BODY, "What is new.")),
        ("full", "", ("", make.BODY, "The river rose two metres in one night. Nobody was hurt.")),
        ("summary", "What is new.", ("What is new.", "", "What is new.")),
        ("summary", "", ("", "", "")),
        ("link", "What is new.", ("", "", "")),
    ],
)
def test_article_shows_no_more_than_its_outlet_allows(text_shown, standfirst, shown):
    article = make.draft(outlet=make.outlet("Post", text_shown=text_shown), standfirst=standfirst)
    assert (article.shown_standfirst, article.shown_body, article.shown_summary) == shown


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("The Harrowmere Courier", "HC"),
        ("Le Courrier du Haut-Val", "CD"),
        ("orvane radio news", "OR"),
        ("The", ""),
        ("Die Zeit", "Z"),
    ],
)
def test_outlet_without_a_mark_shows_its_initials(name, initials):
    assert Outlet(name=name).initials == initials


def test_outlets_that_were_taken_off_are_not_active():
    shown = make.outlet("Shown")
    make.outlet("Hidden", is_active=False)
    make.outlet("Another")
    assert [outlet.name for outlet in Outlet.objects.active().by_name()] == ["Another", "Shown"]
    assert (str(shown), shown.get_absolute_url()) == ("Shown", "/outlets/shown/")


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(**fields):
    return Image(**{"file": "images/2026/sarn.jpg", "width": 1600, "height": 900} | fields)


@pytest.mark.parametrize(
    ("widths", "srcset", "smallest"),
    [
        ([], "/media/images/2026/sarn.jpg 1600w", "/media/images/2026/sarn.jpg"),
        (
            [480, 960],
            "/media/renditions/2026/sarn-480.webp 480w, /media/renditions/2026/sarn-960.webp 960w, "
            "/media/images/2026/sarn.jpg 1600w",
            "/media/renditions/2026/sarn-480.webp",
        ),
    ],
)
def test_browser_may_choose_among_the_renditions_there_are(widths, srcset, smallest):
    image = picture(rendition_widths=widths)
    assert (image.srcset, image.smallest_url) == (srcset, smallest)


@pytest.mark.parametrize(
    ("x", "y", "named"), [(0.5, 0.5, "50-50"), (0, 1, "0-100"), (0.34, 0.36, "30-40"), (0.99, 0.01, "100-0")]
)
def test_crops_keep_the_subject(x, y, named):
    assert picture(focal_x=x, focal_y=y).object_position == named


def test_picture_is_called_by_its_caption_or_what_it_shows_or_its_file():
    assert [str(picture(caption="The Sarn.", alt="A river.")), str(picture(alt="A river.")), str(picture())] == [
        "The Sarn.",
        "A river.",
        "images/2026/sarn.jpg",
    ]


def test_picture_is_found_by_its_file():
    image = make.image(width=12, height=8)
    assert Image.objects.get_by_natural_key(*image.natural_key()) == image
    assert (image.width, image.height) == (12, 8)


# --- articles ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"headline": "\u202e \n"}, {"headline": ["Write a headline that can be read."]}),
        ({"kind": "sponsored"}, {"sponsor": ["Name who paid for it: readers must be told."]}),
        (
            {"kind": "news", "sponsor": "Acme"},
            {"sponsor": ["Only a sponsored article has a sponsor. Empty this or change the kind."]},
        ),
        (
            {"published_at": NOON, "expires_at": NOON},
            {"expires_at": ["It would expire before it is published. Choose a later time."]},
        ),
    ],
)
def test_article_that_makes_no_sense_is_refused_with_a_sentence(fields, told):
    article = Article(**{"headline": "Flood", "outlet": make.outlet()} | fields)
    with pytest.raises(ValidationError) as refused:
        article.clean()
    assert refused.value.message_dict == told


def test_sensible_article_passes():
    Article(headline="Flood", outlet=make.outlet(), kind="sponsored", sponsor="Acme").full_clean()


def test_text_is_made_safe_and_measured_when_it_is_saved():
    body = "<p onclick='x()'>One\u202e two.</p><script>alert(1)</script><p></p>" + "<p>word </p>" * 239
    article = make.draft(" River\n rises\u0000 ", standfirst="What \n is new.", body=body)
    article.refresh_from_db()
    assert (article.headline, article.standfirst, article.slug) == ("River rises", "What is new.", "river-rises")
    assert article.body == "<p>One two.</p>" + "<p>word </p>" * 239
    assert (article.summary, article.reading_minutes) == ("What is new.", 2)


def test_alternative_text_of_the_article_goes_before_that_of_the_picture():
    image = make.image(width=12, height=8, alt="A river.")
    articles = [Article(lead_image=image, lead_image_alt="The dyke."), Article(lead_image=image), Article()]
    assert [article.image_alt for article in articles] == ["The dyke.", "A river.", ""]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("ja", "ltr")])
def test_text_runs_in_the_direction_of_its_language(language, direction):
    assert Article(language=language).direction == direction


@pytest.mark.parametrize(
    ("policy", "takes", "shows"),
    [("open", True, True), ("held", True, True), ("closed", False, True), ("off", False, False)],
)
@pytest.mark.django_db
def test_comments_policy_says_what_readers_may_do(policy, takes, shows):
    article = make.article(at=NOON, comments_policy=policy).see_terms(at=NOON)
    assert (article.takes_comments, article.shows_comments) == (takes, shows)


@pytest.mark.parametrize("kind", Article.Kind)
def test_kind_says_what_readers_have_to_be_told(kind):
    article = Article(kind=kind)
    assert (article.is_opinion, article.is_sponsored) == (kind == "opinion", kind == "sponsored")


def test_derived_texts_are_tied_to_the_exact_text():
    texts = [
        Article(language=language, headline=headline, standfirst=standfirst, body=body)
        for language, headline, standfirst, body in [
            ("en", "a", "b", "c"),
            ("fr", "a", "b", "c"),
            ("en", "A", "b", "c"),
            ("en", "a", "B", "c"),
            ("en", "a", "b", "C"),
            ("en", "ab", "", "c"),
            ("en", "a", "bc", ""),
        ]
    ]
    hashes = [article.source_hash for article in texts]
    assert (len(set(hashes)), {len(value) for value in hashes}) == (7, {32})
    assert Article(language="en", headline="a", standfirst="b", body="c").source_hash == hashes[0]


def test_records_say_what_they_are_in_a_word():
    author = make.author("Ada")
    article = make.article("Flood", at=NOON, authors=[author])
    other = make.article("Ebb", at=NOON)
    byline = article.bylines.get()
    assert Byline.objects.get_by_natural_key(*byline.natural_key()) == byline
    link = RelatedLink(article=article, related=other, reason="Same story")
    words = [str(record) for record in (article, author, byline, link, ReadingAid(article=article))]
    assert words == [
        "Flood",
        "Ada",
        "Ada (Reporter)",
        f"{article.pk} → {other.pk}: Same story",
        f"Reading aid of article {article.pk}",
    ]
    assert Article.objects.get_by_natural_key(*article.natural_key()) == article


@pytest.mark.parametrize("role", Byline.Role)
def test_writers_are_told_from_those_who_helped(role):
    writers = {"reporter", "analyst", "columnist", "critic", "interviewer"}
    assert Byline(role=role).is_writer is (role.value in writers)


@pytest.mark.parametrize(
    "protected",
    [
        lambda article: article.outlet,
        lambda article: article.section,
        lambda article: article.lead_image,
        lambda article: article.bylines.get().author,
    ],
    ids=["outlet", "section", "image", "author"],
)
def test_what_an_article_stands_on_cannot_be_deleted(protected):
    article = make.article(at=NOON, lead_image=make.image(width=12, height=8), authors=[make.author()])
    with pytest.raises(ProtectedError):
        protected(article).delete()
    assert Article.objects.count() == 1
