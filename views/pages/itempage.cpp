// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/itempage.h>

#include <pages/findingslist.h>
#include <pages/itemhistory.h>
#include <pages/label.h>
#include <pages/loosenings.h>
#include <pages/recorddialog.h>
#include <pages/remedybox.h>
#include <pages/stalestrip.h>
#include <parts/answercard.h>
#include <parts/icons.h>
#include <parts/refresher.h>
#include <review/session.h>

#include <QBoxLayout>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>

namespace tenken {

ItemPage::ItemPage(Session &session, Lang lang, QWidget *parent)
    : QScrollArea(parent), m_session(session), m_lang(lang)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(in({"項目", "Item"}));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 12, 24, 24);
    column->setSpacing(12);
    column->addWidget(buildHead());
    column->addWidget(buildCards());
    m_strip = new Strip;
    column->addWidget(m_strip);
    m_stale = new StaleStrip(lang);
    column->addWidget(m_stale);
    m_answers = new AnswerBar(session, lang);
    column->addWidget(m_answers);

    column->addWidget(new Label(in({"指針", "What good looks like"}), Type::CaptionBold, Label::Ink::Text2));
    m_guidance = new Label(Type::Body);
    m_guidance->setWrapped();
    column->addWidget(m_guidance);
    m_peopleHint = new Label(Type::Body, Label::Ink::Text2);
    m_peopleHint->setWrapped();
    column->addWidget(m_peopleHint);
    m_findingsTitle = new Label(Type::CaptionBold, Label::Ink::Text2);
    column->addWidget(m_findingsTitle);
    m_findings = new FindingsList(lang);
    column->addWidget(m_findings);
    m_remedy = new RemedyBox(lang);
    column->addWidget(m_remedy);
    auto *recordRow = new QHBoxLayout;
    m_record = new QToolButton;
    m_record->setText(in({"試験を記録…", "Record a test…"}));
    m_record->setIcon(iconOf(Sign::Plus));
    m_record->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    recordRow->addWidget(m_record);
    recordRow->addStretch(1);
    column->addLayout(recordRow);
    m_history = new QVBoxLayout;
    m_history->setSpacing(6);
    column->addLayout(m_history);
    column->addStretch(1);
    setWidget(content);

    connect(m_findings, &FindingsList::findingSelected, this, [this] {
        showRemedy();
        emit findingSelected();
    });
    connect(m_stale, &StaleStrip::compareRequested, this, &ItemPage::compare);
    connect(m_stale, &StaleStrip::confirmRequested, this, [this](bool team, bool reviewer) {
        if (team)
            m_session.confirmTeamAnswer(m_itemId);
        if (reviewer)
            m_session.confirmReviewAnswer(m_itemId);
    });
    connect(m_record, &QToolButton::clicked, this, &ItemPage::recordTest);
    connect(m_answers, &AnswerBar::waiverRequested, this, &ItemPage::editWaiver);
    connect(m_answers, &AnswerBar::roleChanged, this, &ItemPage::refreshCards);
    auto *all = new Refresher(this, [this] { refresh(); });
    auto *outcome = new Refresher(this, [this] { refreshFindings(); refreshCards(); refreshHistory(); });
    connect(&session, &Session::loaded, all, &Refresher::later);
    connect(&session, &Session::outcomeChanged, outcome, &Refresher::request);
}

QWidget *ItemPage::buildHead()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    m_path = new Label(Type::Caption, Label::Ink::Text2);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_level = new Label(Type::CaptionBold, Label::Ink::Text);
    row->addWidget(m_path, 1);
    row->addWidget(m_level);
    column->addLayout(row);
    m_question = new Label(Type::Question);
    m_question->setWrapped();
    column->addWidget(m_question);
    return box;
}

QWidget *ItemPage::buildCards()
{
    auto *box = new QWidget;
    m_cardRow = new QBoxLayout(QBoxLayout::LeftToRight, box);
    m_cardRow->setContentsMargins(0, 0, 0, 0);
    m_cardRow->setSpacing(8);
    m_machine = new AnswerCard;
    m_team = new AnswerCard;
    m_reviewer = new AnswerCard;
    for (AnswerCard *card : {m_machine, m_team, m_reviewer})
        m_cardRow->addWidget(card, 1);
    connect(m_team, &AnswerCard::clicked, this, [this] { m_answers->setRole(AnswerBar::Role::Team); });
    connect(m_reviewer, &AnswerCard::clicked, this,
            [this] { m_answers->setRole(AnswerBar::Role::Reviewer); });
    return box;
}

