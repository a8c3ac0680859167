"""Keys with which the API may be asked more often: who has them, never what they are."""

from typing import Self

from django.db import models


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class ApiKey(models.Model):
    """A key by its digest: it is long and by chance, so that one cannot be found from the other."""

    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=12, help_text="its first letters, to know it by")
    name = models.CharField(max_length=100, help_text="whose it is, or what for")
    email = models.EmailField()
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"{self.start}… of {self.name}"
