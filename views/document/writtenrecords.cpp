// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/writer.h>

#include <items/coveragewords.h>
#include <review/standing.h>
#include <rules/seriespicture.h>

#include <algorithm>

namespace tenken {

namespace {

using Kind = WrittenRun::Kind;

WrittenCell code(const QString &text)
{
    return {{{text, Kind::Code}}};
}

void writeWaivers(WrittenWriter &w)
{
    std::vector<std::vector<WrittenCell>> rows;
    for (const ItemReview &item : w.input.review->items) {
        const Item *question = w.input.checklist->item(item.id);
        for (const Waiver &waiver : item.waivers) {
            WrittenCell what{{{w.in(question ? question->title : sameText(item.id)), Kind::Strong}}};
            if (const Text target = targetOf(waiver); !target.isEmpty())
                what.runs.push_back({w.in(target), Kind::Plain, true});
            WrittenCell why{{{waiver.reason}}};
            if (!waiver.link.isEmpty())
                why.runs.push_back({waiver.link, Kind::Link, true});
            const bool expired = waiver.expires < w.input.judgedAt.date();
            WrittenCell until = words(waiver.expires.toString(Qt::ISODate));
            if (expired)
                until.runs.push_back({w.in({"期限切れ", "expired"}), Kind::Strong});
            rows.push_back({what, why, words(waiver.control), words(waiver.requester), words(waiver.approver), until});
        }
    }
    if (rows.empty())
        return;
    w.heading(2, w.in({"免除", "Waivers"}));
    w.table({{"対象", "Of"}, {"理由", "Reason"}, {"代替策", "Compensating control"}, {"申請", "Requested by"},
             {"承認", "Approved by"}, {"期限", "Expires"}},
            std::move(rows));
}

void writeActions(WrittenWriter &w)
{
    std::vector<std::vector<WrittenCell>> rows;
    for (const ItemReview &item : w.input.review->items) {
        for (const Action &action : item.actions) {
            WrittenCell what = words(action.text);
            if (!action.link.isEmpty())
                what.runs.push_back({action.link, Kind::Link});
            rows.push_back({words(action.due.toString(Qt::ISODate)), what, words(action.owner), code(item.id),
                            words(w.in(action.done ? Text{"済み", "done"} : Text{"未了", "open"}))});
        }
    }
    if (rows.empty())
        return;
    w.heading(2, w.in({"アクション", "Actions"}));
    w.table({{"期日", "Due"}, {"すること", "What"}, {"担当", "Owner"}, {"項目", "Item"}, {"状態", "State"}}, std::move(rows));
}

void writeDecisionRule(WrittenWriter &w)
{
    w.heading(2, w.in({"判定の規則", "How the decision is made"}));
    const DecisionRule &rule = w.input.checklist->decision;
    std::vector<std::vector<WrittenCell>> rows;
    for (const auto &[decision, text] : {std::pair{Decision::Go, rule.goText}, std::pair{Decision::ConditionalGo, rule.conditionalText},
                                         std::pair{Decision::NoGo, rule.noGoText}})
        rows.push_back({{{{w.in(label(decision))}}, glyphOf(decision)}, words(w.in(text))});
    w.table({}, std::move(rows));
    QStringList names;
    for (const ItemStanding *s : w.input.outcome->blockers())
        names << u"%1 (%2)"_s.arg(w.in(s->item->title), w.in(label(s->standing)));
    if (!names.isEmpty())
        w.paragraph(w.in(Text{"止めているもの: %1", "What blocks: %1"}.arg(names.join(w.in({"、", ", "})))));
}

void writeOverrides(WrittenWriter &w)
{
    std::vector<std::vector<WrittenCell>> rows;
    for (const ParameterOverride &o : w.input.evidence->service.overrides)
        rows.push_back({code(o.item), code(o.parameter), words(QString::number(o.value)), words(o.reason)});
    if (rows.empty())
        return;
    w.heading(2, w.in({"サービスが変えたパラメーター", "Parameters set by the service"}));
    w.table({{"項目", "Item"}, {"パラメーター", "Parameter"}, {"値", "Value"}, {"理由", "Reason"}}, std::move(rows));
}

void writeProblems(WrittenWriter &w)
{
    std::vector<std::vector<WrittenCell>> rows;
    for (const Problem &problem : w.input.evidence->unreadable)
        rows.push_back({code(problem.location()), words(w.in(problem.message))});
    if (rows.empty())
        return;
    w.heading(2, w.in({"読めなかったもの", "What could not be read"}));
    w.table({{"場所", "Where"}, {"何が", "What"}}, std::move(rows));
}

void writeEvidence(WrittenWriter &w)
{
    w.heading(2, w.in({"証拠", "Evidence"}));
    std::vector<std::vector<WrittenCell>> rows;
    for (const SourceFile &file : w.input.evidence->files)
        rows.push_back({words(u"E%1"_s.arg(w.numbers.value(file.path))), code(file.path), words(QString::number(file.bytes)),
                        code(QString::fromLatin1(file.sha256))});
    w.table({{}, {"ファイル", "File"}, {"バイト", "Bytes"}, sameText(u"sha256"_s)}, std::move(rows));
    rows.clear();
    for (const SourceRoot &root : w.input.evidence->roots) {
        const bool read = root.state == SourceRoot::State::Readable;
        rows.push_back({words(root.name), code(root.path),
                        read ? code(u"%1 %2"_s.arg(root.gitBranch, root.gitCommit).trimmed()) : words(w.in({"読んでいません", "not read"}))});
    }
    for (const Rendering &r : w.input.evidence->renderings)
        rows.push_back({words(r.program.isEmpty() ? w.in({"組み立て済み", "rendered"}) : r.program), code(r.name),
                        code(u"sha256 "_s + QString::fromLatin1(r.sha256))});
    if (rows.empty())
        return;
    w.heading(2, w.in({"証拠の出どころ", "Where evidence comes from"}));
    w.table({{"名前", "Name"}, {"場所", "Path"}, {"版", "Version"}}, std::move(rows));
}

WrittenCell needCell(const WrittenWriter &w, const NeedCoverage &need)
{
    WrittenCell cell;
    for (const auto *list : {&need.evidence, &need.near}) {
        for (const MonitorReading *r : *list)
            cell.runs.push_back({u"%1 (%2)"_s.arg(r->monitor->name, w.in(markOf(need, *r).word)), Kind::Plain, !cell.runs.empty()});
    }
    for (const CoverageReason &reason : need.reasons) {
        cell.runs.push_back({w.in(reason.text), Kind::Plain, !cell.runs.empty()});
        if (const QString place = placeOf(w.numbers, reason.file, reason.span); !place.isEmpty())
            cell.runs.push_back({place, Kind::Code});
    }
    return cell;
}

WrittenCell monitorCell(const WrittenWriter &w, const MonitorReading &reading)
{
    WrittenCell cell;
    for (const MonitorFact &fact : factsOf(reading))
        cell.runs.push_back({u"%1: %2"_s.arg(w.in(fact.name), w.in(fact.words)), fact.isCode ? Kind::Code : Kind::Plain,
                             !cell.runs.empty()});
    return cell;
}

/// The series that own monitors watch, each once.
void writeSeries(WrittenWriter &w, const Coverage &coverage)
{
    constexpr int most = 6;
    QStringList drawn;
    for (const MonitorReading *r : coverage.own()) {
        for (const MetricSeries &s : seriesWatchedBy(*r->monitor, w.input.evidence->datadog.series)) {
            if (drawn.contains(s.query + s.scope) || drawn.size() == most)
                continue;
            drawn << s.query + s.scope;
            const SeriesPicture picture = inContext({sameText(s.metric), {s}, {}}, *w.input.evidence);
            w.figure(u"M-%1"_s.arg(drawn.size()), {picture.title, s.query, std::make_shared<const Picture>(picture)});
        }
    }
}

} // namespace

void writeWrittenMonitoring(WrittenWriter &w)
{
    const Coverage coverage = coverageOf(*w.input.evidence);
    if (!coverage.readable)
        return; // the section about monitoring says why it cannot be told
    w.heading(2, w.in({"監視が知らせること", "What the monitors tell"}));
    w.paragraph(w.in(sentenceOf(coverage)));
    std::vector<std::vector<WrittenCell>> rows;
    for (const NeedCoverage &need : coverage.needs)
        rows.push_back({{{{w.in(label(need.answer))}}, glyphOf(verdictOf(need.answer))}, words(w.in(need.need.name)), needCell(w, need)});
    w.table({{"答え", "Answer"}, {"知らせる必要", "Need"}, {"監視と理由", "Monitors, and why"}}, std::move(rows));
    rows.clear();
    for (const MonitorReading *r : coverage.own())
        rows.push_back({{{{w.in(label(r->reach))}}, glyphOf(verdictOf(r->reach))}, words(r->monitor->name), monitorCell(w, *r)});
    if (!rows.empty())
        w.table({{"状態", "State"}, {"監視", "Monitor"}, {"行き先、止めているもの、手順", "Receivers, what holds it back, runbook"}},
                std::move(rows));
    writeSeries(w, coverage);
}

void writeWrittenRecords(WrittenWriter &w)
{
    if (w.input.review) {
        writeWaivers(w);
        writeActions(w);
    }
    writeDecisionRule(w);
    writeOverrides(w);
    writeProblems(w);
    writeEvidence(w);
}

} // namespace tenken
