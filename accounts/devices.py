"""A browser and its system in two words, from what it says of itself; nothing here is believed for safety."""

from django.utils.translation import gettext as _

# The first that is found counts: most browsers also name those they want to be taken for.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def program(user_agent: str) -> str:
    """A browser by its name, any other program by the first word it says of itself."""
    is_browser = any(sign in user_agent for sign, _name in _BROWSERS)
    first = user_agent.split("/")[0].strip()[:40]
    return named(user_agent) if is_browser or not first else first


def named(user_agent: str) -> str:
    """Firefox on Windows; what is not known stays unsaid."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")
