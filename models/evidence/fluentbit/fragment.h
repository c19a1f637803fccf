// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/fluentbit/config.h>

namespace tenken
{

/// One file of a configuration, on its own.
struct FluentBitFragment {
    QString name; ///< "output-firehose.conf"
    std::vector<FluentBitSection> sections;
    QStringList includes; ///< as written: paths, with `*`
};

/// Where its text stands in a file on disk: line 1 is `firstLine` of it, moved right by `indent`.
struct TextPlace {
    QString file;
    int firstLine = 1;
    int indent = 0;
};

bool looksClassic(const QString &text); ///< has a [SECTION] that Fluent Bit knows, or an @INCLUDE
FluentBitFragment readClassic(const QString &name, const QString &text, const TextPlace &place);

bool looksLikePipeline(Yaml document); ///< {pipeline: {outputs: …}} or includes beside a service
FluentBitFragment readPipeline(const QString &name, Yaml document, const TextPlace &place);

} // namespace tenken
