// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

namespace tenken::test
{

Service declaredService()
{
    Service s = serviceWith(2, 23);
    s.id = QStringLiteral("id-auth");
    s.startSeconds = {20.0, {29, 3, 29, 20}};
    s.endpointSeconds = {8.0, {32, 3, 32, 20}};
    s.zones = {3, {12, 3, 12, 11}};
    s.istioVersion.value = QVersionNumber(1, 22);
    s.kubernetesVersion.value = QVersionNumber(1, 31);
    s.mesh.value = true;
    s.meshDefaults.value = true;
    s.perPodRps = {100.0, {40, 3, 40, 15}};
    CapacityEvent normal;
    normal.id = QStringLiteral("normal");
    normal.peakRps = 400;
    CapacityEvent sale;
    sale.id = QStringLiteral("sale");
    sale.peakRps = 2000;
    sale.scheduledReplicas.value = 30;
    s.events = {sale, normal};
    return s;
}

Evidence evidenceWith(const QByteArray &manifests, const Service &service)
{
    Evidence e = evidenceFrom(manifests);
    e.service = service;
    return e;
}

Finding titled(const std::vector<Finding> &findings, const char *title)
{
    for (const Finding &f : findings) {
        if (f.title.en == QLatin1StringView(title))
            return f;
    }
    qWarning("no finding \"%s\":\n%s", title, printed(findings).constData());
    return {};
}

void checkWords(const std::vector<Finding> &findings)
{
    for (const Finding &f : findings) {
        QVERIFY2(!f.reason.ja.isEmpty() && !f.reason.en.isEmpty(), printed({f}).constData());
        QVERIFY2(f.verdict == Verdict::Pass || f.verdict == Verdict::NotApplicable || !f.remedy.en.isEmpty(),
                 printed({f}).constData());
        QVERIFY2(f.object.isEmpty() || (f.span.isValid() && !f.file.isEmpty()), printed({f}).constData());
        QVERIFY2(!f.reason.ja.contains(QLatin1String("%1")) && !f.reason.en.contains(QLatin1String("%2")), printed({f}).constData());
    }
}

} // namespace tenken::test
