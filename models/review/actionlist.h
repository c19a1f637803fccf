// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// A follow-up with the item it belongs to.
struct ListedAction {
    Action action;
    QString item;
    Text title;            ///< the item's
    qint64 daysLate = 0;   ///< 0: in time, or without a due date
};

/// Overdue ones first, then by due date, those without one last; done ones at the end, where they are asked for.
std::vector<ListedAction> listedActions(const Review &review, const Checklist &checklist, const QDate &today, bool withDone = false);

enum class ActionFormat {
    Markdown, ///< a task list, for a wiki or an issue
    Csv,      ///< every field, for a spreadsheet
    Jira,     ///< the columns that Jira's CSV import maps by itself
    GitHub,   ///< title, body, labels, state: what CSV importers for GitHub issues read
};
std::optional<ActionFormat> actionFormatFromString(const QString &word); ///< "markdown", "csv", "jira", "github"

/// Secret-like values are masked.
QByteArray actionsAs(ActionFormat format, const std::vector<ListedAction> &actions, const QString &service, Lang lang);

} // namespace tenken
