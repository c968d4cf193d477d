"""What the workers are given to do in the tests of the executor: all the ways in which a page goes wrong."""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

from archive.errors import Unreadable


class Unbuildable:
    """Can be pickled, and not be put together again."""

    def __init__(self, *words):
        self.words = words

    def __reduce__(self):
        return Unbuildable._rebuilt, self.words

    @staticmethod
    def _rebuilt(*words):
        raise ValueError("nothing can be made of this")


def work(task):
    match task:
        case "hang":
            time.sleep(1000)
        case "hang in a program":
            subprocess.run(["sleep", "1000"])
        case "exit":
            os._exit(3)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            ctypes.string_at(0)
        case "raise":
            raise ValueError("no such thing")
        case "unreadable":
            raise Unreadable("is torn", item="box1/0001.tif", remedy="Mend it.")
        case "memory":
            raise MemoryError
        case "greedy":
            return len(bytearray(2 << 30))
        case "kills the machine":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(1000)
        case "breaks when read":
            return Unbuildable("of no use")
        case "process":
            return os.getpid()
        case "huge":
            return b"x" * 20_000_000
        case "unpicklable":
            return lambda: None
        case "environment":
            return os.environ.get("OMP_THREAD_LIMIT"), os.environ.get("TMPDIR")
        case "noise":
            print("from the reader", flush=True)
            os._exit(1)
        case ("wait for", path):
            while not Path(path).exists():
                time.sleep(0.01)
        case ("announce once", path):
            if Path(path).exists():
                return "the second time"
            Path(path).write_text(f"{os.getpid()} {os.getppid()}.")
            time.sleep(1000)
        case ("announce", path):
            child = subprocess.Popen(["sleep", "1000"])
            Path(path).write_text(f"{os.getpid()} {child.pid} {os.environ['TMPDIR']}")
            child.wait()
    return task
