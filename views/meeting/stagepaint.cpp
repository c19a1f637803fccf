// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/stagepaint.h>

#include <algorithm>

namespace tenken {

namespace {

using S = MeetingScale;

constexpr qreal margin = 48, gap = 24, padding = 30;
constexpr qreal whoHeight = 44, verdictHeight = 78, cardPadding = 22;
constexpr qreal leastCard = 200, mostCard = 330, columnShare = 0.32;
const QList<qreal> questionSizes{72, 56, 48, 44, 40, 36};
const QList<qreal> textSizes{36, 32, 28};

qreal cardWidth(const QRectF &cards, const Sheet &sheet) { return (cards.width() - 2 * sheet.u(gap)) / 3; }

/// One line at full size, else two at 56: a third only where it must be.
qreal questionSizeOf(const Sheet &sheet, const QString &question, qreal width)
{
    for (const qreal size : questionSizes) {
        const QFont font = sheet.s.font(size, true);
        const qreal lines = sheet.paragraphHeight(question, font, width) / sheet.lineHeight(font);
        if (lines < (size == questionSizes.front() ? 1.5 : size >= 44 ? 2.5 : 3.5))
            return size;
    }
    return questionSizes.last();
}

const AnswerCardText *cardsOf(const ItemScreen &screen, int index)
{
    return index == 0 ? &screen.machine : index == 1 ? &screen.team : &screen.reviewer;
}

void drawOneCard(Sheet &sheet, const QRectF &box, const AnswerCardText &card, bool toFillIn, qreal noteSize)
{
    sheet.card(box, toFillIn);
    const QRectF inner = box.adjusted(sheet.u(padding), sheet.u(cardPadding), -sheet.u(padding), -sheet.u(cardPadding));
    const QRectF who(inner.left(), inner.top(), inner.width(), sheet.u(whoHeight));
    const qreal taken = sheet.line(who, card.who, sheet.s.font(S::small, true), sheet.c.text);
    // A name that is too long yields to the verdict below it: it stands in the minutes in full.
    const QString by = cutToFit(sheet, card.byAndWhen, sheet.s.font(S::small),
                                {who.width() - taken - sheet.u(gap), sheet.lineHeight(sheet.s.font(S::small)) * 1.2});
    sheet.line(who, by, sheet.s.font(S::small), sheet.c.text2, Qt::AlignRight);

    const QRectF verdict(inner.left(), who.bottom(), inner.width(), sheet.u(verdictHeight));
    const qreal side = sheet.u(S::verdict);
    drawGlyph(sheet.p, {verdict.left(), verdict.center().y() - side / 2, side, side}, card.glyph, sheet.c);
    const QRectF word = verdict.adjusted(side + sheet.u(16), 0, 0, 0);
    const qreal size = sheet.sizeThatFits({word.width(), sheet.lineHeight(sheet.s.font(S::verdict, true)) * 1.2}, card.word,
                                          {S::verdict, 48, 40, 36}, true);
    sheet.line(word, card.word, sheet.s.font(size, true), toneOf(card.glyph, sheet.c).text);

    const QRectF note(inner.left(), verdict.bottom() + sheet.u(4), inner.width(), inner.bottom() - verdict.bottom() - sheet.u(4));
    sheet.fitted(note, withoutCode(card.note), {noteSize, 28}, sheet.c.text);
}

} // namespace

QString withoutCode(QString text) { return text.remove(u'`'); }

StageLayout layOutStage(const Sheet &sheet, const QSizeF &size, const ItemScreen &screen)
{
    StageLayout l;
    const qreal left = sheet.u(margin), width = size.width() - 2 * left;
    l.head = {left, sheet.u(26), width, sheet.u(44)};
    l.questionSize = questionSizeOf(sheet, screen.question, width);
    const QFont question = sheet.s.font(l.questionSize, true);
    l.question = {left, l.head.bottom() + sheet.u(6), width, sheet.paragraphHeight(screen.question, question, width)};

    const QRectF all(left, l.question.bottom() + sheet.u(20), width, 0);
    const qreal textWidth = cardWidth(all, sheet) - 2 * sheet.u(padding);
    const qreal fixed = sheet.u(2 * cardPadding + whoHeight + verdictHeight + 4);
    qreal height = 0;
    for (const qreal noteSize : textSizes) {
        l.noteSize = noteSize;
        height = sheet.u(leastCard);
        for (int i = 0; i < 3; ++i)
            height = std::max(height, fixed + sheet.paragraphHeight(withoutCode(cardsOf(screen, i)->note), sheet.s.font(noteSize), textWidth));
        if (height <= sheet.u(noteSize == textSizes.front() ? leastCard + 50 : mostCard))
            break;
    }
    l.cards = {left, all.top(), width, std::min(height, sheet.u(mostCard))};
    qreal top = l.cards.bottom() + sheet.u(gap);
    if (!screen.remarks.isEmpty()) {
        l.remarks = {left, top, width, sheet.u(58)};
        top = l.remarks.bottom() + sheet.u(gap);
    }
    const qreal bottom = size.height() - sheet.u(gap);
    const qreal columnWidth = width * columnShare;
    l.evidence = {left, top, width - columnWidth - sheet.u(2 * gap), bottom - top};
    l.column = {l.evidence.right() + sheet.u(2 * gap), top, columnWidth, bottom - top};
    return l;
}

void drawHead(Sheet &sheet, const QRectF &box, const ItemScreen &screen)
{
    qreal x = box.left();
    const auto add = [&](const QString &text, const QFont &font, const QColor &colour) {
        if (!text.isEmpty())
            x += sheet.line({x, box.top(), box.right() - x, box.height()}, text, font, colour) + sheet.u(32);
    };
    add(screen.id, sheet.s.font(S::small, false, true), sheet.c.text2);
    add(screen.section, sheet.s.font(S::small), sheet.c.text2);
    add(screen.place, sheet.s.font(S::small), sheet.c.text2);
    add(sheet.in(screen.must ? Text{"必須", "Must"} : Text{"推奨", "Should"}), sheet.s.font(S::small, true), sheet.c.text);
}

void drawQuestion(Sheet &sheet, const StageLayout &layout, const ItemScreen &screen)
{
    sheet.paragraph(layout.question, screen.question, sheet.s.font(layout.questionSize, true), sheet.c.text);
}

void drawCards(Sheet &sheet, const StageLayout &layout, const ItemScreen &screen)
{
    const qreal width = cardWidth(layout.cards, sheet);
    for (int i = 0; i < 3; ++i)
        drawOneCard(sheet, {layout.cards.left() + i * (width + sheet.u(gap)), layout.cards.top(), width, layout.cards.height()},
                    *cardsOf(screen, i), i == 2 && screen.toDecide, layout.noteSize);
}

void drawRemarks(Sheet &sheet, const QRectF &box, const ItemScreen &screen)
{
    if (screen.remarks.isEmpty())
        return;
    sheet.p.fillRect(box, sheet.c.warn.tint);
    sheet.p.fillRect(QRectF(box.left(), box.top(), sheet.u(8), box.height()), sheet.c.warn.mark);
    const QFont font = sheet.s.font(S::small);
    const QRectF inner = box.adjusted(sheet.u(28), 0, -sheet.u(20), 0);
    const QString all = screen.remarks.join(QStringLiteral("  ·  ")).simplified();
    sheet.line(inner, cutToFit(sheet, all, font, {inner.width(), sheet.lineHeight(font) * 1.2}), font, sheet.c.text);
}

void drawColumn(Sheet &sheet, const QRectF &box, const ItemScreen &screen)
{
    qreal y = box.top();
    const auto rest = [&] { return QRectF(box.left(), y, box.width(), box.bottom() - y); };
    const Glyph glyph = screen.machine.glyph;
    if (!screen.number.isEmpty()) {
        const qreal side = sheet.u(S::verdict);
        const QFont big = sheet.s.font(sheet.sizeThatFits({box.width() - side - sheet.u(20), sheet.lineHeight(sheet.s.font(S::number, true)) * 1.2},
                                                          screen.number, {S::number, 64, 56, 48, 36}, true), true);
        const qreal high = sheet.u(92);
        drawGlyph(sheet.p, {box.left(), y + (high - side) / 2, side, side}, glyph, sheet.c);
        qreal x = box.left() + side + sheet.u(20);
        const QColor tone = toneOf(glyph, sheet.c).text;
        x += sheet.line({x, y, box.width(), high}, screen.number, big, tone) + sheet.u(16);
        const QFont small = sheet.s.font(S::body);
        if (x + sheet.width(screen.numberMeans, small) <= box.right()) {
            sheet.line({x, y + sheet.u(14), box.width(), high - sheet.u(14)}, screen.numberMeans, small, tone);
            y += high;
        } else {
            y += high;
            y += sheet.paragraph(rest(), screen.numberMeans, sheet.s.font(S::small), sheet.c.text2);
        }
    }
    const QString reason = withoutCode(screen.reason), remedy = withoutCode(screen.remedy);
    const QFont label = sheet.s.font(S::small), mono = sheet.s.font(S::small, false, true);
    const qreal high = sheet.lineHeight(label), fixed = sheet.u(24) + high;
    const auto needs = [&](qreal size) {
        const QFont font = sheet.s.font(size);
        return sheet.paragraphHeight(reason, font, box.width()) + sheet.paragraphHeight(remedy, font, box.width()) + fixed;
    };
    qreal size = textSizes.front();
    for (const qreal smaller : textSizes) {
        size = smaller;
        if (needs(size) <= box.bottom() - y)
            break;
    }
    // The reason goes first; of the remedy there are at least two lines.
    const qreal reserved = remedy.isEmpty() ? 0 : fixed + 2 * sheet.lineHeight(sheet.s.font(size));
    const QRectF reasonBox(box.left(), y, box.width(), std::max<qreal>(0, box.bottom() - y - reserved));
    y += sheet.fitted(reasonBox, reason, {size}, sheet.c.text);
    if (remedy.isEmpty() && screen.where.isEmpty())
        return;
    if (!remedy.isEmpty())
        sheet.rule({box.left(), y + sheet.u(10)}, box.width());
    y += sheet.u(20);
    const qreal named = remedy.isEmpty() ? 0 : sheet.line({box.left(), y, box.width(), high}, sheet.in({"直し方", "Remedy"}), label, sheet.c.text2) + sheet.u(24);
    const qreal room = box.width() - named;
    sheet.line({box.left() + named, y, room, high}, cutToFit(sheet, screen.where, mono, {room, high * 1.2}), mono, sheet.c.text2,
               remedy.isEmpty() ? Qt::AlignLeft : Qt::AlignRight);
    y += high;
    if (!remedy.isEmpty())
        sheet.fitted({box.left(), y, box.width(), std::max<qreal>(0, box.bottom() - y)}, remedy, {size}, sheet.c.text);
}

void drawFindings(Sheet &sheet, const QRectF &box, const std::vector<Finding> &findings)
{
    sheet.card(box);
    const QRectF inner = box.adjusted(sheet.u(padding), sheet.u(18), -sheet.u(padding), -sheet.u(14));
    const qreal row = sheet.u(62) * std::max<qreal>(1, sheet.s.zoom);
    const int room = std::max(1, int(inner.height() / row)), count = int(findings.size());
    const int shown = count <= room ? count : room - 1;
    const QFont words = sheet.s.font(S::small), figures = sheet.s.font(S::small, true);
    qreal y = inner.top();
    for (int i = 0; i < shown; ++i, y += row) {
        const Finding &f = findings[size_t(i)];
        const qreal side = sheet.u(32);
        drawGlyph(sheet.p, {inner.left(), y + (row - side) / 2, side, side}, glyphOf(f.verdict), sheet.c);
        QString right = f.measured.in(sheet.lang);
        if (!f.wanted.isEmpty())
            right += QStringLiteral("  (%1)").arg(f.wanted.in(sheet.lang));
        right = cutToFit(sheet, right.simplified(), figures, {inner.width() * 0.48, sheet.lineHeight(figures) * 1.2});
        sheet.line({inner.left(), y, inner.width(), row}, right, figures, toneOf(glyphOf(f.verdict), sheet.c).text, Qt::AlignRight);
        const qreal space = inner.width() - side - sheet.u(16) - sheet.width(right, figures) - sheet.u(24);
        QString name = f.title.in(sheet.lang);
        if (!f.object.isEmpty())
            name += QStringLiteral(" · ") + f.object.section(u'/', -1);
        name = cutToFit(sheet, name, words, {space, sheet.lineHeight(words) * 1.2});
        sheet.line({inner.left() + side + sheet.u(16), y, space, row}, name, words, sheet.c.text);
        if (i > 0)
            sheet.rule({inner.left(), y}, inner.width());
    }
    if (shown < count)
        sheet.line({inner.left(), y, inner.width(), row}, sheet.in(Text{"ほか %1 件。E で全部", "%1 more: E shows all"}.arg(count - shown)), words, sheet.c.text2);
}

void drawPresenterNotes(Sheet &sheet, const QRectF &box, const ItemScreen &screen)
{
    sheet.card(box);
    const QRectF inner = box.adjusted(sheet.u(padding), sheet.u(cardPadding), -sheet.u(padding), -sheet.u(cardPadding));
    const QFont label = sheet.s.font(S::small, true);
    const QString guidance = withoutCode(screen.guidance), look = withoutCode(screen.lookAt);
    const qreal labels = 2 * sheet.lineHeight(label) + sheet.u(24);
    qreal size = S::small;
    for (const qreal candidate : textSizes) {
        size = candidate;
        const QFont font = sheet.s.font(size);
        if (sheet.paragraphHeight(guidance, font, inner.width()) + sheet.paragraphHeight(look, font, inner.width()) + labels <= inner.height())
            break;
    }
    qreal y = inner.top();
    sheet.line({inner.left(), y, inner.width(), sheet.lineHeight(label)}, sheet.in({"指針", "What good looks like"}), label, sheet.c.text2);
    y += sheet.lineHeight(label);
    const QFont font = sheet.s.font(size);
    const qreal lookHeight = look.isEmpty() ? 0 : std::min(sheet.paragraphHeight(look, font, inner.width()), inner.height() / 3);
    const qreal below = look.isEmpty() ? 0 : lookHeight + sheet.lineHeight(label) + sheet.u(24);
    y += sheet.fitted({inner.left(), y, inner.width(), inner.bottom() - y - below}, guidance, {size}, sheet.c.text);
    if (look.isEmpty())
        return;
    y += sheet.u(24);
    sheet.line({inner.left(), y, inner.width(), sheet.lineHeight(label)}, sheet.in({"見るもの", "What to look at"}), label, sheet.c.text2);
    y += sheet.lineHeight(label);
    sheet.fitted({inner.left(), y, inner.width(), inner.bottom() - y}, look, {size}, sheet.c.text);
}

} // namespace tenken
