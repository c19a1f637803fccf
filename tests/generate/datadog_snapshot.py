#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Tenken authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the demo service's Datadog snapshot: DIR/snapshot.json and the answers it lists. Same output every time."""
import hashlib
import json
import math
import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

JST = timezone(timedelta(hours=9))
FROM = datetime(2026, 11, 12, tzinfo=JST)
TO = datetime(2026, 11, 19, tzinfo=JST)
STEP = 600
SCOPE = "env:production,service:id-auth"
rng = random.Random(20261119)


def times():
    return range(int(FROM.timestamp()), int(TO.timestamp()), STEP)


def rate(t):
    """Logins a second: low at dawn, high in the evening, twice that on weekend nights."""
    at = datetime.fromtimestamp(t, JST)
    hour = at.hour + at.minute / 60
    day = 150 + 330 * math.exp(-((hour - 12.5) ** 2) / 8) + 780 * math.exp(-(((hour - 21.5 + 12) % 24 - 12) ** 2) / 6)
    late = at - timedelta(hours=4)  # the night belongs to the day before
    if late.weekday() in (4, 5):
        day += 1000 * math.exp(-(((hour - 23 + 12) % 24 - 12) ** 2) / 3)
    return day * rng.uniform(0.97, 1.03)


def incident(t):
    """2026-11-17 20:10–20:40: users-db fails over, and 5xx reaches nobody's Slack."""
    start = datetime(2026, 11, 17, 20, 10, tzinfo=JST).timestamp()
    return 0 <= t - start < 1800


RATE = {t: rate(t) for t in times()}
PODS = {t: max(12, math.ceil(r / 96)) for t, r in RATE.items()}


def second(family="time", name="second", plural="seconds", short="s", factor=1.0):
    return {"family": family, "name": name, "plural": plural, "short_name": short, "scale_factor": factor, "id": 11}


REQUEST = {"family": "network", "name": "request", "plural": "requests", "short_name": "req", "scale_factor": 1.0, "id": 19}
NANOCORE = {"family": "cpu", "name": "nanocore", "plural": "nanocores", "short_name": "ncores", "scale_factor": 1e-09, "id": 123}
BYTE = {"family": "bytes", "name": "byte", "plural": "bytes", "short_name": "B", "scale_factor": 1.0, "id": 2}


def answer(query, metric, scope, aggr, unit, value, digits):
    points = []
    for t in times():
        v = value(t)
        points.append([t * 1000.0, None if v is None else round(v, digits)])
    return {"status": "ok", "resp_version": 1, "series": [
        {"end": int(TO.timestamp()) * 1000 - 1, "attributes": {}, "metric": metric, "interval": STEP, "tag_set": [],
         "start": int(FROM.timestamp()) * 1000, "length": len(points), "query_index": 0, "aggr": aggr, "scope": scope,
         "pointlist": points, "expression": query, "unit": unit, "display_name": metric}],
        "to_date": int(TO.timestamp()) * 1000, "query": query, "message": "", "res_type": "time_series", "times": [],
        "from_date": int(FROM.timestamp()) * 1000, "group_by": [], "values": []}


def five_hundreds(t):
    return RATE[t] * (0.021 if incident(t) else 0.0002) * rng.uniform(0.7, 1.3)


def latency(t):
    load = RATE[t] / (PODS[t] * 140)
    return (0.062 + 0.055 * load ** 3 + (0.21 if incident(t) else 0)) * rng.uniform(0.95, 1.08)


def gap(t):
    """The agent was being updated."""
    return datetime(2026, 11, 14, 5, tzinfo=JST).timestamp() <= t < datetime(2026, 11, 14, 5, 50, tzinfo=JST).timestamp()


def queries():
    kube = "kube_deployment:id-auth,kube_namespace:identity"
    q = f"sum:trace.http.request.hits{{{SCOPE}}}.as_rate().rollup(avg, {STEP})"
    yield "request_rate", "query-requests.json", answer(q, "trace.http.request.hits", SCOPE, "sum", [REQUEST, second()], RATE.get, 2)
    scope = "env:production,http.status_class:5xx,service:id-auth"
    metric = "trace.http.request.hits.by_http_status"
    q = f"sum:{metric}{{{scope}}}.as_rate().rollup(avg, {STEP})"
    yield "5xx", "query-5xx.json", answer(q, metric, scope, "sum", [REQUEST, second()], five_hundreds, 3)
    q = f"p99:trace.http.request{{{SCOPE}}}.rollup({STEP})"
    yield "latency_p99", "query-latency-p99.json", answer(q, "trace.http.request", SCOPE, "p99", [second(), None], latency, 4)
    q = f"avg:kubernetes.cpu.usage.total{{{kube}}}.rollup(avg, {STEP})"
    yield "cpu", "query-cpu.json", answer(q, "kubernetes.cpu.usage.total", kube, "avg", [NANOCORE, None],
                                          lambda t: None if gap(t) else (60 + 6.1 * RATE[t] / PODS[t]) * 1e6 * rng.uniform(0.97, 1.03), 0)
    q = f"avg:kubernetes.memory.usage{{{kube}}}.rollup(avg, {STEP})"
    yield "memory", "query-memory.json", answer(q, "kubernetes.memory.usage", kube, "avg", [BYTE, None],
                                                lambda t: None if gap(t) else (612 + 0.4 * RATE[t] / PODS[t]) * 2 ** 20 * rng.uniform(0.99, 1.01), 0)
    q = f"max:kubernetes_state.deployment.replicas_available{{{kube}}}.rollup(max, {STEP})"
    yield "pods", "query-pods.json", answer(q, "kubernetes_state.deployment.replicas_available", kube, "max", None, lambda t: PODS[t], 0)


