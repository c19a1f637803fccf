// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/coveragematrix.h>
#include <parts/badge.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace tenken
{

namespace
{

constexpr int needHeight = 52, columnWidth = 116, headHeight = 84, narrowHead = 264, wideHead = 380;

Glyph glyphAt(const QVariant &verdict)
{
    return glyphOf(Verdict(verdict.toInt()));
}

/// Some lines of a text that may break anywhere; the last one is elided.
void drawLines(QPainter &p, const QRectF &box, const QString &text, int most)
{
    const QFontMetricsF metrics(p.font(), p.device());
    QTextLayout layout(text, p.font(), p.device());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = box.top();
    for (int i = 0; i < most; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(box.width());
        const QString rest = text.mid(line.textStart(), i + 1 == most ? -1 : line.textLength());
        p.drawText(QRectF(box.left(), y, box.width(), metrics.height()),
                   Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                   metrics.elidedText(rest.trimmed(), Qt::ElideRight, box.width()));
        y += metrics.height();
    }
    layout.endLayout();
}

/// What both heads share: the ground, a tint where the current cell is, the line.
class Head : public QHeaderView
{
public:
    Head(Qt::Orientation orientation, QWidget *parent) : QHeaderView(orientation, parent)
    {
        setSectionsClickable(true);
        setSectionResizeMode(QHeaderView::Fixed);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    QVariant at(int section, int role) const { return model()->headerData(section, orientation(), role); }

    void paintGround(QPainter *p, const QRect &rect, int section) const
    {
        const Colours &c = coloursFor(palette());
        const QModelIndex now = selectionModel() ? selectionModel()->currentIndex() : QModelIndex();
        const bool current =
            now.isValid() && section == (orientation() == Qt::Vertical ? now.row() : now.column());
        p->fillRect(rect, current ? c.selection : c.base);
        p->setPen(c.line);
        if (orientation() == Qt::Vertical)
            p->drawLine(rect.bottomLeft(), rect.bottomRight());
        else
            p->drawLine(rect.topRight(), rect.bottomRight());
        if (current && orientation() == Qt::Vertical)
            p->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), c.accent);
        if (current && orientation() == Qt::Horizontal)
            p->fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), c.accent);
    }
};

class NeedHead : public Head
{
public:
    explicit NeedHead(QWidget *parent) : Head(Qt::Vertical, parent)
    {
        setDefaultSectionSize(needHeight);
        setMinimumSectionSize(needHeight);
    }
    int width = narrowHead;
    QSize sizeHint() const override { return {width, 100}; }

protected:
    void paintSection(QPainter *p, const QRect &rect, int section) const override
    {
        const Colours &c = coloursFor(palette());
        p->save();
        paintGround(p, rect, section);
        p->setRenderHint(QPainter::Antialiasing);
        const QString word = at(section, CoverageModel::StateRole).toString();
        const QFont caption = fontFor(Type::Caption);
        const QSizeF badge = badgeSize(caption, word);
        p->setFont(caption);
        const qreal top = rect.top() + 6;
        drawBadge(*p, QRectF(rect.right() - badge.width() - 6, top, badge.width(), 20),
                  glyphAt(at(section, CoverageModel::VerdictRole)), word, c);
        p->setPen(c.text2);
        drawLines(*p, QRectF(rect.left() + 12, top + 22, rect.width() - 20, 18),
                  at(section, CoverageModel::ReasonRole).toString(), 1);
        p->setFont(fontFor(Type::BodyBold));
        p->setPen(c.text);
        drawLines(*p, QRectF(rect.left() + 12, top, rect.width() - badge.width() - 26, 20),
                  at(section, Qt::DisplayRole).toString(), 1);
        p->restore();
    }
};

