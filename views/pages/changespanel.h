// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/changes.h>
#include <parts/panel.h>

#include <functional>

namespace tenken {

struct ReviewHistory;

/// What changed since the last document, causes apart: a few lines each, and the way to the whole comparison.
class ChangesPanel : public Panel
{
    Q_OBJECT
public:
    /// Null where there is nothing to compare with.
    static ChangesPanel *of(const ReviewHistory &history, const PastReview &present, Lang lang);

signals:
    void itemRequested(const QString &itemId);
    void historyRequested();

private:
    explicit ChangesPanel(Lang lang);
    void addLink();
    void showChanges(const PastReview &before, const Changes &changes, int items);
    QWidget *column(ChangeCause cause, const std::vector<const ItemChange *> &changes);
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
};

} // namespace tenken
