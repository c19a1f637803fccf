// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/itemscreen.h>

#include <evidence/numbers.h>
#include <pages/itemhistory.h>
#include <parts/richline.h>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr qsizetype longestNumber = 12;

bool isGap(const Comparison &c) { return !c.unit.isEmpty() && c.unit != u"%" && c.relation != Comparison::Relation::Equal; }

/// "測定 **30 s** / 基準 **≥ 45 s**".
QString measuredAgainstWanted(const Finding &f, Lang lang)
{
    const QString measured = f.measured.in(lang), wanted = f.wanted.in(lang);
    if (measured.isEmpty() || wanted.isEmpty() || measured.size() + wanted.size() > 28)
        return {};
    return Text{"測定 **%1** / 基準 **%2**", "**%1**, wanted **%2**"}.arg(measured, wanted).in(lang);
}

void describeFinding(ItemScreen &screen, const ItemStanding &standing, const Finding &finding, Lang lang)
{
    screen.finding = &finding;
    screen.otherFindings = int(std::ranges::count(standing.result->findings, finding.verdict, &Finding::verdict)) - 1;
    const OneNumber one = oneNumberOf(finding, lang);
    screen.number = one.number;
    screen.numberMeans = one.means.in(lang);
    screen.reason = finding.reason.in(lang);
    screen.remedy = finding.verdict == Verdict::Pass ? QString() : finding.remedy.in(lang);
    if (!finding.file.isEmpty()) {
        screen.where = finding.file.section(u'/', -1);
        if (finding.span.isValid())
            screen.where += u':' + QString::number(finding.span.line);
    }
}

QStringList remarksOf(const MeetingItem *item, Lang lang)
{
    QStringList remarks;
    if (!item)
        return remarks;
    for (const Dissent &d : item->dissents)
        remarks.append(Text{"異論 %1: %2", "Dissent, %1: %2"}.arg(d.who, d.what).in(lang));
    for (const Action &a : item->actions)
        remarks.append(Text{"対応 %1: %2", "Action, %1: %2"}.arg(a.owner.isEmpty() ? QStringLiteral("–") : a.owner, a.text).in(lang));
    if (item->postponed)
        remarks.append(Text{"後に回した項目です。", "It was put off."}.in(lang));
    return remarks;
}

} // namespace

Glyph glyphOf(AgendaGroup group)
{
    switch (group) {
    case AgendaGroup::Failure: return Glyph::Fail;
    case AgendaGroup::Stale: return Glyph::Stale;
    case AgendaGroup::Unknown: return Glyph::Unknown;
    case AgendaGroup::Disagreement:
    case AgendaGroup::Rest: break;
    }
    return Glyph::Open;
}

const Finding *decisiveFinding(const ItemStanding &standing)
{
    if (!standing.result || standing.result->findings.empty())
        return nullptr;
    const auto &findings = standing.result->findings;
    const auto found = std::ranges::find_if(findings, [&](const Finding &f) { return f.verdict == standing.result->verdict && !f.waived; });
    return found == findings.end() ? &findings.front() : &*found;
}

OneNumber oneNumberOf(const Finding &f, Lang lang)
{
    using R = Comparison::Relation;
    if (f.comparison && std::isfinite(f.comparison->measured) && std::isfinite(f.comparison->wanted)) {
        const Comparison &c = *f.comparison;
        const double gap = std::abs(c.wanted - c.measured);
        const auto with = [&](double value) { return c.unit == u"ms" ? formatMs(value) : formatWithUnit(value, c.unit); };
        if (f.verdict == Verdict::Fail && isGap(c) && gap > 0) {
            const bool less = c.relation == R::AtLeast || c.relation == R::MoreThan;
            return {with(gap), less ? Text{"足りません", "short"} : Text{"超えています", "too much"}};
        }
        return {with(c.measured), Text{"基準 %1", "wanted %1"}.arg(f.wanted)};
    }
    const QString measured = f.measured.in(lang);
    if (measured.isEmpty() || measured.size() > longestNumber)
        return {};
    return {measured, f.wanted.isEmpty() ? f.title : Text{"基準 %1", "wanted %1"}.arg(f.wanted)};
}

ItemScreen itemScreenOf(const Session &session, const MeetingRoom &room, Lang lang)
{
    ItemScreen screen;
    const ItemStanding *standing = room.current();
    if (!standing)
        return screen;
    const Item &item = *standing->item;
    screen.id = item.id;
    screen.must = item.level == Level::Must;
    screen.question = item.question.in(lang);
    const auto &sections = session.checklist().sections;
    for (size_t i = 0; i < sections.size(); ++i) {
        if (std::ranges::any_of(sections[i].items, [&](const Item &other) { return other.id == item.id; }))
            screen.section = QStringLiteral("%1 %2").arg(i + 1).arg(sections[i].title.in(lang));
    }
    const Agenda &agenda = room.agenda();
    const int position = room.position(), contested = agenda.contested();
    screen.groupGlyph = glyphOf(agenda.entries[size_t(position)].group);
    screen.place = position < contested
        ? Text{"議題 %1 / %2", "Agenda %1 / %2"}.arg(position + 1, contested).in(lang)
        : Text{"残り %1 / %2", "The rest, %1 / %2"}.arg(position + 1 - contested, int(agenda.entries.size()) - contested).in(lang);

    screen.machine = machineCard(&item, standing->result, session.readAt(), lang);
    screen.machine.footer.clear();
    screen.team = teamCard(standing->review, lang);
    screen.reviewer = reviewerCard(standing->review, lang);
    if (!standing->review || standing->review->team.answer == TeamAnswer::Open)
        screen.team.note = standing->review ? standing->review->team.note : QString(); // nobody answers for the team here
    const bool open = !standing->review || standing->review->reviewer.answer == ReviewAnswer::Open;
    screen.toDecide = open && !session.isReadOnly();
    if (open && screen.reviewer.byAndWhen.isEmpty())
        screen.reviewer.byAndWhen = session.author();
    if (open && (!standing->review || standing->review->reviewer.note.isEmpty()))
        screen.reviewer.note = screen.toDecide ? Text{"キーで決めてください。", "Decide by key."}.in(lang) : QString();
    for (AnswerCardText *card : {&screen.team, &screen.reviewer}) {
        const bool said = card == &screen.team ? standing->review && !standing->review->team.note.isEmpty()
                                               : standing->review && !standing->review->reviewer.note.isEmpty();
        if (said)
            card->note = Text{"「%1」", "“%1”"}.arg(card->note).in(lang);
    }
    screen.remarks = remarksOf(room.meeting().item(item.id), lang);

    if (const Finding *finding = decisiveFinding(*standing); finding && standing->result->machine) {
        describeFinding(screen, *standing, *finding, lang);
        if (const QString figures = measuredAgainstWanted(*finding, lang); !figures.isEmpty())
            screen.machine.note = figures;
        else
            screen.machine.note = finding->title.in(lang);
    }
    screen.guidance = item.guidance.in(lang);
    screen.lookAt = item.evidence.in(lang);
    return screen;
}

QString ItemScreen::spoken() const
{
    QStringList lines{question};
    for (const AnswerCardText *card : {&machine, &team, &reviewer})
        lines.append(QStringLiteral("%1: %2. %3").arg(card->who, card->word, withoutMarks(card->note)));
    lines.append(QStringLiteral("%1 %2").arg(number, numberMeans).trimmed());
    lines << reason << remedy << where;
    lines << remarks;
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace tenken
