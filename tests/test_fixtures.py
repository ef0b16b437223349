"""The demo content: as much of everything as the README promises, and exactly as the site itself would store it."""

import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import serializers
from django.core.management import call_command
from PIL import Image as Picture

from articles import related
from articles.demo import FIXTURES, FIXTURES_NOW
from articles.models import (
    Article,
    Author,
    Byline,
    Comment,
    Correction,
    Edition,
    Hashtag,
    Image,
    Outlet,
    ReadingAid,
    RelatedLink,
    Section,
    Story,
    TrustPage,
)
from articles.text import comment as comment_text
from articles.text import hashtags, html, plain, slugs

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
RECORDS = [Outlet, Section, Hashtag, Author, Story, Image, Article, Byline, Edition, Correction, Comment, TrustPage]
NOW = FIXTURES_NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def rows():
    return [row for name in FIXTURES for row in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))]


def fields(model):
    return [row["fields"] for row in rows() if row["model"] == f"articles.{model}"]


@pytest.fixture(scope="module")
def newsroom():
    """Return the fields of every record by its kind."""
    kinds = ["outlet", "section", "hashtag", "author", "story", "image", "article", "byline", "edition"]
    kinds += ["correction", "comment"]
    return SimpleNamespace(**{f"{kind}s": fields(kind) for kind in kinds})


def words(article):
    return plain.count_words(plain.from_html(article["body"]))


# --- as much as was promised ------------------------------------------------------------------------------------------


def test_there_are_outlets_articles_and_comments_enough(newsroom):
    assert len(newsroom.outlets) >= 8
    assert len(newsroom.articles) >= 60
    assert len(newsroom.comments) >= 150
    assert {article["outlet"][0] for article in newsroom.articles} == {outlet["slug"] for outlet in newsroom.outlets}
    assert {article["section"][0] for article in newsroom.articles} == {
        section["slug"] for section in newsroom.sections
    }


def test_every_article_has_200_to_900_words(newsroom):
    assert {
        article["headline"]: words(article) for article in newsroom.articles if not 200 <= words(article) <= 900
    } == {}


def test_ten_stories_are_told_by_three_to_six_outlets_or_more(newsroom):
    outlets = defaultdict(set)
    for article in newsroom.articles:
        if article.get("story"):
            outlets[article["story"][0]].add(article["outlet"][0])
    assert set(outlets) == {story["uuid"] for story in newsroom.storys}
    assert sum(len(told_by) >= 3 for told_by in outlets.values()) >= 10
    assert max(len(told_by) for told_by in outlets.values()) >= 6


def test_articles_stand_in_every_state(newsroom):
    def stands(article):
        if article["state"] != "published":
            return article["state"]
        if article.get("embargo_until", "") > NOW:
            return "embargoed"
        if article["published_at"] > NOW:
            return "scheduled"
        return "expired" if article.get("expires_at", "9") <= NOW else "public"

    states = Counter(stands(article) for article in newsroom.articles)
    assert set(states) == {"draft", "public", "scheduled", "embargoed", "expired", "withdrawn"}
    assert states["public"] >= 60
    outcomes = {article["withdrawal_outcome"] for article in newsroom.articles if article["state"] == "withdrawn"}
    assert outcomes == set(Article.Outcome.values)


def test_articles_are_of_every_kind(newsroom):
    assert {article["kind"] for article in newsroom.articles} == set(Article.Kind.values)


def test_outlets_let_us_show_as_much_as_they_can(newsroom):
    assert {outlet["text_shown"] for outlet in newsroom.outlets} >= {"own", "full", "summary"}


def test_comments_stand_in_the_states_that_moderators_know(newsroom):
    states = Counter(comment["state"] for comment in newsroom.comments)
    assert states["public"] >= 150
    assert min(states[state] for state in ("held", "rejected", "deleted")) >= 5
    with_comments = {comment["article"][0] for comment in newsroom.comments}
    assert len(newsroom.articles) - len(with_comments) >= 5
    assert any(comment.get("parent") for comment in newsroom.comments)


