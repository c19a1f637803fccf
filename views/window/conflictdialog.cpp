// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/conflictdialog.h>

#include <pages/label.h>
#include <parts/colours.h>
#include <parts/style.h>

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

enum Column { ItemColumn, FieldColumn, OursColumn, TheirsColumn, BaseColumn, ColumnCount };

/// Words with room around them; the row's ground goes from edge to edge.
class RoomyDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &c = coloursFor(option.palette);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, c.selection);
            if (index.column() == ItemColumn)
                painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), c.accent);
        }
        QTextLayout layout;
        layOut(layout, index, option.rect.width());
        painter->setPen(c.text);
        layout.draw(painter, option.rect.topLeft() + QPointF(side, above));
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *table = qobject_cast<const QTableView *>(option.widget);
        const int width = table ? table->columnWidth(index.column()) : option.rect.width();
        QTextLayout layout;
        return {width, int(std::ceil(layOut(layout, index, width))) + 2 * above};
    }

private:
    /// Words stay whole where they can; answers the height.
    static qreal layOut(QTextLayout &layout, const QModelIndex &index, int width)
    {
        layout.setText(index.data().toString().replace(u'\n', QChar::LineSeparator));
        layout.setFont(qvariant_cast<QFont>(index.data(Qt::FontRole)));
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        qreal height = 0;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(40, width - 2 * side));
            line.setPosition({0, height});
            height += line.height();
        }
        layout.endLayout();
        return height;
    }

    static constexpr int side = 10, above = 8;
};

Column columnOf(MergeSide side)
{
    return side == MergeSide::Ours ? OursColumn : side == MergeSide::Theirs ? TheirsColumn : BaseColumn;
}

} // namespace

ConflictDialog::ConflictDialog(const std::vector<MergeConflict> &conflicts, const Checklist &checklist,
                               bool inFile, Lang lang, QWidget *parent)
    : QDialog(parent), m_lang(lang), m_conflicts(conflicts), m_sides(conflicts.size())
{
    setWindowTitle(in({"どちらを残しますか", "Which one stays?"}));
    resize(1080, 520);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    auto *about = new Label(
        in(inFile
               ? Text{"2 人が同じところに答えています。git が両方を残しました。1 つずつ選ぶと、review.yaml に印なしで書きます。",
                      "Two people answered the same. Git kept both. Choose one by one; review.yaml is then written without markers."}
               : Text{"この窓で直しているところが、ディスク上でも変わりました。1 つずつ選んでください。元に戻せます。",
                      "What is edited here changed on disk too. Choose one by one; it can be undone."}),
        Type::Body);
    about->setWrapped();
    column->addWidget(about);

    m_table = new QTableWidget(0, ColumnCount);
    m_table->setHorizontalHeaderLabels(
        {in({"項目", "Item"}), in({"欄", "Field"}),
         in(inFile ? Text{"1  こちら (ours)", "1  Ours"} : Text{"1  この窓", "1  This window"}),
         in(inFile ? Text{"2  相手 (theirs)", "2  Theirs"} : Text{"2  ディスク", "2  On disk"}),
         in({"3  元の値", "3  As it was"})});
    m_table->setAccessibleName(in({"競合の一覧", "Conflicts"}));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegate(new RoomyDelegate(m_table));
    m_table->setTabKeyNavigation(false);
    m_table->installEventFilter(this);
    for (const MergeConflict &conflict : conflicts)
        addRow(conflict, checklist);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    column->addWidget(m_table, 1);

    auto *row = new QHBoxLayout;
    const auto button = [&](const Text &text, MergeSide side) {
        auto *b = new QPushButton(in(text));
        connect(b, &QPushButton::clicked, this, [this, side] { choose(side); });
        row->addWidget(b);
    };
    button(inFile ? Text{"こちらを残す  1", "Keep ours  1"}
                  : Text{"この窓を残す  1", "Keep this window's  1"},
           MergeSide::Ours);
    button(inFile ? Text{"相手を残す  2", "Keep theirs  2"} : Text{"ディスクを残す  2", "Keep the file's  2"},
           MergeSide::Theirs);
    button({"元の値に戻す  3", "As it was  3"}, MergeSide::Base);
    row->addStretch(1);
    m_left = new Label(Type::Caption, Label::Ink::Text2);
    row->addWidget(m_left);
    column->addLayout(row);
    auto *buttons = new QDialogButtonBox;
    m_ok = buttons->addButton(in(inFile ? Text{"書き込む", "Write"} : Text{"取り入れる", "Take over"}),
                              QDialogButtonBox::AcceptRole);
    setPrimary(m_ok);
    buttons->addButton(in({"あとで", "Later"}), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    showRow(0);
    m_table->setCurrentCell(0, 0);
    m_table->setFocus();
}

void ConflictDialog::addRow(const MergeConflict &c, const Checklist &checklist)
{
    const Item *item = checklist.item(c.item);
    const auto said = [this](const Text &value, const QString &by) {
        const QString text = in(value).isEmpty() ? in({"(なし)", "(nothing)"}) : in(value);
        return visible(maskSecrets(by.isEmpty() ? text : QStringLiteral("%1 — %2").arg(text, by)));
    };
    const QStringList cells{item                   ? in(item->title)
                                : c.item.isEmpty() ? in({"レビュー", "Review"})
                                                   : c.item,
                            in(c.field), said(c.ours, c.oursBy), said(c.theirs, c.theirsBy),
                            said(c.base, {})};
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    for (int column = 0; column < ColumnCount; ++column) {
        auto *cell = new QTableWidgetItem(cells[column]);
        cell->setData(Qt::UserRole, cells[column]);
        cell->setFont(m_table->font());
        cell->setToolTip(cells[column]);
        m_table->setItem(row, column, cell);
    }
}

void ConflictDialog::choose(MergeSide side)
{
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    m_sides[size_t(row)] = side;
    showRow(row);
    if (row + 1 < m_table->rowCount())
        m_table->setCurrentCell(row + 1, 0);
}

/// The chosen value is ticked and bold; the row says it to a screen reader too.
void ConflictDialog::showRow(int row)
{
    for (int column = OursColumn; row < m_table->rowCount() && column < ColumnCount; ++column) {
        QTableWidgetItem *cell = m_table->item(row, column);
        const bool chosen = m_sides[size_t(row)] && columnOf(*m_sides[size_t(row)]) == column;
        const QString text = cell->data(Qt::UserRole).toString();
        cell->setText(chosen ? QStringLiteral("✓ ") + text : text);
        QFont font = m_table->font();
        font.setBold(chosen);
        cell->setFont(font);
        cell->setData(Qt::AccessibleTextRole,
                      chosen ? Text{"選択: %1", "chosen: %1"}.arg(text).in(m_lang) : text);
    }
    const auto left = std::ranges::count_if(m_sides, [](const auto &side) { return !side; });
    m_left->setText(in(left == 0 ? Text{"すべて選びました。", "All are chosen."}
                                 : Text{"残り %1 件", "%1 left"}.arg(left)));
    m_ok->setEnabled(left == 0);
}

std::vector<MergeSide> ConflictDialog::sides() const
{
    std::vector<MergeSide> sides;
    for (const auto &side : m_sides)
        sides.push_back(side.value_or(MergeSide::Ours));
    return sides;
}

bool ConflictDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_1 || key == Qt::Key_2 || key == Qt::Key_3) {
            choose(key == Qt::Key_1       ? MergeSide::Ours
                       : key == Qt::Key_2 ? MergeSide::Theirs
                                          : MergeSide::Base);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace tenken
