// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historydelegate.h>

#include <items/historymodel.h>
#include <parts/badge.h>
#include <parts/type.h>

#include <QPainter>

namespace tenken {

namespace {

constexpr int height = 52, left = 12, glyphSize = 16, textLeft = 40;

} // namespace

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines = QFontMetrics(fontFor(Type::Body)).height() + QFontMetrics(fontFor(Type::Caption)).height();
    return {option.rect.width(), std::max(height, lines + 12)};
}

void HistoryDelegate::paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &c = coloursFor(option.palette);
    const QRect row = option.rect;
    p->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        p->fillRect(row, c.selection);
        p->fillRect(QRect(row.left(), row.top(), 3, row.height()), c.accent);
    }
    const QVariant decision = index.data(HistoryModel::DecisionRole);
    const bool document = index.data(HistoryModel::KindRole).toInt() == int(HistoryEntry::Kind::Document);
    const Glyph glyph = decision.isValid() ? glyphOf(Decision(decision.toInt())) : Glyph::Open;
    const QRectF sign(row.left() + left, row.center().y() - glyphSize / 2, glyphSize, glyphSize);
    if (document)
        drawGlyph(*p, sign, glyph, c);
    else
        p->fillRect(QRectF(sign.center().x() - 2, sign.center().y() - 2, 4, 4), c.text3);
    const QString day = index.data(HistoryModel::DayRole).toString();
    p->setFont(fontFor(Type::Caption));
    const int dayWidth = p->fontMetrics().horizontalAdvance(day) + 8;
    p->setPen(c.text2);
    p->drawText(QRect(row.right() - dayWidth - 8, row.top() + 7, dayWidth, 20), Qt::AlignRight | Qt::AlignVCenter, day);
    const int width = row.width() - textLeft - 12;
    p->drawText(QRect(row.left() + textLeft, row.center().y() + 2, width, 18), Qt::AlignLeft | Qt::AlignVCenter,
                p->fontMetrics().elidedText(index.data(HistoryModel::DetailRole).toString(), Qt::ElideRight, width));
    p->setFont(fontFor(document ? Type::BodyBold : Type::Body));
    p->setPen(document ? toneOf(glyph, c).text : c.text);
    p->drawText(QRect(row.left() + textLeft, row.top() + 5, width - dayWidth, 22), Qt::AlignLeft | Qt::AlignVCenter,
                p->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, width - dayWidth));
    p->setPen(c.line);
    p->drawLine(row.bottomLeft(), row.bottomRight());
    p->restore();
}

} // namespace tenken