void ItemPage::setItem(const QString &itemId)
{
    if (itemId == m_itemId)
        return;
    m_itemId = itemId;
    m_answers->setItem(itemId);
    refresh();
    ensureVisible(0, 0);
}

void ItemPage::refresh()
{
    const Checklist &checklist = m_session.checklist();
    const Item *item = checklist.item(m_itemId);
    const ItemResult *result = m_session.assessment().item(m_itemId);
    widget()->setVisible(item != nullptr);
    if (!item)
        return;
    int number = 0;
    for (size_t i = 0; i < checklist.sections.size(); ++i) {
        if (m_itemId.startsWith(checklist.sections[i].id + u'.'))
            number = int(i);
    }
    const Section &section = checklist.sections[size_t(number)];
    m_path->setText(QStringLiteral("%1 %2  ›  <code>%3</code>")
                        .arg(number + 1)
                        .arg(in(section.title).toHtmlEscaped(), m_itemId));
    Text level = item->level == Level::Must ? Text{"必須", "Must"} : Text{"推奨", "Should"};
    if (const auto &stages = checklist.stages; !stages.empty())
        level = Text{"%1 · %2 から", "%1 · from %2"}.arg(level, stages[size_t(checklist.stageOf(*item))].title);
    if (!item->waivable)
        level = Text{"%1 · 免除不可", "%1 · never waived"}.arg(level);
    m_level->setText(in(level));
    m_level->setToolTip(in(item->neverWaived));
    m_question->setText(in(item->question));
    m_guidance->setText(markup(in(item->guidance)));
    const bool machine = result && result->machine;
    m_peopleHint->setVisible(!machine);
    m_peopleHint->setText(
        markup(in(Text{"この項目は人が答えます。添えるもの: %1", "People answer this item. Attach: %1"}.arg(
            item->evidence))));
    m_record->setVisible(!recordKindsOf(*item).isEmpty());
    const int count = result ? int(result->findings.size()) : 0;
    m_findingsTitle->setText(in(Text{"所見 %1 件", "Findings %1"}.arg(count)));
    m_findingsTitle->setVisible(count > 0);
    m_findings->show(result ? result->findings : std::vector<Finding>{});
    refreshCards();
    refreshHistory();
}

void ItemPage::refreshCards()
{
    const Item *item = m_session.checklist().item(m_itemId);
    const ItemResult *result = m_session.assessment().item(m_itemId);
    const ItemReview *review = m_session.review().item(m_itemId);
    if (!item)
        return;
    m_machine->setText(machineCard(item, result, m_session.readAt(), m_lang));
    const ItemStanding *is = standing();
    const auto marked = [&](AnswerCardText card, bool stale) {
        if (stale) {
            card.glyph = Glyph::Stale;
            card.footer = in({"要再確認", "Look again"})
                + (card.footer.isEmpty() ? QString() : QStringLiteral(" · ") + card.footer);
        }
        return card;
    };
    m_team->setText(marked(teamCard(review, m_lang), is && is->teamStale));
    m_reviewer->setText(marked(reviewerCard(review, m_lang), is && is->reviewerStale));
    if (is)
        m_stale->show(*is, review && !m_session.isReadOnly());
    const bool editable = review && !m_session.isReadOnly();
    m_team->setToFillIn(editable && m_answers->role() == AnswerBar::Role::Team);
    m_reviewer->setToFillIn(editable && m_answers->role() == AnswerBar::Role::Reviewer);
    refreshStrip(is);
}

