from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# A page may refuse, or not be there; the parts it is made of may not.
PAGES = ("document", "fetch", "xhr")
# Chromium's own remark on every such answer, which `note_response` judges.
REMARK = "Failed to load resource"
# What HTMX remarks on a request that was broken off because the page was left. One that failed otherwise
# it remarks on in other words as well (htmx:sendError, htmx:responseError).
BROKEN_OFF = ("htmx:sendAbort", "htmx:afterRequest")


class Watch:
    """Notes what a page does that no page may do."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.problems: list[str] = []
        context.on("console", self.note_console)
        context.on("weberror", self.note_error)
        context.on("request", self.note_request)
        context.on("response", self.note_response)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(
            (REMARK, *BROKEN_OFF)
        ):
            where = message.location.get("url", "")
            self.problems.append(f"{message.type} in the console of {where}: {message.text}")

    def note_error(self, error: WebError) -> None:
        self.problems.append(f"script error: {error.error}")

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.problems.append(f"request to another host: {request.url}")

    def note_response(self, response: Response) -> None:
        asked_for = response.request.resource_type
        # A page that says when to try again.
        is_busy = response.status == 503 and "retry-after" in response.headers
        is_page = asked_for in PAGES and (response.status < 500 or is_busy)
        if response.status >= 400 and not is_page:
            self.problems.append(f"{response.status} for the {asked_for} {response.url}")
