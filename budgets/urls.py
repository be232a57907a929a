"""Addresses of budgets."""

from django.urls import path

from budgets import proposal_views, views

app_name = "budgets"
urlpatterns = [
    path("budgets/", views.index, name="list"),
    path("budgets/add/", views.create, name="create"),
    path("budgets/copy/", proposal_views.copy, name="copy"),
    path("budgets/suggest/", proposal_views.suggest, name="suggest"),
    path("budgets/alerts/", views.switch_alerts, name="alerts"),
    path("budgets/<int:pk>/edit/", views.update, name="update"),
    path("budgets/<int:pk>/stop/", views.stop, name="stop"),
    path("budgets/<int:pk>/delete/", views.delete, name="delete"),
]
