// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/screens.h>

#include <meeting/itemscreen.h>
#include <meeting/meetingkeys.h>
#include <review/minutes.h>

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal margin = 48, gap = 24, agendaRow = 46, keyRow = 56;

} // namespace

MeetingScreen::MeetingScreen(const Session &session, const MeetingRoom &room, QWidget *parent)
    : QWidget(parent), m_session(session), m_room(room)
{
    setFocusPolicy(Qt::NoFocus);
}

void MeetingScreen::setLook(Lang lang, const MeetingScale &scale)
{
    m_lang = lang;
    m_scale = scale;
    refreshed();
    update();
}

QRectF MeetingScreen::inner() const
{
    const qreal m = m_scale.px(margin);
    return QRectF(rect()).adjusted(m, m_scale.px(32), -m, -m_scale.px(24));
}

void MeetingScreen::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = coloursFor(palette());
    painter.fillRect(rect(), c.window);
    Sheet sheet(painter, c, m_scale, m_lang);
    draw(sheet);
}

void MeetingScreen::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

// --- Start -----------------------------------------------------------------------------------------------

void StartScreen::refreshed()
{
    setAccessibleName(Text{"会議の始まり", "Before the meeting"}.in(m_lang));
    setAccessibleDescription(m_session.outcome().lead.in(m_lang));
}

void StartScreen::draw(Sheet &sheet)
{
    const QRectF box = inner().adjusted(0, 0, 0, -m_below);
    const Agenda &agenda = m_room.agenda();
    qreal y = box.top();
    const auto rest = [&] { return QRectF(box.left(), y, box.width(), std::max<qreal>(0, box.bottom() - y)); };
    if (agenda.entries.empty()) { // nothing was read, or the checklist asks nothing
        y += sheet.paragraph(rest(), sheet.in({"議題がありません。", "There is nothing on the agenda."}), sheet.s.font(S::verdict, true), sheet.c.text);
        y += sheet.u(gap);
        sheet.paragraph(rest(), sheet.in({"サービスのフォルダーを開くと、チェックリストの項目が議題になります。Esc で窓に戻ります。",
                                          "Open a service's folder: the items of its checklist become the agenda. Esc goes back to the window."}),
                        sheet.s.font(S::body), sheet.c.text2);
        return;
    }
    const Service &service = m_session.evidence().service;
    const QString name = service.name.in(m_lang).isEmpty() ? service.id : service.name.in(m_lang);
    y += sheet.line({box.left(), y, box.width(), sheet.u(44)},
                    sheet.in(m_room.isResumed() ? Text{"今日の会議の続き", "Today's meeting goes on"} : Text{"本番投入レビュー", "Production readiness review"}),
                    sheet.s.font(S::body), sheet.c.text2) > 0 ? sheet.u(52) : 0;
    y += sheet.fitted({box.left(), y, box.width(), sheet.u(110)}, name, {S::question, S::verdict, 44, 36}, sheet.c.text, true) + sheet.u(gap);
    const Glyph glyph = glyphOf(m_session.outcome().decision);
    const qreal side = sheet.u(S::verdict);
    drawGlyph(sheet.p, {box.left(), y + sheet.u(6), side, side}, glyph, sheet.c);
    const QString decision = label(m_session.outcome().decision).in(m_lang);
    sheet.line({box.left() + side + sheet.u(16), y, box.width(), side + sheet.u(12)}, decision, sheet.s.font(S::verdict, true), toneOf(glyph, sheet.c).text);
    y += side + sheet.u(24);
    y += sheet.paragraph(rest(), m_session.outcome().lead.in(m_lang), sheet.s.font(S::body), sheet.c.text) + sheet.u(gap * 1.5);
    QStringList parts;
    for (const AgendaGroup group : agendaGroups) {
        if (const int count = agenda.count(group))
            parts.append(QStringLiteral("%1 **%2**").arg(label(group).in(m_lang)).arg(count));
    }
    const QString about = agenda.contested() == 0
        ? sheet.in(Text{"争点はありません。%1 項目を順に確かめられます。", "Nothing is contested; the %1 items can be gone through."}.arg(int(agenda.entries.size())))
        : sheet.in(Text{"議題 **%1** 件: ", "Agenda, **%1** items: "}.arg(agenda.contested())) + parts.join(m_lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "));
    y += sheet.paragraph(rest(), about, sheet.s.font(S::body), sheet.c.text) + sheet.u(gap / 2);
    const MeetingPace pace = paceOf(agenda, m_room.meeting().plannedMinutes);
    sheet.paragraph(rest(), sheet.in(Text{"%1 分なら、争点のある項目は %2 ずつ、残りは %3 ずつです。", "In %1 minutes: %2 for each contested item, %3 for each of the rest."}.arg(
                        m_room.meeting().plannedMinutes, clockText(pace.contested), clockText(pace.rest))),
                    sheet.s.font(S::small), sheet.c.text2);
}

// --- Agenda ----------------------------------------------------------------------------------------------

int AgendaScreen::rows() const
{
    return std::max(1, int((inner().height() - m_scale.px(8)) / (m_scale.px(agendaRow) * std::max<qreal>(1, m_scale.zoom))));
}

void AgendaScreen::open()
{
    m_at = std::max(0, m_room.position());
    say();
    update();
}

void AgendaScreen::refreshed() { say(); }

void AgendaScreen::say()
{
    setAccessibleName(Text{"議題の一覧", "Agenda"}.in(m_lang));
    const auto &entries = m_room.agenda().entries;
    const MeetingItem *known = m_at < int(entries.size()) ? m_room.meeting().item(entries[size_t(m_at)].itemId) : nullptr;
    const Item *item = m_at < int(entries.size()) ? m_session.checklist().item(entries[size_t(m_at)].itemId) : nullptr;
    setAccessibleDescription(item ? item->title.in(m_lang) + (known && known->isSettled() ? u' ' + label(known->decision).in(m_lang) : QString()) : QString());
}

bool AgendaScreen::key(int key)
{
    const int count = int(m_room.agenda().entries.size());
    const auto move = [&](int by) {
        m_at = std::clamp(m_at + by, 0, std::max(0, count - 1));
        say();
        update();
        return true;
    };
    switch (key) {
    case Qt::Key_Down: return move(1);
    case Qt::Key_Up: return move(-1);
    case Qt::Key_Right: return move(rows());
    case Qt::Key_Left: return move(-rows());
    case Qt::Key_Home: return move(-count);
    case Qt::Key_End: return move(count);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_at < count)
            emit chosen(m_room.agenda().entries[size_t(m_at)].itemId);
        return true;
    default: return false;
    }
}

