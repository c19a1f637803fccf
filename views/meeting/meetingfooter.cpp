// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/bars.h>

#include <meeting/meetingkeys.h>

#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal margin = 48, afterCap = 10, between = 26, iconSide = 32;

} // namespace

struct MeetingFooter::Entry {
    QStringList caps;
    Text name;
    std::optional<Glyph> glyph;
    bool strong = false, atRight = false;
    int priority = 1;

    qreal width(const Sheet &sheet) const
    {
        qreal w = 0;
        for (const QString &cap : caps)
            w += sheet.keyCapWidth(cap) + sheet.u(afterCap);
        if (glyph)
            w += sheet.u(iconSide + afterCap);
        return w + sheet.width(name.in(sheet.lang), sheet.s.font(S::small, strong)) + sheet.u(between);
    }

    qreal draw(Sheet &sheet, const QRectF &row) const
    {
        qreal x = row.left();
        for (const QString &cap : caps)
            x += sheet.keyCap({x, row.center().y()}, cap) + sheet.u(afterCap);
        if (glyph) {
            drawGlyph(sheet.p, {x, row.center().y() - sheet.u(iconSide) / 2, sheet.u(iconSide), sheet.u(iconSide)}, *glyph, sheet.c);
            x += sheet.u(iconSide + afterCap);
        }
        sheet.line({x, row.top(), row.right() - x, row.height()}, name.in(sheet.lang), sheet.s.font(S::small, strong),
                   strong ? sheet.c.text : sheet.c.text2);
        return width(sheet);
    }
};

MeetingFooter::MeetingFooter(QWidget *parent) : QWidget(parent) { setFocusPolicy(Qt::NoFocus); }

void MeetingFooter::show(Lang lang, const MeetingScale &scale)
{
    m_lang = lang;
    m_scale = scale;
    setAccessibleName(m_mood == Mood::Keys ? Text{"キー", "Keys"}.in(lang) : m_words.in(lang));
    QStringList keys;
    for (const Entry &e : entries())
        keys.append(e.caps.join(u' ') + u' ' + e.name.in(lang));
    setAccessibleDescription(keys.join(QStringLiteral(", ")));
    update();
}

void MeetingFooter::setReadOnly(const Text &why)
{
    m_readOnly = why;
    update();
}

void MeetingFooter::tell(Mood mood, const Text &words)
{
    m_mood = mood;
    m_words = words;
    show(m_lang, m_scale);
}

void MeetingFooter::setHints(const std::vector<std::pair<QStringList, Text>> &hints)
{
    m_hints = hints;
    show(m_lang, m_scale);
}

std::vector<MeetingFooter::Entry> MeetingFooter::entries() const
{
    std::vector<Entry> all;
    if (!m_hints.empty()) {
        for (const auto &[caps, name] : m_hints)
            all.push_back({caps, name, {}, false, false, 1});
        return all;
    }
    for (const MeetingKey &key : meetingKeyList()) {
        const bool decides = key.kind == MeetingKey::Kind::Decide;
        const bool writes = decides || key.kind == MeetingKey::Kind::Say;
        if (key.inFooter == 0 || (writes && !m_readOnly.isEmpty()))
            continue;
        const bool right = key.kind == MeetingKey::Kind::Move || key.kind == MeetingKey::Kind::Room;
        all.push_back({key.caps, key.name, key.glyph, decides, right, key.inFooter});
    }
    return all;
}

void MeetingFooter::drawKeys(Sheet &sheet, const QRectF &box) const
{
    std::vector<Entry> shown = entries();
    const bool worded = m_mood != Mood::Keys || !m_readOnly.isEmpty();
    if (worded)
        std::erase_if(shown, [this](const Entry &e) { return !e.atRight && m_hints.empty() && m_mood != Mood::Keys; });
    const qreal words = !m_readOnly.isEmpty() && m_mood == Mood::Keys
        ? sheet.u(60) + sheet.width(m_readOnly.in(m_lang), sheet.s.font(S::small, true)) : 0;
    const auto all = [&] {
        qreal width = words;
        for (const Entry &e : shown)
            width += e.width(sheet);
        return width;
    };
    // Where room is short the ones that are needed least are in the list of keys alone.
    for (int priority = 4; priority > 1 && all() > box.width(); --priority) {
        while (all() > box.width()) {
            const auto last = std::find_if(shown.rbegin(), shown.rend(), [&](const Entry &e) { return e.priority == priority; });
            if (last == shown.rend())
                break;
            shown.erase(std::next(last).base());
        }
    }
    qreal x = box.left() + words, right = 0;
    for (const Entry &e : shown)
        right += e.atRight ? e.width(sheet) : 0;
    qreal rightX = box.right() - right + sheet.u(between);
    bool separated = false;
    for (const Entry &e : shown) {
        if (!e.strong && !e.atRight && !separated && m_hints.empty() && m_readOnly.isEmpty() && x > box.left()) {
            sheet.p.fillRect(QRectF(x - sheet.u(between / 2), box.center().y() - sheet.u(24), std::max<qreal>(1, sheet.u(1.5)), sheet.u(48)), sheet.c.line);
            x += sheet.u(8);
            separated = true;
        }
        qreal &at = e.atRight ? rightX : x;
        at += e.draw(sheet, {at, box.top(), box.right() - at, box.height()});
    }
}

void MeetingFooter::drawWords(Sheet &sheet, const QRectF &box) const
{
    const bool readOnly = m_mood == Mood::Keys;
    const Text &words = readOnly ? m_readOnly : m_words;
    if (words.isEmpty())
        return;
    const QRectF icon(box.left(), box.center().y() - sheet.u(17), sheet.u(34), sheet.u(34));
    if (readOnly)
        drawSign(sheet.p, icon, Sign::Lock, sheet.c.text2);
    else
        drawGlyph(sheet.p, icon, m_mood == Mood::Done ? Glyph::Pass : Glyph::Warn, sheet.c);
    qreal right = 0;
    for (const Entry &e : entries())
        right += e.atRight ? e.width(sheet) : 0;
    const QRectF text(icon.right() + sheet.u(16), box.top(), box.width() - icon.width() - sheet.u(16) - (readOnly ? 0 : right), box.height());
    const QString all = words.in(m_lang);
    qreal size = sheet.sizeThatFits({text.width(), sheet.lineHeight(sheet.s.font(S::body)) * 1.3}, all, {S::body, 32, S::small}, true);
    QFont font = sheet.s.font(size, true);
    const QColor ink = readOnly ? sheet.c.text2 : m_mood == Mood::Refused ? sheet.c.warn.text : sheet.c.text;
    if (sheet.width(all, font) <= text.width()) {
        sheet.line(text, all, font, ink);
        return;
    }
    font = sheet.s.font(S::small, true);
    const qreal height = std::min(sheet.paragraphHeight(all, font, text.width()), text.height());
    sheet.paragraph({text.left(), text.center().y() - height / 2, text.width(), height},
                    cutToFit(sheet, all, font, {text.width(), text.height()}), font, ink);
}

void MeetingFooter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = coloursFor(palette());
    painter.fillRect(rect(), c.base);
    Sheet sheet(painter, c, m_scale, m_lang);
    sheet.rule({0, 0}, width());
    const QRectF box = QRectF(rect()).adjusted(sheet.u(margin), sheet.u(2), -sheet.u(margin), 0);
    drawKeys(sheet, box);
    drawWords(sheet, box);
}

} // namespace tenken
