// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/stalestrip.h>

#include <pages/label.h>
#include <parts/badgewidget.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

StaleStrip::StaleStrip(Lang lang, QWidget *parent) : QFrame(parent), m_lang(lang)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 8);
    column->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    m_badge = new BadgeWidget;
    m_badge->setBadge(Glyph::Stale, Text{"要再確認", "Look again"}.in(lang));
    first->addWidget(m_badge, 0, Qt::AlignTop);
    m_why = new Label(Type::Body);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setWrapped();
    first->addWidget(m_why, 1);
    column->addLayout(first);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    const auto button = [&](const Text &text) {
        auto *b = new QPushButton;
        b->setText(text.in(lang));
        second->addWidget(b);
        return b;
    };
    m_compare = button({"比べる…", "Compare…"});
    m_team = button({"チームの回答を今の証拠で確かめた", "Team: still so"});
    m_reviewer = button({"レビュアーの回答を今の証拠で確かめた", "Reviewer: still so"});
    second->addStretch(1);
    column->addLayout(second);
    connect(m_compare, &QPushButton::clicked, this, &StaleStrip::compareRequested);
    connect(m_team, &QPushButton::clicked, this, [this] { emit confirmRequested(true, false); });
    connect(m_reviewer, &QPushButton::clicked, this, [this] { emit confirmRequested(false, true); });
    hide();
}

void StaleStrip::show(const ItemStanding &standing, bool editable)
{
    setVisible(standing.stale);
    if (!standing.stale)
        return;
    const Text who = standing.teamStale && standing.reviewerStale
        ? Text{"チームとレビュアーの回答", "The team's and the reviewer's answers"}
        : standing.teamStale ? Text{"チームの回答", "The team's answer"}
                             : Text{"レビュアーの回答", "The reviewer's answer"};
    const QString words = Text{"%1: %2。", "%1: %2."}.arg(who, standing.staleWhy).in(m_lang);
    m_why->setText(visible(maskSecrets(words)));
    setAccessibleName(words);
    const bool comparable = std::ranges::any_of(
        standing.staleReasons, [](const StaleReason &r) { return !r.before.file.isEmpty(); });
    m_compare->setVisible(comparable);
    m_team->setVisible(editable && standing.teamStale);
    m_reviewer->setVisible(editable && standing.reviewerStale);
}

void StaleStrip::paintEvent(QPaintEvent *)
{
    const Colours &c = coloursFor(palette());
    QPainter p(this);
    p.fillRect(rect(), c.warn.tint);
    p.fillRect(QRect(0, 0, 4, height()), c.warn.mark);
}

} // namespace tenken
