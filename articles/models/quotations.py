"""What answers quote of a comment that readers may no longer see goes with it, and comes back with it."""

from django.db import models
from django.db.models import F, Q

from articles.text import quotations


class CutQuotation(models.Model):
    """The text of ``answer`` from before the words of ``source`` were cut out of it, in case those are public again."""

    answer = models.ForeignKey("articles.Comment", models.CASCADE, related_name="+", editable=False)
    source = models.ForeignKey("articles.Comment", models.CASCADE, related_name="cut_quotations", editable=False)
    before = models.TextField(editable=False)
    after = models.TextField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "source"], name="quotation_is_cut_once")]

    def __str__(self):
        return f"{self.source_id} in {self.answer_id}"


def cut(source, said):
    """Take what the thread quotes of ``source``, which ``said`` this until now, out of it; keep it for `put_back`.

    Call it in the transaction that takes the source from readers' eyes.
    """
    for answer in _that_quote(source):
        after = quotations.without(answer.body, [said])
        if after != answer.body:
            CutQuotation.objects.get_or_create(
                answer=answer, source=source, defaults={"before": answer.body, "after": after}
            )
            _write(answer, after)


def put_back(source):
    """Give the answers their quotations of ``source`` again; not where an answer was changed meanwhile."""
    for kept in source.cut_quotations.select_related("answer").order_by("-pk"):
        if kept.answer.body == kept.after:
            _write(kept.answer, kept.before)
        kept.delete()


def forget(source, said):
    """Take what the thread quotes of ``source`` out of it for good, out of what answers said before too."""
    sources = [said, *source.revisions.values_list("body", flat=True)]
    for answer in _that_quote(source):
        _write(answer, quotations.without(answer.body, sources))
    for revision in _revisions_that_quote(source):
        revision.body = quotations.without(revision.body, sources)
        revision.save(update_fields=["body"])
    for kept in CutQuotation.objects.filter(answer__root=source.root_id or source.pk).exclude(source=source):
        kept.before, kept.after = (quotations.without(text, sources) for text in (kept.before, kept.after))
        kept.save(update_fields=["before", "after"])
    source.cut_quotations.all().delete()


def _that_quote(source):
    """Return what stands in the same thread and quotes anything, locked."""
    others = type(source).objects.filter(_quotes("body"), root=source.root_id or source.pk).exclude(pk=source.pk)
    return others.select_for_update(of=("self",), no_key=True).only("body", "version").order_by("pk")


def _revisions_that_quote(source):
    revisions = type(source).revisions.rel.related_model.objects
    return revisions.filter(_quotes("body"), comment__root=source.root_id or source.pk).exclude(comment=source)


def _quotes(field):
    return Q(**{f"{field}__startswith": ">"}) | Q(**{f"{field}__contains": "\n>"})


def _write(answer, body):
    """Change the text and the version with it: who is about to save an older one is told."""
    if body != answer.body:
        type(answer).objects.filter(pk=answer.pk).update(body=body, version=F("version") + 1)
