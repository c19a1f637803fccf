// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtesttable.h>

#include <parts/colours.h>
#include <parts/pictureexport.h>
#include <parts/style.h>

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>

namespace tenken {

namespace {

class FigureDelegate : public QStyledItemDelegate
{
public:
    FigureDelegate(int trustedRole, int strongRole, QObject *parent)
        : QStyledItemDelegate(parent), m_trusted(trustedRole), m_strong(strongRole)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QVariant trusted = index.data(m_trusted);
        if (trusted.isValid() && !trusted.toBool())
            option->palette.setColor(QPalette::Text, coloursFor(option->palette).text3);
        if (m_strong >= 0 && index.data(m_strong).toBool())
            option->font.setWeight(QFont::DemiBold);
    }

private:
    int m_trusted, m_strong;
};

} // namespace

LoadTestTable::LoadTestTable(int trustedRole, int strongRole, QWidget *parent) : QTableView(parent)
{
    setItemDelegate(new FigureDelegate(trustedRole, strongRole, this));
    setFrameShape(NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(24);
    verticalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(56);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LoadTestTable::setFilled(QAbstractItemModel *model)
{
    setModel(model);
    const auto fit = [this] {
        // A look at the first rows is enough, and a run may have thousands of names.
        horizontalHeader()->setResizeContentsPrecision(100);
        resizeColumnsToContents();
        for (int i = 0; i + 1 < horizontalHeader()->count(); ++i)
            setColumnWidth(i, std::min(columnWidth(i) + 12, 420));
        updateGeometry();
    };
    connect(model, &QAbstractItemModel::modelReset, this, fit);
    fit();
}

QString LoadTestTable::csv() const
{
    QList<QStringList> rows(1);
    for (int column = 0; model() && column < model()->columnCount(); ++column)
        rows[0] << model()->headerData(column, Qt::Horizontal).toString();
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << model()->index(row, column).data().toString();
        rows << cells;
    }
    return csvOf(rows);
}

QSize LoadTestTable::sizeHint() const
{
    const int rows = std::clamp(model() ? model()->rowCount() : 0, 1, mostRows);
    return {480, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 16};
}

QSize LoadTestTable::minimumSizeHint() const { return {240, sizeHint().height()}; }

void LoadTestTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return QApplication::clipboard()->setText(csv());
    if (!event->text().isEmpty() && event->text()[0].isLetterOrNumber())
        return event->ignore();
    QTableView::keyPressEvent(event);
}

} // namespace tenken
