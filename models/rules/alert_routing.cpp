// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

void judgeRouting(Finding &f, const Monitor &m)
{
    QStringList receivers;
    bool goesOn = false;
    for (const Receiver &r : m.receivers) {
        receivers << r.handle;
        goesOn = goesOn || handleKind(r.handle) == Handle::Kind::Webhook;
    }
    const QString all = receivers.join(u", "_s);
    const Text remedy{"この警報のラベルを Slack の受け手へ送る経路を足してください。",
                      "Add a route that sends this alert's labels to a receiver of Slack."};
    f.snippet = u"route:\n  routes:\n    - {receiver: slack, matchers: ['alertname = \"%1\"']}"_s.arg(m.name);
    if (!m.routingKnown) {
        say(f, Verdict::Unknown,
            {"Alertmanager の設定が読めないため、警報が誰に届くか分かりません。",
             "Whom its alert reaches is not known: Alertmanager's configuration could not be read."},
            {"service.yaml の `evidence.prometheus.alertmanager` に alertmanager.yml を書いてください。",
             "Name alertmanager.yml in `evidence.prometheus.alertmanager` of service.yaml."});
    } else if (goesOn) {
        say(f, Verdict::Unknown,
            Text{"警報は %1 へ行きますが、その先が Slack か分かりません。",
                 "It alerts %1; whether that reaches Slack is not known."}
                .arg(all),
            remedy);
    } else if (receivers.isEmpty()) {
        say(f, Verdict::Fail,
            {"Alertmanager の経路では、警報は誰にも届きません。",
             "By Alertmanager's routes its alert reaches nobody."},
            remedy);
    } else {
        say(f, Verdict::Fail,
            Text{"Alertmanager の経路では、警報が届くのは %1 だけです。",
                 "By Alertmanager's routes it alerts %1 only."}
                .arg(all),
            remedy);
    }
}

} // namespace tenken
