// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/smokereport.h"

#include <evidence/evidence.h>
#include <evidence/numbers.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tenken::app {

namespace {

using State = SmokeResult::State;

qint64 daysLeft(const SmokeResult &result)
{
    return QDateTime::currentDateTimeUtc().daysTo(result.certificateExpires);
}

constexpr qint64 fewDays = 14;

QString lineOf(const SmokeResult &result, qsizetype width, Lang lang)
{
    const QString mark = result.state == State::Passed ? QStringLiteral("✓") : result.state == State::Failed ? QStringLiteral("✗") : QStringLiteral("–");
    QString line = QStringLiteral("  %1 %2  %3").arg(mark, visible(result.id).leftJustified(width), titleOf(result.state).in(lang));
    if (result.status > 0)
        line += QStringLiteral("  %1").arg(result.status);
    if (result.milliseconds > 0)
        line += QStringLiteral("  %1").arg(formatMs(result.milliseconds));
    if (result.certificateExpires.isValid()) {
        const Text days = Text{"証明書 あと %1 日", "certificate %1 d"}.arg(daysLeft(result));
        line += QStringLiteral("  %1%2").arg(days.in(lang), daysLeft(result) < fewDays ? QStringLiteral(" !") : QString());
    }
    if (!result.reason.isEmpty())
        line += QStringLiteral("\n      %1").arg(visible(maskSecrets(result.reason.in(lang))));
    return line + u'\n';
}

QJsonObject asJson(const SmokeResult &result, const SmokeRequest &request, Lang lang)
{
    QJsonObject json{{QStringLiteral("id"), result.id},
                     {QStringLiteral("method"), request.method},
                     {QStringLiteral("url"), maskSecrets(request.url)},
                     {QStringLiteral("state"), result.state == State::Passed ? QStringLiteral("pass") : result.state == State::Failed ? QStringLiteral("fail") : QStringLiteral("not-sent")}};
    if (result.status > 0)
        json.insert(QStringLiteral("status"), result.status);
    if (result.milliseconds > 0)
        json.insert(QStringLiteral("milliseconds"), result.milliseconds);
    if (!result.error.isEmpty())
        json.insert(QStringLiteral("error"), result.error);
    if (!result.reason.isEmpty())
        json.insert(QStringLiteral("reason"), maskSecrets(result.reason.in(lang)));
    if (result.certificateExpires.isValid())
        json.insert(QStringLiteral("certificateExpires"), result.certificateExpires.toUTC().toString(Qt::ISODate));
    return json;
}

} // namespace

bool SmokeReport::passed() const
{
    return !run->results().empty() && std::ranges::all_of(run->results(), [](const SmokeResult &r) { return r.state == State::Passed; });
}

QString smokeText(const SmokeReport &report, Lang lang)
{
    const auto &results = report.run->results();
    qsizetype width = 0;
    for (const SmokeResult &result : results)
        width = std::max(width, visible(result.id).size());
    const auto passed = std::ranges::count(results, State::Passed, &SmokeResult::state);
    QString text = QStringLiteral("%1: %2\n").arg(visible(report.run->environment().id),
                                                  Text{"%2 件のうち %1 件が合格", "%1 of %2 requests passed"}.arg(qint64(passed), results.size()).in(lang));
    for (const SmokeResult &result : results)
        text += lineOf(result, width, lang);
    if (!report.record.isEmpty())
        text += Text{"  %1 に記録しました。\n", "  Recorded in %1.\n"}.arg(report.record).in(lang);
    QStringList unsaid;
    for (const TestField &field : report.unsaid)
        unsaid << QStringLiteral("--%1").arg(field.key());
    if (!report.record.isEmpty() && !unsaid.isEmpty())
        text += Text{"  記録にないため、判定は「注意」か「不明」になります: %1\n", "  Not said, so that the verdict will be warn or unknown: %1\n"}.arg(unsaid.join(QStringLiteral(", "))).in(lang);
    return text;
}

QString smokeJson(const std::vector<SmokeReport> &reports, Lang lang)
{
    QJsonArray runs;
    for (const SmokeReport &report : reports) {
        const auto &environment = report.run->environment();
        QJsonArray requests;
        for (size_t i = 0; i < report.run->results().size(); ++i)
            requests.append(asJson(report.run->results()[i], environment.smoke[i], lang));
        QJsonObject run{{QStringLiteral("environment"), environment.id},
                        {QStringLiteral("started"), report.run->started().toUTC().toString(Qt::ISODate)},
                        {QStringLiteral("passed"), report.passed()},
                        {QStringLiteral("requests"), requests}};
        if (!report.record.isEmpty())
            run.insert(QStringLiteral("record"), report.record);
        runs.append(run);
    }
    return QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("runs"), runs}}).toJson());
}

} // namespace tenken::app
