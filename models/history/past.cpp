// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/past.h>

#include <review/standing.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestReview = 64 * 1024 * 1024;
constexpr qsizetype mostItems = 5'000, mostFiles = 200'000;

Text textOf(const QJsonValue &value)
{
    return value.isString() ? sameText(value.toString()) : Text{value[u"ja"].toString(), value[u"en"].toString()};
}

std::optional<Verdict> verdictOf(const QString &word)
{
    static constexpr std::array all = {Verdict::Pass, Verdict::Warn, Verdict::Fail, Verdict::Unknown, Verdict::NotApplicable};
    const auto it = std::ranges::find(all, word, [](Verdict v) { return toString(v); });
    return it == all.end() ? std::nullopt : std::optional(*it);
}

std::optional<Standing> standingOf(const Text &words)
{
    static constexpr std::array all = {Standing::Pass,       Standing::Attested,      Standing::Warn,  Standing::Fail, Standing::Unknown,
                                       Standing::Unanswered, Standing::NotApplicable, Standing::Waived};
    const auto it = std::ranges::find_if(all, [&](Standing s) { return label(s).en == words.en || toString(s) == words.en; });
    return it == all.end() ? std::nullopt : std::optional(*it);
}

std::optional<Decision> decisionOf(const QString &word)
{
    static constexpr std::array all = {Decision::Go, Decision::ConditionalGo, Decision::NoGo};
    const auto it = std::ranges::find(all, word, [](Decision d) { return toString(d); });
    return it == all.end() ? std::nullopt : std::optional(*it);
}

PastItem::Said saidOf(const QJsonValue &value)
{
    return {value[u"answer"].toString(), value[u"by"].toString()};
}

PastWaiver waiverOf(const QJsonValue &value)
{
    PastWaiver waiver{value[u"reason"].toString(), QDate::fromString(value[u"expires"].toString(), Qt::ISODate)};
    for (const char *key : {"requester", "approver", "control", "link", "rule", "object", "container", "finding", "parameter"})
        waiver.rest << value[QLatin1StringView(key)].toString();
    const QJsonValue limit = value[u"value"];
    waiver.rest << (limit.isDouble() ? QString::number(limit.toDouble()) : QString());
    return waiver;
}

PastWaiver presentWaiver(const Waiver &w)
{
    PastWaiver waiver{maskSecrets(w.reason), w.expires, {w.requester, w.approver}};
    for (const QString *text : {&w.control, &w.link, &w.rule, &w.object, &w.container, &w.finding, &w.parameter})
        waiver.rest << maskSecrets(*text);
    waiver.rest << (w.value ? QString::number(*w.value) : QString());
    return waiver;
}

PastItem itemOf(const QJsonObject &object)
{
    PastItem item;
    item.id = object[u"id"].toString();
    item.title = textOf(object[u"title"]);
    if (item.title.isEmpty())
        item.title = sameText(item.id);
    item.verdict = verdictOf(object[u"verdict"].toString());
    item.standing = textOf(object[u"standing"]);
    item.stands = standingOf(item.standing);
    item.team = saidOf(object[u"team"]);
    item.reviewer = saidOf(object[u"reviewer"]);
    item.asked = object[u"asked"].toString();
    for (const QJsonValue &finding : object[u"findings"].toArray())
        item.files << finding[u"file"].toString();
    item.files.removeAll(QString());
    item.files.sort();
    item.files.removeDuplicates();
    for (const QJsonValue &waiver : object[u"waivers"].toArray())
        item.waivers.push_back(waiverOf(waiver));
    item.level = object[u"level"].toString();
    return item;
}

template<typename Kind>
PastItem::Said saidIn(const Answer<Kind> &answer)
{
    return {toString(answer.answer), answer.by};
}

