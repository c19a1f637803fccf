// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/snapshotwishes.h"

#include <evidence/evidence.h>
#include <evidence/numbers.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tenken::app
{

namespace
{

QString endWord(FetchSummary::End end)
{
    switch (end) {
    case FetchSummary::End::Done:
        return QStringLiteral("done");
    case FetchSummary::End::Cancelled:
        return QStringLiteral("cancelled");
    case FetchSummary::End::Refused:
        return QStringLiteral("refused");
    case FetchSummary::End::RateLimited:
        return QStringLiteral("rate-limited");
    case FetchSummary::End::Stopped:
        return QStringLiteral("stopped");
    }
    return {};
}

bool isGood(const FetchRow &row)
{
    return row.state == FetchRow::State::Good || row.state == FetchRow::State::Kept;
}

Text stateText(const FetchRow &row)
{
    switch (row.state) {
    case FetchRow::State::Good:
        return {"取得", "fetched"};
    case FetchRow::State::Kept:
        return {"前回のまま", "kept"};
    case FetchRow::State::Failed:
        return {"取れず", "failed"};
    default:
        return {"まだ", "not yet"};
    }
}

} // namespace

QString snapshotTable(const FetchSummary &summary, Lang lang)
{
    qsizetype widest = 0;
    for (const FetchRow &row : summary.rows)
        widest = std::max(widest, row.purpose.size());
    QString text;
    for (const FetchRow &row : summary.rows) {
        text += QStringLiteral("  %1  %2").arg(row.purpose.leftJustified(widest), stateText(row).in(lang));
        if (row.status > 0)
            text += QStringLiteral("  %1").arg(row.status);
        text += QStringLiteral("  %1\n").arg(visible(row.came.in(lang)));
    }
    for (const Text &remark : summary.remarks)
        text += remark.in(lang) + u'\n';
    text += Text{"%2 件中 %1 件を取りました。\n", "%1 of %2 fetched.\n"}
                .arg(summary.good, summary.wanted)
                .in(lang);
    if (!summary.indexFile.isEmpty())
        text += summary.indexFile + u'\n';
    return text;
}

QByteArray snapshotJson(const FetchOptions &options, const FetchSummary &summary, Lang lang)
{
    QJsonArray responses;
    for (const FetchRow &row : summary.rows)
        responses.append(QJsonObject{{"purpose", row.purpose},
                                     {"fetched", isGood(row)},
                                     {"status", row.status},
                                     {"outcome", row.outcome},
                                     {"came", row.came.in(lang)},
                                     {"bytes", row.bytes}});
    const FetchWishes &wishes = options.plan.wishes;
    const QJsonObject root{
        {"format", "tenken.snapshot/1"},
        {"service", options.plan.service},
        {"site", siteName(wishes.site)},
        {"from",
         wishes.window.from.toOffsetFromUtc(wishes.window.from.offsetFromUtc()).toString(Qt::ISODate)},
        {"to", wishes.window.to.toOffsetFromUtc(wishes.window.to.offsetFromUtc()).toString(Qt::ISODate)},
        {"end", endWord(summary.end)},
        {"message", summary.message.in(lang)},
        {"fetched", summary.good},
        {"wanted", summary.wanted},
        {"index", summary.indexFile},
        {"responses", responses}};
    return QJsonDocument(root).toJson();
}

QString snapshotCommands(const FetchPlan &plan, Lang lang)
{
    const FetchWindow &w = plan.wishes.window;
    QString text =
        Text{"# %1、%2 から %3 まで。キーは DD_API_KEY と DD_APP_KEY から\n",
             "# %1, from %2 to %3; keys from DD_API_KEY and DD_APP_KEY\n"}
            .arg(siteName(plan.wishes.site), w.from.toString(Qt::ISODate), w.to.toString(Qt::ISODate))
            .in(lang);
    const QStringList commands = curlCommands(plan);
    qsizetype next = 0;
    for (const FetchRequest &r : plan.requests) {
        if (!r.enabled)
            continue;
        text += QStringLiteral("# %1: %2\n%3\n")
                    .arg(r.purpose, visible(r.label.in(lang)), commands.value(next++));
        if (r.paging != Paging::None)
            text += Text{"#   ページが続く限り\n", "#   and its further pages\n"}.in(lang);
        if (r.follow == FetchFollow::Monitors)
            text += Text{"#   このサービスの名があるモニターは 1 つずつ、手順書も\n",
                         "#   each monitor that names this service once more, with its runbooks\n"}
                        .in(lang);
        if (r.follow == FetchFollow::Dashboards)
            text += Text{"#   このサービスの名があるダッシュボードを 5 枚まで\n",
                         "#   up to 5 dashboards that name this service\n"}
                        .in(lang);
        if (r.follow == FetchFollow::Teams)
            text +=
                Text{"#   このサービスのチームの通知先\n", "#   notification rules of this service's teams\n"}
                    .in(lang);
    }
    return text;
}

} // namespace tenken::app
