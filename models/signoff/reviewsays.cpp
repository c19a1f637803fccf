// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/reviewsays.h>

#include <evidence/files.h>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace tenken {

namespace {

constexpr int mostStages = 50, mostRoots = 100;
constexpr int mostDays = 3660; // what a checklist may ask for at most

QJsonObject objectIn(const QByteArray &reviewJson)
{
    return QJsonDocument::fromJson(reviewJson).object();
}

/// The days on which waivers that count end.
QDate firstEndOfWaivers(const QJsonArray &items)
{
    QDate first;
    for (const QJsonValue &item : items) {
        for (const QJsonValue &waiver : item[u"waivers"].toArray()) {
            const QDate ends = QDate::fromString(waiver[u"expires"].toString(), Qt::ISODate);
            if (waiver[u"counts"].toBool() && ends.isValid() && (!first.isValid() || ends < first))
                first = ends;
        }
    }
    return first;
}

} // namespace

Text ReviewSays::ruling() const
{
    const bool known = std::ranges::any_of(std::array{Decision::Go, Decision::ConditionalGo, Decision::NoGo},
                                           [&](Decision d) { return decision == toString(d); });
    if (!known || stageTitle.isEmpty())
        return known ? sameText(decision) : Text{};
    return Text{"%1(段階 %2)", "%1 for stage %2"}.arg(decision, stageTitle);
}

ReviewSays readReviewSays(const QByteArray &reviewJson)
{
    const QJsonObject root = objectIn(reviewJson);
    ReviewSays says{root[u"decision"].toString(), {}, {}};
    for (const QJsonValue &stage : root[u"stages"].toArray()) {
        const QString id = stage[u"id"].toString().left(100);
        if (says.stages.size() < mostStages)
            says.stages << id;
        if (!stage[u"applied"].toBool() || !says.stage.isEmpty())
            continue;
        says.stage = id;
        const QJsonValue title = stage[u"title"]; // documents of earlier versions name the id alone
        says.stageTitle = title.isObject()
            ? Text{title[u"ja"].toString().left(100), title[u"en"].toString().left(100)}
            : sameText(says.stage);
    }
    const QJsonValue checklist = root[u"checklist"];
    says.checklistId = checklist[u"id"].toString().left(100);
    says.checklistVersion = checklist[u"version"].toVariant().toString().left(100);
    if (root[u"roots"].isArray()) {
        says.roots.emplace();
        for (const QJsonValue &entry : root[u"roots"].toArray()) {
            if (says.roots->size() < mostRoots)
                says.roots->append(entry[u"name"].toString());
        }
    }
    return says;
}

Text contradictionIn(const QByteArray &reviewJson, const Frozen &frozen)
{
    const QJsonObject root = objectIn(reviewJson);
    const QString decision = root[u"decision"].toString();
    const QJsonArray items = root[u"items"].toArray();
    const auto blocking =
        std::ranges::find_if(items, [](const QJsonValue &item) { return item[u"blocks"].toBool(); });
    if (blocking != items.end() && decision != toString(Decision::NoGo))
        return Text{"判定が %1 なのに、%2 が妨げています。", "It decides %1, although %2 stands against it."}.arg(
            decision, (*blocking)[u"id"].toString().left(100));
    const QString until = frozen.validUntil.toString(Qt::ISODate);
    if (frozen.validUntil > frozen.judgedAt.date().addDays(mostDays))
        return Text{"%1 まで有効というのは、どのチェックリストよりも長い期間です。",
                    "No checklist lets a review hold until %1."}
            .arg(until);
    if (const QDate ends = firstEndOfWaivers(items); ends.isValid() && frozen.validUntil > ends)
        return Text{"%1 まで有効としながら、%2 に終わる免除を数えています。",
                    "It holds until %1, yet stands on a waiver that ends on %2."}
            .arg(until, ends.toString(Qt::ISODate));
    return {};
}

Text wrongWithReview(const SignedDocument &document, const QByteArray &reviewJson, const Frozen &frozen)
{
    if (!document.bodyFilesAreSound())
        return {"添付の長さか検査値が、PDF の述べるものと違います。書き出された後に書き換えられています。",
                "The attachments are not those the PDF states: they were edited after it was exported."};
    if (const Text against = contradictionIn(reviewJson, frozen); !against.isEmpty())
        return Text{"review.json が自らと矛盾しています。%1", "review.json contradicts itself. %1"}.arg(against);
    const QList<QByteArray> printed = reviewDigestsOnPages(document.body);
    if (printed.isEmpty() || printed.contains(sha256Hex(reviewJson)))
        return {};
    return Text{"紙面に印刷された review.json の要約値は %1… で、添付のものではありません。",
                "The pages print the digest %1… for review.json: it is another than the one attached."}
        .arg(QString::fromLatin1(printed.first().first(12)));
}

} // namespace tenken
