"""The portal as production runs it: gunicorn with workers and threads, in a group of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

# As docs/production.md has it.
GUNICORN = ["gunicorn", "config.wsgi", "--worker-class=gthread", "--workers=3", "--threads=4"]
# Several run beside each other here, and each would take the same one.
ALONE = ["--no-control-socket"]


class Server:
    """Serves the database that Django has open here, on a free port of this machine.

    A request that comes while it starts waits in the socket: nobody has to ask whether it is up.
    """

    def __init__(self, log: Path) -> None:
        self.log = log
        self.port = 0
        self.process: subprocess.Popen | None = None
        # One key for its whole life: who is signed in stays so when it starts again.
        self.secret = secrets.token_urlsafe(64)

    def start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener, self.log.open("a") as log:
            self.port = listener.getsockname()[1]
            self.process = subprocess.Popen(
                [sys.executable, "-m", *GUNICORN, *ALONE, f"--bind=fd://{listener.fileno()}"],
                cwd=settings.BASE_DIR,
                env=os.environ | self.environment(),
                pass_fds=[listener.fileno()],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url(),
        }

    def kill(self) -> None:
        """As a power cut ends it: master and workers at once, in the middle of whatever they do."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
            self.process = None
        except subprocess.TimeoutExpired:
            self.kill()


def database_url() -> str:
    """The address of the database that is open here, a test's own included."""
    told = {name: quote(str(value), safe="/") for name, value in connection.settings_dict.items()}
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    place = f"{told['HOST']}:{told['PORT']}" if told["PORT"] else told["HOST"]
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{place}/{told['NAME']}"
