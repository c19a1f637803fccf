// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>

namespace tenken
{

struct FluentBitSetting {
    QString key; ///< lower case, "delivery_stream"
    QString value;
    Span span;
};

/// [OUTPUT], an entry of pipeline.outputs, or a (Cluster)Output object of the operator.
struct FluentBitSection {
    QString kind; ///< "input", "filter", "output", "service" …
    std::vector<FluentBitSetting> settings;
    QString file;
    Span span; ///< of its head
    bool active = true; ///< false: it stands in a file that the main file does not include

    QString value(const QString &key) const; ///< empty where it is not set
    const FluentBitSetting *setting(const QString &key) const;
    QString plugin() const { return value(QStringLiteral("name")).toLower(); }
};

/// One ConfigMap, one folder of plain files, or one object of the operator.
struct FluentBitConfig {
    QString file;
    QString object; ///< "ConfigMap/logging/fluent-bit"; empty for plain files
    std::vector<FluentBitSection> sections;
    QStringList missing; ///< included files that are not here

    std::vector<const FluentBitSection *> ofKind(const QString &kind) const; ///< active ones
};

struct PlainFile {
    QString name; ///< relative path
    QByteArray text;
};

/// Looks into ConfigMaps and operator objects of the manifests, YAML files with a pipeline, and plain files
/// (the classic form with [SECTIONS]).
std::vector<FluentBitConfig> readFluentBit(const Manifests &manifests,
                                           const std::vector<std::shared_ptr<const YamlFile>> &yaml,
                                           const std::vector<PlainFile> &plain);

/// Whether a tag, which may itself hold `*`, can be among those that a Match pattern takes.
bool mayMatch(const QString &pattern, const QString &tag);

} // namespace tenken
