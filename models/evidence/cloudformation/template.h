// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

namespace tenken
{

/// A resource of a template, as it is written.
struct CfnResource {
    QString id; ///< the logical id
    QString type; ///< "AWS::S3::Bucket"
    QString condition; ///< exists only under this condition; empty: always
    Yaml node;

    Yaml operator[](std::string_view property) const { return node["Properties"][property]; }
    Span place() const { return node.keySpan(); }
};

struct CfnTemplate {
    QString file;
    Yaml root;
    std::vector<CfnResource> resources;
    QStringList opaque; ///< what brings in resources that are not seen: nested stacks, macros, loops

    const CfnResource *resource(const QString &id) const;
};

/// A resource together with the template that it stands in.
struct CfnObject {
    const CfnTemplate *in = nullptr;
    const CfnResource *resource = nullptr;

    explicit operator bool() const { return resource != nullptr; }
    Yaml operator[](std::string_view property) const { return resource ? (*resource)[property] : Yaml(); }
    friend bool operator==(const CfnObject &, const CfnObject &) = default;
};

/// A value as far as templates alone tell it. What only the deployment knows stays as "${Name}".
struct CfnText {
    QString text; ///< "arn:aws:s3:::${LogBucket}"
    QString assumed; ///< the same with the default values of parameters; for comparing, never for showing
    std::vector<CfnObject> targets; ///< resources that it refers to, in order
    bool known = true; ///< false: there is a "${…}" in it
    bool conditional = false; ///< one of several values, by an !If

    bool isEmpty() const { return text.isEmpty() && targets.empty(); }
};

/// An element of a list, or a value, with every !If opened; elements that are AWS::NoValue are gone.
struct CfnItem {
    Yaml node;
    bool conditional = false;
};

/// All templates of a service. Recognised by content: AWSTemplateFormatVersion, or Resources of AWS types.
struct CloudFormation {
    std::vector<std::shared_ptr<const YamlFile>> files; ///< they hold the nodes
    std::vector<CfnTemplate> templates;
    QStringList terraform; ///< files that say the same in a language that is not read

    std::vector<CfnObject> ofType(const QString &type) const;
    QStringList opaque() const;

    CfnText text(const CfnTemplate &in, Yaml value) const;
    CfnText text(const CfnObject &object, std::string_view property) const;
    std::vector<CfnItem> list(const CfnTemplate &in, Yaml value) const;
    CfnItem value(const CfnTemplate &in,
                  Yaml value) const; ///< an !If opened: its first branch that is a value
};

bool isCloudFormation(Yaml document);
CloudFormation readCloudFormation(const std::vector<std::shared_ptr<const YamlFile>> &files);

/// Whether both are surely the same: the same words without anything unknown, or, in one template, the same
/// parameters and resources too.
bool isSame(const CfnText &a, const CfnTemplate *inA, const CfnText &b, const CfnTemplate *inB);

} // namespace tenken
