// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/findings.h>

namespace tenken
{

/// Where a declaration lets ECR scan images: of a repository, or of the registry.
struct EcrScan {
    QString file;
    Yaml node;
};

/// In CloudFormation, for the ECR controller, or in a plan of Terraform.
std::optional<EcrScan> ecrScanIn(const RuleContext &context);

} // namespace tenken
