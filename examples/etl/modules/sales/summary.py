"""Sums by region."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sales.orders import Order


def by_region(orders: list[Order]) -> dict[str, dict[str, object]]:
    """For each region, largest total first: how many orders, and their total as text."""
    counts: dict[str, int] = defaultdict(int)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for order in orders:
        counts[order.region] += 1
        totals[order.region] += order.amount
    ranked = sorted(totals, key=lambda region: (-totals[region], region))
    return {
        region: {"orders": counts[region], "total": f"{totals[region]:.2f}"} for region in ranked
    }


def as_table(summary: dict[str, dict[str, object]]) -> Iterator[str]:
    """The summary for people, one line at a time."""
    yield f"{'region':<10}{'orders':>8}{'total':>12}"
    for region, figures in summary.items():
        yield f"{region:<10}{figures['orders']:>8}{figures['total']:>12}"
