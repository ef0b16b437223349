"""What a remote program drafts from an article: asked for by an editor, read through the gate, approved by name.

Nothing of it is made on a reader's click, and readers see nothing of it before a person has approved it. Whether a text
may be sent is asked when it is sent, and whether it may be shown when it is shown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime

from articles.assist import gate, prepare, remote
from articles.models import Article, AssistDraft, AssistLedger, BudgetSpent, Resting, StaleRecord
from articles.wire import NoAnswer

MOST_ATTEMPTS = 4
PATIENCE = timedelta(minutes=1)  # before the second attempt; four times as long before each further one
SPENT = "Today’s budget for the remote program is spent. Ask again tomorrow, or have ASSIST_BUDGET raised."


def why_not_sent(article, *, at):
    """Return why this text may not leave the house, "" where it may."""
    if not remote.is_there():
        return "This site has no remote program."
    if not article.is_live(at=at):
        return "Only what is public now is sent: no drafts, nothing that waits, is under embargo or was taken back."
    if not article.outlet.allows_remote_assist:
        return f"{article.outlet} does not allow it: see its page at the desk."
    if not prepare.may_have_aid(article):
        return "Its outlet allows no derived texts, or its kind has none: interviews, live reports, what was paid for."
    return ""


def ask(article, kind, language, *, by, at):
    """Note that ``by`` wants a text of ``kind``; the remote program is asked apart from the request.

    Raise ValidationError where it may not be sent or the budget is spent.
    """
    if refusal := why_not_sent(article, at=at) or _why_not_such(article, kind, language):
        raise ValidationError(refusal)
    draft = AssistDraft(article=article, kind=kind, language=language)
    costs = remote.cost(draft, _passages(draft))
    if not AssistLedger.objects.seen(at=at).has_left(costs, budget=settings.ASSIST_BUDGET):
        raise ValidationError(SPENT)
    return AssistDraft.objects.ask(article, kind, language, by=by, at=at)


def write(draft_id, *, at):
    """Have the remote program write the draft; return the instant at which to try again, None where it is done with."""
    draft = AssistDraft.objects.select_related("article__outlet").filter(pk=draft_id).first()
    if draft is None or draft.state != AssistDraft.State.ASKED:
        return None
    try:
        return _written(draft, at=at)
    except StaleRecord:  # its article was changed, or it was decided otherwise, while the program wrote
        return None


def mend(draft, sentences, renderings):
    """Put an editor's ``sentences`` in the place of the program's and read them through the gate."""
    tidied = [{"text": gate.tidy(row["text"]), "paragraphs": row["paragraphs"]} for row in sentences]
    draft.mend(tidied, renderings, _findings(draft, tidied, renderings))


def approve(draft, *, by, at):
    """Let readers see ``draft``. Raise ValidationError while something speaks against it, StaleRecord if it is old."""
    with transaction.atomic():
        article = _held(draft.article_id)
        if article.source_hash != draft.source_hash:
            raise StaleRecord("The article has changed since. Ask for a new one.")
        draft.article = article
        if found := _findings(draft, draft.sentences, draft.renderings):
            raise ValidationError([finding["problem"] for finding in found])
        draft.approve(by=by, at=at)
        prepare.prepare(article)


def reject(draft, *, by, at):
    """Have readers not see ``draft``, or no longer."""
    with transaction.atomic():
        article = _held(draft.article_id)
        draft.reject(by=by, at=at)
        prepare.prepare(article)


def _held(pk):
    """Return the article, which nobody else changes until the commit."""
    held = Article.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("outlet").get(pk=pk)


@dataclass(frozen=True)
class Written:
    """What readers see of an approved draft: whole, or for a list without its sentences."""

    draft: AssistDraft
    by: str
    at: datetime
    sentences: list


def written_for(aid, article):
    """Return what the page of ``article`` shows of approved drafts: (the summary or None, [the others]). No query."""
    if aid is None or not article.outlet.allows_remote_assist:
        return None, []
    rows = [_read(row, article) for row in aid.written]
    summary = next((row for row in rows if row.draft.kind == AssistDraft.Kind.SUMMARY), None)
    return summary, [row for row in rows if row is not summary]


def shown(article, place):
    """Return the approved AssistDraft that has the page ``place`` of the live ``article``, or None. One query."""
    if not article.outlet.allows_remote_assist:
        return None
    easy, translation = AssistDraft.Kind.EASY, AssistDraft.Kind.TRANSLATION
    wanted = {"kind": easy} if place == easy else {"kind": translation, "language": place}
    return AssistDraft.objects.shown(article).filter(**wanted).first()


def _read(row, article):
    draft = AssistDraft(article=article, kind=row["kind"], language=row["language"], model=row["model"])
    draft.is_mended = row["is_mended"]
    return Written(draft, row["by"], parse_datetime(row["at"]), row["sentences"])


def _why_not_such(article, kind, language):
    passages = gate.passages_of(article)
    if sum(map(len, passages.values())) > remote.LONGEST_SOURCE:
        return f"It is too long to be sent: {remote.LONGEST_SOURCE} characters are the most."
    if len(passages) < 2:
        return "It has no paragraph."
    if (kind == AssistDraft.Kind.TRANSLATION) == (language == article.language):
        return "Choose a language to translate into, other than the article’s own; the other texts stay in that."
    return ""


def _passages(draft):
    """Return what is sent and may be cited; a summary leans on paragraphs, not on the headline."""
    passages = gate.passages_of(draft.article)
    return {n: text for n, text in passages.items() if n} if draft.kind == AssistDraft.Kind.SUMMARY else passages


def _findings(draft, sentences, renderings):
    source = draft.article.language
    return gate.findings(draft, sentences, _passages(draft), source=source, renderings=renderings)


def _written(draft, *, at):
    if draft.source_hash != draft.article.source_hash:
        AssistDraft.objects.filter(pk=draft.pk, state=AssistDraft.State.ASKED).go_stale()
        return None
    if refusal := why_not_sent(draft.article, at=at) or _why_not_such(draft.article, draft.kind, draft.language):
        draft.fail(refusal)
        return None
    passages, ledger = _passages(draft), AssistLedger.objects.current(at=at)
    costs = remote.cost(draft, passages)
    try:
        ledger.reserve(costs, budget=settings.ASSIST_BUDGET, at=at)
    except Resting as rest:
        draft.wait("The remote program did not answer lately. It is asked again after a pause.", counts=0)
        return rest.until
    except BudgetSpent:
        draft.fail(SPENT)
        return None
    return _asked(draft, passages, ledger, costs, at=at)


def _asked(draft, passages, ledger, costs, *, at):
    """Ask the remote program, with what that may cost put aside. No transaction is open meanwhile."""
    try:
        drafted = remote.ask(draft, passages)
    except NoAnswer as trouble:
        ledger.settle(costs, costs if trouble.may_have_worked else 0)
        ledger.note_failure(at=at)
        return _try_again(draft, trouble, at=at)
    ledger.settle(costs, drafted.tokens)
    ledger.note_answer()
    found = _findings(draft, drafted.sentences, {})
    draft.answer(drafted.sentences, found, model=settings.ASSIST_MODEL[:100], tokens=drafted.tokens, at=at)
    return None


def _try_again(draft, trouble, *, at):
    if trouble.is_final or draft.attempts + 1 >= MOST_ATTEMPTS:
        draft.fail(str(trouble))
        return None
    draft.wait(str(trouble), counts=1)
    return at + max(PATIENCE * 4 ** (draft.attempts - 1), timedelta(seconds=trouble.wait or 0))
