"""What the site has learned from its moderators' decisions: how often words stood in comments of either kind."""

from django.db import models, transaction
from django.db.models import F

from articles.text import bayes

ALL = 0  # the key under which all lessons are counted


class LessonManager(models.Manager):
    def teach(self, comment, *, is_bad):
        """Count the words of ``comment``, once, as those of a bad or of a good one."""
        keys = sorted(bayes.keys(comment.body))
        with transaction.atomic():
            WordCount.objects.lock()
            self._forget([comment.pk])
            self.create(comment_id=comment.pk, is_bad=is_bad, keys=keys)
            WordCount.objects.add([ALL, *keys], is_bad=is_bad, number=1)

    def unlearn(self, comments):
        """Take back what was learned from the comments with these keys."""
        with transaction.atomic():
            WordCount.objects.lock()
            self._forget(comments)

    def _forget(self, comments):
        for lesson in self.filter(pk__in=comments):
            WordCount.objects.add([ALL, *lesson.keys], is_bad=lesson.is_bad, number=-1)
            lesson.delete()


class Lesson(models.Model):
    """One decided comment, as it was counted. When retention deletes the comment its digests go, the counts stay."""

    comment = models.OneToOneField("articles.Comment", models.CASCADE, primary_key=True, related_name="lesson")
    is_bad = models.BooleanField()
    keys = models.JSONField()  # digests of its words, see `text.bayes`

    objects = LessonManager()

    def __str__(self):
        return f"{'bad' if self.is_bad else 'good'}: comment {self.pk}"


class WordCountManager(models.Manager):
    def lock(self):
        """Let one decision after the other count, so that no two wait for each other's words."""
        self.get_or_create(pk=ALL)
        self.select_for_update().get(pk=ALL)

    def add(self, keys, *, is_bad, number):
        self.bulk_create([WordCount(pk=key) for key in keys], ignore_conflicts=True)
        column = "bad" if is_bad else "good"
        self.filter(pk__in=keys).update(**{column: F(column) + number})


class WordCount(models.Model):
    key = models.BigIntegerField(primary_key=True)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)

    objects = WordCountManager()

    def __str__(self):
        return f"{self.key}: {self.good} good, {self.bad} bad"
