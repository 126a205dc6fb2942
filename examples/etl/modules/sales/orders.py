"""Orders as the shop exports them."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path


@dataclass(frozen=True)
class Order:
    number: str
    region: str
    amount: Decimal


def read(path: Path) -> tuple[list[Order], list[str]]:
    """All orders that can be read, and one sentence for each line that can't."""
    orders: list[Order] = []
    problems: list[str] = []
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                orders.append(_order(row))
            except ValueError as problem:
                problems.append(f"line {reader.line_num}: {problem}")
    return orders, problems


def _order(row: dict[str, str]) -> Order:
    region = (row["region"] or "").strip()
    if not region:
        raise ValueError(f"order {row['order']} has no region")
    try:
        amount = Decimal(row["amount"])
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"order {row['order']} has the amount {row['amount']!r}") from error
    if not amount.is_finite():
        raise ValueError(f"order {row['order']} has the amount {row['amount']!r}")
    return Order(row["order"], region, amount)
