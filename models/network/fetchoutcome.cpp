// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/body.h>
#include <evidence/evidence.h>
#include <evidence/numbers.h>
#include <network/datadogfetch.h>

#include <QJsonObject>

namespace tenken
{

namespace
{

// The server's own words, as far as there are any; they may hold what was sent.
QString serversWords(const HttpAnswer &answer)
{
    constexpr qsizetype longest = 64 * 1024;
    if (answer.body.size() > longest)
        return {};
    const auto json = parseJson(QStringLiteral("r"), answer.body);
    const DatadogBody body = json ? recogniseBody(json->document) : DatadogBody{};
    return body.kind == DatadogBody::Kind::Error ? visible(maskSecrets(body.what)).left(200) : QString();
}

Text withWords(const Text &text, const HttpAnswer &answer)
{
    const QString words = serversWords(answer);
    return words.isEmpty() ? text : Text{"%1（%2）", "%1 (%2)"}.arg(text, words);
}

QString ofStatus(const HttpAnswer &answer, Text *why)
{
    switch (answer.status) {
    case 401:
    case 403:
        *why = withWords(
            {"サイトかキーが違うか、権限が足りません。", "Wrong site, wrong key or missing scope."}, answer);
        return QStringLiteral("not_readable");
    case 404:
        *why = withWords({"見つかりません。", "Not found."}, answer);
        return QStringLiteral("not_found");
    case 429:
        *why = {"呼び出し回数の上限です。", "Rate-limited."};
        return QStringLiteral("rate_limited");
    default:
        *why = withWords(Text{"状態 %1 が返りました。", "Status %1 came back."}.arg(answer.status), answer);
        return answer.status >= 500 ? QStringLiteral("server_error") : QStringLiteral("error");
    }
}

} // namespace

QString outcomeOf(const HttpAnswer &answer, Text *why)
{
    if (answer.outcome != HttpOutcome::Answered) {
        *why = answer.problem;
        return word(answer.outcome);
    }
    if (!answer.isSuccess())
        return ofStatus(answer, why);
    if (answer.body.trimmed().isEmpty()) {
        *why = {"中身のない応答です。", "The answer is empty."};
        return QStringLiteral("empty");
    }
    const auto json = parseJson(QStringLiteral("r"), answer.body);
    if (!json) {
        *why = Text{"JSON ではありません（プロキシのページか、途中で切れた応答）。%1",
                    "It is not JSON: a proxy's page, or an answer cut short. %1"}
                   .arg(json.error().message);
        return QStringLiteral("not_json");
    }
    const DatadogBody body = recogniseBody(json->document);
    if (body.kind != DatadogBody::Kind::Error)
        return {};
    *why = Text{"Datadog が断りました: %1", "Datadog refused: %1"}.arg(
        visible(maskSecrets(body.what)).left(200));
    return QStringLiteral("error");
}

Text howMuch(const QByteArray &body)
{
    const auto json = parseJson(QStringLiteral("r"), body);
    if (!json)
        return {};
    const QJsonObject o = json->document.object();
    if (o.value(u"series").isArray()) {
        qsizetype points = 0;
        const QJsonArray series = o.value(u"series").toArray();
        for (const QJsonValue &line : series)
            points += line.toObject().value(u"pointlist").toArray().size();
        if (points == 0)
            return {"この問い合わせのデータはありません", "no data for this query"};
        return Text{"%1 点（%2 本）", "%1 points (%2 series)"}.arg(formatNumber(double(points)),
                                                                   series.size());
    }
    if (const QJsonArray elements = elementsOf(json->document);
        !elements.isEmpty() || json->document.isArray() || o.value(u"data").isArray())
        return sameText(formatNumber(double(elements.size())));
    return {"あり", "there"};
}

Text summaryText(const FetchSummary &summary)
{
    constexpr qsizetype most = 5;
    Text text = Text{"%2 件中 %1 件を取りました。", "%1 of %2 fetched."}.arg(summary.good, summary.wanted);
    if (summary.end == FetchSummary::End::RateLimited)
        text = summary.message; // counts, too
    else if (!summary.message.isEmpty())
        text = Text{"%1 %2", "%1 %2"}.arg(summary.message, text);
    QStringList ja, en;
    for (const FetchRow &row : summary.rows) {
        if (row.state == FetchRow::State::Failed) {
            ja << row.label.ja;
            en << row.label.en;
        }
    }
    const QString more = ja.size() > most ? QStringLiteral(" …") : QString();
    const Text names{ja.first(std::min(most, ja.size())).join(QStringLiteral("、")) + more,
                     en.first(std::min(most, en.size())).join(QStringLiteral(", ")) + more};
    if (!ja.isEmpty())
        text = Text{"%1 取れなかったもの: %2", "%1 Not fetched: %2."}.arg(text, names);
    for (const Text &remark : summary.remarks)
        text = Text{"%1 %2", "%1 %2"}.arg(text, remark);
    return text;
}

} // namespace tenken
