// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/document.h>

#include <review/standing.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tenken {

namespace {

QString safe(const QString &text)
{
    return maskSecrets(text);
}

QJsonObject both(const Text &text)
{
    return {{"ja", safe(text.ja)}, {"en", safe(text.en)}};
}

template<typename Kind>
QJsonObject answerObject(const Answer<Kind> &answer)
{
    QJsonArray links;
    for (const QString &link : answer.links)
        links.append(safe(link));
    QJsonArray relied;
    for (const Relied &r : answer.relied)
        relied.append(toString(r));
    return {{"answer", toString(answer.answer)},
            {"note", safe(answer.note)},
            {"links", links},
            {"by", answer.by},
            {"at", answer.at.isValid() ? answer.at.toString(Qt::ISODate) : QString()},
            {"commit", answer.commit},
            {"asked", answer.asked},
            {"relied", relied}};
}

QJsonObject waiverObject(const Waiver &w)
{
    QJsonObject object{{"reason", safe(w.reason)}, {"control", safe(w.control)}, {"requester", w.requester},
                       {"approver", w.approver}, {"expires", w.expires.toString(Qt::ISODate)}};
    const std::pair<const char *, const QString &> more[] = {
        {"link", w.link}, {"rule", w.rule}, {"object", w.object}, {"container", w.container},
        {"finding", w.finding}, {"parameter", w.parameter}};
    for (const auto &[key, value] : more) {
        if (!value.isEmpty())
            object.insert(QLatin1StringView(key), safe(value));
    }
    if (w.value)
        object.insert(QStringLiteral("value"), *w.value);
    return object;
}

QJsonValue acceptance(const std::optional<Acceptance> &waived)
{
    if (!waived)
        return QJsonValue::Null;
    return QJsonObject{{"reason", safe(waived->reason)}, {"approver", waived->approver},
                       {"expires", waived->expires.toString(Qt::ISODate)}};
}

QJsonArray findingArray(const std::vector<Finding> &findings)
{
    QJsonArray array;
    for (const Finding &f : findings) {
        array.append(QJsonObject{{"rule", f.rule},
                                 {"verdict", toString(f.verdict)},
                                 {"title", both(f.title)},
                                 {"object", f.object},
                                 {"container", f.container},
                                 {"file", f.file},
                                 {"line", f.span.line},
                                 {"column", f.span.column},
                                 {"endLine", f.span.endLine},
                                 {"endColumn", f.span.endColumn},
                                 {"measured", both(f.measured)},
                                 {"wanted", both(f.wanted)},
                                 {"reason", both(f.reason)},
                                 {"remedy", both(f.remedy)},
                                 {"waived", acceptance(f.waived)}});
    }
    return array;
}

QJsonArray dissentArray(const std::vector<StatedDissent> &dissents, const QString &item)
{
    QJsonArray array;
    for (const StatedDissent &d : dissents) {
        if (d.item == item)
            array.append(QJsonObject{{"who", safe(d.said.who)}, {"what", safe(d.said.what)},
                                     {"day", d.day.toString(Qt::ISODate)}, {"meeting", d.meeting}});
    }
    return array;
}

/// Whether anything was decided by it: not where it is incomplete, ended, or the item can never be waived.
bool isCounted(const ItemStanding &s, const Waiver &waiver)
{
    const auto covers = [&](const auto &what) {
        return what.waived && waiver.isComplete() && waiver.isAbout(what)
            && what.waived->expires == waiver.expires && what.waived->approver == waiver.approver
            && what.waived->reason == waiver.reason;
    };
    return s.waiver == &waiver
        || (s.result
            && (std::ranges::any_of(s.result->findings, covers)
                || std::ranges::any_of(s.result->loosened, covers)));
}

QJsonObject itemObject(const ItemStanding &s, const std::vector<StatedDissent> &dissents)
{
    QJsonObject object{{"id", s.item->id},
                       {"title", both(s.item->title)},
                       {"level", s.item->level == Level::Must ? "must" : "should"},
                       {"asked", questionDigest(*s.item)},
                       {"standing", both(label(s.standing))},
                       {"blocks", s.blocks},
                       {"needed", s.needed},
                       {"overridesFail", s.overridesFail},
                       {"dissents", dissentArray(dissents, s.item->id)}};
    if (s.stale)
        object.insert(QStringLiteral("stale"), both(s.staleWhy));
    if (s.result && s.result->machine)
        object.insert(QStringLiteral("verdict"), toString(s.result->verdict));
    if (s.result)
        object.insert(QStringLiteral("findings"), findingArray(s.result->findings));
    QJsonArray loosened;
    for (const Loosening &l : s.result ? s.result->loosened : std::vector<Loosening>())
        loosened.append(QJsonObject{{"parameter", l.parameter}, {"from", l.from}, {"to", l.to},
                                    {"reason", safe(l.reason)}, {"waived", acceptance(l.waived)}});
    object.insert(QStringLiteral("loosened"), loosened);
    if (!s.review)
        return object;
    object.insert(QStringLiteral("team"), answerObject(s.review->team));
    object.insert(QStringLiteral("reviewer"), answerObject(s.review->reviewer));
    QJsonArray waivers, actions;
    for (const Waiver &w : s.review->waivers) {
        QJsonObject waiver = waiverObject(w);
        waiver.insert(QStringLiteral("counts"), isCounted(s, w));
        waivers.append(waiver);
    }
    for (const Action &a : s.review->actions)
        actions.append(QJsonObject{{"text", safe(a.text)}, {"owner", a.owner}, {"link", safe(a.link)},
                                   {"due", a.due.toString(Qt::ISODate)}, {"done", a.done}});
    object.insert(QStringLiteral("waivers"), waivers);
    object.insert(QStringLiteral("actions"), actions);
    return object;
}

QJsonObject checklistObject(const Checklist &checklist)
{
    QJsonObject object{{"id", checklist.id}, {"version", checklist.version}};
    if (checklist.bases.isEmpty())
        return object;
    QJsonArray removed;
    for (const RemovedQuestion &r : checklist.removed)
        removed.append(QJsonObject{
            {"item", r.item}, {"rule", r.rule}, {"reason", both(r.reason)}, {"loosened", r.loosened}});
    object.insert(QStringLiteral("extends"), QJsonArray::fromStringList(checklist.bases));
    object.insert(QStringLiteral("removed"), removed);
    return object;
}

} // namespace

