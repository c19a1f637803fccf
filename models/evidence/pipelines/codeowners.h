// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QStringList>

namespace tenken {

/// A line of CODEOWNERS: a pattern and who owns what it matches.
struct OwnersLine {
    QString pattern;
    QStringList owners;     ///< "@org/team", "@user", an address; empty: nobody owns it
    QString section;        ///< GitLab's; lines outside of sections have none
    Span span;
};

enum class OwnersSystem { GitHub, GitLab };

struct CodeOwners {
    QString file;
    OwnersSystem system = OwnersSystem::GitHub;
    std::vector<OwnersLine> lines;
    std::vector<Problem> problems; ///< lines that the system passes over

    /// The lines that count for a file: the last match on GitHub, the last of each section on GitLab.
    std::vector<const OwnersLine *> linesFor(const QString &path) const;
};

CodeOwners readCodeOwners(const QString &file, const QByteArray &bytes, OwnersSystem system);

/// Where each system looks, the first found only.
QStringList codeOwnersPlaces(OwnersSystem system);

bool matchesOwnersPattern(const QString &path, const QString &pattern, OwnersSystem system);

} // namespace tenken