/// Where the verdicts do not tell all: they differ, somebody dissents, or a risk was accepted, and until
/// when.
void ItemPage::refreshStrip(const ItemStanding *is)
{
    const bool differ = is && is->disagreement, waived = is && is->standing == Standing::Waived;
    QStringList words;
    if (differ)
        words << disagreementInWords(*is->result, *is->review, m_lang);
    if (is && is->unexplained)
        words << in({"機械の不合格に反する理由を、メモに書いてください。",
                     "Write in the note why the machine's fail is taken as met."});
    if (waived)
        words << in(is->why);
    for (const ForecastDay &day : m_session.outcome().forecast) {
        if (is && std::ranges::contains(day.items, is->item->id))
            words << in(sentenceOf(day, m_session.outcome().decision, QDate::currentDate()));
    }
    const auto dissents = std::ranges::count(m_session.dissents(), m_itemId, &StatedDissent::item);
    if (dissents > 0)
        words << in(Text{"会議での異論が %1 件あります。",
                         dissents == 1 ? "%1 dissent in the meeting." : "%1 dissents in the meeting."}
                        .arg(dissents));
    m_strip->setVisible(!words.isEmpty());
    m_strip->setText(in(differ       ? Text{"判定が不一致です", "The verdicts differ"}
                            : waived ? Text{"免除されています", "Waived"}
                                     : Text{"確かめてください", "Look at this"}),
                     visible(maskSecrets(words.join(m_lang == Lang::Ja ? QString() : QStringLiteral(" ")))));
}

/// A waiver takes a finding out of the verdict, or ends: the list says so at once, and stays where it was.
void ItemPage::refreshFindings()
{
    const ItemResult *result = m_session.assessment().item(m_itemId);
    if (result && !m_findings->shows(result->findings))
        m_findings->showAgain(result->findings);
}

const Finding *ItemPage::currentFinding() const
{
    return m_findings->current();
}

void ItemPage::showRemedy()
{
    const Finding *finding = currentFinding();
    m_remedy->setVisible(finding != nullptr);
    if (finding && finding->waived)
        m_remedy->show(Text{"%1 免除: %2(%3が承認、%4 まで)", "%1 Waived: %2 (approved by %3, until %4)"}.arg(
                           finding->reason, finding->waived->reason, finding->waived->approver,
                           finding->waived->expires.toString(Qt::ISODate)),
                       finding->remedy, finding->snippet);
    else if (finding)
        m_remedy->show(finding->reason, finding->verdict == Verdict::Pass ? Text{} : finding->remedy,
                       finding->snippet);
}

void ItemPage::copyRemedy()
{
    m_remedy->copy();
}

void ItemPage::clearList(QVBoxLayout *list)
{
    while (QLayoutItem *entry = list->takeAt(0)) {
        if (entry->widget())
            entry->widget()->deleteLater();
        delete entry;
    }
}

void ItemPage::refreshHistory()
{
    clearList(m_history);
    const ItemReview *review = m_session.review().item(m_itemId);
    if (!review)
        return;
    const bool editable = !m_session.isReadOnly();
    const ItemResult *result = m_session.assessment().item(m_itemId);
    if (result && !result->loosened.empty()) {
        auto *loosenings = new Loosenings(result->loosened, editable, m_lang);
        connect(loosenings, &Loosenings::waiverRequested, this,
                [this](const QString &parameter, double value) {
                    Waiver target;
                    target.parameter = parameter;
                    target.value = value;
                    waivePart(target);
                });
        m_history->addWidget(loosenings);
    }
    ItemHistory *history = new ItemHistory(*review, m_session.dissents(), editable, m_lang);
    connect(history, &ItemHistory::addActionRequested, this, &ItemPage::addAction);
    connect(history, &ItemHistory::waiverRequested, this, &ItemPage::editWaiver);
    connect(history, &ItemHistory::waiversChanged, this,
            [this](const std::vector<Waiver> &waivers) { m_session.setWaivers(m_itemId, waivers); });
    connect(history, &ItemHistory::actionsChanged, this,
            [this](const std::vector<Action> &actions) { m_session.setActions(m_itemId, actions); });
    m_history->addWidget(history);
}

const ItemStanding *ItemPage::standing() const
{
    const auto &items = m_session.outcome().items;
    const auto found =
        std::ranges::find_if(items, [this](const ItemStanding &is) { return is.item->id == m_itemId; });
    return found == items.end() ? nullptr : &*found;
}

void ItemPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    m_cardRow->setDirection(event->size().width() < 560 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace tenken
