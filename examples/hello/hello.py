"""Greets somebody several times, with a pause between, and says what it knows about its run."""

import json
import os
import sys
import time


def main() -> int:
    # The whole input is in MINITOWER_INPUT as JSON; each value is also a variable of its own name.
    given = json.loads(os.environ.get("MINITOWER_INPUT", "{}"))
    name = given.get("name", "world")
    times = given.get("times", 5)
    pause = given.get("pause_seconds", 0.4)
    if times < 1:
        print(f"times must be at least 1, not {times}", file=sys.stderr)
        return 2

    app = os.environ.get("MINITOWER_APP", "hello")
    run = os.environ.get("MINITOWER_RUN_NO", "(none)")
    attempt = os.environ.get("MINITOWER_ATTEMPT_NO", "(none)")
    print(f"This is run {run} of {app}, attempt {attempt}.", flush=True)
    for number in range(1, times + 1):
        print(f"{number}/{times}  Hello, {name}!", flush=True)
        if number < times:
            time.sleep(pause)
    print("That was all.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
