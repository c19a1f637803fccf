// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>

#include <vector>

namespace tenken {

struct MakeLine {
    QString text;           ///< variables put in; without `@`, `-`, `+`
    int line = 0;
    bool ignored = false;   ///< `-`: its failure is passed over
};

struct MakeTarget {
    QStringList needs;
    std::vector<MakeLine> recipe;
};

struct Makefile {
    QMap<QString, MakeTarget> targets;
    QString first;          ///< the target of a plain `make`
    QStringList includes;   ///< cannot be seen into
    bool oneShell = false;
    bool ignoresErrors = false;  ///< `.IGNORE:` of all, `-i` in MAKEFLAGS
    QStringList ignored;         ///< targets that `.IGNORE` names
};

Makefile readMakefile(const QString &text, const QMap<QString, QString> &given = {});

} // namespace tenken
