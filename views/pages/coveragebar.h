// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

#include <QWidget>

namespace tenken {

/// What a decision stands on: how many items a machine judged, people attested, and nobody knows.
class CoverageBar : public QWidget
{
    Q_OBJECT
public:
    explicit CoverageBar(QWidget *parent = nullptr);
    void setOutcome(const Outcome &outcome, Lang lang);
    QSize sizeHint() const override { return {400, 26}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_machine = 0, m_attested = 0, m_unknown = 0;
    Lang m_lang = Lang::Ja;
};

} // namespace tenken
