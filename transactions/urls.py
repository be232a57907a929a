"""Addresses of transactions."""

app_name = "transactions"
urlpatterns: list = []