void AgendaScreen::drawEntry(Sheet &sheet, const QRectF &box, int index) const
{
    const AgendaEntry &entry = m_room.agenda().entries[size_t(index)];
    const Item *item = m_session.checklist().item(entry.itemId);
    const MeetingItem *said = m_room.meeting().item(entry.itemId);
    const bool here = index == m_room.position(), chosen = index == m_at;
    if (chosen) {
        sheet.p.fillRect(box, sheet.c.selection);
        sheet.p.fillRect(QRectF(box.left(), box.top(), sheet.u(6), box.height()), sheet.c.accent);
    }
    const qreal side = sheet.u(28);
    const QRectF icon(box.left() + sheet.u(16), box.center().y() - side / 2, side, side);
    const bool settled = said && said->isSettled();
    if (settled && said->decision != ReviewAnswer::Open)
        drawGlyph(sheet.p, icon, glyphOf(said->decision), sheet.c);
    else if (entry.group == AgendaGroup::Disagreement)
        drawSign(sheet.p, icon, Sign::Differ, sheet.c.text2);
    else if (entry.group != AgendaGroup::Rest)
        drawGlyph(sheet.p, icon, glyphOf(entry.group), sheet.c);
    QString right = settled && said->decision != ReviewAnswer::Open ? label(said->decision).in(m_lang)
        : said && said->postponed ? Text{"後で", "Later"}.in(m_lang) : settled ? Text{"メモ", "Noted"}.in(m_lang) : QString();
    const QFont small = sheet.s.font(S::small), strong = sheet.s.font(S::small, true);
    const qreal taken = right.isEmpty() ? 0 : sheet.line(box.adjusted(0, 0, -sheet.u(16), 0), right, small, sheet.c.text2, Qt::AlignRight) + sheet.u(16);
    const qreal left = icon.right() + sheet.u(14);
    const QString name = item ? item->title.in(m_lang) : entry.itemId;
    sheet.line({left, box.top(), box.right() - taken - sheet.u(16) - left, box.height()},
               cutToFit(sheet, name, here ? strong : small, {box.right() - taken - sheet.u(16) - left, sheet.lineHeight(small) * 1.2}),
               here ? strong : small, settled && !here ? sheet.c.text2 : sheet.c.text);
}

