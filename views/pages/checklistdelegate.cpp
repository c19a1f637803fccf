// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/checklistdelegate.h>

#include <items/checklistmodel.h>
#include <parts/badge.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QApplication>
#include <QPainter>

namespace tenken {

namespace {

/// What the machine column shows: the verdict, or that people answer here.
Glyph machineGlyph(const QModelIndex &index)
{
    const QVariant verdict = index.data(ChecklistModel::VerdictRole);
    if (verdict.isValid())
        return glyphOf(Verdict(verdict.toInt()));
    return Standing(index.data(ChecklistModel::StandingRole).toInt()) == Standing::Attested ? Glyph::Attested : Glyph::Open;
}

} // namespace

ChecklistDelegate::ChecklistDelegate(Lang lang, QObject *parent) : QStyledItemDelegate(parent), m_lang(lang) { }

QSize ChecklistDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int text = QFontMetrics(fontFor(Type::Body)).height();
    return {QStyledItemDelegate::sizeHint(option, index).width(), std::max(m_compact ? 24 : 32, text + 4)};
}

void ChecklistDelegate::paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    p->save();
    if (index.data(ChecklistModel::IsSectionRole).toBool())
        paintSection(*p, option, index);
    else
        paintItem(*p, option, index);
    p->restore();
}

void ChecklistDelegate::paintSection(QPainter &p, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &c = coloursFor(option.palette);
    p.fillRect(option.rect, c.alt);
    p.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.line);
    if (option.state & QStyle::State_Selected)
        drawSelection(p, option.rect, c);
    const auto count = index.data(ChecklistModel::CountsRole).value<SectionCount>();
    const QRect row = option.rect.adjusted(4, 0, -14, 0);

    p.setFont(fontFor(Type::Caption));
    const QString total = QStringLiteral("%1 / %2").arg(count.pass).arg(count.applicable());
    const int totalWidth = 56;
    p.setPen(c.text2);
    p.drawText(QRect(row.right() - totalWidth, row.top(), totalWidth, row.height()), Qt::AlignVCenter | Qt::AlignRight, total);
    const QRectF bar(row.right() - totalWidth - 104, row.center().y() - 3, 96, 8);
    drawSegments(p, bar, count, c);

    p.setFont(fontFor(Type::BodyBold));
    p.setPen(c.text);
    const QRect title(row.left(), row.top(), int(bar.left()) - row.left() - 8, row.height());
    p.drawText(title, Qt::AlignVCenter, p.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, title.width()));
    if (option.state & QStyle::State_HasFocus)
        drawFocus(p, QRectF(option.rect), c);
}

void ChecklistDelegate::paintMachine(QPainter &p, const QRect &box, const QModelIndex &index) const
{
    const QPalette palette = QApplication::palette();
    const Colours &c = coloursFor(palette);
    const Glyph glyph = machineGlyph(index);
    const QVariant verdict = index.data(ChecklistModel::VerdictRole);
    QString word;
    if (verdict.isValid())
        word = label(Verdict(verdict.toInt())).in(m_lang);
    else
        word = label(Standing(index.data(ChecklistModel::StandingRole).toInt())).in(m_lang);
    p.setFont(fontFor(Type::CaptionBold));
    if (badgeSize(p.font(), word).width() > box.width()) {
        drawGlyph(p, QRectF(box.left() + 6, box.center().y() - 7, 14, 14), glyph, c);
        return;
    }
    drawBadge(p, QRectF(box), glyph, word, c);
}

void ChecklistDelegate::paintItem(QPainter &p, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &c = coloursFor(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        p.fillRect(option.rect, c.selection);
    const QRectF glyphBox(option.rect.center().x() - 7, option.rect.center().y() - 7, 15, 15);
    switch (index.column()) {
    case ChecklistModel::ItemColumn: {
        if (selected)
            p.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), c.accent);
        p.setFont(fontFor(selected ? Type::BodyBold : Type::Body));
        p.setPen(c.text);
        const QRect text = option.rect.adjusted(4, 0, -6, 0);
        p.drawText(text, Qt::AlignVCenter, p.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        if (option.state & QStyle::State_HasFocus)
            drawFocus(p, QRectF(option.rect.adjusted(-40, 0, 0, 0)), c);
        break;
    }
    case ChecklistModel::MachineColumn:
        paintMachine(p, option.rect.adjusted(2, 0, -2, 0), index);
        break;
    case ChecklistModel::TeamColumn:
        drawGlyph(p, glyphBox, index.data(ChecklistModel::TeamStaleRole).toBool()
                                   ? Glyph::Stale : glyphOf(TeamAnswer(index.data(ChecklistModel::TeamAnswerRole).toInt())), c);
        break;
    case ChecklistModel::ReviewColumn:
        drawGlyph(p, glyphBox, index.data(ChecklistModel::ReviewStaleRole).toBool()
                                   ? Glyph::Stale : glyphOf(ReviewAnswer(index.data(ChecklistModel::ReviewAnswerRole).toInt())), c);
        if (index.data(ChecklistModel::DisagreementRole).toBool())
            p.fillRect(QRect(option.rect.right() - 3, option.rect.top() + 4, 4, option.rect.height() - 8), c.warn.mark);
        break;
    }
}

} // namespace tenken
