"""Make the README's pictures: the demonstration in a database of its own, seen in the system's Chromium.

Run by `make screenshots`. Writes docs/pictures/.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.chromium import find_chromium  # noqa: E402

# Name of the picture → address, and how much of the page is seen.
PICTURES = {
    "list": ("/en/engagements/?objective=P2&from=2003-04", 860),
    "dashboard": ("/en/dashboard/", 1240),
    "where": ("/en/dashboard/#where", 760),
    "brief": ("/en/dashboard/brief/?partner=UN", 1000),
}
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    chromium = find_chromium()
    if not chromium:
        sys.exit("Chromium is missing: install it, or name it in CHROMIUM.")
    with tempfile.TemporaryDirectory() as place:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{place}/pictures.sqlite3"}
        for command in ("draw_map", "migrate", "load_reference", "load_demo"):
            manage(command, environment)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            take(chromium, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def manage(command: str, environment: dict) -> None:
    line = [sys.executable, "manage.py", command, "--verbosity", "0"]
    subprocess.run(line, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, seconds: int = 30) -> None:
    for _ in range(seconds * 10):
        try:
            urllib.request.urlopen(url).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} does not answer.")


def take(chromium: str, base: str) -> None:
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1180, "height": 860})
        page.goto(f"{base}/en/sign-in/")
        page.fill("[name=username]", "manager")
        page.fill("[name=password]", os.environ.get("DEMO_PASSWORD", "liaison-demo"))
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        for name, (path, height) in PICTURES.items():
            page.set_viewport_size({"width": 1180, "height": height})
            page.goto(base + path)
            page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
