"""Related articles: what belongs together, and why.

An inverted index of weighted terms in plain tables finds candidates, the cosine of all terms and freshness score them,
and the links are stored, so that reading is one query. docs/related.md has the method, its sources and its figures.
"""

from articles.related.everything import relate_everything
from articles.related.index import outdated
from articles.related.links import forget, relate
from articles.related.reading import Related, links_for
from articles.related.reasons import told

__all__ = ["Related", "forget", "links_for", "outdated", "relate", "relate_everything", "told"]
