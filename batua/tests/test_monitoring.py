"""The files for Prometheus and Grafana: they are valid, and the alerts fire when they should and stay quiet else."""

import json
import subprocess
from pathlib import Path

import yaml
from django.conf import settings

MONITORING = settings.BASE_DIR / "monitoring"


def promtool(*arguments: str, folder: Path = MONITORING) -> str:
    ran = subprocess.run(["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def dashboard() -> dict:
    return json.loads((MONITORING / "grafana" / "dashboards" / "batua.json").read_text())


def alerts() -> list[dict]:
    groups = yaml.safe_load((MONITORING / "rules" / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_configuration_and_rules_are_valid():
    promtool("check", "config", "--syntax-only", "prometheus.yml")

    assert "SUCCESS" in promtool("check", "rules", "rules/recording.yml", "rules/alerts.yml")


def test_alerts_fire_when_they_should():
    promtool("test", "rules", "tests.yml", "tests_by_the_hour.yml", folder=MONITORING / "rules")


def test_every_alert_is_tested_and_explained():
    tests = "".join(path.read_text() for path in (MONITORING / "rules").glob("tests*.yml"))
    explained = (settings.BASE_DIR / "docs" / "operations.md").read_text()

    names = [rule["alert"] for rule in alerts()]

    assert len(names) == 14
    assert [name for name in names if f"alertname: {name}\n" not in tests] == []
    assert [name for name in names if f"**{name}**" not in explained] == []


def test_grafana_finds_datasource_and_dashboard_by_themselves():
    provisioning = MONITORING / "grafana" / "provisioning"
    (source,) = yaml.safe_load((provisioning / "datasources" / "prometheus.yml").read_text())["datasources"]
    (provider,) = yaml.safe_load((provisioning / "dashboards" / "batua.yml").read_text())["providers"]

    used = {panel["datasource"]["uid"] for panel in dashboard()["panels"] if "datasource" in panel}

    assert used == {source["uid"]}
    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"


def test_panels_have_a_place_of_their_own():
    taken = set()
    for panel in dashboard()["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


def test_panels_are_of_kinds_and_units_that_grafana_knows():
    """Names out of Grafana's own lists; a misspelt one would be shown as plain text without a word."""
    panels = dashboard()["panels"]

    units = {panel.get("fieldConfig", {}).get("defaults", {}).get("unit", "short") for panel in panels}

    assert {panel["type"] for panel in panels} <= {"row", "stat", "table", "timeseries"}
    assert units <= {"bytes", "ops", "percentunit", "reqps", "s", "short"}
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        letters = [target["refId"] for target in panel.get("targets", [])]
        assert len(set(letters)) == len(letters), panel["title"]
