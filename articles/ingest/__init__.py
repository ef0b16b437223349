"""Ingest: what was written elsewhere comes in."""

from articles.ingest.formats import FORMATS
from articles.ingest.reading import BrokenFile
from articles.ingest.storing import Report, import_comments

__all__ = ["FORMATS", "BrokenFile", "Report", "import_comments"]
