// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/overviewpage.h>

#include <pages/changespanel.h>
#include <pages/coveragebar.h>
#include <pages/historyfeed.h>
#include <pages/label.h>
#include <pages/overviewparts.h>
#include <pages/remarkbar.h>
#include <pages/rowbutton.h>
#include <pages/stagetiles.h>
#include <parts/badge.h>
#include <parts/badgewidget.h>
#include <parts/panel.h>
#include <parts/refresher.h>
#include <review/session.h>

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

OverviewPage::OverviewPage(Session &session, HistoryFeed &feed, Lang lang, QWidget *parent)
    : QScrollArea(parent), m_session(session), m_feed(feed), m_lang(lang)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(in({"概要", "Overview"}));
    // Several signals of one edit lead to one rebuild.
    auto *refresher = new Refresher(this, [this] { rebuild(); });
    connect(&session, &Session::outcomeChanged, refresher, &Refresher::later);
    connect(&session, &Session::loaded, refresher, &Refresher::later);
    connect(&feed, &HistoryFeed::changed, refresher, &Refresher::later);
    connect(&feed, &HistoryFeed::judged, refresher, &Refresher::later);
    connect(&feed, &HistoryFeed::outdated, this, [this] {
        if (isVisible())
            m_feed.wish();
    });
    rebuild();
}

void OverviewPage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    m_feed.wish();
}

void OverviewPage::rebuild()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(16);
    if (!m_session.outcome().items.empty()) {
        column->addWidget(decisionPanel());
        if (QWidget *known = remarks())
            column->addWidget(known);
        column->addWidget(coverage());
        auto *row = new QHBoxLayout;
        row->setSpacing(16);
        row->addWidget(blockersPanel(), 33);
        row->addWidget(sectionsPanel(), 37);
        row->addWidget(deadlinesPanel(), 30);
        column->addLayout(row, 1);
        if (QWidget *changes = changesPanel())
            column->addWidget(changes);
    }
    setWidget(content); // deletes the old one
}

QWidget *OverviewPage::decisionPanel()
{
    const Outcome &outcome = m_session.outcome();
    const Glyph glyph = glyphOf(outcome.decision);
    auto *panel = new tenken::Panel;
    panel->setEdge(toneOf(glyph, coloursFor(palette())).mark);
    auto *row = new QHBoxLayout;
    row->setSpacing(24);

    auto *sign = new GlyphWidget(glyph, 56);
    row->addWidget(sign, 0, Qt::AlignVCenter);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    const StageOutcome *stage = outcome.appliedStage();
    const Text what = stage
        ? Text{"申請段階 %1 の判定", "Decision for the stage applied for, %1"}.arg(stage->title)
        : Text{"判定", "Decision"};
    words->addWidget(new Label(in(what) + QStringLiteral(" · ") + dateInWords(QDate::currentDate(), m_lang),
                               Type::Caption, Label::Ink::Text2));
    const Label::Ink ink = outcome.decision == Decision::Go ? Label::Ink::Pass
        : outcome.decision == Decision::ConditionalGo      ? Label::Ink::Warn
                                                           : Label::Ink::Fail;
    words->addWidget(new Label(in(label(outcome.decision)), Type::Decision, ink));
    auto *lead = new Label(in(outcome.lead), Type::Title);
    lead->setWrapped();
    words->addWidget(lead);
    row->addLayout(words, 3);
    if (stage)
        row->addWidget(stageTiles(outcome.stages, !m_session.isReadOnly(), m_lang,
                                  [this](const QString &id) { m_session.setStage(id); }), 4);
    row->addWidget(new VerticalLine);
    row->addWidget(decisionRules(m_session.checklist(), m_lang), 2);
    panel->body()->addLayout(row);
    return panel;
}

