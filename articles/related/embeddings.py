"""How alike two articles are in what they mean, whatever their words: part of the score where a site has a model."""

from django.conf import settings

from articles.models import Embedding
from articles.related import rows
from articles.text import plain

MOST_LETTERS = 4000  # of a text; more than a model looks at
_COLUMNS = ("article_id", "vector", "model", "source_hash")


def keep(article):
    """Store what ``article`` means, unless that is stored or nobody can tell."""
    if not _can_tell(article):
        forget(article.pk)  # it may have been in another language
        return
    model = _model()
    known = Embedding.objects.filter(article=article, model=model.name, source_hash=article.source_hash)
    if not known.exists():
        made = (article.pk, model.encode(_text(article)), model.name, article.source_hash)
        changes = {column: f"excluded.{column}" for column in _COLUMNS[1:]}
        rows.upsert(Embedding, _COLUMNS, [made], unique=_COLUMNS[:1], update=changes)


def forget(article_id):
    """Remove what an article meant."""
    if settings.RELATED_MODEL:
        Embedding.objects.filter(article=article_id).delete()


def likenesses(article, ids):
    """Return ``{id: cosine}``, from -1 to 1, of what ``article`` means and what each of the articles ``ids`` does.

    Those are left out of which it is not known, and all where there is no model, or none for the article's language:
    then nothing is asked. Nothing is written, for the article may be a draft.
    """
    if not ids or not _can_tell(article):
        return {}
    model = _model()
    statement = f"SELECT article_id, vector, model, source_hash FROM {rows.quoted(Embedding)} WHERE article_id {{}}"  # noqa: S608
    stored = {
        pk: (bytes(vector), source)
        for pk, vector, name, source in rows.read(statement, [article.pk or 0, *ids])
        if name == model.name
    }
    own, source = stored.pop(article.pk, (b"", ""))
    if source != article.source_hash:
        own = model.encode(_text(article))
    cosines = _encoder().cosines(own, [vector for vector, _ in stored.values()])
    return dict(zip(stored, cosines, strict=True))


def _can_tell(article):
    return settings.RELATED_MODEL and article.language.partition("-")[0].lower() in settings.RELATED_MODEL_LANGUAGES


def _encoder():
    from articles.text import encoder  # with packages that only a site with a model has

    return encoder


def _model():
    return _encoder().load(settings.RELATED_MODEL)


def _text(article):
    return f"{article.headline}. {article.standfirst} {plain.from_html(article.body)}"[:MOST_LETTERS]
