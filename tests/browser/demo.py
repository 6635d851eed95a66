"""The exercise on this machine: a process of the product with a folder and a port of its own."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

READY_SECONDS = 60


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def routes(binary):
    """Every address that the product knows, as (method, path)."""
    printed = subprocess.run([binary, "routes"], check=True, capture_output=True, text=True).stdout
    return [(route["method"], route["path"]) for route in json.loads(printed)]


class Demo:
    """A running exercise; `with Demo(binary) as demo: demo.address`."""

    def __init__(self, binary):
        self.binary = binary

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="caravanserai-demo-")
        self.log = open(os.path.join(self.folder, "log"), "w")
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "demo", "--data", self.folder, "--port", str(port)],
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        while not self._answers():
            late = time.monotonic() - began > READY_SECONDS
            if late or self.process.poll() is not None:
                text = self.said()
                self.__exit__()
                raise RuntimeError(f"the exercise is not ready after {READY_SECONDS} s:\n{text}")
            time.sleep(0.1)
        self.seconds = time.monotonic() - began
        return self

    def _answers(self):
        try:
            with urllib.request.urlopen(self.address, timeout=2):
                return True
        except OSError:
            return False

    def said(self):
        """What the process has printed."""
        self.log.flush()
        with open(self.log.name) as log:
            return log.read()

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
