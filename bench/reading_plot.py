"""Draws, of pages read by both readers, what the policy of the second reader wins and costs, and whether confidences
are true."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

BINS = 10


def draw(
    path: Path, curves: dict[str, Sequence[tuple[float, float, float]]], told: Sequence[tuple[float, float]]
) -> None:
    """Of each kind of set recall of what is searched against cost, by threshold (threshold, cost, recall); and the
    share of right words by confidence, of words with their confidence and whether they are right."""
    figure, (*policies, right) = pyplot.subplots(1, len(curves) + 1, figsize=(6 * (len(curves) + 1), 5.5))
    for axis, (kind, points) in zip(policies, curves.items(), strict=True):
        axis.plot([cost for _, cost, _ in points], [found for _, _, found in points], marker="o")
        for number, (below, cost, found) in enumerate(points):
            # Above and below in turn, for neighbours stand near to each other.
            axis.annotate(
                "always" if below > 1 else f"{below:g}",
                (cost, found),
                textcoords="offset points",
                xytext=(0, (8, -14)[number % 2]),
                fontsize=8,
                ha="center",
            )
        axis.margins(0.08, 0.12)
        axis.set(
            xlabel="processor time, Tesseract alone = 1",
            ylabel="recall of words that are searched",
            title=f"Pages read twice below this threshold: {kind}",
        )
        axis.grid(alpha=0.3)
    edges = [n / BINS for n in range(BINS + 1)]
    for low, high in zip(edges, edges[1:], strict=False):
        some = [right for chance, right in told if low <= chance < high or high == 1 and chance == 1]
        if len(some) >= 20:
            right.plot(
                sum(c for c, _ in told if low <= c < high) / max(1, len(some)),
                sum(some) / len(some),
                "o",
                color="C0",
                markersize=3 + len(some) ** 0.5 / 8,
            )
    right.plot([0, 1], [0, 1], color="gray", linewidth=0.8)
    right.set(
        xlabel="confidence of a word",
        ylabel="share of such words that are right",
        title="Calibration (weights from other pages)",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    right.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
