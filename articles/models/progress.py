"""How far a long command came, so that the next call can go on from there."""

from django.db import models


class Progress(models.Model):
    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)  # the last primary key done
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.name}: {self.position}"