void AgendaScreen::draw(Sheet &sheet)
{
    const QRectF box = inner();
    const int count = int(m_room.agenda().entries.size()), perColumn = rows();
    const int all = std::max(1, (count + perColumn - 1) / perColumn);
    // At most three columns at a time: the ones around the chosen entry.
    const int shown = std::min(all, box.width() > sheet.u(1500) && sheet.s.zoom <= 1.1 ? 3 : 2);
    const int first = std::clamp(m_at / perColumn - shown / 2, 0, all - shown);
    const qreal width = (box.width() - sheet.u(gap) * (shown - 1)) / shown, row = sheet.u(agendaRow) * std::max<qreal>(1, sheet.s.zoom);
    for (int i = first * perColumn; i < std::min(count, (first + shown) * perColumn); ++i) {
        const int column = i / perColumn - first;
        drawEntry(sheet, {box.left() + column * (width + sheet.u(gap)), box.top() + i % perColumn * row, width, row}, i);
    }
}

// --- Keys ------------------------------------------------------------------------------------------------

void KeysScreen::refreshed()
{
    setAccessibleName(Text{"キーの一覧", "All keys"}.in(m_lang));
    QStringList lines;
    for (const MeetingKey &key : meetingKeyList())
        lines.append(key.caps.join(u' ') + QStringLiteral(": ") + key.what.in(m_lang));
    setAccessibleDescription(lines.join(u'\n'));
}

void KeysScreen::draw(Sheet &sheet)
{
    const QRectF box = inner();
    const auto &keys = meetingKeyList();
    const QFont font = sheet.s.font(S::small);
    const qreal title = sheet.u(60);
    sheet.line({box.left(), box.top(), box.width(), title}, sheet.in({"キーの一覧", "All keys"}), sheet.s.font(S::body, true), sheet.c.text);
    const int perColumn = (int(keys.size()) + 1) / 2;
    const qreal width = (box.width() - sheet.u(gap * 2)) / 2;
    const qreal row = std::min(sheet.u(keyRow) * std::max<qreal>(1, sheet.s.zoom), (box.height() - title) / perColumn);
    const qreal caps = sheet.u(170) * std::max<qreal>(1, sheet.s.zoom);
    for (size_t i = 0; i < keys.size(); ++i) {
        const qreal left = box.left() + int(i) / perColumn * (width + sheet.u(gap * 2)), top = box.top() + title + int(i) % perColumn * row;
        qreal x = left;
        for (const QString &cap : keys[i].caps)
            x += sheet.keyCap({x, top + row / 2}, cap) + sheet.u(8);
        const qreal text = std::max(x + sheet.u(8), left + caps);
        sheet.line({text, top, left + width - text, row},
                   cutToFit(sheet, keys[i].what.in(m_lang), font, {left + width - text, sheet.lineHeight(font) * 1.2}), font, sheet.c.text);
    }
}

// --- End -------------------------------------------------------------------------------------------------

void EndScreen::refreshed()
{
    setAccessibleName(Text{"まとめ", "Summary"}.in(m_lang));
    setAccessibleDescription(m_room.meeting().after ? m_room.meeting().after->why.in(m_lang) : QString());
}

namespace {

struct Tally {
    int decided = 0, dissents = 0, waivers = 0, actions = 0, postponed = 0;

    explicit Tally(const Meeting &m)
    {
        for (const MeetingItem &i : m.items) {
            decided += i.decision != ReviewAnswer::Open;
            dissents += int(i.dissents.size());
            waivers += int(i.waivers.size());
            actions += int(i.actions.size());
            postponed += i.postponed;
        }
    }
};

} // namespace

