"""Addresses of reports."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [path("dashboard/", views.home, name="dashboard")]
