// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/bars.h>

#include <meeting/itemscreen.h>
#include <review/minutes.h>

#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal margin = 48, tickHeight = 16, tickGap = 6, groupGap = 24, widestTick = 46, leastTick = 10;

/// One group of the agenda in the strip.
struct Group {
    AgendaGroup group;
    QString name;
    std::vector<size_t> entries;       ///< of the agenda
    qreal nameWidth = 0, width = 0;
};

std::vector<Group> groupsOf(const Sheet &sheet, const Agenda &agenda)
{
    std::vector<Group> groups;
    for (const AgendaGroup group : agendaGroups) {
        Group g{group, {}, {}};
        for (size_t i = 0; i < agenda.entries.size(); ++i) {
            if (agenda.entries[i].group == group)
                g.entries.push_back(i);
        }
        if (g.entries.empty())
            continue;
        g.name = QStringLiteral("%1 %2").arg(label(group).in(sheet.lang)).arg(g.entries.size());
        g.nameWidth = sheet.width(g.name, sheet.s.font(S::small, true)) + (group == AgendaGroup::Rest ? 0 : sheet.u(40));
        groups.push_back(std::move(g));
    }
    return groups;
}

/// Each group as wide as its name or its ticks; what is left over goes to the rest.
void widen(const Sheet &sheet, std::vector<Group> &groups, qreal room)
{
    for (qreal tick = widestTick; tick >= 1; tick -= 3) {
        qreal all = 0;
        for (Group &g : groups) {
            const qreal ticks = qreal(g.entries.size()) * (sheet.u(tick) + sheet.u(tickGap)) - sheet.u(tickGap);
            g.width = g.group == AgendaGroup::Rest ? g.nameWidth : std::max(g.nameWidth, ticks);
            all += g.width;
        }
        const qreal left = room - all - sheet.u(groupGap) * std::max(0, int(groups.size()) - 1);
        if (left < 0 && tick > leastTick)
            continue;
        if (!groups.empty() && groups.back().group == AgendaGroup::Rest)
            groups.back().width += std::max<qreal>(0, left);
        return;
    }
}

} // namespace

MeetingHeader::MeetingHeader(const Session &session, const MeetingRoom &room, QWidget *parent)
    : QWidget(parent), m_session(session), m_room(room)
{
    setFocusPolicy(Qt::NoFocus);
}

void MeetingHeader::show(Lang lang, const MeetingScale &scale)
{
    m_lang = lang;
    m_scale = scale;
    const Text clock = Text{"項目 %1、目安 %2、全体 %3、予定 %4 分", "item %1, target %2, in all %3, planned %4 min"}.arg(
        clockText(m_room.itemSeconds()), clockText(m_room.itemTarget()), clockText(m_room.totalSeconds()), m_room.meeting().plannedMinutes);
    setAccessibleName(Text{"会議の進み", "How far the meeting is"}.in(lang));
    setAccessibleDescription(clock.in(lang));
    update();
}

void MeetingHeader::drawName(Sheet &sheet, const QRectF &box) const
{
    const Service &service = m_session.evidence().service;
    const QString name = service.name.in(m_lang).isEmpty() ? service.id : service.name.in(m_lang);
    const QRectF top(box.left(), box.top() + sheet.u(14), box.width(), sheet.u(44)), below(box.left(), box.top() + sheet.u(58), box.width(), sheet.u(40));
    const qreal size = sheet.sizeThatFits({top.width(), top.height() * 1.1}, name, {S::body, 32, S::small}, true);
    const QFont font = sheet.s.font(size, true);
    sheet.line(top, cutToFit(sheet, name, font, {top.width(), top.height() * 1.1}), font, sheet.c.text);
    const Text &stage = m_room.meeting().stage;
    const QString about = stage.isEmpty() ? Text{"本番投入レビュー", "Readiness review"}.in(m_lang) : Text{"%1 の審査", "Review for %1"}.arg(stage).in(m_lang);
    const QFont small = sheet.s.font(S::small);
    sheet.line(below, cutToFit(sheet, about, small, {below.width(), sheet.lineHeight(small) * 1.2}), small, sheet.c.text2);
}