QWidget *OverviewPage::coverage()
{
    const Outcome &outcome = m_session.outcome();
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(
        new Label(in({"判定の裏付け", "What the decision stands on"}), Type::CaptionBold, Label::Ink::Text2));
    const Text sentence = Text{"対象 %1 項目 (対象外 %2)。不明は合格に数えません。",
                               "%1 applicable items (%2 n/a). Unknown never counts as pass."}
                              .arg(outcome.total.applicable(), outcome.total.notApplicable);
    head->addWidget(new Label(in(sentence), Type::Caption, Label::Ink::Text2), 1);
    column->addLayout(head);
    auto *bar = new CoverageBar;
    bar->setOutcome(outcome, m_lang);
    column->addWidget(bar);
    return box;
}

QWidget *OverviewPage::remarks()
{
    return remarkBar(remarksOf(m_session.outcome(), m_session.dissents(), QDate::currentDate()), m_lang,
                     [this](const QString &id) { emit itemRequested(id); });
}

QWidget *OverviewPage::changesPanel()
{
    auto *panel = m_feed.isKnown() ? ChangesPanel::of(
                                         m_feed.history(), m_feed.present(),
                                         [this](const QString &c) { return m_feed.judgedAt(c); }, m_lang)
                                   : nullptr;
    if (panel) {
        connect(panel, &ChangesPanel::itemRequested, this, &OverviewPage::itemRequested);
        connect(panel, &ChangesPanel::historyRequested, this, &OverviewPage::historyRequested);
    }
    return panel;
}

QWidget *OverviewPage::blockersPanel()
{
    const auto [stage, blockers] = nextBlockers(m_session.outcome());
    auto *panel = new tenken::Panel;
    panel->setTitle(in(stage ? Text{"%1 を止めているもの", "What blocks %1"}.arg(stage->title)
                             : Text{"止めているもの", "What blocks"}),
                    in(Text{"%1 件", "%1"}.arg(int(blockers.size()))));
    panel->body()->setSpacing(0);
    constexpr size_t most = 7;
    for (size_t i = 0; i < std::min(most, blockers.size()); ++i) {
        auto *button = new RowButton(blockerContent(*blockers[i], m_lang));
        const QString id = blockers[i]->item->id;
        connect(button, &QAbstractButton::clicked, this, [this, id] { emit itemRequested(id); });
        if (i > 0)
            panel->body()->addWidget(new HorizontalLine);
        panel->body()->addWidget(button);
    }
    if (blockers.empty())
        panel->body()->addWidget(new Label(in({"止めているものはありません。", "Nothing blocks."}),
                                           Type::Body, Label::Ink::Text2));
    if (blockers.size() > most) {
        auto *more = new QToolButton;
        more->setText(in(Text{"ほか %1 件…", "%1 more…"}.arg(int(blockers.size() - most))));
        more->setToolTip(in({"次のものを項目の一覧で開きます", "Opens the next one in the list of items"}));
        more->setAutoRaise(true);
        connect(more, &QToolButton::clicked, this,
                [this, id = blockers[most]->item->id] { emit itemRequested(id); });
        panel->body()->addWidget(more, 0, Qt::AlignLeft);
    }
    panel->body()->addStretch(1);
    return panel;
}

QWidget *OverviewPage::sectionsPanel()
{
    auto *panel = new tenken::Panel;
    panel->setTitle(in({"節ごとの結果", "Section by section"}));
    panel->body()->addWidget(sectionTable(m_session.outcome(), m_lang));
    panel->body()->addStretch(1);
    return panel;
}

QWidget *OverviewPage::deadlinesPanel()
{
    auto *panel = new tenken::Panel;
    const auto waivers = openWaivers(m_session.review(), m_session.checklist());
    panel->setTitle(in({"免除", "Waivers"}), in(Text{"%1 件", "%1"}.arg(int(waivers.size()))));
    panel->body()->addWidget(waiverList(waivers, m_lang, this));
    panel->body()->addSpacing(16);
    const auto actions = openActions(m_session.review());
    panel->body()->addWidget(
        new Label(in(Text{"アクション %1 件", "Actions %1"}.arg(int(actions.size()))), Type::Title));
    panel->body()->addWidget(actionList(actions, m_lang));
    panel->body()->addStretch(1);
    return panel;
}

} // namespace tenken
