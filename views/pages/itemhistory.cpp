// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/itemhistory.h>

#include <pages/label.h>
#include <parts/icons.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace tenken {

namespace {

QToolButton *removeButton(const Text &name, Lang lang)
{
    auto *button = new QToolButton;
    button->setIcon(iconOf(Sign::Close));
    button->setAutoRaise(true);
    button->setAccessibleName(name.in(lang));
    button->setToolTip(name.in(lang));
    return button;
}

QWidget *line(const QString &when, const QString &html)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    auto *time = new Label(when, Type::Caption, Label::Ink::Text2);
    time->setMinimumWidth(88);
    row->addWidget(time, 0, Qt::AlignTop);
    auto *text = new Label(html, Type::Body);
    text->setTextFormat(Qt::RichText);
    text->setWrapped();
    row->addWidget(text, 1);
    return box;
}

template<typename Kind>
QString sentence(const Answer<Kind> &answer, Lang lang)
{
    const QString who = answer.by.toHtmlEscaped();
    const QString word = QStringLiteral("<b>%1</b>").arg(label(answer.answer).in(lang).toHtmlEscaped());
    QString html = (lang == Lang::Ja ? QStringLiteral("%1が %2 と回答").arg(who, word)
                                     : QStringLiteral("%1: %2").arg(who, word));
    if (!answer.note.trimmed().isEmpty())
        html +=
            QStringLiteral(" · %1").arg((lang == Lang::Ja ? QStringLiteral("「%1」") : QStringLiteral("“%1”"))
                                            .arg(answer.note.trimmed().toHtmlEscaped()));
    return html;
}

} // namespace

ItemHistory::ItemHistory(const ItemReview &review, const std::vector<StatedDissent> &dissents, bool editable,
                         Lang lang, QWidget *parent)
    : QWidget(parent), m_review(review), m_editable(editable), m_lang(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(6);
    addAnswers(*column);
    addDissents(*column, dissents);
    addWaivers(*column);
    addActions(*column);
}

void ItemHistory::addAnswers(QVBoxLayout &column)
{
    std::vector<std::pair<QDateTime, QString>> lines;
    if (m_review.team.answer != TeamAnswer::Open)
        lines.emplace_back(m_review.team.at, sentence(m_review.team, m_lang));
    if (m_review.reviewer.answer != ReviewAnswer::Open)
        lines.emplace_back(m_review.reviewer.at, sentence(m_review.reviewer, m_lang));
    if (lines.empty())
        return;
    std::ranges::stable_sort(lines, {}, [](const auto &l) { return l.first; });
    column.addWidget(new Label(Text{"経緯", "What was said"}.in(m_lang), Type::CaptionBold, Label::Ink::Text2));
    for (const auto &[when, html] : lines)
        column.addWidget(line(when.toString(QStringLiteral("MM-dd HH:mm")), html));
}

void ItemHistory::addDissents(QVBoxLayout &column, const std::vector<StatedDissent> &dissents)
{
    bool first = true;
    for (const StatedDissent &stated : dissents) {
        if (stated.item != m_review.id)
            continue;
        if (std::exchange(first, false)) {
            column.addSpacing(6);
            column.addWidget(
                new Label(Text{"異論", "Dissent"}.in(m_lang), Type::CaptionBold, Label::Ink::Text2));
        }
        const Text words = Text{"%1: 「%2」", "%1: “%2”"}.arg(stated.said.who, stated.said.what);
        column.addWidget(
            line(stated.day.toString(Qt::ISODate), maskSecrets(words.in(m_lang)).toHtmlEscaped()));
    }
}

void ItemHistory::addWaivers(QVBoxLayout &column)
{
    if (m_review.waivers.empty())
        return;
    column.addSpacing(6);
    column.addWidget(new Label(Text{"免除", "Waivers"}.in(m_lang), Type::CaptionBold, Label::Ink::Text2));
    for (size_t i = 0; i < m_review.waivers.size(); ++i) {
        const Waiver &w = m_review.waivers[i];
        Text text = Text{"%1。代替策: %2。申請 %3、承認 %4", "%1. Control: %2. Requested by %3, approved by %4"}.arg(
            w.reason, w.control.isEmpty() ? QString(u'–') : w.control, w.requester, w.approver);
        if (const Text target = targetOf(w); !target.isEmpty())
            text = Text{"%1: %2", "%1: %2"}.arg(target, text);
        auto *box = line(Text{"期限 %1", "until %1"}.arg(w.expires.toString(Qt::ISODate)).in(m_lang),
                         text.in(m_lang).toHtmlEscaped());
        if (m_editable) {
            auto *remove = removeButton({"この免除を取り消す", "Withdraw this waiver"}, m_lang);
            box->layout()->addWidget(remove);
            connect(remove, &QToolButton::clicked, this, [this, i] {
                auto waivers = m_review.waivers;
                waivers.erase(waivers.begin() + std::ptrdiff_t(i));
                emit waiversChanged(waivers);
            });
        }
        column.addWidget(box);
    }
}

QWidget *ItemHistory::actionRow(size_t index)
{
    const Action &action = m_review.actions[index];
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *done = new QCheckBox;
    done->setChecked(action.done);
    done->setEnabled(m_editable);
    done->setAccessibleName(Text{"済み: %1", "Done: %1"}.arg(action.text).in(m_lang));
    row->addWidget(done, 0, Qt::AlignTop);
    auto *text = new Label(action.text, Type::Body);
    text->setTextFormat(Qt::PlainText);
    text->setWrapped();
    row->addWidget(text, 1);
    const QString due = action.due.isValid() ? action.due.toString(Qt::ISODate) : QString();
    auto *who =
        new Label(QStringLiteral("%1 %2").arg(action.owner, due).trimmed(), Type::Caption, Label::Ink::Text2);
    who->setTextFormat(Qt::PlainText);
    row->addWidget(who, 0, Qt::AlignTop);
    connect(done, &QCheckBox::toggled, this, [this, index](bool checked) {
        auto actions = m_review.actions;
        actions[index].done = checked;
        emit actionsChanged(actions);
    });
    if (m_editable) {
        auto *remove = removeButton({"このアクションを消す", "Remove this action"}, m_lang);
        row->addWidget(remove, 0, Qt::AlignTop);
        connect(remove, &QToolButton::clicked, this, [this, index] {
            auto actions = m_review.actions;
            actions.erase(actions.begin() + std::ptrdiff_t(index));
            emit actionsChanged(actions);
        });
    }
    return box;
}

void ItemHistory::addActions(QVBoxLayout &column)
{
    column.addSpacing(6);
    if (!m_review.actions.empty())
        column.addWidget(
            new Label(Text{"アクション", "Actions"}.in(m_lang), Type::CaptionBold, Label::Ink::Text2));
    for (size_t i = 0; i < m_review.actions.size(); ++i)
        column.addWidget(actionRow(i));
    if (!m_editable)
        return;
    auto *row = new QHBoxLayout;
    auto *add = new QToolButton;
    add->setText(Text{"アクションを追加…", "Add an action…"}.in(m_lang));
    add->setIcon(iconOf(Sign::Plus));
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(add, &QToolButton::clicked, this, &ItemHistory::addActionRequested);
    row->addWidget(add);
    row->addStretch(1);
    column.addLayout(row);
}

} // namespace tenken
