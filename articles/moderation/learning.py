"""Learn from this site's own decisions, and say how much a new comment is like what was taken down."""

from articles.models import Lesson, WordCount
from articles.models.lesson import ALL
from articles.text import bayes

LEAST_LESSONS = 30  # of either kind, before the site says anything
SURE = 0.9  # from which badness on a comment waits
TELLS = 0.75  # the chance from which on a word is shown to the moderator
MOST_SHOWN = 5


def learn(decision):
    """Learn from a person's decision; one that leaves a comment waiting, or was the author's, is unlearned."""
    comment = decision.comment
    if decision.by_id and decision.to_state in {comment.State.PUBLIC, comment.State.REJECTED, comment.State.SPAM}:
        Lesson.objects.teach(comment, is_bad=decision.to_state != comment.State.PUBLIC)
    elif decision.by_id or decision.to_state == comment.State.DELETED:
        Lesson.objects.unlearn([comment.pk])


def telling_words(text):
    """Return the words by which ``text`` is surely like what was taken down, as written; none where it is not."""
    keys = bayes.keys(text)
    counts = {row.pk: row for row in WordCount.objects.filter(pk__in=[ALL, *keys])}
    lessons = counts.pop(ALL, None)
    if lessons is None or min(lessons.good, lessons.bad) < LEAST_LESSONS:
        return []
    whole = {"all_good": lessons.good, "all_bad": lessons.bad}
    chances = {key: bayes.chance(row.good, row.bad, **whole) for key, row in counts.items()}
    if bayes.badness(chances.values()) < SURE:
        return []
    worst = sorted(chances, key=lambda key: -chances[key])[:MOST_SHOWN]
    return [keys[key] for key in worst if chances[key] >= TELLS]
