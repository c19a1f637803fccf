// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/answerbar.h>

#include <pages/label.h>
#include <parts/icons.h>
#include <parts/keycap.h>
#include <review/session.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

AnswerBar::AnswerBar(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent), m_session(session), m_lang(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_rows = new QStackedWidget;
    m_rows->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_rows->addWidget(buttonRow<TeamAnswer>({{TeamAnswer::Pass, QStringLiteral("1")},
                                             {TeamAnswer::Fail, QStringLiteral("2")},
                                             {TeamAnswer::NotApplicable, QStringLiteral("3")},
                                             {TeamAnswer::NotYet, QStringLiteral("4")}}));
    m_rows->addWidget(buttonRow<ReviewAnswer>({{ReviewAnswer::Accept, QStringLiteral("A")},
                                               {ReviewAnswer::Reject, QStringLiteral("R")},
                                               {ReviewAnswer::Waive, QStringLiteral("W")},
                                               {ReviewAnswer::Ask, QStringLiteral("Q")}}));
    column->addWidget(m_rows);

    m_note = new QPlainTextEdit;
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(3 * m_note->fontMetrics().lineSpacing() + 16);
    m_note->installEventFilter(this);
    column->addWidget(m_note);
    m_links = new QLineEdit;
    m_links->setPlaceholderText(Text{"リンク (空白で区切る)", "Links, separated by spaces"}.in(lang));
    m_links->setAccessibleName(Text{"リンク", "Links"}.in(lang));
    column->addWidget(m_links);
    connect(m_note, &QPlainTextEdit::textChanged, this, &AnswerBar::commitNote);
    connect(m_links, &QLineEdit::editingFinished, this, &AnswerBar::commitNote);
    connect(&session, &Session::itemChanged, this, [this](const QString &id) {
        if (id == m_itemId)
            refresh();
    });
    connect(&session, &Session::loaded, this, &AnswerBar::refresh);
    connect(&session, &Session::readOnlyChanged, this, &AnswerBar::refresh);
}

template<typename Kind>
QWidget *AnswerBar::buttonRow(const std::vector<std::pair<Kind, QString>> &answers)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (const auto &[kind, key] : answers) {
        auto *button = new QPushButton;
        button->setText(QStringLiteral("%1  %2").arg(label(kind).in(m_lang), key));
        button->setIcon(iconOf(glyphOf(kind)));
        button->setCheckable(true);
        button->setMinimumHeight(32);
        button->setAccessibleName(label(kind).in(m_lang));
        button->setToolTip(Text{"%1 (キー %2)", "%1 (key %2)"}.arg(label(kind), key).in(m_lang));
        layout->addWidget(button);
        if constexpr (std::is_same_v<Kind, TeamAnswer>)
            m_teamButtons.emplace_back(int(kind), button);
        else
            m_reviewButtons.emplace_back(int(kind), button);
        connect(button, &QPushButton::clicked, this, [this, kind] { answer(kind); });
    }
    layout->addStretch(1);
    layout->addWidget(new Label(Text{"メモ", "Note"}.in(m_lang), Type::Body, Label::Ink::Text2));
    layout->addWidget(new KeyCap(QStringLiteral("N")));
    return row;
}

const ItemReview *AnswerBar::item() const
{
    return m_session.review().item(m_itemId);
}

void AnswerBar::setItem(const QString &itemId)
{
    m_itemId = itemId;
    const ItemReview *review = item();
    // Whoever has not spoken yet is asked first: the team, then the reviewer.
    setRole(review && review->team.answer == TeamAnswer::Open ? Role::Team : Role::Reviewer);
}

void AnswerBar::setRole(Role role)
{
    m_role = role;
    m_rows->setCurrentIndex(role == Role::Team ? 0 : 1);
    m_note->setAccessibleName((role == Role::Team ? Text{"チームのメモ", "The team's note"}
                                                  : Text{"レビュアーのメモ", "The reviewer's note"}).in(m_lang));
    refresh();
    emit roleChanged(role);
}

