// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/guides.h>

namespace tenken
{

bool isLatin(const QString &word);
/// Japanese words stand side by side without spaces; Latin ones must be whole.
bool hasWord(const QString &heading, const QString &word);
/// The last line of a section, with its subsections.
int lastLine(const Document &document, const Heading &heading);

/// Where a guide speaks of a monitor: the section that its message links to or that bears its name, else a
/// row of a table (a line from 1; 0: none).
struct GuideEntry {
    const Heading *heading = nullptr;
    int row = 0;
};

/// `guide` has been read.
GuideEntry entryFor(const Monitor &m, const Guide &guide, const QString &serviceId);

/// Whether the monitor has an entry that says something.
Finding judgeEntry(const RuleContext &context, const Text &title, const Monitor &m, const Guide &guide);

/// The guide of this role cannot be looked into: only its URL is known, or its file is not readable.
Finding guideNotReadable(const RuleContext &context, const Text &title, const Guide &guide);

} // namespace tenken
