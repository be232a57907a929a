"""Addresses of people: the public page and the profile; signing in and out is allauth's."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("profile/", views.profile, name="profile"),
    path("profile/household/", views.household, name="household"),
    path("profile/household/<int:pk>/open/", views.switch, name="switch"),
    path("preferences/guess/", views.guess, name="guess"),
    path("keep-alive/", views.keep_alive, name="keep-alive"),
]
