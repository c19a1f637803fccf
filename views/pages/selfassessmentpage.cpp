// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/selfassessmentpage.h>

#include <pages/answerbar.h>
#include <pages/label.h>
#include <pages/remedybox.h>
#include <parts/emptystate.h>
#include <parts/icons.h>
#include <parts/refresher.h>
#include <parts/style.h>
#include <review/session.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <array>

namespace tenken {

namespace {

Glyph glyphOf(SelfTask::Kind kind, bool done)
{
    if (done)
        return Glyph::Pass;
    switch (kind) {
    case SelfTask::Kind::Mend: return Glyph::Fail;
    case SelfTask::Kind::Supply: return Glyph::Unknown;
    case SelfTask::Kind::Reply: return Glyph::Ask;
    case SelfTask::Kind::Later: return Glyph::NotYet;
    case SelfTask::Kind::Reason: return Glyph::Warn;
    case SelfTask::Kind::Answer: break;
    }
    return Glyph::Open;
}

/// The glyph of what is to do; what is done steps back.
class TaskDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool done = index.data(SelfTaskModel::DoneRole).toBool();
        const Colours &c = coloursFor(option->palette);
        if (index.column() == SelfTaskModel::Kind) {
            option->icon = iconOf(glyphOf(SelfTask::Kind(index.data(SelfTaskModel::KindRole).toInt()), done));
            option->features |= QStyleOptionViewItem::HasDecoration;
        }
        if (index.column() == SelfTaskModel::Title && index.data(SelfTaskModel::MustRole).toBool())
            option->font.setWeight(QFont::DemiBold);
        if (done || index.column() == SelfTaskModel::Missing) {
            option->palette.setColor(QPalette::Text, c.text2);
            option->palette.setColor(QPalette::HighlightedText, c.text2);
        }
    }
};

/// Letters and figures belong to the page.
class TaskList final : public QTreeView
{
public:
    using QTreeView::QTreeView;
    void keyboardSearch(const QString &) override { }
};

} // namespace

SelfAssessmentPage::SelfAssessmentPage(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent), m_session(session), m_lang(lang), m_model(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(8);
    m_title = new Label(Type::KeyFigure);
    m_title->setWrapped();
    m_counts = new Label(Type::Body, Label::Ink::Text2);
    m_counts->setWrapped();
    column->addWidget(m_title);
    column->addWidget(m_counts);
    m_stack = new QStackedWidget;
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(9);
    splitter->addWidget(buildList());
    splitter->addWidget(buildDetails());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    m_empty = new EmptyState;
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);

    auto *work = new Refresher(this, [this] { refresh(); });
    connect(&session, &Session::outcomeChanged, work, &Refresher::request);
    connect(&session, &Session::loaded, this, [this, work] {
        m_offers = missingGuides(m_session.evidence(), m_session.checklist());
        m_guideHint->hide();
        work->later();
    });
    connect(&session, &Session::readOnlyChanged, work, &Refresher::request);
    m_offers = missingGuides(session.evidence(), session.checklist());
    refresh();
}

QWidget *SelfAssessmentPage::buildList()
{
    m_list = new TaskList;
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new TaskDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAttribute(Qt::WA_InputMethodEnabled, false); // or a Japanese input method takes the keys
    m_list->header()->setSectionResizeMode(SelfTaskModel::Kind, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(SelfTaskModel::Title, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(true);
    m_list->setAccessibleName(in({"残っていること", "What is left"}));
    m_list->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (!m_selecting && now.isValid())
            select(now.data(SelfTaskModel::ItemIdRole).toString());
    });
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &index) { emit itemRequested(index.data(SelfTaskModel::ItemIdRole).toString()); });
    return m_list;
}

