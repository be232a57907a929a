from django.apps import AppConfig


class BatuaConfig(AppConfig):
    name = "batua"
    verbose_name = "Batua"
