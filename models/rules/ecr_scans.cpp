// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/ecr_scans.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr int deepest = 20;

bool isOn(Yaml node)
{
    return node.boolean().value_or(node.text() == "true");
}

/// Some rule of the registry scans; basic scanning without rules scans by hand alone.
Yaml scanningRule(Yaml rules, const char *frequency)
{
    for (const Yaml rule : rules.items()) {
        const std::string_view how = rule[frequency].text();
        if (how == "SCAN_ON_PUSH" || how == "CONTINUOUS_SCAN")
            return rule;
    }
    return {};
}

Yaml inTemplate(Yaml document)
{
    for (const auto &[name, resource] : document["Resources"].entries()) {
        const Yaml properties = resource["Properties"];
        const Yaml on = properties["ImageScanningConfiguration"]["ScanOnPush"];
        if (resource["Type"].text() == "AWS::ECR::Repository" && isOn(on))
            return on;
        const Yaml rule = scanningRule(properties["Rules"], "ScanFrequency");
        if (resource["Type"].text() == "AWS::ECR::RegistryScanningConfiguration" && rule)
            return rule;
    }
    const Yaml on = document["spec"]["imageScanningConfiguration"]["scanOnPush"];
    return document["kind"].text() == "Repository" && isOn(on) ? on : Yaml();
}

/// A module of a Terraform plan, and those in it; blocks are lists.
Yaml inModule(Yaml module, int depth = 0)
{
    for (const Yaml resource : module["resources"].items()) {
        const Yaml values = resource["values"];
        const Yaml on = values["image_scanning_configuration"].at(0)["scan_on_push"];
        if (resource["type"].text() == "aws_ecr_repository" && isOn(on))
            return on;
        const Yaml rule = scanningRule(values["rule"], "scan_frequency");
        if (resource["type"].text() == "aws_ecr_registry_scanning_configuration" && rule)
            return rule;
    }
    for (const Yaml child : depth < deepest ? module["child_modules"].items() : std::vector<Yaml>()) {
        if (const Yaml found = inModule(child, depth + 1))
            return found;
    }
    return {};
}

} // namespace

std::optional<EcrScan> ecrScanIn(const RuleContext &context)
{
    std::vector<std::shared_ptr<const YamlFile>> files = context.manifests().files;
    std::ranges::copy(context.evidence.cloudFormation->files, std::back_inserter(files));
    for (const auto &file : files) {
        for (const Yaml document : file->documents()) {
            if (const Yaml found = inTemplate(document))
                return EcrScan{file->name(), found};
            if (const Yaml found = inModule(document["planned_values"]["root_module"]))
                return EcrScan{file->name(), found};
        }
    }
    return {};
}

} // namespace tenken
