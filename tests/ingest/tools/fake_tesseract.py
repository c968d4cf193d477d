#!/usr/bin/env python3
"""Plays Tesseract: answers with a recorded reply, or fails in the way that FAKE_TESSERACT names."""

import os
import signal
import sys
import time
from pathlib import Path


def play() -> None:
    if "--version" in sys.argv:
        print("tesseract 5.3.0")
        sys.exit()
    if "--list-langs" in sys.argv:
        print("List of available languages (2):\neng\nosd")
        sys.exit()
    out = Path(f"{sys.argv[2]}.tsv")
    Path(os.environ["FAKE_TESSERACT_LOG"]).write_text("\n".join([*sys.argv, os.environ.get("OMP_THREAD_LIMIT", "")]))
    match os.environ["FAKE_TESSERACT"]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(600)
        case "no output":
            pass
        case "empty output":
            out.touch()
        case "no page":
            out.write_text(
                "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
            )
        case "cut off":
            out.write_text(Path(os.environ["FAKE_TESSERACT_REPLY"]).read_text("utf-8")[:700])
        case "bad UTF-8":
            out.write_bytes(Path(os.environ["FAKE_TESSERACT_REPLY"]).read_bytes().replace("í".encode(), b"\xed"))
        case "bad UTF-8 in the error":
            sys.stderr.buffer.write(b"Error: \xff\xfe\n")
            sys.exit(1)
        case "out of memory":
            print("terminate called after throwing an instance of 'std::bad_alloc'", file=sys.stderr)
            os.kill(os.getpid(), signal.SIGABRT)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "language":
            print(
                "Error opening data file /usr/share/tessdata/spa.traineddata\nFailed loading language 'spa'\n"
                "Tesseract couldn't load any languages!\nCould not initialize tesseract.",
                file=sys.stderr,
            )
            sys.exit(1)
        case "image":
            print("Error in pixReadStream: Unknown format\nImage file cannot be read!", file=sys.stderr)
            sys.exit(1)
        case "reply":
            out.write_bytes(Path(os.environ["FAKE_TESSERACT_REPLY"]).read_bytes())


if __name__ == "__main__":
    play()
