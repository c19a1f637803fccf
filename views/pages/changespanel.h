// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/changes.h>
#include <parts/panel.h>

#include <functional>

namespace tenken {

struct HistoryEntry;
struct ReviewHistory;

/// What changed since last time, causes apart: a few lines each, and the way to the whole comparison.
class ChangesPanel : public Panel
{
    Q_OBJECT
public:
    /// A commit's review, judged again; nothing while that is being done.
    using JudgedAt = std::function<std::optional<Result<PastReview>>(const QString &commit)>;
    /// Since the last document, else since the last commit of the answers. Null where there is nothing to compare with.
    static ChangesPanel *of(const ReviewHistory &history, const PastReview &present, const JudgedAt &judgedAt, Lang lang);

signals:
    void itemRequested(const QString &itemId);
    void historyRequested();

private:
    explicit ChangesPanel(Lang lang);
    void addWords(const Text &words);
    void showRevision(const HistoryEntry &revision, const std::optional<Result<PastReview>> &judged, const PastReview &present);
    void showChanges(const PastReview &before, const PastReview &present, const Text &since);
    QWidget *column(ChangeCause cause, const std::vector<const ItemChange *> &changes);
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
};

} // namespace tenken
