// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/kustomization.h>

namespace tenken {

struct SourcePlace {
    QString file;
    Span span;
};

/// Finds the line that people edit for a line of a rendered file: the last patch or base in which that field is
/// written, or the kustomization's own `images`, `replicas` or `namespace`.
class Trace
{
public:
    Trace(std::shared_ptr<const YamlFile> rendered, Kustomization sources);
    /// For a Helm chart: the templates that "# Source:" comments name, where a key stands in one line alone.
    Trace(std::shared_ptr<const YamlFile> rendered, std::vector<RenderInput> templates);

    /// Nothing where it cannot be told: the rendered line is then the best there is.
    std::optional<SourcePlace> source(const Span &rendered) const;

private:
    std::optional<SourcePlace> inTemplate(const Span &rendered) const;

    std::shared_ptr<const YamlFile> m_rendered;
    Kustomization m_sources;
    std::vector<RenderInput> m_templates;
};

} // namespace tenken
