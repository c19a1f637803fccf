// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QFrame>

class QPushButton;

namespace tenken {

class BadgeWidget;
class Label;

/// Says that an answer is stale and what changed since; compares, or answers the same again.
class StaleStrip : public QFrame
{
    Q_OBJECT
public:
    explicit StaleStrip(Lang lang, QWidget *parent = nullptr);

    void show(const ItemStanding &standing, bool editable); ///< hides itself where nothing is stale

signals:
    void compareRequested();
    void confirmRequested(bool team, bool reviewer);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Lang m_lang;
    Label *m_why;
    BadgeWidget *m_badge;
    QPushButton *m_compare, *m_team, *m_reviewer;
};

} // namespace tenken
