"""What the scripts need and a shell can't do well: ports, HTTP, sums of test reports.

Python's standard library only, so that nothing has to be installed.
"""

import json
import os
import re
import socket
import sys
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

VITEST_SUMMARY = re.compile(r"^\s*Tests\s+((?:\d+ \w+(?: \| )?)+)\s+\(\d+\)\s*$")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def free_port() -> int:
    """Prints a port of this machine that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1])
    return 0


def can_listen(host: str, port: str) -> int:
    """0 if one could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, int(port)), family=family):
            return 0
    except OSError:
        return 1


def wait_ready(url: str, pid: str, seconds: str) -> int:
    """Asks until the answer is 200: 0. 1 if the process is gone before, 2 if the time is up."""
    deadline = time.monotonic() + float(seconds)
    # A proxy that is set for the world outside knows nothing of this machine's ports.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        try:
            with opener.open(url, timeout=2) as answer:
                if answer.status == 200:
                    return 0
        except (urllib.error.URLError, OSError):
            pass
        if not _is_alive(int(pid)):
            return 1
        time.sleep(0.1)
    return 2


def bootstrap_team(server: str, slug: str, password_file: str) -> int:
    """Makes the team or resets its password; the operator's secret is in BOOTSTRAP_TOKEN."""
    body = {"slug": slug, "name": slug, "password": Path(password_file).read_text("utf-8").strip()}
    request = urllib.request.Request(
        f"{server}/api/v1/bootstrap/team",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['BOOTSTRAP_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30):
            return 0
    except urllib.error.HTTPError as refusal:
        print(f"the server refused the team: {refusal.read().decode()}", file=sys.stderr)
    except OSError as failure:
        print(f"the server did not answer: {failure}", file=sys.stderr)
    return 1


def count_junit(root: str, kind: str) -> int:
    """Prints "passed failed skipped" of all reports of Surefire or Failsafe below a folder."""
    passed = failed = skipped = 0
    for report in sorted(Path(root).glob(f"*/target/{kind}-reports/TEST-*.xml")):
        suite = ElementTree.parse(report).getroot()
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        passed += int(suite.get("tests", 0)) - bad - left_out
        failed += bad
        skipped += left_out
    print(passed, failed, skipped)
    return 0


def count_vitest(log: str) -> int:
    """Prints "passed failed skipped" of the summaries that Vitest wrote into a log."""
    sums = {"passed": 0, "failed": 0, "skipped": 0, "todo": 0}
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            summary = VITEST_SUMMARY.match(ANSI.sub("", line))
            if summary:
                for number, word in re.findall(r"(\d+) (\w+)", summary.group(1)):
                    sums[word] = sums.get(word, 0) + int(number)
    print(sums["passed"], sums["failed"], sums["skipped"] + sums["todo"])
    return 0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


COMMANDS = {
    "free-port": free_port,
    "can-listen": can_listen,
    "wait-ready": wait_ready,
    "bootstrap-team": bootstrap_team,
    "count-junit": count_junit,
    "count-vitest": count_vitest,
}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]](*sys.argv[2:]))
