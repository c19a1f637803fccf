// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/missingevidence.h>

#include <pages/label.h>
#include <pages/overviewparts.h>
#include <pages/remedybox.h>
#include <pages/rowbutton.h>
#include <parts/panel.h>
#include <review/session.h>

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

namespace {

constexpr int columnWidth = 720; // a line of text that is still read easily

std::vector<const ItemStanding *> waitingFor(Rule::Source source, const Outcome &outcome)
{
    const auto needs = [source](const RuleUse &use) {
        const Rule *rule = findRule(use.rule);
        return rule && rule->needs == source;
    };
    std::vector<const ItemStanding *> waiting;
    for (const ItemStanding &standing : outcome.items) {
        if (std::ranges::any_of(standing.item->rules, needs))
            waiting.push_back(&standing);
    }
    return waiting;
}

} // namespace

MissingEvidence::MissingEvidence(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_lang(lang),
      m_missing(new Label(Type::Title)),
      m_how(new RemedyBox(lang)),
      m_button(new QPushButton),
      m_waiting(new tenken::Panel)
{
    auto *beside = new QHBoxLayout(this);
    beside->setContentsMargins(0, 0, 0, 0);
    auto *middle = new QWidget;
    middle->setMaximumWidth(columnWidth);
    beside->addStretch(1);
    beside->addWidget(middle, 100);
    beside->addStretch(1);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 32, 0, 24);
    column->setSpacing(12);
    m_missing->setWrapped();
    column->addWidget(m_missing);
    column->addWidget(m_how);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addSpacing(8);
    m_waiting->body()->setSpacing(0);
    column->addWidget(m_waiting);
    column->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &MissingEvidence::buttonClicked);
}

void MissingEvidence::show(const Content &content)
{
    m_missing->setText(content.missing.in(m_lang));
    m_how->show({}, content.how, content.snippet);
    m_button->setText(content.button.in(m_lang));
    m_button->setVisible(!content.button.isEmpty());
    setAccessibleName(content.missing.in(m_lang));
    setAccessibleDescription(content.how.in(m_lang));
    listItems(content.source);
}

void MissingEvidence::listItems(Rule::Source source)
{
    const std::vector<const ItemStanding *> waiting = waitingFor(source, m_session.outcome());
    m_waiting->setVisible(!waiting.empty());
    m_waiting->setTitle(Text{"これを待つ項目", "Items that wait for it"}.in(m_lang),
                        Text{"%1 件", "%1"}.arg(int(waiting.size())).in(m_lang));
    delete m_rows;
    m_rows = new QWidget;
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const ItemStanding *standing : waiting) {
        if (column->count() > 0)
            column->addWidget(new HorizontalLine);
        auto *row = new RowButton(blockerContent(*standing, m_lang));
        connect(row, &QAbstractButton::clicked, this,
                [this, id = standing->item->id] { emit itemRequested(id); });
        column->addWidget(row);
    }
    m_waiting->body()->addWidget(m_rows);
}

} // namespace tenken