void MeetingHeader::drawStrip(Sheet &sheet, const QRectF &box) const
{
    const Agenda &agenda = m_room.agenda();
    const int at = m_room.position();
    auto groups = groupsOf(sheet, agenda);
    widen(sheet, groups, box.width());
    qreal x = box.left();
    for (const Group &g : groups) {
        const bool here = at >= 0 && agenda.entries[size_t(at)].group == g.group;
        const QRectF name(x, box.top() + sheet.u(16), g.width, sheet.u(44));
        const QRectF ticks(x, box.top() + sheet.u(68), g.width, sheet.u(tickHeight));
        qreal left = name.left();
        if (g.group != AgendaGroup::Rest) {
            const QRectF icon(left, name.center().y() - sheet.u(14), sheet.u(28), sheet.u(28));
            if (g.group == AgendaGroup::Disagreement)
                drawSign(sheet.p, icon, Sign::Differ, here ? sheet.c.accent : sheet.c.text2);
            else
                drawGlyph(sheet.p, icon, glyphOf(g.group), sheet.c);
            left += sheet.u(40);
        }
        sheet.line(name.adjusted(left - name.left(), 0, 0, 0), g.name, sheet.s.font(S::small, here), here ? sheet.c.accent : sheet.c.text2);
        const int count = int(g.entries.size());
        const qreal pitch = (ticks.width() + sheet.u(tickGap)) / count;
        // The rest are too many to count: one bar that fills.
        const bool bar = g.group == AgendaGroup::Rest && count > 8;
        if (bar)
            sheet.p.fillRect(ticks, sheet.c.sunken);
        for (int i = 0; i < count; ++i) {
            const QString &id = agenda.entries[g.entries[size_t(i)]].itemId;
            const bool current = int(g.entries[size_t(i)]) == at, done = m_room.isSettled(id);
            const qreal width = bar ? ticks.width() / count : pitch - sheet.u(tickGap);
            QRectF tick(ticks.left() + i * (bar ? width : pitch), ticks.top(), std::max<qreal>(width, 1.5), ticks.height());
            if (current) {
                if (bar)
                    tick.setWidth(std::max(tick.width(), sheet.u(10)));
                sheet.p.fillRect(tick, sheet.c.accent);
            } else if (done) {
                sheet.p.fillRect(tick, sheet.c.text2);
            } else if (!bar) {
                sheet.p.fillRect(tick, sheet.c.barNeutral);
            }
            if (!current && !done && m_room.isPostponed(id)) { // hollow: still to come
                sheet.p.setPen(QPen(sheet.c.warn.mark, std::max<qreal>(1, sheet.u(3))));
                sheet.p.setBrush(sheet.c.base);
                sheet.p.drawRect(tick.adjusted(sheet.u(1.5), sheet.u(1.5), -sheet.u(1.5), -sheet.u(1.5)));
            }
        }
        x += g.width + sheet.u(groupGap);
    }
}

qreal MeetingHeader::drawClocks(Sheet &sheet, const QRectF &box) const
{
    const int item = m_room.itemSeconds(), target = m_room.itemTarget();
    const int total = m_room.totalSeconds(), planned = m_room.meeting().plannedMinutes * 60;
    const bool over = target > 0 && item > target, late = total > planned;
    const QFont big = sheet.s.font(44, true), small = sheet.s.font(S::small);
    const QRectF top(box.left(), box.top() + sheet.u(10), box.width(), sheet.u(52)), below(box.left(), box.top() + sheet.u(58), box.width(), sheet.u(40));
    const bool inItem = m_room.place() == MeetingRoom::Place::Item;
    QString clock = clockText(inItem ? item : total);
    if (m_room.isPaused())
        clock = Text{"停止 %1", "Paused %1"}.arg(clock).in(m_lang);
    else if (inItem ? over : late)
        clock = Text{"超過 %1", "Over %1"}.arg(clock).in(m_lang);
    const QColor tone = m_room.isPaused() ? sheet.c.text3 : (inItem ? over : late) ? sheet.c.warn.text : sheet.c.text;
    const QString all = Text{"全体 %1 / %2 分", "In all %1 of %2 min"}.arg(total / 60, planned / 60).in(m_lang);
    const QString words = inItem ? Text{"目安 %1", "Target %1"}.arg(clockText(target)).in(m_lang) + QStringLiteral(" · ") + all
                                 : Text{"予定 %1 分", "Planned: %1 min"}.arg(planned / 60).in(m_lang);
    sheet.line(top, clock, big, tone, Qt::AlignRight);
    sheet.line(below, words, small, inItem && late ? sheet.c.warn.text : sheet.c.text2, Qt::AlignRight);
    return std::max(sheet.width(clock, big), sheet.width(words, small));
}

void MeetingHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = coloursFor(palette());
    painter.fillRect(rect(), c.base);
    Sheet sheet(painter, c, m_scale, m_lang);
    sheet.rule({0, height() - std::max<qreal>(1, sheet.u(1.5))}, width());
    const QRectF box = QRectF(rect()).adjusted(sheet.u(margin), 0, -sheet.u(margin), 0);
    const qreal clocks = drawClocks(sheet, box);
    const Service &service = m_session.evidence().service;
    const QString called = service.name.in(m_lang).isEmpty() ? service.id : service.name.in(m_lang);
    const qreal name = std::clamp(sheet.width(called, m_scale.font(S::small, true)) + sheet.u(40), sheet.u(280), box.width() * 0.24);
    drawName(sheet, {box.left(), box.top(), name - sheet.u(16), box.height()});
    drawStrip(sheet, {box.left() + name, box.top(), box.width() - name - clocks - sheet.u(groupGap * 2), box.height()});
}

} // namespace tenken
