// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace tenken {

/// A command without what stands before it: `sudo`, `npx`, `poetry run`, `docker run node:22` …
struct InnerCommand {
    QStringList words;
    bool inContainer = false;
    bool ignoresFailure = false; ///< `find -exec … \;` succeeds whatever it ran
};
InnerCommand innerCommand(const QStringList &words);

/// Scripts of package.json that npm, yarn, pnpm or bun is asked to run.
struct PackageScripts {
    QString program;
    QString folder;         ///< where package.json is
    QStringList names;
    bool workspaces = false; ///< in other packages' files
    bool maybe = false;     ///< `yarn x` may be a script or a program
    QStringList words;      ///< of that program
};
std::optional<PackageScripts> packageScripts(const QStringList &words);

} // namespace tenken
