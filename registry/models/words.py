"""Words that registers use, for search to forgive spelling by."""

from django.db import models

from registry.spelling import LONGEST


class Word(models.Model):
    """A folded word of some contract's title or supplier's name. Nobody's fact: rebuilt freely."""

    word = models.CharField(max_length=LONGEST, primary_key=True)

    def __str__(self) -> str:
        return self.word
