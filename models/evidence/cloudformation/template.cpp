// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/cloudformation/intrinsics.h>
#include <evidence/cloudformation/template.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

bool isResource(Yaml node)
{
    const std::string_view type = node["Type"].text();
    return type.starts_with("AWS::") || type.starts_with("Custom::") || type.starts_with("Alexa::");
}

// Language extensions and SAM add no resource that a rule here looks for; other macros may add any.
void noteOpaque(CfnTemplate &t)
{
    for (const QString &transform : t.root["Transform"].strings()) {
        if (transform != u"AWS::LanguageExtensions" && !transform.startsWith(u"AWS::Serverless"))
            t.opaque << transform;
    }
    for (const auto &[key, value] : t.root["Resources"].entries()) {
        const QString id = key.string(), type = value["Type"].string();
        if (id.startsWith(u"Fn::"))
            t.opaque << id;
        else if (type == u"AWS::CloudFormation::Stack" || type.endsWith(u"::MODULE"))
            t.opaque << type + u' ' + id;
    }
}

} // namespace

const CfnResource *CfnTemplate::resource(const QString &id) const
{
    const auto it = std::ranges::find(resources, id, &CfnResource::id);
    return it == resources.end() ? nullptr : &*it;
}

std::vector<CfnObject> CloudFormation::ofType(const QString &type) const
{
    std::vector<CfnObject> found;
    for (const CfnTemplate &t : templates) {
        for (const CfnResource &r : t.resources) {
            if (r.type == type)
                found.push_back({&t, &r});
        }
    }
    return found;
}

QStringList CloudFormation::opaque() const
{
    QStringList all;
    for (const CfnTemplate &t : templates) {
        for (const QString &what : t.opaque)
            all << t.file + u": "_s + what;
    }
    return all;
}

CfnText CloudFormation::text(const CfnObject &object, std::string_view property) const
{
    return object ? text(*object.in, object[property]) : CfnText{};
}

bool isCloudFormation(Yaml document)
{
    if (document["AWSTemplateFormatVersion"])
        return true;
    return std::ranges::any_of(document["Resources"].entries(),
                               [](const auto &entry) { return isResource(entry.second); });
}

CloudFormation readCloudFormation(const std::vector<std::shared_ptr<const YamlFile>> &files)
{
    CloudFormation all;
    for (const auto &file : files) {
        if (file->documents().empty() || !isCloudFormation(file->documents().front()))
            continue;
        CfnTemplate t;
        t.file = file->name();
        t.root = file->documents().front();
        for (const auto &[key, node] : t.root["Resources"].entries()) {
            if (node["Type"].isScalar())
                t.resources.push_back(
                    {key.string(), node["Type"].string(), node["Condition"].string(), node});
        }
        noteOpaque(t);
        all.files.push_back(file);
        all.templates.push_back(std::move(t));
    }
    return all;
}

bool isSame(const CfnText &a, const CfnTemplate *inA, const CfnText &b, const CfnTemplate *inB)
{
    if (a.isEmpty() || b.isEmpty() || a.text != b.text || a.text.contains(unresolvedMark))
        return false;
    return (a.known && b.known) || inA == inB;
}

} // namespace tenken
