// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pages/rowbutton.h>
#include <review/decision.h>

#include <QFrame>

namespace tenken {

class OverviewPage;

/// A glyph as a widget of its own, decorative: the word stands beside it.
class GlyphWidget : public QWidget
{
    Q_OBJECT
public:
    GlyphWidget(Glyph glyph, int size, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
};

/// 1 px in the colour of lines.
class HorizontalLine : public QWidget
{
    Q_OBJECT
public:
    explicit HorizontalLine(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

class VerticalLine : public QWidget
{
    Q_OBJECT
public:
    explicit VerticalLine(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

struct DatedWaiver {
    Waiver waiver;
    QString itemId;
    Text title;
    bool waivable = true;   ///< the checklist lets the item be waived
};

struct DatedAction {
    Action action;
    QString itemId;
};

QString dateInWords(const QDate &day, Lang lang);                  ///< "2026-11-20 (金)"
QWidget *decisionRules(const Checklist &checklist, Lang lang);
/// What keeps the stage applied for from going out; where nothing does, what keeps the first of the later ones.
std::pair<const StageOutcome *, std::vector<const ItemStanding *>> nextBlockers(const Outcome &outcome);
RowButton::Content blockerContent(const ItemStanding &standing, Lang lang);
QWidget *sectionTable(const Outcome &outcome, Lang lang);
std::vector<DatedWaiver> openWaivers(const Review &review, const Checklist &checklist); ///< soonest first
std::vector<DatedAction> openActions(const Review &review);        ///< not done, soonest first
QWidget *waiverList(const std::vector<DatedWaiver> &waivers, Lang lang, OverviewPage *page);
QWidget *actionList(const std::vector<DatedAction> &actions, Lang lang);

} // namespace tenken