void AnswerBar::refresh()
{
    const ItemReview *review = item();
    const bool editable = review && !m_session.isReadOnly();
    setEnabled(editable);
    if (!review)
        return;
    m_refreshing = true;
    for (const auto &[kind, button] : m_teamButtons)
        button->setChecked(int(review->team.answer) == kind);
    for (const auto &[kind, button] : m_reviewButtons)
        button->setChecked(int(review->reviewer.answer) == kind);
    m_note->setPlaceholderText(noteWanted().in(m_lang));
    const QString note = m_role == Role::Team ? review->team.note : review->reviewer.note;
    if (m_note->toPlainText() != note)
        m_note->setPlainText(note);
    const QString links = (m_role == Role::Team ? review->team.links : review->reviewer.links).join(u' ');
    if (!m_links->hasFocus() || m_links->text().simplified() != links)
        m_links->setText(links);
    m_refreshing = false;
}

namespace {

template<typename Kind>
Answer<Kind> stamped(Answer<Kind> answer, const QString &author)
{
    answer.by = author;
    answer.at = QDateTime::currentDateTime();
    return answer;
}

} // namespace

const ItemStanding *AnswerBar::standing() const
{
    const auto &items = m_session.outcome().items;
    const auto is =
        std::ranges::find_if(items, [this](const ItemStanding &s) { return s.item->id == m_itemId; });
    return is == items.end() ? nullptr : &*is;
}

bool AnswerBar::isStale() const
{
    const ItemStanding *is = standing();
    return is && (m_role == Role::Team ? is->teamStale : is->reviewerStale);
}

/// What belongs into the note: a reason above all where the machine says fail and people do not.
Text AnswerBar::noteWanted() const
{
    const ItemStanding *is = standing();
    if (is && is->unexplained)
        return {"機械は不合格です。それでもよいとする理由を書いてください (N)。",
                "The machine says fail. Write why it is taken as met (N)."};
    return m_role == Role::Team ? Text{"チームのメモ: 根拠を書きます。", "The team's note: what it rests on."}
                                : Text{"レビュアーのメモ: 理由を書きます。", "The reviewer's note: why."};
}

void AnswerBar::answer(TeamAnswer kind)
{
    const ItemReview *review = item();
    if (!review || m_session.isReadOnly())
        return;
    setRole(Role::Team);
    // Pressing a stale answer's own key says it again, on what stands there now.
    if (review->team.answer == kind && isStale()) {
        m_session.confirmTeamAnswer(m_itemId);
        return;
    }
    auto changed = stamped(review->team, m_session.author());
    changed.answer = review->team.answer == kind ? TeamAnswer::Open : kind;
    m_session.setTeamAnswer(m_itemId, changed);
    refresh();
}

void AnswerBar::answer(ReviewAnswer kind)
{
    const ItemReview *review = item();
    if (!review || m_session.isReadOnly())
        return;
    setRole(Role::Reviewer);
    const bool again = review->reviewer.answer == kind;
    if (kind == ReviewAnswer::Waive && !again) {
        refresh();
        emit waiverRequested();
        return;
    }
    if (again && isStale()) {
        m_session.confirmReviewAnswer(m_itemId);
        return;
    }
    auto changed = stamped(review->reviewer, m_session.author());
    changed.answer = again ? ReviewAnswer::Open : kind;
    m_session.setReviewAnswer(m_itemId, changed);
    refresh();
}

void AnswerBar::commitNote()
{
    const ItemReview *review = item();
    if (m_refreshing || !review || m_session.isReadOnly())
        return;
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    const QStringList links = m_links->text().split(spaces, Qt::SkipEmptyParts);
    const QString note = m_note->toPlainText();
    if (m_role == Role::Team && (review->team.note != note || review->team.links != links)) {
        auto changed = stamped(review->team, m_session.author());
        changed.note = note;
        changed.links = links;
        m_session.setTeamAnswer(m_itemId, changed);
    } else if (m_role == Role::Reviewer
               && (review->reviewer.note != note || review->reviewer.links != links)) {
        auto changed = stamped(review->reviewer, m_session.author());
        changed.note = note;
        changed.links = links;
        m_session.setReviewAnswer(m_itemId, changed);
    }
}

void AnswerBar::focusNote()
{
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->moveCursor(QTextCursor::End);
}

bool AnswerBar::eventFilter(QObject *watched, QEvent *event)
{
    // Escape leaves the note; nothing typed is lost, it is an edit already.
    if (watched == m_note && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        parentWidget()->setFocus();
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tenken