def test_newest_is_minutes_old_and_the_oldest_weeks(newsroom):
    public = [article["published_at"] for article in newsroom.articles if "" < article.get("published_at", "") <= NOW]
    assert max(public) >= "2026-11-22T11:30:00Z"
    assert min(public) < "2026-11-08"


def test_every_outlet_says_where_it_can_be_reached_and_judged(newsroom):
    addresses = ("contact_url", "ethics_url", "corrections_url")
    assert [
        (outlet["slug"], name)
        for outlet in newsroom.outlets
        for name in addresses
        if not re.fullmatch(rf"https://{outlet['slug']}\.example/[a-z-]+/", outlet.get(name, ""))
    ] == []


def test_hashtags_that_readers_meet_often_say_what_they_are_of(newsroom):
    carried = Counter(slug for article in newsroom.articles for (slug,) in article["hashtags"])
    told = {tag["slug"]: tag.get("description", "") for tag in newsroom.hashtags}
    assert [slug for slug, number in carried.items() if number > 1 and not told[slug]] == []
    said = [words for words in told.values() if words]
    assert [words for words in said if not words.endswith(".") or len(words) > 240 or said.count(words) > 1] == []


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_two_thirds_of_the_articles_have_a_picture(newsroom):
    assert 3 * sum(bool(article.get("lead_image")) for article in newsroom.articles) >= 2 * len(newsroom.articles)


def test_every_picture_is_a_webp_that_is_wide_and_light_enough(newsroom):
    found = {}
    for image in newsroom.images:
        path = FOLDER / "media" / image["file"]
        with Picture.open(path) as picture:
            found[image["file"]] = (
                picture.format,
                picture.size,
                path.stat().st_size <= 80_000,
                min(picture.size) >= 1200,
            )
    assert found == {
        image["file"]: ("WEBP", (image["width"], image["height"]), True, True) for image in newsroom.images
    }


def test_every_picture_says_what_it_shows_and_whose_it_is(newsroom):
    assert [
        image["file"] for image in newsroom.images if not (image["alt"] and image["credit"] and image["caption"])
    ] == []
    used = {article["lead_image"][0] for article in newsroom.articles if article.get("lead_image")}
    assert used == {image["file"] for image in newsroom.images}


def test_every_outlet_has_a_square_mark(newsroom):
    sizes = {}
    for outlet in newsroom.outlets:
        with Picture.open(FOLDER / "media" / outlet["logo"]) as mark:
            sizes[outlet["slug"]] = mark.width == mark.height >= 128
    assert sizes == {outlet["slug"]: True for outlet in newsroom.outlets}


def test_no_picture_lies_there_unused(newsroom):
    there = {str(path.relative_to(FOLDER / "media")) for path in (FOLDER / "media").rglob("*") if path.is_file()}
    assert there == {image["file"] for image in newsroom.images} | {outlet["logo"] for outlet in newsroom.outlets}


# --- as the site would store it ---------------------------------------------------------------------------------------


LINKS = {"outlet", "section", "story", "lead_image", "redirect_to", "article", "author", "parent", "root"}


def not_named(value):
    return value is not None and not isinstance(value, list)


def test_records_are_named_by_natural_keys_only():
    numbered = [row["model"] for row in rows() if "pk" in row]
    numbers = [
        (name, value) for row in rows() for name, value in row["fields"].items() if name in LINKS and not_named(value)
    ]
    assert (numbered, numbers) == ([], [])


def test_bodies_are_what_the_sanitiser_would_leave(newsroom):
    assert [
        article["headline"] for article in newsroom.articles if html.sanitise(article["body"]) != article["body"]
    ] == []


DERIVED = ("headline", "standfirst", "slug", "summary", "reading_minutes")


