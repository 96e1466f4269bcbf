"""Pages that are open in a browser, what went on while they were, and words that must do nothing."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}

# What must arrive as text wherever a study's words go.
PAYLOADS = (
    "</script><script>window.__pwned='script'</script>",
    "<img src=x onerror=\"window.__pwned='img'\">",
    "<svg/onload=window.__pwned='svg'>",
    "\"><script>window.__pwned='attr'</script>",
    "' onmouseover='window.__pwned=1' x='",
    "<!--<script>",
    "{{7*7}} {% raw %}{{page}}{% endraw %}",
    "${7*7} $\\alpha$ `${window.__pwned=1}`",
    "<a href=\"javascript:window.__pwned='js'\">link</a>",
    '<a href="http://nowhere.invalid/" style="position:fixed;top:0">link</a>',
    "<iframe srcdoc=\"<script>parent.__pwned='frame'</script>\">",
    "<style>*{display:none}</style>",
    "<base href=http://nowhere.invalid/>",
    "<meta http-equiv=refresh content='0;url=http://nowhere.invalid'>",
    "%{y} %{customdata} <extra>x</extra>",
    "line\u2028sep\u2029para \u202eturned",
    "&lt;script&gt;window.__pwned='ent'&lt;/script&gt;",
    "__proto__",
    "constructor",
)


def violations(page: Page) -> list[str]:
    """Give each element of a page that breaks a rule of axe."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


class Opened:
    """A page, and whatever went on while it was open."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.address = path.as_uri()
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(self.address)

    def draw_all(self) -> None:
        """Point at every chart, and wait until plotly.js has drawn it."""
        canvases = self.page.locator(".canvas")
        for place in range(canvases.count()):
            canvases.nth(place).dispatch_event("pointerenter")
        self.page.locator(".canvas.taken").nth(canvases.count() - 1).wait_for()

    def step_all(self) -> None:
        """Go through the marks of every chart to the last one."""
        for button in self.page.locator("[data-step]").all():
            button.press("Enter")
            self.page.keyboard.press("End")
        self.draw_all()

    def open_all(self) -> None:
        self.page.evaluate(
            "for (const fold of document.querySelectorAll('details')) fold.open = true"
        )

    def violations(self) -> list[str]:
        return violations(self.page)