GUIDE = "https://wiki.example.com/id-auth/oncall"


def monitor(number, name, query, message, tags, kind="query alert", thresholds=None, priority=3, **options):
    created = datetime(2026, 4, 6, 10, 30, tzinfo=timezone.utc) + timedelta(days=number)
    return {"id": 18240100 + number, "org_id": 481516, "type": kind, "name": name, "message": message, "tags": tags, "query": query,
            "options": {"thresholds": thresholds or {}, "notify_audit": False, "include_tags": True, "require_full_window": False,
                        "notify_no_data": False, "renotify_interval": 0, "silenced": {}, **options},
            "multi": False, "created_at": int(created.timestamp()) * 1000, "created": created.isoformat(),
            "modified": (created + timedelta(days=30)).isoformat(), "deleted": None, "priority": priority, "restricted_roles": None,
            "draft_status": "published", "overall_state_modified": "2026-11-17T11:44:00+00:00", "overall_state": "OK",
            "creator": {"name": "Identity platform", "handle": "identity-platform@example.com",
                        "email": "identity-platform@example.com", "id": 2305843}}


def monitors():
    own = ["service:id-auth", "team:identity-platform", "env:production"]
    return [
        monitor(1, "[id-auth] 5xx の割合が高い",
                "sum(last_5m):sum:trace.http.request.hits.by_http_status{env:production,service:id-auth,http.status_class:5xx}.as_count() / "
                "sum:trace.http.request.hits{env:production,service:id-auth}.as_count() > 0.01",
                "{{#is_alert}}\n5xx の割合が {{value}} です（閾値 0.01）。ログインとトークン検証に失敗している利用者がいます。\n"
                f"手順: {GUIDE}#5xx-の割合が高い\n{{{{/is_alert}}}}\n"
                "{{#is_recovery}}\n5xx の割合が元に戻りました。 @slack-identity-alerts\n{{/is_recovery}}",
                own, thresholds={"critical": 0.01, "critical_recovery": 0.005}, priority=1),
        monitor(2, "[id-auth] 応答時間 p99 が長い",
                "avg(last_10m):p95:trace.http.request{env:production,service:id-auth} > 0.2",
                f"応答時間が {{{{value}}}} s です（目標 0.2 s）。\n\n手順: [応答時間が長い]({GUIDE}#応答時間-p99-が長い)\n\n"
                "{{#is_alert}} @slack-identity-alerts @pagerduty-id-auth {{/is_alert}}\n{{#is_recovery}} @slack-identity-alerts {{/is_recovery}}",
                own, thresholds={"critical": 0.2, "warning": 0.15}, priority=2),
        monitor(3, "[id-auth] ログイン API の p99 が長い",
                "avg(last_10m):p99:trace.http.request{env:production,service:id-auth,resource_name:post_/v1/login} > 0.4",
                f"ログイン API の p99 が {{{{value}}}} s です。\n手順: {GUIDE}#応答時間-p99-が長い\n@slack-identity-alerts",
                own, thresholds={"critical": 0.4}, silenced={"*": None}),
        monitor(4, "[id-auth] users-db の CPU が高い",
                "avg(last_15m):avg:aws.rds.cpuutilization{env:production,dbclusteridentifier:users-db} > 80",
                f"users-db の CPU が {{{{value}}}} % です。\n\n[手順書]({GUIDE}#users-db-%E3%81%AE-cpu-%E3%81%8C%E9%AB%98%E3%81%84)\n\n"
                "@slack-identity-alerts {{#is_alert}}@pagerduty-id-auth{{/is_alert}}",
                own + ["dependency:users-db"], thresholds={"critical": 80.0, "warning": 70.0}, priority=2, evaluation_delay=900),
        monitor(5, "[id-auth] セッションキャッシュの追い出しが多い",
                "sum(last_10m):sum:aws.elasticache.evictions{env:production,cacheclusterid:session-cache}.as_count() > 1000",
                "セッションキャッシュで {{value}} 件のキーが追い出されました。再ログインを求められる利用者が増えます。\n\n"
                f"手順: {GUIDE}#redis-のメモリが足りない\n\n@slack-identity-alerts",
                own + ["dependency:session-cache"], thresholds={"critical": 1000.0}, evaluation_delay=900),
        monitor(6, "[id-auth] DB が原因の遅延", "18240102 && 18240104",
                "応答時間と users-db の CPU が同時に閾値を超えています。DB が原因の遅延です。\n\n"
                f"手順: {GUIDE}#db-が原因の遅延\n\n@slack-identity-alerts @pagerduty-id-auth",
                own, kind="composite", priority=1),
        monitor(7, "[id-auth] 動いている Pod が少ない",
                "min(last_5m):max:kubernetes_state.deployment.replicas_available{env:production,kube_deployment:id-auth,kube_namespace:identity} < 12",
                f"動いている Pod が {{{{value}}}} 個です（最小 12）。\nオンコールガイド: {GUIDE}\n@slack-identity-alerts",
                own, thresholds={"critical": 12.0}),
        monitor(8, "[id-auth] ノードの CPU が高い",
                "avg(last_10m):avg:system.cpu.user{role:identity-node} by {host} > 90",
                "{{host.name}} の CPU が {{value}} % です。 @slack-identity-alerts",
                ["team:identity-platform"], thresholds={"critical": 90.0}),
        monitor(9, "[id-auth][stg] 5xx の割合が高い",
                "sum(last_5m):sum:trace.http.request.hits.by_http_status{env:staging,service:id-auth,http.status_class:5xx}.as_count() > 20",
                "@slack-identity-alerts-stg", ["service:id-auth", "team:identity-platform", "env:staging"], thresholds={"critical": 20.0}, priority=5),
        monitor(10, "[cart] 5xx の割合が高い",
                "sum(last_5m):sum:trace.http.request.hits.by_http_status{env:production,service:cart,http.status_class:5xx}.as_count() > 50",
                "{{#is_alert}} @slack-cart-alerts {{/is_alert}}\nhttps://wiki.example.com/cart/oncall#5xx",
                ["service:cart", "team:cart", "env:production"], thresholds={"critical": 50.0}),
    ]


