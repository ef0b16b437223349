"""Every public address."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.views import appeals, article, comments, count, lists, mail, own_comments, preview, search, trust, voices


class UnicodeSlug(StringConverter):
    """A slug in any script: letters, digits, "-" and "_"."""

    regex = r"[-\w]+"


register_converter(UnicodeSlug, "uslug")

urlpatterns = [
    path("", lists.front, name="front"),
    path("latest/", lists.latest, name="latest"),
    path("sections/<uslug:slug>/", lists.section, name="section"),
    path("outlets/", lists.outlets, name="outlets"),
    path("outlets/<uslug:slug>/", lists.outlet, name="outlet"),
    path("hashtags/", lists.hashtags, name="hashtags"),
    path("hashtags/<uslug:slug>/", lists.hashtag, name="hashtag"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("stories/<int:pk>/", lists.story),
    path("stories/<int:pk>/<uslug:slug>/", lists.story, name="story"),
    path("articles/<int:pk>/", article.article),
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
    path("search/", search.search, name="search"),
    path("corrections/", trust.corrections, name="corrections"),
    path("about/", trust.about, name="about"),
]
