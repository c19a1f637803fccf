// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tenken::test
{

inline const char ruleFile[] = R"(groups:
- name: id-auth
  labels: {team: shop}
  rules:
  - record: job:errors:ratio5m
    expr: sum by (job) (rate(http_requests_total{code=~'5..'}[5m]))
  - alert: HighErrors
    expr: job:errors:ratio5m{job="id-auth"} > 0.01
    for: 10m
    keep_firing_for: 5m
    labels: {severity: critical, text: "{{ $labels.x }}"}
    annotations:
      summary: '{{ $labels.job }} answers with errors'
      description: See the graph.
      runbook_url: https://wiki.example.com/oncall#errors
  - alert: HighErrors
    expr: sum(job:errors:ratio5m{job="id-auth"}) > 0.001
    labels: {severity: warning}
    annotations: {url: https://wiki.example.com/other}
)";
inline const char alertmanagerFile[] = R"(route:
  receiver: nobody
  routes:
  - {receiver: slack, matchers: [team="shop", severity="critical"]}
  - {receiver: slack, match: {team: shop, env: production}}
receivers:
- {name: nobody}
- {name: slack, slack_configs: [{channel: '#shop-alerts', api_url: 'https://hooks.slack.com/services/T0/B0/abcdefgh12345678'}]}
inhibit_rules:
- {source_match: {alertname: ClusterDown}, target_match_re: {severity: 'warning|critical'}}
)";
inline const char rulesAnswer[] = R"({"status":"success","data":{"groups":[{"name":"g","file":"a.yml","rules":[{"type":"alerting","name":"A","query":"up == 0","duration":600,"labels":{},"annotations":{}},{"type":"recording","name":"r","query":"up"}]}]}})";
inline const char matrixAnswer[] = R"({"status":"success","warnings":["partial"],"data":{"resultType":"matrix","result":[
            {"metric":{"__name__":"m","job":"api","code":"500"},"values":[[1700000060,"2"],[1700000000.5,"1.5"],[1700000120,"NaN"],[1700000180,"+Inf"],[1700000240,"x"]]},
            {"metric":{},"values":[]}]}})";
inline const char errorAnswer[] = R"({"status":"error","errorType":"bad_data","error":"exceeded maximum resolution of 11,000 points"})";
inline const char vectorAnswer[] = R"({"status":"success","data":{"resultType":"vector","result":[]}})";
inline const char otherAnswer[] = R"({"a":1})";
inline const char truncatedAnswer[] = R"({"status":"success","data":{"resultType":"matrix","result":[)";
inline const char emptyMatrix[] = R"({"status":"success","data":{"resultType":"matrix","result":[]}})";
inline const char dashboardAnswer[] = R"({"dashboard":{"uid":"abc","title":"ID","schemaVersion":39,
            "templating":{"list":[{"name":"job","current":{"value":["id-auth","b"]}},{"name":"all","current":{"value":"$__all"}}]},
            "panels":[{"type":"row","panels":[{"type":"timeseries","title":"5xx","targets":[{"expr":"rate(a{job=~'$job',x=~'${all:regex}',y='[[job]]'}[$__rate_interval]) > 0"},{"expr":"hidden","hide":true},{"refId":"B"}]}]},
                      {"type":"text","title":"no queries"}]},"meta":{}})";
inline const char oldDashboard[] = R"({"schemaVersion":14,"rows":[{"panels":[{"title":"t","targets":[{"expr":"up"}]}]}]})";
inline const char panelsAlone[] = R"({"panels":[]})";

} // namespace tenken::test
