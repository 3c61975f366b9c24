"""What docs/decisions/0003 says of SQLite, asked of a connection as the portal opens it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import django, json, sqlite3
django.setup()
from django.db import connection, transaction

asked = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
with connection.cursor() as cursor:
    told = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
    cursor.execute("CREATE TABLE one (number INTEGER)")

def writes_beside():
    with sqlite3.connect(connection.settings_dict["NAME"], timeout=0) as other:
        try:
            other.execute("INSERT INTO one VALUES (1)")
        except sqlite3.OperationalError as error:
            return str(error)

with transaction.atomic():
    told["another writer, once a transaction has begun"] = writes_beside()
told["another writer, once it has ended"] = writes_beside()
print(json.dumps(told))
"""
PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 20_000,
    # Two that read first and write later would both have to fail: IMMEDIATE lets them queue.
    "another writer, once a transaction has begun": "database is locked",
    "another writer, once it has ended": None,
}


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_an_acknowledged_save_is_on_the_disk_and_writers_queue(tmp_path, environment):
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": f"config.settings.{environment}",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'asked.sqlite3'}",
            "SECRET_KEY": "s" * 50,
            "ALLOWED_HOSTS": "portal.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(told.stdout) == PROMISED
