"""Draws, of pages read by both readers, what the policy of the second reader wins and costs, and whether confidences are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from archive.config import IngestSettings
from bench import fitting
from bench.truth import plain, words
from ingest import voting

THRESHOLDS = [0.0, 0.5, 0.7, 0.8, 0.84, 0.87, 0.9, 0.925, 0.95, 1.01]
BINS = 10


def draw(path: Path, reads: Sequence, settings: IngestSettings) -> None:
    """Recall of what is searched against cost, for each kind of set; and the share of right words by confidence, shown and searched."""
    from bench.reading import by_other_pages, recall

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(13, 5.5))
    results = {below: by_other_pages(reads, replace(settings, second_reader="doubtful", second_reader_below=below)) for below in THRESHOLDS}
    for kind in dict.fromkeys(one.page.set.split("-")[0] for one in reads):
        mine = [n for n, one in enumerate(reads) if one.page.set.startswith(kind)]
        alone = sum(reads[n].alone_cost for n in mine)
        costs = [sum(reads[n].alone_cost * results[below][n].cost for n in mine) / alone for below in THRESHOLDS]
        recalls = [recall(results[below][n].searched for n in mine) for below in THRESHOLDS]
        left.plot(costs, recalls, marker="o", label=kind)
        for cost, found, below in zip(costs, recalls, THRESHOLDS, strict=True):
            left.annotate(f"{below:g}", (cost, found), textcoords="offset points", xytext=(4, -10), fontsize=7)
    left.set(xlabel="processor time, Tesseract alone = 1", ylabel="recall of words that are searched", title="Threshold of the policy")
    left.legend()
    left.grid(alpha=0.3)
    told = list(_told(reads))
    edges = [n / BINS for n in range(BINS + 1)]
    for low, high in zip(edges, edges[1:], strict=False):
        some = [right for chance, right in told if low <= chance < high or high == 1 and chance == 1]
        if len(some) >= 20:
            right.plot(sum(c for c, _ in told if low <= c < high) / max(1, len(some)), sum(some) / len(some), "o", color="C0", markersize=3 + len(some) ** 0.5 / 8)
    right.plot([0, 1], [0, 1], color="gray", linewidth=0.8)
    right.set(xlabel="confidence of a word", ylabel="share of such words that are right", title="Calibration (weights from other pages)", xlim=(0, 1), ylim=(0, 1))
    right.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def _told(reads: Sequence):
    """Every word that is shown, with its confidence and whether it is right, under weights fitted to other pages."""
    from bench.reading import _folded

    for held, weights in _folded(tuple(reads)):
        from ingest.voting import judgement

        with judgement.weighing(weights):
            for one in held:
                known = frozenset(words(one.page.text)) | frozenset(plain(one.page.text).split())
                for word in voting.vote(one.first, one.second, one.spoken).words():
                    yield word.confidence, float(fitting.is_right(word.content, known))
