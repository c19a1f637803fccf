// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/picturesides.h>

#include <parts/colours.h>
#include <parts/style.h>

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

namespace tenken {

PictureCanvas::PictureCanvas(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void PictureCanvas::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    if (draw)
        draw(p, QRectF(rect()).adjusted(16, 12, -16, -8));
    if (hasFocus())
        drawFocus(p, rect(), coloursFor(palette()));
}

ValueTable::ValueTable(QWidget *parent) : QTableWidget(parent)
{
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(24);
    horizontalHeader()->setStretchLastSection(true);
}

void ValueTable::fill(const QList<QStringList> &rows)
{
    clear();
    setRowCount(std::max<qsizetype>(0, rows.size() - 1));
    setColumnCount(rows.isEmpty() ? 0 : rows.first().size());
    if (rows.isEmpty())
        return;
    setHorizontalHeaderLabels(rows.first());
    for (qsizetype r = 1; r < rows.size(); ++r)
        for (qsizetype c = 0; c < rows[r].size(); ++c) {
            auto *cell = new QTableWidgetItem(rows[r][c]);
            cell->setTextAlignment(c == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
            setItem(int(r - 1), int(c), cell);
        }
    if (rows.size() < 500)
        resizeColumnsToContents();
}

void ValueTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_T || event->matches(QKeySequence::Copy))
        return event->ignore();
    QTableWidget::keyPressEvent(event);
}

} // namespace tenken
