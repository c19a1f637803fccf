// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/guidelinks.h>
#include <rules/rule.h>

namespace tenken
{

inline std::vector<Guide> guidesOf(const RuleContext &context, const QString &role)
{
    return guidesOf(context.evidence, role);
}

} // namespace tenken