def test_what_follows_from_the_text_is_what_saving_would_set(newsroom):
    def saved(article):
        copy = Article(headline=article["headline"], standfirst=article["standfirst"], body=article["body"])
        copy.headline = plain.one_line(html.strip_forbidden(copy.headline))
        copy.standfirst = plain.one_line(html.strip_forbidden(copy.standfirst))
        copy.derive()
        return {name: getattr(copy, name) for name in DERIVED}

    written = [{name: article.get(name, "") for name in DERIVED} for article in newsroom.articles]
    assert written == [saved(article) for article in newsroom.articles]
    assert [story["slug"] for story in newsroom.storys] == [slugs.make(story["title"]) for story in newsroom.storys]
    tags = [(tag["name"], tag["key"]) for tag in newsroom.hashtags]
    assert tags == [(hashtags.tidy(name), hashtags.key(name)) for name, _ in tags]


def test_number_of_comments_is_that_of_the_public_ones(newsroom):
    public = Counter(comment["article"][0] for comment in newsroom.comments if comment["state"] == "public")
    assert {article["uuid"]: article.get("comment_count", 0) for article in newsroom.articles} == {
        article["uuid"]: public[article["uuid"]] for article in newsroom.articles
    }


def test_comments_are_as_posting_would_leave_them(newsroom):
    untidy = [
        comment["name"]
        for comment in newsroom.comments
        if comment_text.normalise(comment["body"]) != comment["body"]
        or comment_text.one_line(comment["name"]) != comment["name"]
        or bool(comment["body"]) == (comment["state"] == "deleted")
    ]
    assert untidy == []
    by_key = {(comment["nonce"], comment["article"][0]): comment for comment in newsroom.comments}
    assert len(by_key) == len(newsroom.comments)
    wrong = []
    for comment in newsroom.comments:
        parent = by_key.get(tuple(comment.get("parent") or ()))
        root = parent and (parent.get("root") or [parent["nonce"], parent["article"][0]])
        fits = parent is None or (
            parent["article"] == comment["article"] and parent["created_at"] < comment["created_at"]
        )
        if (comment.get("root") or None) != root or not fits:
            wrong.append(comment["nonce"])
    assert wrong == []


def test_comments_are_younger_than_their_article(newsroom):
    published = {article["uuid"]: article.get("published_at") or "9" for article in newsroom.articles}
    early = [row["nonce"] for row in newsroom.comments if row["created_at"] < published[row["article"][0]]]
    late = [row["nonce"] for row in newsroom.comments if row["created_at"] > NOW]
    assert (early, late) == ([], [])


def test_what_changed_is_told_as_it_would_have_come_about(newsroom):
    """Each edition was seen by readers, differs from the next, and ends when a correction or an update says so."""
    articles = {article["uuid"]: article for article in newsroom.articles}
    ends = {(row["article"][0], row["replaced_at"]) for row in newsroom.editions}
    texts = defaultdict(list)
    for row in sorted(newsroom.editions, key=lambda row: row["replaced_at"]):
        texts[row["article"][0]].append((row["headline"], row["standfirst"], row["body"]))
        assert articles[row["article"][0]]["published_at"] < row["replaced_at"] <= NOW
        assert html.sanitise(row["body"]) == row["body"]
    for key, told in texts.items():
        last = articles[key]
        told = [*told, (last["headline"], last["standfirst"], last["body"])]
        assert [one for one, next_one in pairwise(told) if one == next_one] == []
        assert (key, last["updated_at"]) in ends
    whole = {outlet["slug"] for outlet in newsroom.outlets if outlet["text_shown"] in ("own", "full")}
    corrected = {(row["article"][0], row["at"]) for row in newsroom.corrections}
    assert {(key, at) for key, at in corrected - ends if articles[key]["outlet"][0] in whole} == set()
    assert len(texts) >= 5
    assert sum(len(told) >= 2 for told in texts.values()) >= 2