QWidget *SelfAssessmentPage::buildDetails()
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(in({"選んだ項目", "The chosen item"}));
    m_details = new QWidget;
    auto *column = new QVBoxLayout(m_details);
    column->setContentsMargins(16, 8, 8, 8);
    column->setSpacing(12);
    m_level = new Label(Type::Caption, Label::Ink::Text2);
    m_question = new Label(Type::Question);
    m_question->setWrapped();
    m_missing = new Label(Type::Body);
    m_missing->setWrapped();
    m_remedy = new RemedyBox(m_lang);
    m_where = new Label(Type::Code, Label::Ink::Text2);
    m_where->setTextFormat(Qt::PlainText);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_answers = new AnswerBar(m_session, m_lang);
    m_guide = new QPushButton;
    m_guide->setIcon(iconOf(Sign::Pencil));
    m_guideHint = new Label(Type::Body, Label::Ink::Text2);
    m_guideHint->setTextFormat(Qt::PlainText);
    m_guideHint->setWrapped();
    m_guideHint->hide();
    m_open = new QPushButton(in({"項目のページで見る", "Show on the item page"}));
    m_open->setIcon(iconOf(Sign::ChevronRight));
    for (QWidget *part : std::initializer_list<QWidget *>{m_level, m_question, m_missing, m_remedy, m_where})
        column->addWidget(part);
    for (QPushButton *button : {m_guide, m_open}) {
        auto *row = new QHBoxLayout;
        row->addWidget(button);
        row->addStretch(1);
        column->addLayout(row);
    }
    column->insertWidget(column->count() - 1, m_guideHint);
    column->insertWidget(column->count() - 3, m_answers);
    column->addStretch(1);
    m_details->setFocusProxy(m_list); // out of the note the keys work again
    area->setWidget(m_details);
    connect(m_guide, &QPushButton::clicked, this, &SelfAssessmentPage::writeGuide);
    connect(m_open, &QPushButton::clicked, this, [this] { emit itemRequested(m_itemId); });
    return area;
}

void SelfAssessmentPage::refresh()
{
    const SelfAssessment all = selfAssessmentOf(m_session.outcome());
    m_selecting = true;
    m_model.setTasks(all, m_session.checklist(), m_itemId);
    if (m_model.rowOf(m_itemId) < 0)
        m_itemId = m_model.index(0, 0).data(SelfTaskModel::ItemIdRole).toString();
    if (const int row = m_model.rowOf(m_itemId); row >= 0 && m_list->currentIndex().row() != row)
        m_list->setCurrentIndex(m_model.index(row, 0));
    m_selecting = false;
    refreshHead(all);
    refreshDetails(all);
}

void SelfAssessmentPage::refreshHead(const SelfAssessment &all)
{
    m_ready = all.isReady();
    m_title->setInk(m_ready ? Label::Ink::Pass : Label::Ink::Text);
    m_title->setText(in(all.items == 0 ? Text{"項目がありません", "There are no items"}
                            : m_ready  ? Text{"レビューを依頼できます", "Ready for review"}
                                       : Text{"あと %1 件に答えると、レビューを依頼できます", QStringLiteral("%1 more to say before a review can be asked for")}.arg(all.silent)));
    std::array<int, 6> counts{};
    for (const SelfTask &task : all.tasks)
        ++counts[size_t(task.kind)];
    QStringList parts;
    for (size_t kind = 0; kind < counts.size(); ++kind) {
        if (counts[kind] > 0)
            parts.append(QStringLiteral("%1 %2").arg(label(SelfTask::Kind(kind)).in(m_lang)).arg(counts[kind]));
    }
    const Text left = all.tasks.empty() ? Text{"%1 項目のどれにも、残りはありません。", "Nothing is left in any of the %1 items."}.arg(all.items)
                                        : Text{"%1 項目のうち %2 項目に残りがあります: ", "Something is left in %2 of %1 items: "}.arg(all.items, all.tasks.size());
    m_counts->setText(all.items == 0 ? QString() : in(left) + parts.join(QStringLiteral(" · ")));
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    m_empty->setText(in(all.items == 0 ? Text{"サービスが開かれていません。", "No service is open."} : Text{"チームが答えることは、もうありません。", "There is nothing left for the team to say."}),
                     in(all.items == 0 ? Text{"フォルダーを開くと、残っていることが並びます。", "Open a folder: what is left is listed here."}
                                       : Text{"レビュアーに依頼し、F5 で会議を始められます。", "Ask the reviewers; F5 starts the meeting."}));
}

