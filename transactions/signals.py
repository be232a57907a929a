"""What transactions tell those above them, inside the same transaction, without knowing who listens."""

from django.dispatch import Signal

# Sent with household, source and target (category ids) after the source's entries were moved to the target and before
# the source is deleted: whoever refers to the source moves along.
category_merged = Signal()

# Sent with household and category (an id); a receiver answers a sentence such as "1 budget", or None.
category_uses = Signal()