def test_public_articles_lack_nothing(newsroom):
    outlets = {outlet["slug"]: outlet["text_shown"] for outlet in newsroom.outlets}
    lacking = [
        article["headline"]
        for article in newsroom.articles
        if article["state"] == "published"
        and not (
            article.get("section") and (outlets[article["outlet"][0]] in ("own", "full") or article.get("original_url"))
        )
    ]
    assert lacking == []


def test_every_article_is_signed_and_tagged(newsroom):
    signed = {byline["article"][0] for byline in newsroom.bylines}
    published = {article["uuid"] for article in newsroom.articles if article["state"] == "published"}
    assert published - signed == set()
    assert [article["headline"] for article in newsroom.articles if not article["hashtags"]] == []


def test_times_are_whole_and_in_one_form():
    found = [
        (row["model"], name, value)
        for row in rows()
        for name, value in row["fields"].items()
        if (name.endswith("_at") or name in ("at", "embargo_until")) and value is not None
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
    ]
    assert found == []


# --- loaded -----------------------------------------------------------------------------------------------------------


def everything():
    """Return every record as Django writes it, by natural keys."""
    found = []
    for model in RECORDS:
        found += serializers.serialize(
            "python", model.objects.order_by("pk"), use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
    for row in found:
        row["fields"].get("hashtags", []).sort()  # they have no order of their own
    return found


@pytest.mark.django_db
def test_what_is_loaded_is_what_is_written_and_loading_twice_changes_nothing():
    TrustPage.objects.unwritten().delete()  # the drafts that every new site has
    call_command("loaddata", *FIXTURES, verbosity=0)
    once = everything()
    assert changed_by_loading() == []
    assert Counter(row["model"] for row in once) == Counter(row["model"] for row in rows())
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert everything() == once


def changed_by_loading():
    """Return what stands in the database otherwise than in the fixtures."""
    written = {json.dumps([row["model"], sorted(row["fields"].items())], default=str): row for row in rows()}
    loaded = json.loads(
        serializers.serialize(
            "json",
            [record for model in RECORDS for record in model.objects.all()],
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
        )
    )

    def key(row):
        named = {
            name: row["fields"].get(name)
            for name in ("uuid", "slug", "file", "nonce", "article", "author", "at", "replaced_at")
        }
        return json.dumps([row["model"], sorted((name, value) for name, value in named.items() if value)], default=str)

    stored = {key(row): row["fields"] for row in loaded}
    wrong = []
    for row in written.values():
        for name, value in row["fields"].items():
            there = stored.get(key(row), {}).get(name)
            same = sorted(there) == sorted(value) if name == "hashtags" and there else there == value
            wrong += [] if same else [(key(row), name, value, there)]
    return wrong


@pytest.mark.django_db(transaction=True)
def test_plain_loaddata_makes_a_whole_newsroom(settings, tmp_path):
    """With pictures, their renditions, related articles and key points; and every record passes its own checks."""
    settings.MEDIA_ROOT = tmp_path
    call_command("loaddata", *FIXTURES, verbosity=0)
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    images = list(Image.objects.all())
    wanted = {image.file.name for image in images} | {outlet.logo.name for outlet in Outlet.objects.all()}
    wanted |= {image.rendition_name(width) for image in images for width in (480, 960)}
    wanted |= {image.crop_name(shape) for image in images for shape in ("16x9", "4x3", "1x1")}
    assert files == wanted
    assert {tuple(image.rendition_widths) for image in images} == {(480, 960)}
    live = Article.objects.live(at=FIXTURES_NOW)
    assert live.count() >= 60
    assert [article.headline for article in live if not related.links_for(article, at=FIXTURES_NOW)] == []
    assert RelatedLink.objects.values("article").distinct().count() >= 0.9 * live.count()
    assert ReadingAid.objects.exclude(key_points=[]).count() >= 0.5 * live.count()
    for model in RECORDS:
        for record in model.objects.all():
            if not getattr(record, "is_deleted", False):  # of a deleted comment nothing is left to check
                record.full_clean()
    assert Article.objects.recount_comments() == 0
