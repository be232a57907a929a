"""Addresses of people: the public page and the profile; signing in and out is allauth's."""

from django.urls import path

from accounts.views import jobs, profile, sessions, tokens, verification, webhooks

app_name = "accounts"
urlpatterns = [
    path("", profile.landing, name="landing"),
    path("profile/", profile.profile, name="profile"),
    path("profile/household/", profile.household, name="household"),
    path("profile/household/<int:pk>/open/", profile.switch, name="switch"),
    path("profile/sessions/", sessions.index, name="sessions"),
    path("profile/sessions/<int:pk>/end/", sessions.end, name="session-end"),
    path("profile/sessions/programs/<uuid:uuid>/end/", sessions.end_program, name="session-end-program"),
    path("profile/sessions/end-others/", sessions.end_others, name="sessions-end-others"),
    path("profile/tokens/", tokens.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("preferences/guess/", profile.guess, name="guess"),
    path("confirm-email/send-again/", verification.send_again, name="send-verification"),
    path("keep-alive/", profile.keep_alive, name="keep-alive"),
    path("jobs/", jobs.files, name="jobs"),
    path("jobs/<int:pk>/", jobs.show, name="job"),
    path("jobs/<int:pk>/file/", jobs.download, name="job-file"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job-cancel"),
    path("profile/webhooks/", webhooks.index, name="webhooks"),
    path("profile/webhooks/add/", webhooks.create, name="webhook-create"),
    path("profile/webhooks/<int:pk>/", webhooks.update, name="webhook"),
    path("profile/webhooks/<int:pk>/secret/", webhooks.renew, name="webhook-renew"),
    path("profile/webhooks/<int:pk>/test/", webhooks.test, name="webhook-test"),
    path("profile/webhooks/<int:pk>/delete/", webhooks.delete, name="webhook-delete"),
    path("profile/webhooks/sent/<int:pk>/again/", webhooks.send_again, name="webhook-send-again"),
]
