import gc

from django.apps import AppConfig

# Python looks for cycles of dead objects after so many new ones. By itself it does after 700, which a request makes
# some thirty times over and an import of ten thousand lines a thousand times, with all that is alive to be looked at.
NEW_OBJECTS = 10_000


class BatuaConfig(AppConfig):
    name = "batua"
    verbose_name = "Batua"

    def ready(self) -> None:
        gc.set_threshold(NEW_OBJECTS)