def main(folder):
    responses = []

    def add(purpose, kind, path, query, name, body, status=200, indent=None, **more):
        text = (json.dumps(body, ensure_ascii=False, indent=indent) + ("\n" if indent else "")).encode()
        (folder / name).write_bytes(text)
        number = len(responses) + 1
        fetched = datetime(2026, 11, 19, 0, 12, 31, tzinfo=JST) + timedelta(seconds=2 * number)
        responses.append({"id": f"{number:04}", "purpose": purpose, "kind": kind,
                          "request": {"method": "GET", "path": path, "query": query, "body": None}, "status": status,
                          "headers": {"content-type": "application/json"}, "fetched_at": fetched.isoformat(),
                          "body_file": name, "sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text), **more})

    window = {"from": str(int(FROM.timestamp())), "to": str(int(TO.timestamp()))}
    for purpose, name, body in queries():
        add(purpose, "query_v1", "/api/v1/query", {**window, "query": body["query"]}, name, body)
    add("monitors", "monitors", "/api/v1/monitor", {"with_downtimes": "true"}, "monitors.json", monitors(), indent=2,
        list_id="monitors", complete=True)
    add("notification_rules", "notification_rules", "/api/v2/monitor/notification_rule", {}, "notification-rules.json", {"data": []})
    add("slo", "slo", "/api/v1/slo", {"tags_query": "service:id-auth"}, "slo.json",
        {"status": "error", "code": 403, "errors": ["Forbidden"], "statuspage": "http://status.datadoghq.com",
         "twitter": "http://twitter.com/datadogops", "email": "support@datadoghq.com"}, status=403, outcome="not_readable")
    index = {"format": "tenken-datadog-snapshot", "version": 1,
             "source": {"kind": "datadog", "site": "ap1.datadoghq.com", "org": {"name": None, "public_id": None}},
             "captured_by": "tenken 0.1.0", "captured_at": "2026-11-19T00:12:31+09:00",
             "window": {"from": FROM.isoformat(), "to": TO.isoformat(), "tz": "Asia/Tokyo"},
             "subject": {"service": "id-auth", "env": "production"}, "responses": responses,
             "redaction": {"version": 1, "applied": ["request_headers", "emails"]}}
    (folder / "snapshot.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: datadog_snapshot.py DIR")
    main(Path(sys.argv[1]))
