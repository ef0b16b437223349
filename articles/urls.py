"""Every public address."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.syndication import FORMATS, sitemaps
from articles.views import (
    appeals,
    archive,
    article,
    ask,
    changes,
    comments,
    count,
    feeds,
    lists,
    machines,
    mail,
    own_comments,
    preview,
    programs,
    reading,
    search,
    transparency,
    trust,
    voices,
    written,
)


class UnicodeSlug(StringConverter):
    """A slug in any script: letters, digits, "-" and "_"."""

    regex = r"[-\w]+"


class FeedForm(StringConverter):
    """One of the forms that a feed comes in."""

    regex = "|".join(FORMATS)


class RecordKind(StringConverter):
    """A kind of record that has a sitemap of its own."""

    regex = "|".join(sitemaps.RECORDS)


register_converter(UnicodeSlug, "uslug")
register_converter(FeedForm, "form")
register_converter(RecordKind, "recordkind")

urlpatterns = [
    path("", lists.front, name="front"),
    path("feed.<form:form>", feeds.everything, name="front-feed"),
    path("latest/", lists.latest, name="latest"),
    path("latest/feed.<form:form>", feeds.everything, name="latest-feed"),
    path("sections/<uslug:slug>/", lists.section, name="section"),
    path("sections/<uslug:slug>/feed.<form:form>", feeds.listed, {"name": "section"}, name="section-feed"),
    path("outlets/", lists.outlets, name="outlets"),
    path("outlets/<uslug:slug>/", lists.outlet, name="outlet"),
    path("outlets/<uslug:slug>/feed.<form:form>", feeds.listed, {"name": "outlet"}, name="outlet-feed"),
    path("outlets/<uslug:slug>/moderation/", transparency.outlet_moderation, name="outlet-moderation"),
    path("hashtags/", lists.hashtags, name="hashtags"),
    path("hashtags/<uslug:slug>/", lists.hashtag, name="hashtag"),
    path("hashtags/<uslug:slug>/feed.<form:form>", feeds.listed, {"name": "hashtag"}, name="hashtag-feed"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("authors/<uslug:slug>/feed.<form:form>", feeds.listed, {"name": "author"}, name="author-feed"),
    path("stories/<int:pk>/", lists.story),
    path("stories/<int:pk>/<uslug:slug>/", lists.story, name="story"),
    path("stories/<int:pk>/<uslug:slug>/feed.<form:form>", feeds.story, name="story-feed"),
    path("articles/<int:pk>/", article.article),
    path("articles/<int:pk>/ask/", ask.ask, name="ask"),
    path("articles/<int:pk>/in/<uslug:place>/", written.written, name="written"),
    path("articles/<int:pk>/mistake/", programs.mistake, name="mistake"),
    path("articles/<int:pk>/changes/", changes.changes, name="changes"),
    path("articles/<int:pk>/comments/", comments.comments, name="comments"),
    path("articles/<int:pk>/comments/preview/", preview.preview, name="comments-preview"),
    path("articles/<int:pk>/comments/count.json", count.count, name="comments-count"),
    path("articles/<int:pk>/comments/own/", own_comments.own, name="comments-own"),
    path("articles/<int:pk>/<uslug:slug>/", article.article, name="article"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/recommend/", voices.recommend, name="comment-recommend"),
    path("comments/<int:pk>/report/", voices.report, name="comment-report"),
    path("comments/<int:pk>/edit/", own_comments.edit, name="comment-edit"),
    path("comments/<int:pk>/delete/", own_comments.delete, name="comment-delete"),
    path("comments/<int:pk>/appeal/", appeals.appeal, name="comment-appeal"),
    path("mail/confirm/<str:token>/", mail.confirm, name="mail-confirm"),
    path("mail/stop/<str:token>/", mail.stop, name="mail-stop"),
    path("mail/again/<str:token>/", mail.again, name="mail-again"),
    path("search/", search.results, name="search"),
    path("search/suggestions.json", search.suggestions, name="search-suggestions"),
    path("search/feed.<form:form>", feeds.search, name="search-feed"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-lists.xml", machines.sitemap_lists, name="sitemap-lists"),
    path("sitemap-<recordkind:name>.xml", machines.sitemap_of_records, name="sitemap-records"),
    path("sitemap-news.xml", machines.sitemap_news, name="sitemap-news"),
    path("sitemap-<int:year>-<int:month>.xml", machines.sitemap_of_month, name="sitemap-month"),
    path("sitemap-<int:year>-<int:month>-<int:part>.xml", machines.sitemap_of_month, name="sitemap-month"),
    path("robots.txt", machines.robots_txt, name="robots"),
    path("outlets.opml", machines.opml, name="opml"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("oembed/", machines.oembed, name="oembed"),
    path(".well-known/tdmrep.json", machines.tdmrep, name="tdmrep"),
    path("settings/", reading.reading_settings, name="settings"),
    path("settings/own/", reading.own_settings, name="settings-own"),
    path("settings/reader.css", reading.reading_styles, name="settings-styles"),
    path("saved/", reading.saved, name="saved"),
    path("following/", reading.following, name="following"),
    path("offline/", reading.offline, name="offline"),
    path("service-worker.js", reading.service_worker, name="service-worker"),
    path("corrections/", trust.corrections, name="corrections"),
    path("corrections/feed.<form:form>", feeds.corrections, name="corrections-feed"),
    path("ai/", programs.programs, name="programs"),
    path("about/", trust.about, name="about"),
    path("about/<uslug:slug>/", trust.trust_page, name="trust-page"),
    path("today/", lists.today, name="today"),
    path("today/feed.<form:form>", feeds.today, name="today-feed"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", archive.month, name="archive-month"),
    path("archive/<int:year>/<int:month>/feed.<form:form>", feeds.archive_month, name="archive-month-feed"),
    path("archive/<int:year>/<int:month>/<int:day>/", archive.day, name="archive-day"),
    path("archive/<int:year>/<int:month>/<int:day>/feed.<form:form>", feeds.archive_day, name="archive-day-feed"),
]
