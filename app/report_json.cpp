// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report.h"

#include <review/standing.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tenken::app {

namespace {

QString safe(const QString &text)
{
    return maskSecrets(text);
}

QJsonValue acceptance(const std::optional<Acceptance> &waived)
{
    if (!waived)
        return QJsonValue::Null;
    return QJsonObject{{"reason", safe(waived->reason)}, {"approver", safe(waived->approver)},
                       {"expires", waived->expires.toString(Qt::ISODate)}};
}

QJsonArray loosenedArray(const std::vector<Loosening> &list, Lang lang)
{
    QJsonArray array;
    for (const Loosening &l : list)
        array.append(QJsonObject{{"parameter", l.parameter},
                                 {"from", l.from},
                                 {"to", l.to},
                                 {"line", l.span.line},
                                 {"reason", safe(l.reason)},
                                 {"waived", acceptance(l.waived)},
                                 {"words", safe(l.words().in(lang))}});
    return array;
}

QJsonObject findingObject(const Finding &finding, Lang lang)
{
    return {
        {"rule", finding.rule},
        {"verdict", toString(finding.verdict)},
        {"title", safe(finding.title.in(lang))},
        {"object", safe(finding.object)},
        {"container", finding.container},
        {"file", finding.file},
        {"line", finding.span.line},
        {"column", finding.span.column},
        {"endLine", finding.span.endLine},
        {"endColumn", finding.span.endColumn},
        {"measured", safe(finding.measured.in(lang))},
        {"wanted", safe(finding.wanted.in(lang))},
        {"reason", safe(finding.reason.in(lang))},
        {"remedy", safe(finding.remedy.in(lang))},
        {"snippet", safe(finding.snippet)},
        {"waived", acceptance(finding.waived)},
    };
}

QJsonObject itemObject(const ItemResult &result, const ItemStanding &standing, Lang lang)
{
    QJsonArray findings;
    for (const Finding &finding : result.findings)
        findings.append(findingObject(finding, lang));
    return {
        {"id", result.id},
        {"verdict", toString(result.verdict)},
        {"judgedBy", result.machine ? "machine" : "people"},
        {"level", standing.item->level == Level::Must ? "must" : "should"},
        {"standing", toString(standing.standing)},
        {"blocks", standing.blocks},
        {"needed", standing.needed},
        {"stale", standing.stale ? QJsonValue(safe(standing.staleWhy.in(lang))) : QJsonValue::Null},
        {"waivable", standing.item->waivable},
        {"overridesFail", standing.overridesFail},
        {"findings", findings},
        {"loosened", loosenedArray(result.loosened, lang)},
    };
}

QJsonArray stages(const Outcome &outcome, Lang lang)
{
    QJsonArray array;
    for (const StageOutcome &stage : outcome.stages) {
        QJsonArray blockers;
        for (const QString &id : stage.blockers)
            blockers.append(id);
        array.append(QJsonObject{{"id", stage.id},
                                 {"title", stage.title.in(lang)},
                                 {"decision", toString(stage.decision)},
                                 {"applied", stage.applied},
                                 {"blockers", blockers},
                                 {"lead", stage.lead.in(lang)}});
    }
    return array;
}

QJsonArray forecast(const Outcome &outcome, Lang lang)
{
    QJsonArray array;
    for (const ForecastDay &day : outcome.forecast) {
        QJsonArray items;
        for (const QString &id : day.items)
            items.append(id);
        array.append(QJsonObject{{"day", day.day.toString(Qt::ISODate)}, {"decision", toString(day.decision)},
                                 {"items", items}, {"why", safe(day.why.in(lang))}});
    }
    return array;
}

QJsonArray remarks(const Judged &judged, Lang lang)
{
    QJsonArray array;
    for (const Remark &remark : judged.remarks())
        array.append(QJsonObject{{"kind", toString(remark.kind)}, {"item", remark.standing->item->id},
                                 {"words", safe(remark.words.in(lang))}, {"lacking", remark.lacking}});
    return array;
}

QJsonObject coverage(const Outcome &outcome)
{
    return {{"machine", outcome.machineJudged},
            {"attested", outcome.attested},
            {"unknown", outcome.unknown},
            {"stale", outcome.stale}};
}

QJsonObject summary(const Assessment &assessment)
{
    QMap<QString, int> counts{{"pass", 0}, {"warn", 0}, {"fail", 0}, {"unknown", 0}, {"n/a", 0}};
    int people = 0;
    for (const ItemResult &item : assessment.items) {
        if (item.machine)
            ++counts[toString(item.verdict)];
        else
            ++people;
    }
    QJsonObject object;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        object.insert(it.key(), it.value());
    object.insert(QStringLiteral("people"), people);
    return object;
}

QJsonArray problems(const std::vector<Problem> &list, Lang lang)
{
    QJsonArray array;
    for (const Problem &problem : list) {
        array.append(QJsonObject{{"file", problem.file},
                                 {"line", problem.span.line},
                                 {"column", problem.span.column},
                                 {"message", safe(problem.message.in(lang))},
                                 {"hint", safe(problem.hint.in(lang))}});
    }
    return array;
}

QJsonObject checklist(const Checklist &checklist, Lang lang)
{
    QJsonObject object{{"id", checklist.id}, {"version", checklist.version}};
    if (checklist.bases.isEmpty())
        return object;
    QJsonArray removed;
    for (const RemovedQuestion &r : checklist.removed)
        removed.append(QJsonObject{{"item", r.item},
                                   {"rule", r.rule},
                                   {"reason", safe(r.reason.in(lang))},
                                   {"loosened", r.loosened}});
    object.insert(QStringLiteral("extends"), QJsonArray::fromStringList(checklist.bases));
    object.insert(QStringLiteral("removed"), removed);
    return object;
}

QJsonArray roots(const Evidence &evidence)
{
    static constexpr const char *states[] = {"readable", "not-allowed", "missing"};
    QJsonArray array;
    for (const SourceRoot &root : evidence.roots)
        array.append(QJsonObject{{"name", root.name},
                                 {"path", root.path},
                                 {"state", states[size_t(root.state)]},
                                 {"line", root.span.line},
                                 {"commit", root.gitCommit},
                                 {"branch", root.gitBranch},
                                 {"dirty", root.gitDirty}});
    return array;
}

QJsonArray renderings(const Evidence &evidence)
{
    QJsonArray array;
    for (const Rendering &r : evidence.renderings)
        array.append(QJsonObject{{"name", r.name},
                                 {"program", r.program},
                                 {"sha256", QString::fromLatin1(r.sha256)},
                                 {"bytes", r.bytes}});
    return array;
}

} // namespace

