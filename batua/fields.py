"""Model fields that every app shares."""

from functools import partial

from django.db import models

# 15 digits before the point, 4 after it: more than any currency in use has.
MoneyField = partial(models.DecimalField, max_digits=19, decimal_places=4)