namespace {

QJsonArray rootArray(const Evidence &evidence)
{
    QJsonArray array;
    for (const SourceRoot &root : evidence.roots)
        array.append(QJsonObject{{"name", root.name},
                                 {"path", root.path},
                                 {"read", root.state == SourceRoot::State::Readable},
                                 {"commit", root.gitCommit},
                                 {"branch", root.gitBranch},
                                 {"dirty", root.gitDirty}});
    return array;
}

QJsonArray renderingArray(const Evidence &evidence)
{
    QJsonArray array;
    for (const Rendering &r : evidence.renderings)
        array.append(QJsonObject{{"name", r.name},
                                 {"program", r.program},
                                 {"sha256", QString::fromLatin1(r.sha256)},
                                 {"bytes", r.bytes}});
    return array;
}

QJsonArray stageArray(const Outcome &outcome)
{
    QJsonArray array;
    for (const StageOutcome &stage : outcome.stages)
        array.append(QJsonObject{
            {"id", stage.id}, {"title", both(stage.title)}, {"decision", toString(stage.decision)},
            {"applied", stage.applied}});
    return array;
}

QJsonArray forecastArray(const Outcome &outcome)
{
    QJsonArray array;
    for (const ForecastDay &day : outcome.forecast)
        array.append(QJsonObject{
            {"day", day.day.toString(Qt::ISODate)},
            {"decision", toString(day.decision)},
            {"items", QJsonArray::fromStringList(QStringList(day.items.begin(), day.items.end()))},
            {"why", both(day.why)}});
    return array;
}

} // namespace

QByteArray reviewJson(const DocumentInput &input)
{
    const Evidence &evidence = *input.evidence;
    QJsonArray items, files;
    for (const ItemStanding &s : input.outcome->items)
        items.append(itemObject(s, input.dissents));
    for (const SourceFile &file : evidence.files)
        files.append(QJsonObject{
            {"path", file.path}, {"sha256", QString::fromLatin1(file.sha256)}, {"bytes", file.bytes}});
    // QJsonObject keeps its keys sorted: the same review gives the same bytes.
    QJsonObject review{
        {"format", "tenken.review/1"},
        {"service",
         QJsonObject{{"id", evidence.service.id},
                     {"name", both(evidence.service.name)},
                     {"team", evidence.service.team}}},
        {"checklist", checklistObject(*input.checklist)},
        {"decision", toString(input.outcome->decision)},
        {"lead", both(input.outcome->lead)},
        {"stages", stageArray(*input.outcome)},
        {"forecast", forecastArray(*input.outcome)},
        {"judgedAt", input.judgedAt.toString(Qt::ISODate)},
        {"program", QStringLiteral("tenken %1").arg(input.programVersion)},
        {"commit", evidence.gitCommit},
        {"evidenceDigest", QString::fromLatin1(evidence.digest())},
        {"evidence", files},
        {"roots", rootArray(evidence)},
        {"renderings", renderingArray(evidence)},
        {"items", items},
    };
    if (input.frozen)
        review.insert(QStringLiteral("signOff"), frozenObject(*input.frozen));
    return QJsonDocument(review).toJson();
}

QByteArray evidenceDigests(const Evidence &evidence)
{
    QByteArray lines;
    for (const SourceFile &file : evidence.files)
        lines += file.sha256 + "  " + file.path.toUtf8() + '\n';
    return lines;
}

} // namespace tenken
