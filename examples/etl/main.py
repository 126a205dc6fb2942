"""Extract, transform, load: orders from a CSV become one summary, printed and written to a file."""

import json
import os
import sys
from pathlib import Path

# The package lies in modules/, which the Towerfile's import_paths puts on PYTHONPATH.
from sales import orders, summary

ORDERS = Path(__file__).parent / "data" / "orders.csv"


def main() -> int:
    given = json.loads(os.environ.get("MINITOWER_INPUT", "{}"))
    min_amount = given.get("min_amount", 0)
    target = Path(given.get("summary_file", "summary.json"))

    rows, problems = orders.read(ORDERS)
    print(f"read {len(rows)} orders from {ORDERS.name}", flush=True)
    for problem in problems:
        print(f"left out {problem}", file=sys.stderr, flush=True)
    kept = [order for order in rows if order.amount >= min_amount]
    print(f"kept {len(kept)} of at least {min_amount}", flush=True)
    if not kept:
        print("nothing is left to sum up", file=sys.stderr)
        return 1

    result = summary.by_region(kept)
    for line in summary.as_table(result):
        print(line, flush=True)
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {target.stat().st_size} bytes to {target}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
