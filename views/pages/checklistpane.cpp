// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/checklistpane.h>

#include <pages/checklistdelegate.h>
#include <pages/label.h>
#include <parts/chip.h>
#include <parts/icons.h>
#include <parts/refresher.h>
#include <parts/segmentbar.h>
#include <review/session.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>

namespace tenken {

namespace {

constexpr std::array filterOrder{ChecklistFilter::ToDo, ChecklistFilter::Failing, ChecklistFilter::Unknown,
                                 ChecklistFilter::Disagreement};

Text filterName(ChecklistFilter::Filter filter)
{
    switch (filter) {
    case ChecklistFilter::ToDo:
        return {"要対応", "To do"};
    case ChecklistFilter::Failing:
        return {"不合格", "Fail"};
    case ChecklistFilter::Unknown:
        return {"不明", "Unknown"};
    case ChecklistFilter::Disagreement:
        return {"不一致", "Differ"};
    }
    return {};
}

/// Letters are keys of the page, not a search in the tree; and an input method must not swallow them.
class Tree : public QTreeView
{
public:
    using QTreeView::QTreeView;
    void keyboardSearch(const QString &) override { }
};

} // namespace

ChecklistPane::ChecklistPane(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent), m_session(session), m_lang(lang)
{
    m_model.setLanguage(lang);
    m_filter.setSourceModel(&m_model);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);

    m_search = new QLineEdit;
    m_search->setPlaceholderText(Text{"項目・ID・所見を探す ( / )", "Search items, ids, findings ( / )"}.in(lang));
    m_search->setAccessibleName(Text{"項目を探す", "Search items"}.in(lang));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(iconOf(Sign::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(16, 0, 16, 0);
    top->setSpacing(8);
    top->addWidget(m_search);
    top->addWidget(buildChips());
    column->addLayout(top);
    buildTree();
    column->addWidget(m_tree, 1);
    column->addWidget(buildFooter());

    auto *typing = new QTimer(this);
    typing->setSingleShot(true);
    typing->setInterval(150);
    connect(m_search, &QLineEdit::textChanged, typing, qOverload<>(&QTimer::start));
    connect(typing, &QTimer::timeout, this, &ChecklistPane::applyFilters);
    auto *refresher = new Refresher(this, [this] { refresh(); });
    connect(&session, &Session::outcomeChanged, refresher, &Refresher::request);
    connect(&session, &Session::loaded, refresher, &Refresher::later);
    refresh();
}

QWidget *ChecklistPane::buildChips()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (int i = 0; i < 1 + int(filterOrder.size()); ++i) {
        auto *chip = new Chip;
        chip->setCheckable(true);
        chip->setFocusPolicy(Qt::TabFocus);
        row->addWidget(chip);
        m_chips.push_back(chip);
        connect(chip, &QToolButton::clicked, this, [this, i] {
            if (i == 0)
                clearFilters();
            else
                applyFilters();
        });
    }
    row->addStretch(1);
    return box;
}

void ChecklistPane::buildTree()
{
    m_tree = new Tree;
    m_tree->setModel(&m_filter);
    m_delegate = new ChecklistDelegate(m_lang, this);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(16);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setAttribute(Qt::WA_InputMethodEnabled, false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setAccessibleName(Text{"チェックリスト", "Checklist"}.in(m_lang));
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ChecklistModel::ItemColumn, QHeaderView::Stretch);
    header->setMinimumSectionSize(40);
    const std::array widths{std::pair{ChecklistModel::MachineColumn, 84}, std::pair{ChecklistModel::TeamColumn, 46},
                            std::pair{ChecklistModel::ReviewColumn, m_lang == Lang::Ja ? 66 : 62}};
    for (const auto &[column, width] : widths) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, width);
    }
    header->setMinimumHeight(26);
    header->setFont(fontFor(Type::Caption));
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsClickable(false);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        const QString id = currentItem();
        if (!id.isEmpty())
            emit itemSelected(id);
    });
}

QWidget *ChecklistPane::buildFooter()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    m_total = new Label(Type::Caption, Label::Ink::Text2);
    m_totalBar = new SegmentBar;
    column->addWidget(m_total);
    column->addWidget(m_totalBar);
    return box;
}

void ChecklistPane::refresh()
{
    const Outcome &outcome = m_session.outcome();
    const bool first = m_model.rowCount() == 0;
    if (outcome.items.empty())
        m_model.clear();
    else
        m_model.show(m_session.checklist(), outcome);
    m_chips[0]->setLabel(Text{"すべて", "All"}.in(m_lang), int(outcome.items.size()));
    for (size_t i = 0; i < filterOrder.size(); ++i)
        m_chips[i + 1]->setLabel(filterName(filterOrder[i]).in(m_lang), m_filter.count(filterOrder[i]));
    m_chips[0]->setChecked(!m_filter.filters());
    m_total->setText(countsInWords(outcome.total, m_lang));
    m_totalBar->setCount(outcome.total, m_lang);
    if (first)
        m_tree->expandAll();
    for (int row = 0; row < m_filter.rowCount(); ++row)
        m_tree->setFirstColumnSpanned(row, {}, true);
    if (!m_wanted.isEmpty())
        select(m_wanted);
}

void ChecklistPane::applyFilters()
{
    ChecklistFilter::Filters filters;
    for (size_t i = 0; i < filterOrder.size(); ++i) {
        if (m_chips[i + 1]->isChecked())
            filters |= filterOrder[i];
    }
    const QString before = currentItem();
    m_filter.setFilters(filters);
    m_filter.setText(m_search->text());
    m_chips[0]->setChecked(!filters);
    m_tree->expandAll();
    for (int row = 0; row < m_filter.rowCount(); ++row)
        m_tree->setFirstColumnSpanned(row, {}, true);
    if (!before.isEmpty())
        select(before);
}

QString ChecklistPane::currentItem() const
{
    return m_model.itemId(m_filter.mapToSource(m_tree->currentIndex()));
}

void ChecklistPane::select(const QString &itemId)
{
    const QModelIndex index = m_filter.mapFromSource(m_model.indexOf(itemId));
    if (!index.isValid()) {
        m_wanted = itemId;
        return;
    }
    m_wanted.clear();
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void ChecklistPane::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ChecklistPane::toggleFilter(int number)
{
    if (number >= 1 && number <= int(m_chips.size()))
        m_chips[size_t(number - 1)]->click();
}

void ChecklistPane::clearFilters()
{
    for (size_t i = 1; i < m_chips.size(); ++i)
        m_chips[i]->setChecked(false);
    m_search->clear();
    applyFilters();
}

void ChecklistPane::setCompact(bool compact)
{
    m_delegate->setCompact(compact);
    m_tree->doItemsLayout();
}

bool ChecklistPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape) {
            clearFilters();
            m_tree->setFocus();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return) {
            applyFilters();
            m_tree->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tenken