class MonitorHead : public Head
{
public:
    explicit MonitorHead(QWidget *parent) : Head(Qt::Horizontal, parent)
    {
        setDefaultSectionSize(columnWidth);
        setMinimumSectionSize(columnWidth);
    }
    QSize sizeHint() const override { return {100, headHeight}; }

protected:
    void paintSection(QPainter *p, const QRect &rect, int section) const override
    {
        const Colours &c = coloursFor(palette());
        p->save();
        paintGround(p, rect, section);
        p->setRenderHint(QPainter::Antialiasing);
        const Glyph glyph = glyphAt(at(section, CoverageModel::VerdictRole));
        drawGlyph(*p, QRectF(rect.left() + 8, rect.top() + 9, 13, 13), glyph, c);
        p->setFont(fontFor(Type::CaptionBold));
        p->setPen(toneOf(glyph, c).text);
        drawLines(*p, QRectF(rect.left() + 26, rect.top() + 6, rect.width() - 32, 18),
                  at(section, CoverageModel::StateRole).toString(), 1);
        p->setFont(fontFor(Type::Caption));
        p->setPen(c.text);
        drawLines(*p, QRectF(rect.left() + 8, rect.top() + 26, rect.width() - 14, 54),
                  at(section, Qt::DisplayRole).toString(), 3);
        p->restore();
    }
};

class CellDelegate : public QStyledItemDelegate
{
public:
    explicit CellDelegate(QTableView *view) : QStyledItemDelegate(view), m_view(view) {}

    void paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &c = coloursFor(option.palette);
        const QModelIndex now = m_view->currentIndex();
        const bool here = index == now;
        const bool beside = now.isValid() && (index.row() == now.row() || index.column() == now.column());
        p->save();
        p->fillRect(option.rect, here ? c.selection : beside ? c.alt : c.base);
        p->setPen(c.line);
        p->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        const QString word = index.data().toString();
        p->setFont(fontFor(Type::Caption));
        if (word.isEmpty()) {
            p->setPen(c.text3);
            p->drawText(option.rect, Qt::AlignCenter, QStringLiteral("·"));
        } else {
            p->setRenderHint(QPainter::Antialiasing);
            const QSizeF size = badgeSize(p->font(), word);
            drawBadge(*p,
                      QRectF(option.rect.center().x() - size.width() / 2, option.rect.top(), size.width(),
                             option.rect.height()),
                      glyphAt(index.data(CoverageModel::VerdictRole)), word, c);
        }
        if (here && m_view->hasFocus())
            drawFocus(*p, QRectF(option.rect), c);
        p->restore();
    }

private:
    QTableView *m_view;
};

} // namespace

CoverageMatrix::CoverageMatrix(CoverageModel &model, Lang lang, QWidget *parent)
    : QTableView(parent), m_model(model)
{
    setAccessibleName(Text{"必要な警報と監視の表", "Needs and monitors"}.in(lang));
    setVerticalHeader(new NeedHead(this));
    setHorizontalHeader(new MonitorHead(this));
    setItemDelegate(new CellDelegate(this));
    setModel(&model);
    setFrameShape(NoFrame);
    setShowGrid(false);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectItems);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    connect(verticalHeader(), &QHeaderView::sectionClicked, this,
            [this](int row) { choose(row, std::max(0, currentIndex().column())); });
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this,
            [this](int column) { choose(std::max(0, currentIndex().row()), column); });
}

QSize CoverageMatrix::sizeHint() const
{
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    return {640, headHeight + needHeight * std::max(1, m_model.rowCount()) + bar + 2};
}

void CoverageMatrix::choose(int row, int column)
{
    setCurrentIndex(m_model.index(row, column));
}

void CoverageMatrix::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(); // the tint of row and column
    verticalHeader()->viewport()->update();
    horizontalHeader()->viewport()->update();
    if (current.isValid())
        emit chosen(current.row(), current.column());
}

void CoverageMatrix::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit detailsRequested();
        return;
    }
    if (!event->text().isEmpty() && event->text()[0].isLetterOrNumber())
        return event->ignore();
    QTableView::keyPressEvent(event);
}

void CoverageMatrix::resizeEvent(QResizeEvent *event)
{
    fit();
    QTableView::resizeEvent(event);
}

void CoverageMatrix::fit()
{
    auto *head = static_cast<NeedHead *>(verticalHeader());
    const int wanted = width() > 1'000 ? wideHead : narrowHead;
    if (head->width == wanted)
        return;
    head->width = wanted;
    head->setFixedWidth(wanted);
    updateGeometries();
}

} // namespace tenken
