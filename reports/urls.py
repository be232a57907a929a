"""Addresses of reports."""

from django.urls import path

from reports import calendar_views, chart_views, export_views, report_views, views

app_name = "reports"
urlpatterns = [
    path("dashboard/", views.home, name="dashboard"),
    path("charts/", chart_views.charts, name="charts"),
    path("charts/payees/", chart_views.payees, name="payees"),
    path("export/", export_views.page, name="export"),
    path("export/download/", export_views.download, name="export-download"),
    path("export/prepare/", export_views.prepare, name="export-prepare"),
    path("report/<int:year>/", report_views.year, name="report-year"),
    path("report/<int:year>/<int:month>/", report_views.month, name="report-month"),
    path("calendar/", calendar_views.this_month, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar_views.month, name="calendar-month"),
    path("calendar/<int:year>/<int:month>/<int:day>/", calendar_views.day, name="calendar-day"),
]