PastItem presentItem(const ItemStanding &s)
{
    PastItem item{s.item->id, s.item->title, {}, label(s.standing), s.standing, {}, {}, questionDigest(*s.item), {}, {},
                  s.item->level == Level::Must ? u"must"_s : u"should"_s};
    if (s.result && s.result->machine)
        item.verdict = s.result->verdict;
    for (const Finding &finding : s.result ? s.result->findings : std::vector<Finding>())
        item.files << finding.file;
    item.files.removeAll(QString());
    item.files.sort();
    item.files.removeDuplicates();
    if (s.review) {
        item.team = saidIn(s.review->team);
        item.reviewer = saidIn(s.review->reviewer);
        for (const Waiver &waiver : s.review->waivers)
            item.waivers.push_back(presentWaiver(waiver));
    }
    return item;
}

std::unexpected<Problem> notAReview(const QString &file, const Text &why)
{
    return failure({file, {}, Text{"レビューの記録として読めません。%1", "It is no record of a review: %1"}.arg(why),
                    {"Tenken が書き出した文書を選んでください。", "Choose a document that Tenken wrote."}});
}

} // namespace

const PastItem *PastReview::item(const QString &id) const
{
    const auto it = std::ranges::find(items, id, &PastItem::id);
    return it == items.end() ? nullptr : &*it;
}

SectionCount PastReview::count() const
{
    SectionCount count;
    for (const PastItem &item : items) {
        switch (item.stands.value_or(Standing::Unknown)) {
        case Standing::Pass:
        case Standing::Attested: ++count.pass; break;
        case Standing::Warn:
        case Standing::Waived: ++count.warn; break;
        case Standing::Fail: ++count.fail; break;
        case Standing::NotApplicable: ++count.notApplicable; break;
        case Standing::Unknown:
        case Standing::Unanswered: ++count.unknown; break;
        }
    }
    return count;
}

PastReview presentReview(const Evidence &evidence, const Checklist &checklist, const Outcome &outcome, const QDateTime &at,
                         const QString &programVersion)
{
    PastReview now;
    now.serviceId = evidence.service.id;
    now.checklist = u"%1 %2"_s.arg(checklist.id, checklist.version);
    now.program = u"tenken %1"_s.arg(programVersion);
    now.commit = evidence.gitCommit;
    now.judgedAt = at;
    now.decision = outcome.decision;
    now.lead = outcome.lead;
    for (const SourceFile &file : evidence.files)
        now.evidence.insert(file.path, file.sha256);
    for (const ItemStanding &s : outcome.items)
        now.items.push_back(presentItem(s));
    return now;
}

Result<PastReview> readPastReview(const QByteArray &reviewJson, const QString &file)
{
    if (reviewJson.size() > largestReview)
        return notAReview(file, {"大きすぎます。", "it is too large."});
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(reviewJson, &error).object();
    if (error.error != QJsonParseError::NoError)
        return notAReview(file, sameText(error.errorString()));
    const QString format = object[u"format"].toString();
    const QJsonArray items = object[u"items"].toArray(), files = object[u"evidence"].toArray();
    if (!format.startsWith(u"tenken.review/") || items.isEmpty())
        return notAReview(file, {"format か items がありません。", "format or items are missing."});
    if (items.size() > mostItems || files.size() > mostFiles)
        return notAReview(file, {"項目かファイルが多すぎます。", "it has too many items or files."});
    PastReview past;
    past.file = file;
    past.serviceId = object[u"service"][u"id"].toString();
    past.checklist = u"%1 %2"_s.arg(object[u"checklist"][u"id"].toString(), object[u"checklist"][u"version"].toString());
    past.program = object[u"program"].toString();
    past.commit = object[u"commit"].toString();
    past.judgedAt = QDateTime::fromString(object[u"judgedAt"].toString(), Qt::ISODate);
    past.decision = decisionOf(object[u"decision"].toString());
    past.lead = textOf(object[u"lead"]);
    for (const QJsonValue &item : items)
        past.items.push_back(itemOf(item.toObject()));
    for (const QJsonValue &one : files)
        past.evidence.insert(one[u"path"].toString(), one[u"sha256"].toString().toLatin1());
    return past;
}

} // namespace tenken