QByteArray jsonReport(const Judged &judged, Lang lang)
{
    QJsonArray items;
    for (const ItemStanding &standing : judged.outcome.items) {
        if (standing.result)
            items.append(itemObject(*standing.result, standing, lang));
    }
    QJsonArray objections;
    for (const Objection &objection : judged.outcome.objections)
        objections.append(safe(objection.problem.toString(lang)));
    QJsonObject report{
        {"format", "tenken.check/1"},
        {"service", QJsonObject{{"id", judged.evidence.service.id}}},
        {"checklist", checklist(judged.checklist, lang)},
        {"decision", toString(judged.outcome.decision)},
        {"lead", safe(judged.outcome.lead.in(lang))},
        {"objections", objections},
        {"stages", stages(judged.outcome, lang)},
        {"forecast", forecast(judged.outcome, lang)},
        {"coverage", coverage(judged.outcome)},
        {"remarks", remarks(judged, lang)},
        {"summary", summary(judged.assessment)},
        {"items", items},
        {"roots", roots(judged.evidence)},
        {"renderings", renderings(judged.evidence)},
        {"unreadable", problems(judged.evidence.unreadable, lang)},
        {"warnings", problems(judged.evidence.warnings, lang)},
    };
    if (!judged.only.isEmpty())
        report.insert(QStringLiteral("only"), QJsonArray::fromStringList(judged.only));
    return QJsonDocument(report).toJson();
}

} // namespace tenken::app
