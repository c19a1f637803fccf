// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/writer.h>

#include <algorithm>

namespace tenken {

namespace {

using Kind = WrittenRun::Kind;

WrittenCell verdictCell(const WrittenWriter &w, const ItemStanding &s)
{
    if (!s.result || !s.result->machine)
        return words(w.in({"人が回答", "people"}));
    return {{{w.in(label(s.result->verdict))}}, glyphOf(s.result->verdict)};
}

WrittenCell itemCell(const WrittenWriter &w, const ItemStanding &s)
{
    WrittenCell cell{{{w.in(s.item->title), Kind::Strong}}};
    if (s.item->level == Level::Should)
        cell.runs.push_back({w.in({"(推奨)", "(should)"})});
    cell.runs.push_back({s.item->id, Kind::Code, true});
    return cell;
}

void addFinding(const WrittenWriter &w, WrittenCell &cell, const Finding &f)
{
    cell.runs.push_back({w.in(f.title), Kind::Strong, !cell.runs.empty()});
    QString values = w.in(f.measured);
    if (!f.wanted.isEmpty())
        values += w.in(Text{"、基準 %1", ", wanted %1"}.arg(f.wanted));
    if (!values.isEmpty())
        cell.runs.push_back({values});
    if (f.verdict != Verdict::Pass && !f.reason.isEmpty())
        cell.runs.push_back({w.in(f.reason), Kind::Plain, true});
    if (f.verdict != Verdict::Pass && !f.remedy.isEmpty())
        cell.runs.push_back({u"→ "_s + w.in(f.remedy), Kind::Plain, true});
    if (f.waived)
        cell.runs.push_back(
            {w.in(Text{"免除: %1 (%2 が承認、%3 まで)", "Waived: %1 (approved by %2, until %3)"}.arg(
                 f.waived->reason, f.waived->approver, f.waived->expires.toString(Qt::ISODate))),
             Kind::Plain, true});
    QStringList where{placeOf(w.numbers, f.file, f.span), f.object, f.container};
    where.removeAll(QString());
    if (!where.isEmpty())
        cell.runs.push_back({where.join(u" · "_s), Kind::Code, true});
}

WrittenCell findingsCell(const WrittenWriter &w, const ItemStanding &s)
{
    if (!s.result || !s.result->machine)
        return words(w.in(s.why));
    constexpr size_t most = 8;
    WrittenCell cell;
    const auto findings = findingsByWeight(*s.result);
    for (size_t i = 0; i < std::min(most, findings.size()); ++i)
        addFinding(w, cell, *findings[i]);
    if (findings.size() > most)
        cell.runs.push_back(
            {w.in(Text{"ほか %1 件", "%1 more"}.arg(int(findings.size() - most))), Kind::Plain, true});
    for (const Loosening &loosened : s.result->loosened)
        cell.runs.push_back({w.in(loosened.words()), Kind::Plain, true});
    return cell;
}

template<typename Answered>
WrittenCell answerCell(const WrittenWriter &w, const Answer<Answered> &answer, bool stale)
{
    const bool open = answer.answer == Answered::Open;
    WrittenCell cell{{{open ? w.in({"未回答", "Open"}) : w.in(label(answer.answer))}},
                     stale ? Glyph::Stale : glyphOf(answer.answer)};
    if (stale)
        cell.runs.push_back({w.in({"要再確認", "Look again"}), Kind::Strong, true});
    if (!answer.note.trimmed().isEmpty())
        cell.runs.push_back({answer.note.trimmed(), Kind::Plain, true});
    for (const QString &link : answer.links)
        cell.runs.push_back({link, Kind::Link, true});
    const QString who = u"%1 %2"_s.arg(answer.by, answer.at.toString(u"yyyy-MM-dd"_s)).trimmed();
    if (!who.isEmpty())
        cell.runs.push_back({who, Kind::Plain, true});
    return cell;
}

void writeItems(WrittenWriter &w, const Section &section)
{
    WrittenPart table{WrittenPart::Kind::Table};
    table.head = {w.in({"機械", "Machine"}), w.in({"項目", "Item"}),
                  w.in({"所見 (測定値と基準)", "Findings (measured, wanted)"}), w.in({"チーム", "Team"}),
                  w.in({"レビュアー", "Reviewer"})};
    static const ItemReview nobody;
    for (const ItemStanding *s : itemsByUrgency(*w.input.outcome, section)) {
        const ItemReview &review = s->review ? *s->review : nobody;
        WrittenCell findings = findingsCell(w, *s);
        for (const Text &line : noticesFor(w.notices, *s))
            findings.runs.push_back({w.in(line), Kind::Strong, true});
        table.rows.push_back({verdictCell(w, *s), itemCell(w, *s), std::move(findings),
                              answerCell(w, review.team, s->teamStale),
                              answerCell(w, review.reviewer, s->reviewerStale)});
    }
    w.parts.push_back(std::move(table));
}

void writeSection(WrittenWriter &w, const Section &section, int number)
{
    w.heading(2, u"%1 %2"_s.arg(QString::number(number), w.in(section.title)));
    const auto count = std::ranges::find(w.input.outcome->sections, section.id, &SectionCount::id);
    if (count != w.input.outcome->sections.end())
        w.paragraph(w.in(countsInWords(*count)));
    writeItems(w, section);
    int figure = 0;
    for (const DocumentFigure &f : figuresOf(w.input, section))
        w.figure(u"%1-%2"_s.arg(number).arg(++figure), f);
}

void writeStages(WrittenWriter &w)
{
    std::vector<std::vector<WrittenCell>> rows;
    for (const StageOutcome &stage : w.input.outcome->stages) {
        WrittenCell title{{{w.in(stage.title), Kind::Strong}}};
        if (stage.applied)
            title.runs.push_back({w.in({"(申請)", "(applied for)"})});
        rows.push_back({std::move(title), {{{w.in(label(stage.decision))}}, glyphOf(stage.decision)},
                        words(w.in(stage.lead))});
    }
    if (!rows.empty())
        w.table({{"公開の段階", "Roll-out stage"}, {"判定", "Decision"}, {"理由", "Why"}}, std::move(rows));
}

void writeNotices(WrittenWriter &w)
{
    if (w.notices.empty())
        return;
    w.heading(2, w.in({"判定とあわせて知っておくこと", "To know beside the verdicts"}));
    std::vector<std::vector<WrittenCell>> rows;
    for (const Remark &notice : w.notices) {
        const Item &item = *notice.standing->item;
        WrittenCell kind{{{w.in(label(notice.kind))}}, glyphOf(notice.kind)};
        WrittenCell what{{{w.in(item.title), Kind::Strong}, {item.id, Kind::Code, true}}};
        rows.push_back({std::move(kind), std::move(what),
                        {{{w.in(notice.words), notice.lacking ? Kind::Strong : Kind::Plain}}}});
    }
    w.table({{"種類", "Kind"}, {"項目", "Item"}, {"内容", "What"}}, std::move(rows));
}

void writeCover(WrittenWriter &w)
{
    const Service &service = w.input.evidence->service;
    const Outcome &outcome = *w.input.outcome;
    w.heading(1, w.in(service.name).isEmpty() ? service.id : w.in(service.name));
    w.paragraph(w.in({"本番レディネスレビュー", "Production readiness review"}));
    WrittenPart decision;
    decision.words = {{{w.in(label(outcome.decision))}}, glyphOf(outcome.decision)};
    w.parts.push_back(decision);
    w.paragraph(w.in(outcome.lead));
    writeStages(w);
    WrittenPart table{WrittenPart::Kind::Table};
    for (const auto &facts : {identityOf(w.input), signOffOf(w.input)}) {
        for (const DocumentFact &fact : facts)
            table.rows.push_back(
                {words(w.in(fact.name)), {{{fact.value, fact.isCode ? Kind::Code : Kind::Plain}}}});
    }
    w.parts.push_back(std::move(table));
    w.heading(2, w.in({"結果", "Result"}));
    w.paragraph(w.in(countsInWords(outcome.total)));
    w.paragraph(w.in(coverageInWords(outcome)));
    writeNotices(w);
}

} // namespace

WrittenCell words(const QString &text)
{
    return {{{text}}};
}

void WrittenWriter::heading(int level, const QString &text)
{
    parts.push_back({WrittenPart::Kind::Heading, level, text});
}

void WrittenWriter::paragraph(const QString &text)
{
    WrittenPart part;
    part.words = words(text);
    parts.push_back(std::move(part));
}

void WrittenWriter::table(const std::vector<Text> &head, std::vector<std::vector<WrittenCell>> rows)
{
    WrittenPart part{WrittenPart::Kind::Table};
    for (const Text &name : head)
        part.head << in(name);
    part.rows = std::move(rows);
    parts.push_back(std::move(part));
}

void WrittenWriter::figure(const QString &number, const DocumentFigure &figure)
{
    constexpr int width = 960;
    const PictureStyle style = writtenStyle(input);
    WrittenPart part{WrittenPart::Kind::Figure};
    part.text = in(Text{"図 %1 %2", "Figure %1: %2"}.arg(number, figure.title));
    if (!figure.about.isEmpty())
        part.text += u" · "_s + figure.about;
    part.size = QSize(width, int(std::ceil(figure.height(width, style))) + 24);
    part.draw = [figure, style](QPainter &p, const QRectF &box) { figure.draw(p, box, style); };
    part.data = facetTable(*figure.picture, figure.facet, input.lang);
    parts.push_back(std::move(part));
}

PictureStyle writtenStyle(const DocumentInput &input)
{
    PictureStyle style;
    style.colours = &lightColours();
    style.lang = input.lang;
    return style;
}

std::vector<WrittenPart> writtenReview(const DocumentInput &input)
{
    WrittenWriter w{input, evidenceNumbers(*input.evidence), noticesOf(input)};
    writeCover(w);
    int number = 0;
    for (const Section &section : input.checklist->sections)
        writeSection(w, section, ++number);
    writeWrittenMonitoring(w);
    writeWrittenRecords(w);
    return std::move(w.parts);
}

} // namespace tenken
