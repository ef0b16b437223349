"""Related articles: what belongs together, and why."""

from articles.related.links import links_for, relate, relate_all

__all__ = ["links_for", "relate", "relate_all"]