void SelfAssessmentPage::refreshDetails(const SelfAssessment &all)
{
    const Item *item = m_session.checklist().item(m_itemId);
    m_details->setVisible(item != nullptr);
    if (!item)
        return;
    const SelfTask *task = all.task(m_itemId);
    m_level->setText(QStringLiteral("%1 · %2").arg(in(item->level == Level::Must ? Text{"必須", "Must"} : Text{"推奨", "Should"}), m_itemId));
    m_question->setText(in(item->question));
    m_missing->setText(markup(in(task ? task->missing : Text{"この項目に残りはありません。↓ で次へ進みます。", "Nothing is left here. ↓ goes on."})));
    m_remedy->setVisible(task != nullptr);
    if (task)
        m_remedy->show({}, task->how, task->snippet);
    const QString where = task && !task->file.isEmpty() ? task->file + (task->span.isValid() ? u':' + QString::number(task->span.line) : QString()) : QString();
    m_where->setText(where);
    m_where->setVisible(!where.isEmpty());
    const GuideOffer *offer = offerFor(m_itemId);
    m_guide->setVisible(offer != nullptr);
    if (offer)
        m_guide->setText(in(Text{"下書きを %1 に書く", "Write a draft to %1"}.arg(offer->path)));
    if (std::exchange(m_answering, m_itemId) != m_itemId)
        m_answers->setItem(m_itemId);
    if (m_answers->role() != AnswerBar::Role::Team)
        m_answers->setRole(AnswerBar::Role::Team);
}

void SelfAssessmentPage::select(const QString &itemId)
{
    if (itemId == m_itemId)
        return;
    m_itemId = itemId;
    m_guideHint->hide();
    // The list is being moved in: what was done goes when it is at rest.
    QMetaObject::invokeMethod(this, [this] { refresh(); }, Qt::QueuedConnection);
}

void SelfAssessmentPage::step(int by)
{
    const int row = m_model.rowOf(m_itemId) + by;
    if (row >= 0 && row < m_model.rowCount())
        m_list->setCurrentIndex(m_model.index(row, 0));
}

const GuideOffer *SelfAssessmentPage::offerFor(const QString &itemId) const
{
    const auto found = std::ranges::find(m_offers, itemId, &GuideOffer::itemId);
    return found == m_offers.end() ? nullptr : &*found;
}

void SelfAssessmentPage::writeGuide()
{
    const GuideOffer *offer = offerFor(m_itemId);
    if (!offer)
        return;
    const auto written = writeGuideDraft(*offer, m_session.evidence(), m_lang);
    QString words = written ? in(Text{"%1 に書きました。<…> を実際の内容に書き換えてください。", "Written to %1. Replace every <…> by what is the case."}.arg(offer->path))
                            : written.error().toString(m_lang);
    if (written && !offer->snippet.isEmpty())
        words += u'\n' + in({"service.yaml に足すもの:", "To be added to service.yaml:"}) + u'\n' + offer->snippet;
    m_offers = missingGuides(m_session.evidence(), m_session.checklist());
    if (written)
        m_session.reload();
    refresh();
    m_guideHint->setInk(written ? Label::Ink::Text2 : Label::Ink::Fail);
    m_guideHint->setText(words);
    m_guideHint->show();
}

bool SelfAssessmentPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    switch (key->key()) {
    case Qt::Key_1: m_answers->answer(TeamAnswer::Pass); return true;
    case Qt::Key_2: m_answers->answer(TeamAnswer::Fail); return true;
    case Qt::Key_3: m_answers->answer(TeamAnswer::NotApplicable); return true;
    case Qt::Key_4: m_answers->answer(TeamAnswer::NotYet); return true;
    case Qt::Key_N: m_answers->focusNote(); return true;
    default: return false;
    }
}

} // namespace tenken
