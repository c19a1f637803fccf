// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>
#include <evidence/yaml.h>

namespace tenken {

/// Whether `checklist:` or `extends:` names a file rather than a checklist that comes with Tenken.
bool isChecklistPath(const QString &name);

/// The path that `extends: name` in the file `from` means, relative to the root.
QString extendedPath(const QString &from, const QString &name);

struct ChecklistReading {
    std::vector<std::shared_ptr<const YamlFile>> files; ///< the named one first, then what it extends
    std::vector<SourceFile> sources;                    ///< one per file
    std::vector<Problem> problems;                      ///< a file that could not be read
};

/// Reads a checklist and the files it extends; a circle ends where it closes.
ChecklistReading readChecklistFiles(const Root &root, const QString &path);

} // namespace tenken
