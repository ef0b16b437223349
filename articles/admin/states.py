"""An article's state, in words for the desk."""

from articles.admin.moments import in_words
from articles.models import Article


def in_short(article, *, at):
    """Return the name of the queue it stands in: what colour the desk gives it."""
    if article.is_published:
        if article.is_live(at=at):
            return "public"
        return "scheduled" if _waits(article, at=at) else "hidden"
    return article.state


def state_in_words(article, *, at):
    """Return for example "Scheduled for 14:30 UTC"; needs the outlet loaded."""
    if article.is_withdrawn:
        outcome = Article.Outcome(article.withdrawal_outcome).label.split(":")[0].lower()
        return f"Withdrawn since {in_words(article.withdrawn_at, at=at)} ({outcome})"
    if not article.is_published:
        return "Draft"
    if _waits(article, at=at):
        return _waiting(article, at=at)
    if article.expires_at and article.expires_at <= at:
        return f"Expired since {in_words(article.expires_at, at=at)}"
    if not article.outlet.is_active:
        return "Hidden, because its outlet is switched off"
    return f"Public since {in_words(article.published_at, at=at)}"


def _waits(article, *, at):
    return article.published_at > at or bool(article.embargo_until and article.embargo_until > at)


def _waiting(article, *, at):
    if article.embargo_until and article.embargo_until > max(at, article.published_at):
        return f"Waits for the end of its embargo, {in_words(article.embargo_until, at=at)}"
    return f"Scheduled for {in_words(article.published_at, at=at)}"
