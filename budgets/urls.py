"""Addresses of budgets."""

from django.urls import path

from budgets import views

app_name = "budgets"
urlpatterns = [
    path("budgets/", views.index, name="list"),
    path("budgets/add/", views.create, name="create"),
    path("budgets/<int:pk>/edit/", views.update, name="update"),
    path("budgets/<int:pk>/stop/", views.stop, name="stop"),
    path("budgets/<int:pk>/delete/", views.delete, name="delete"),
]
