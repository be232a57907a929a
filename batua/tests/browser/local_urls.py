"""The addresses of local mode: tests run as production does, which has no style guide."""

from django.urls import path

from batua import styleguide, urls

urlpatterns = [*urls.urlpatterns, path("styleguide/", styleguide.show, name="styleguide")]
