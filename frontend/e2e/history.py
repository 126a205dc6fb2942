#!/usr/bin/env python3
"""Gives apps of a stopped server a past: runs that ended over the last 24 hours, as the server records them.

usage: history.py DATABASE TEAM APP[,APP...] [COUNT]

Each app needs a version; COUNT is that of all together. The same arguments give the same runs, but for the time that they are counted back from.
"""

import hashlib
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

HOUR = 3_600_000
ENDS = {"completed": 0.86, "failed": 0.08, "cancelled": 0.04, "dead": 0.02}
FAILURES = [
    (1, "exit: exited with code 1", "user"),
    (2, "exit: exited with code 2", "user"),
    (137, "exit: exited with code 137", "user"),
    (143, "timeout: timed out after 300 s", "timeout"),
]


def main(database: str, team: str, apps: list[str], count: int) -> None:
    draw = random.Random(f"{team}/{apps}/{count}")
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        places = [find_place(db, team, app) for app in apps]
        with searchable_only_if_possible(db):
            # Ids are given in the order of queued_at, as the server gives them.
            for queued_at in sorted(now - moment(draw) for _ in range(count)):
                insert_run(db, draw, draw.choice(places), queued_at, now)
        db.execute(
            "UPDATE server_clock SET newest_at = max(newest_at, ?) WHERE id = 1", (now,)
        )
    db.close()


@contextmanager
def searchable_only_if_possible(db: sqlite3.Connection) -> Iterator[None]:
    """An SQLite before 3.43 can't write the server's index of texts: then the search doesn't find these runs."""
    triggers = []
    if sqlite3.sqlite_version_info < (3, 43):
        triggers = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%run_text%'"
        ).fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        db.execute(sql)


def find_place(db: sqlite3.Connection, team: str, app: str) -> dict[str, object]:
    row = db.execute(
        """SELECT t.id, a.id, v.id, e.id, e.name
             FROM teams t
             JOIN apps a ON a.team_id = t.id AND a.slug = ?
             JOIN app_versions v ON v.app_id = a.id AND v.version_no = a.last_version_no
             JOIN environments e ON e.team_id = t.id AND e.name = 'default'
            WHERE t.slug = ?""",
        (app, team),
    ).fetchone()
    if row is None:
        sys.exit(f"{team} has no app {app} with a version, or no environment default")
    return dict(zip(("team", "app", "version", "environment_id", "environment"), row))


def moment(draw: random.Random) -> int:
    """How long ago; more by day than by night, in the manner of a working day of 24 hours."""
    while True:
        ago = draw.uniform(0.02, 23.6)
        if draw.random() < 0.25 + 0.75 * abs((ago % 24) - 12) / 12:
            return int(ago * HOUR)


def insert_run(
    db: sqlite3.Connection, draw: random.Random, place: dict[str, object], queued_at: int, now: int
) -> None:
    status = draw.choices(list(ENDS), list(ENDS.values()))[0]
    started_at = min(now, queued_at + draw.randint(40, 4_000))
    finished_at = min(now, started_at + int(draw.lognormvariate(10.2, 0.7)))
    run_no = db.execute(
        "UPDATE apps SET last_run_no = last_run_no + 1 WHERE id = ? RETURNING last_run_no",
        (place["app"],),
    ).fetchone()[0]
    run = db.execute(
        """INSERT INTO runs (team_id, app_id, version_id, environment_id, environment, run_no, status,
                             input, priority, max_retries, queued_at)
           VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, 0, 0, ?)""",
        (
            place["team"],
            place["app"],
            place["version"],
            place["environment_id"],
            place["environment"],
            run_no,
            f'{{"batch":{draw.randint(1, 999)}}}',
            queued_at,
        ),
    ).lastrowid
    insert_attempt(db, draw, run, status, started_at, finished_at)
    # The end is an update of its own: the triggers count it.
    db.execute(
        """UPDATE runs SET status = ?, attempt_count = 1, cancel_requested = ?, started_at = ?, finished_at = ?
            WHERE id = ?""",
        (status, status == "cancelled", started_at, finished_at, run),
    )


def insert_attempt(
    db: sqlite3.Connection,
    draw: random.Random,
    run: int | None,
    status: str,
    started_at: int,
    finished_at: int,
) -> None:
    exit_code, message, error_class = {
        "completed": (0, None, None),
        "failed": draw.choice(FAILURES),
        "cancelled": (None, "cancelled", None),
        "dead": (None, "lease_lost: the runner was not heard from any more", "infrastructure"),
    }[status]
    runner = draw.randint(1, 3)
    db.execute(
        """INSERT INTO run_attempts (run_id, attempt_no, runner_id, runner_name, status, lease_token_hash,
                                     leased_at, lease_expires_at, deadline_at, started_at, finished_at,
                                     ended_by, exit_code, error_message, error_class)
           VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            run,
            runner,
            f"build-{runner}",
            "expired" if status == "dead" else status,
            hashlib.sha256(f"history of run {run}".encode()).hexdigest(),
            started_at,
            started_at + 60_000,
            started_at + HOUR,
            started_at,
            finished_at,
            "lease_over" if status == "dead" else "result",
            exit_code,
            message,
            error_class,
        ),
    )


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3].split(","), int(sys.argv[4]) if len(sys.argv) == 5 else 400)
