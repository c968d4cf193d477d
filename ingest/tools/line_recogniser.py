"""Reads the image of one line letter by letter: PP-OCR's recogniser on OpenVINO, told that what is written is Latin.

Its model knows 18,708 letters, most of them Chinese, and says for each place along the line how likely every one is.
The others are taken out of it here: that spares a third of its time, and no dust is read as one of them.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: OpenVINO tells its makers over the network that it was imported, and keeps a number for that in the home folder,
#: unless this package, which does it, is not there.
TELLS_ITS_MAKERS = "openvino_telemetry"
#: Signs that are no letters are kept below this (Latin-1), and in these blocks: general punctuation, currency, № and ™.
LATIN_1, SIGNS = 0x100, (range(0x2010, 0x2050), range(0x20A0, 0x20D0), range(0x2116, 0x2117), range(0x2122, 0x2123))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, or a space, from `left` to `right` as shares of the line's image (somewhat beyond it at the ends), and
    how sure it is (0-1)."""

    content: str
    left: float
    right: float
    confidence: float


def load_openvino():
    """The module, which tells nobody of it."""
    sys.modules.setdefault(TELLS_ITS_MAKERS, None)  # importing it fails then, which OpenVINO provides for
    import openvino

    return openvino


def is_latin(character: str) -> bool:
    """Whether it is a Latin letter, or a sign that stands beside them.

    >>> [is_latin(character) for character in "ñª7¿€三Щ，"]
    [True, True, True, True, True, False, False, False]
    """
    if character.isalpha():
        return unicodedata.name(character, "").startswith("LATIN") or character in "ªº"
    return ord(character) < LATIN_1 or any(ord(character) in block for block in SIGNS)


class Recogniser:
    """The model of a file (ONNX), in this process, on one thread."""

    def __init__(self, model: Path):
        openvino = load_openvino()
        core = openvino.Core()
        network = core.read_model(model)
        known = [
            "",
            *network.get_rt_info()["framework"]["character"].value.splitlines(),
            " ",
        ]  # first the blank that parts letters
        kept = [
            number
            for number, character in enumerate(known)
            if len(character) < 2 and (not character or is_latin(character))
        ]
        _keep(network, kept, len(known))
        self._alphabet = [known[number] for number in kept]
        self._request = core.compile_model(network, "CPU", {"INFERENCE_NUM_THREADS": "1"}).create_infer_request()

    def letters(self, line) -> list[Letter]:
        """What is written in a line's image (`line_images`), from left to right; a letter that is likeliest at several
        places in a row is one (greedy decoding of CTC)."""
        import numpy

        pixels = numpy.ascontiguousarray(line.transpose(2, 0, 1)[None], dtype=numpy.float32) / 127.5 - 1
        self._request.infer([pixels])
        chances = self._request.get_output_tensor().data[0]
        likeliest = chances.argmax(axis=1)
        sure = chances.max(axis=1)
        starts = numpy.flatnonzero((likeliest != 0) & (numpy.diff(likeliest, prepend=-1) != 0))
        places = len(likeliest)
        return [
            Letter(self._alphabet[likeliest[at]], (at - 0.5) / places, (at + 1.5) / places, float(sure[at]))
            for at in starts.tolist()
        ]


def _keep(network, kept: Sequence[int], known: int) -> None:
    """Leaves the last layer of a network, its weights and what is added to them, these of the letters that it knows."""
    from openvino import opset13

    node = network.outputs[0].node
    while True:
        for entry in node.inputs():
            table = entry.get_source_output().get_node()
            if table.get_type_name() == "Constant" and table.shape and table.shape[-1] == known:
                entry.replace_source_output(opset13.constant(table.data[..., kept]).output(0))
        if node.get_type_name() == "MatMul":
            break
        node = node.input_value(0).get_node()
    network.validate_nodes_and_infer_types()
    if network.outputs[0].partial_shape[2] != len(kept):
        raise RuntimeError("the recogniser's model is none that is known")