void EndScreen::draw(Sheet &sheet)
{
    const QRectF box = inner();
    const Meeting &m = m_room.meeting();
    qreal y = box.top();
    sheet.line({box.left(), y, box.width(), sheet.u(44)}, sheet.in({"まとめ", "Summary"}), sheet.s.font(S::body), sheet.c.text2);
    y += sheet.u(60);
    qreal x = box.left();
    const qreal side = sheet.u(S::verdict);
    const auto say = [&](const MeetingOutcome &outcome) {
        const Glyph glyph = glyphOf(outcome.decision);
        drawGlyph(sheet.p, {x, y + sheet.u(8), side, side}, glyph, sheet.c);
        x += side + sheet.u(14);
        x += sheet.line({x, y, box.width(), side + sheet.u(16)}, label(outcome.decision).in(m_lang), sheet.s.font(S::verdict, true), toneOf(glyph, sheet.c).text) + sheet.u(32);
    };
    if (m.before && m.after && m.before->decision != m.after->decision) {
        say(*m.before);
        x += sheet.line({x, y, box.width(), side + sheet.u(16)}, QStringLiteral("→"), sheet.s.font(S::verdict), sheet.c.text2) + sheet.u(32);
    }
    if (m.after)
        say(*m.after);
    y += side + sheet.u(32);
    if (m.after)
        y += sheet.fitted({box.left(), y, box.width(), sheet.u(150)}, m.after->why.in(m_lang), {S::body, S::small}, sheet.c.text) + sheet.u(gap);

    // Five figures side by side.
    const Tally tally(m);
    const std::pair<int, Text> figures[] = {{tally.decided, {"決めた項目", "Decided"}}, {tally.dissents, {"異論", "Dissents"}},
                                            {tally.waivers, {"新しい免除", "New waivers"}}, {tally.actions, {"対応", "Actions"}},
                                            {tally.postponed, {"後で", "Postponed"}}};
    const qreal width = (box.width() - sheet.u(gap) * 4) / 5, high = sheet.u(150);
    for (int i = 0; i < 5; ++i) {
        const QRectF card(box.left() + i * (width + sheet.u(gap)), y, width, high);
        sheet.card(card);
        const QRectF in = card.adjusted(sheet.u(24), sheet.u(12), -sheet.u(16), -sheet.u(12));
        sheet.line({in.left(), in.top(), in.width(), sheet.u(70)}, QString::number(figures[i].first), sheet.s.font(S::verdict, true), sheet.c.text);
        sheet.line({in.left(), in.top() + sheet.u(74), in.width(), sheet.u(44)}, figures[i].second.in(m_lang), sheet.s.font(S::small), sheet.c.text2);
    }
    y += high + sheet.u(gap * 1.5);

    const QFont small = sheet.s.font(S::small), strong = sheet.s.font(S::small, true);
    sheet.line({box.left(), y, box.width(), sheet.u(44)}, sheet.in(Text{"GO までに残るもの %1", "What keeps it from GO: %1"}.arg(m.remaining.size())), strong, sheet.c.text);
    y += sheet.u(50);
    const qreal row = sheet.u(48) * std::max<qreal>(1, sheet.s.zoom);
    const int columns = 2, room = std::max(0, int((box.bottom() - y) / row)) * columns, count = int(m.remaining.size());
    const int shown = count <= room ? count : std::max(0, room - 1);
    const qreal half = (box.width() - sheet.u(gap)) / columns;
    const auto place = [&](int i) { return QRectF(box.left() + i % columns * (half + sheet.u(gap)), y + i / columns * row, half, row); };
    for (int i = 0; i < shown; ++i) {
        const OpenPoint &point = m.remaining[size_t(i)];
        const QRectF at = place(i);
        drawGlyph(sheet.p, {at.left(), at.center().y() - sheet.u(14), sheet.u(28), sheet.u(28)}, glyphOf(point.standing), sheet.c);
        const QRectF text = at.adjusted(sheet.u(42), 0, 0, 0);
        const QString word = label(point.standing).in(m_lang);
        const qreal wordWidth = sheet.width(word, small) + sheet.u(16);
        const QString name = cutToFit(sheet, point.title.in(m_lang), small, {text.width() - wordWidth, sheet.lineHeight(small) * 1.2});
        const qreal taken = sheet.line(text, name, small, sheet.c.text) + sheet.u(16);
        sheet.line(text.adjusted(taken, 0, 0, 0), word, small, sheet.c.text2);
    }
    if (shown < count && room > 0)
        sheet.line(place(shown), sheet.in(Text{"ほか %1 件(議事録に全部あります)", "%1 more, all in the minutes"}.arg(count - shown)), small, sheet.c.text2);
}

} // namespace tenken
