// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/expression.h>

namespace tenken {

/// How much work an expression may cause, found without understanding it.
struct ExpressionScan {
    /// At most so often may a part of the value be there in what the expression makes: the product of the elements
    /// of all lists and hashes it writes. JMESPath has no way back to the root, so nothing else multiplies.
    qint64 copies = 1;
};

/// Refuses what is too long, too deep, could multiply beyond any bound, or calls what JMESPath does not have.
std::expected<ExpressionScan, Expression::Mistake> scanExpression(const QByteArray &utf8);

} // namespace tenken
