// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/changessince.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// "2.1" → 2, 1; nothing where it is no row of numbers.
std::optional<QList<int>> numbersOf(const QString &version)
{
    static const QRegularExpression row(QStringLiteral("\\A[0-9]{1,9}([.-][0-9]{1,9})*\\z"));
    static const QRegularExpression between(QStringLiteral("[.-]"));
    if (!row.match(version).hasMatch())
        return {};
    QList<int> numbers;
    for (const QString &part : version.split(between))
        numbers << part.toInt();
    return numbers;
}

} // namespace

ChangesSince changesSince(const QString &answered, const Checklist &checklist)
{
    ChangesSince since;
    since.known = answered == checklist.version;
    auto change = std::ranges::find(checklist.changes, answered, &ChecklistChange::version);
    if (change != checklist.changes.end()) {
        since.known = true;
        for (; change != checklist.changes.end(); ++change) {
            if (change->version != answered)
                since.changes.push_back(&*change);
        }
        return since;
    }
    // The log begins later, or skips it: by its numbers it is older than what the log tells up to now.
    const auto then = numbersOf(answered), now = numbersOf(checklist.version);
    if (since.known || !then || !now || *now < *then
        || !std::ranges::contains(checklist.changes, checklist.version, &ChecklistChange::version))
        return since;
    since.known = true;
    for (const ChecklistChange &entry : checklist.changes) {
        const auto version = numbersOf(entry.version);
        if (!version || *then < *version)
            since.changes.push_back(&entry);
    }
    return since;
}

} // namespace tenken
