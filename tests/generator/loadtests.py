#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Tenken authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the demo service's load-test files from a queueing model. See README.md beside this file.

    python3 tests/generator/loadtests.py OUTDIR --seed 1
"""

import argparse
import gzip
import heapq
import json
import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

JST = timezone(timedelta(hours=9))

# The truth. One pod works on three requests at a time; a request holds a worker for about 17 ms and travels 1.5 ms
# (so that a closed loop with as many threads as workers runs at the knee's throughput).
WORKERS_PER_POD = 3
MEDIAN_MS, SIGMA = 14.7, 0.568  # log-normal
TRAVEL_MS = 1.476
TIMEOUT_MS = 10_000
KNEE_PER_POD = 160  # req/s; the pod's capacity is 173.7
ALPHA, BETA = 0.003, 1e-5  # contention and coherency (Universal Scalability Law)

ENDPOINTS = [("POST /v1/token", 0.35), ("POST /v1/introspect", 0.45), ("GET /v1/userinfo", 0.20)]


def slowdown(pods):
    """How much longer every request takes because of the other pods."""
    return 1 + ALPHA * (pods - 1) + BETA * pods * (pods - 1)


def knee(pods):
    return KNEE_PER_POD * pods / slowdown(pods)


@dataclass
class Request:
    start: float  # seconds since the test began
    end: float
    name: str
    failed: bool
    users: int = 0  # threads at work (closed loop)


@dataclass
class Pool:
    """All workers of all pods, first come first served."""

    pods: int
    rng: random.Random
    free_at: list = field(default_factory=list)

    def __post_init__(self):
        self.free_at = [0.0] * (WORKERS_PER_POD * self.pods)

    def serve(self, start):
        """When the answer is there, and whether the client gave up before."""
        normal = math.sqrt(-2 * math.log(1 - self.rng.random())) * math.cos(2 * math.pi * self.rng.random())
        work = MEDIAN_MS / 1000 * math.exp(SIGMA * normal) * slowdown(self.pods)
        begin = max(start, self.free_at[0])
        timeout = start + TIMEOUT_MS / 1000
        if begin >= start + 0.98 * TIMEOUT_MS / 1000:  # waited so long that the pod no longer begins it
            return timeout, True
        heapq.heapreplace(self.free_at, begin + work)
        travel = TRAVEL_MS / 1000 * (0.7 + 0.6 * self.rng.random()) * slowdown(self.pods)
        end = begin + work + travel
        return (timeout, True) if end > timeout else (end, False)

    def name(self):
        at = self.rng.random()
        for name, share in ENDPOINTS:
            at -= share
            if at < 0:
                return name
        return ENDPOINTS[-1][0]


def open_load(pods, levels, rng):
    """Evenly paced arrivals in levels of (req/s, seconds), whatever the answers do."""
    pool, requests, begin = Pool(pods, rng), [], 0.0
    for rate, seconds in levels:
        for i in range(round(rate * seconds)):
            start = begin + i / rate
            end, failed = pool.serve(start)
            requests.append(Request(start, end, pool.name(), failed))
        begin += seconds
    return requests


def closed_load(pods, levels, rng):
    """Threads that send again as soon as they have their answer, in levels of (threads, seconds)."""
    pool, requests, begin = Pool(pods, rng), [], 0.0
    for threads, seconds in levels:
        pool.free_at = [begin] * len(pool.free_at)
        ready = [begin] * threads
        while ready[0] < begin + seconds:
            start = ready[0]
            end, failed = pool.serve(start)
            heapq.heapreplace(ready, end)
            requests.append(Request(start, end, pool.name(), failed, threads))
        begin += seconds
    return requests


def write(path, lines):
    with open(path, "wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed:
            packed.write("".join(lines).encode())


def write_gatling(path, began, requests):
    """simulation.log of Gatling 3.10: users come, send one request, and leave."""
    epoch = round(began.timestamp() * 1000)
    events = []
    for i, r in enumerate(requests):
        start, end = epoch + round(r.start * 1000), epoch + round(r.end * 1000)
        outcome = "KO\ti.g.h.c.i.RequestTimeoutException: Request timeout after 10000 ms" if r.failed else "OK\t "
        events.append((start, i, 0, f"USER\tid-auth\tSTART\t{start}\n"))
        events.append((end, i, 1, f"REQUEST\t\t{r.name}\t{start}\t{end}\t{outcome}\n"))
        events.append((end, i, 2, f"USER\tid-auth\tEND\t{end}\n"))
    head = f"RUN\tjp.example.idauth.CapacitySimulation\tcapacitysimulation\t{epoch}\t \t3.10.5\n"
    write(path, [head] + [text for *_, text in sorted(events)])


def write_k6(path, began, requests, virtual_users):
    """--out json, thinned to the metrics that an analysis needs (k6 writes 14 lines a request)."""

    def point(metric, when, value, tags):
        stamp = (began + timedelta(seconds=when)).isoformat(timespec="microseconds")
        data = {"time": stamp, "value": value, "tags": tags}
        return json.dumps({"metric": metric, "type": "Point", "data": data}, separators=(",", ":")) + "\n"

    def metric(name, kind, contains):
        data = {"name": name, "type": kind, "contains": contains, "thresholds": [], "submetrics": None}
        return json.dumps({"type": "Metric", "data": data, "metric": name}, separators=(",", ":")) + "\n"

    lines = [metric("vus", "gauge", "default"), metric("http_req_duration", "trend", "time"),
             metric("iteration_duration", "trend", "time"), metric("iterations", "counter", "default")]
    scenario = {"scenario": "capacity"}
    events = []
    for r in requests:
        method, url = r.name.split(" ")
        ms = round((r.end - r.start) * 1000, 3)
        tags = {"expected_response": "false" if r.failed else "true", "method": method, "name": url,
                "scenario": "capacity", "status": "0" if r.failed else "200"}
        if r.failed:
            tags.update(error="request timeout", error_code="1050")
        events.append((r.end, point("http_req_duration", r.end, ms, tags)
                       + point("iteration_duration", r.end, round(ms + 0.1, 3), scenario)
                       + point("iterations", r.end, 1, scenario)))
    for second in range(math.ceil(requests[-1].start)):
        events.append((second, point("vus", second, virtual_users, {})))
    write(path, lines + [text for _, text in sorted(events, key=lambda event: event[0])])


def write_jmeter(path, began, requests):
    """A JTL as JMeter 5.6 writes it by default."""
    epoch = round(began.timestamp() * 1000)
    lines = ["timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,"
             "bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n"]
    for r in sorted(requests, key=lambda r: r.end):
        elapsed = round((r.end - r.start) * 1000)
        url = "https://id-auth.stg.example.jp" + r.name.split(" ")[1]
        outcome = "504,Gateway Timeout" if r.failed else "200,OK"
        lines.append(f"{epoch + round(r.start * 1000)},{elapsed},{r.name},{outcome},capacity 1-1,text,"
                     f"{'false' if r.failed else 'true'},,412,388,{r.users},{r.users},{url},{elapsed},0,0\n")
    write(path, lines)


def around(pods, seconds, shares=(0.6, 0.8, 1.0, 1.15, 1.3)):
    """Levels around the knee of that many pods."""
    return [(knee(pods) * share, seconds) for share in shares]


def threads(pods, seconds):
    """As many threads as workers is the knee of the closed loop."""
    workers = WORKERS_PER_POD * pods
    return [(round(workers * share), seconds) for share in (0.25, 0.5, 0.75, 1, 1.5, 2, 3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.outdir.mkdir(parents=True, exist_ok=True)

    def at(hour, minute):
        return datetime(2026, 11, 12, hour, minute, 0, tzinfo=JST)

    def rng(pods):
        return random.Random(options.seed * 1000 + pods)

    out = options.outdir
    step = [(rate, 40) for rate in range(40, 241, 20)]
    write_gatling(out / "gatling-1pod-step.log.gz", at(13, 30), open_load(1, step, rng(1)))
    write_k6(out / "k6-2pod.json.gz", at(14, 0), open_load(2, around(2, 18), rng(2)), virtual_users=400)
    write_gatling(out / "gatling-4pod.log.gz", at(14, 20), open_load(4, around(4, 12), rng(4)))
    write_gatling(out / "gatling-6pod.log.gz", at(14, 40), open_load(6, around(6, 10), rng(6)))
    write_jmeter(out / "jmeter-8pod.jtl.gz", at(15, 0), closed_load(8, threads(8, 7), rng(8)))
    write_jmeter(out / "jmeter-12pod.jtl.gz", at(15, 20), closed_load(12, threads(12, 6), rng(12)))
    peak = [(knee(16) * share, seconds) for share, seconds in
            ((0.5, 6), (0.7, 6), (0.9, 55), (1.0, 6), (1.15, 6))]
    write_gatling(out / "gatling-16pod-peak.log.gz", at(15, 40), open_load(16, peak, rng(16)))


if __name__ == "__main__":
    main()
