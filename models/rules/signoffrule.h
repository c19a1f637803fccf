// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QString>

namespace tenken {

/// A role's name in a checklist, policy and statement: lower-case letters, digits, hyphens; at most 40.
bool isRoleName(const QString &role);

/// A role in which people sign a review.
struct SignOffRole {
    QString role;               ///< "reviewer": lower-case letters, digits, hyphens
    Text title;
    int people = 1;             ///< so many different people sign in it
    friend bool operator==(const SignOffRole &, const SignOffRole &) = default;
};

/// Who signs a review, and how long it holds: `sign-off` of a checklist.
struct SignOffRule {
    std::vector<SignOffRole> roles = {{QStringLiteral("owner"), {"サービス責任者", "Service owner"}},
                                      {QStringLiteral("reviewer"), {"レビュアー", "Reviewer"}},
                                      {QStringLiteral("approver"), {"承認者", "Approver"}}};
    int people = 2;             ///< at least so many different people over all roles
    int validDays = 180;        ///< after the day it was judged

    const SignOffRole *role(const QString &name) const;
    friend bool operator==(const SignOffRule &, const SignOffRule &) = default;
};

} // namespace tenken
