// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <vector>

namespace tenken {

/// The three texts of a merge; as one text, git's markers stand around the lines in which they differ.
struct ConflictTexts {
    QByteArray base, ours, theirs;
    bool hasBase = false;          ///< the markers carry it (git's diff3 style, and Tenken's own)
};

bool hasConflictMarkers(const QByteArray &text);

/// Takes a text with markers apart. Nothing where a marker is missing or out of place.
std::optional<ConflictTexts> splitConflicts(const QByteArray &text);

/// One text with markers around what differs, each with all three sides. Splitting it gives the texts back.
QByteArray joinConflicts(const ConflictTexts &texts);

/// For each line of `a` the line of `b` that it is, in order, or -1.
std::vector<int> matchingLines(const QByteArrayList &a, const QByteArrayList &b);

} // namespace tenken
