"""Letters: what people wrote stays words, and the colours are those of the pages."""

import re
from pathlib import Path

from batua import letters
from batua.letters import Fact, Letter, Link
from batua.tests.test_design_tokens import DECLARED, token


def test_what_people_wrote_is_never_markup_nor_a_head_of_the_mail():
    letter = Letter(
        "Tea\r\nBcc: x@example.org", ("<b>hi</b>",), facts=(Fact("<i>", "<script>"),), link=Link("<u>", "/")
    )

    message = letters.written(letter, to="asha@example.org")

    assert message.subject == "Tea Bcc: x@example.org"
    assert not re.search("<b>hi|<i>|<script|<u>", message.alternatives[0][0])


def test_a_mail_has_the_colours_of_the_pages():
    style = (Path(__file__).resolve().parents[2] / "templates" / "mail" / "letter.css").read_text()
    plain = [name for name in DECLARED if name.startswith("--colour-") and "/" not in DECLARED[name]]
    ours = {as_hex(token(name, theme)) for name in plain for theme in (0, 1)}

    assert set(re.findall(r"#[0-9a-f]{6}", style)) <= ours


def as_hex(colour: tuple[float, float, float]) -> str:
    bounded = [min(1, max(0, part)) for part in colour]
    parts = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in bounded]
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
