"""Memory and start of the running product; writes docs/performance.md. See script/measure.

    python tests/browser/measure.py PATH/TO/caravanserai PROFILE < lines of the page benchmark
"""

import http.client
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import demo

REQUESTS = 10_000
STARTS = 9
REPORT = pathlib.Path("docs/performance.md")


def resident_mb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def cpu_ms(pid):
    ticks = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")


def public_pages(address):
    """What a public reader opens: the first page and every page it leads to."""
    host = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(host.hostname, host.port)
    line.request("GET", "/")
    html = line.getresponse().read().decode()
    return ["/"] + sorted({url for url in re.findall(r'<a[^>]*href="(/[^"#]*)"', html)})


def ask(address, pages, count):
    host = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(host.hostname, host.port)
    for i in range(count):
        line.request("GET", pages[i % len(pages)])
        answer = line.getresponse()
        answer.read()
        if answer.status >= 500:
            raise RuntimeError(f"{pages[i % len(pages)]}: {answer.status}")


def start_ms(binary, folder, port):
    """From the start of the process to its first answer, on a database that exists."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [binary, "demo", "--data", folder, "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - began < 60:
            try:
                ask(f"http://127.0.0.1:{port}", ["/"], 1)
                return (time.perf_counter() - began) * 1000
            except OSError:
                time.sleep(0.002)
        raise RuntimeError("no answer within a minute")
    finally:
        process.terminate()
        process.wait()


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    name = cpu.group(1) if cpu else platform.machine()
    gib = int(memory.group(1)) / 1024**2
    return f"{name}, {os.cpu_count()} cores, {gib:.0f} GiB, Linux {platform.release()}, {rustc}"


def main(binary, profile):
    pages = [line.strip() for line in sys.stdin if ": " in line and "ms CPU" in line]
    with demo.Demo(binary) as running:
        pid = running.process.pid
        asked = public_pages(running.address)
        before, memory_before = cpu_ms(pid), resident_mb(pid)
        ask(running.address, asked, REQUESTS)
        each = (cpu_ms(pid) - before) / REQUESTS
        memory = resident_mb(pid)
        with tempfile.TemporaryDirectory() as folder:
            port = demo.free_port()
            start_ms(binary, folder, port)
            starts = [start_ms(binary, folder, port) for _ in range(STARTS)]
        first = running.seconds
    lines = "\n".join(f"| {line.replace(': ', ' | ', 1)} |" for line in pages)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(
        f"""# Performance

Written by `script/measure {profile}`; run it to measure your own machine.

Machine: {machine()}. Profile: `{profile}`.

## The programme page, 400 slots

Mean of 2,000 requests in one process, without sockets. "Read" fetches and parses the release from the
database each time; "kept" finds it in memory, where a process keeps the releases it read last. Statements
include the beginnings and ends of two transactions.

| page | cost |
|---|---|
{lines}

For comparison, measured elsewhere with their own demonstration data: pretalx 35-44 and Indico 153 CPU ms a
page.

## The running product

| | |
|---|---|
| CPU of a public page, mean of {REQUESTS:,} requests over {len(asked)} pages, with sockets | {each:.2f} ms |
| resident memory before | {memory_before:.0f} MB |
| resident memory after {REQUESTS:,} requests | {memory:.0f} MB |
| start on an existing database, median of {STARTS} | {statistics.median(starts):.0f} ms |
| first start of the exercise, filling its database | {first:.1f} s |
"""
    )
    print(REPORT.read_text())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
