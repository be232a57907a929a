"""People who use a running Batua through its proxy, and count what they were answered."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import requests

LOGIN = "/accounts/login/"


class Visitor:
    """One browser: cookies, the certificate it trusts, and a tally of (route, status)."""

    one_at_a_time = threading.Lock()

    def __init__(self, site: str, certificate: Path, tally: Counter[tuple[str, int]]) -> None:
        self.site, self.tally = site, tally
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(certificate)

    def get(self, path: str, route: str = "", **query: object) -> requests.Response:
        return self._counted(route or path, self.session.get(f"{self.site}{path}", params=query, allow_redirects=False))

    def post(self, path: str, form: dict[str, str], page: str = "") -> requests.Response:
        """Sends a form as its page would; the page's own view is counted too."""
        shown = self.get(page or path)
        (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.text)) or {""}
        sent = self.session.post(
            f"{self.site}{path}",
            data={**form, "csrfmiddlewaretoken": token},
            headers={"Referer": f"{self.site}{path}"},
            allow_redirects=False,
        )
        return self._counted(path, sent)

    def _counted(self, route: str, response: requests.Response) -> requests.Response:
        with Visitor.one_at_a_time:
            self.tally[route, response.status_code] += 1
        return response


@contextmanager
def busy(act: Callable[[], object], *, people: int):
    """Several people do the same again and again for as long as the block lasts; what stops one of them is raised."""
    is_over, faults = threading.Event(), []

    def live() -> None:
        try:
            while not is_over.is_set():
                act()
                time.sleep(0.02)
        except Exception as fault:  # noqa: BLE001 -- told by the main thread
            faults.append(fault)

    threads = [threading.Thread(target=live) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]
