"""Addresses of backups."""

from django.urls import path

from batua.backup import views

app_name = "backup"
urlpatterns = [
    path("backup/", views.show, name="show"),
    path("backup/download/", views.download, name="download"),
]
