// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>
#include <parts/panel.h>

namespace tenken
{

class Label;

/// Why a need is covered or not, in a few reasons with their places, and the way to the item that asks for it.
class CoverageWhy : public Panel
{
    Q_OBJECT
public:
    explicit CoverageWhy(Lang lang);
    void show(const NeedCoverage &need, bool hasItem);

signals:
    void itemRequested(const QString &itemId);

private:
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    Label *m_why;
};

} // namespace tenken
