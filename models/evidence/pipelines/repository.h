// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>
#include <evidence/pipelines/pipeline.h>

namespace tenken {

struct RepositoryReading {
    Repository repository;
    std::vector<std::pair<SourceFile, QByteArray>> read; ///< beside the pipelines' files
};

/// Reads pipelines and, from the folder, what they lead to: bounded in number, size and depth.
RepositoryReading readRepository(const Root &root, const std::vector<std::shared_ptr<const YamlFile>> &pipelines);

/// The same from files in hand.
Repository readPipelines(const std::vector<std::shared_ptr<const YamlFile>> &pipelines, const FileLookup &file,
                         const GlobLookup &glob = {});

} // namespace tenken
