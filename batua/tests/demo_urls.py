"""The addresses of local mode as far as the demo goes: tests run as production does, which has none for it."""

from django.urls import path

from batua import urls
from batua.demo import views

urlpatterns = [*urls.urlpatterns, path("demo/", views.visit, name="demo")]
