// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/runner.h>
#include <evidence/service.h>
#include <evidence/trace.h>

namespace tenken {

/// What came of a kustomization or a chart.
struct Rendered {
    QString name;                           ///< "kustomize:deploy/overlays/production": the rendered text's file
    QString program;                        ///< what rendered it; empty: read as rendered by somebody else
    std::shared_ptr<const YamlFile> file;   ///< null: there is none, see `problems`
    std::vector<RenderInput> inputs;        ///< what it was made from
    std::shared_ptr<const Trace> trace;
    std::vector<Problem> problems;
};

/// Copies what the source names into a folder of its own, byte by byte as read, and renders there; nothing outside
/// the copy can come in. Without the program or the permission, the file under `rendered:` is read instead.
Rendered render(const RenderSource &source, const Roots &roots, const Permissions &permissions, const RunLimits &limits = {});

} // namespace tenken
