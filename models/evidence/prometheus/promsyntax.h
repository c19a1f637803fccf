// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/labels.h>

#include <QStringList>

#include <memory>

namespace tenken
{

/// Which labels two sides are joined by, or a result is grouped by.
struct PromLabelList {
    enum class Kind { None, Only, Without } kind = Kind::None; ///< by()/on(), without()/ignoring()
    QStringList labels;
};

/// One node of an expression of PromQL.
struct PromNode {
    enum class Kind { Number, Text, Selector, Call, Aggregation, Binary, Minus };

    Kind kind = Kind::Number;
    QString name; ///< of the metric, the function, the aggregation or the operator
    double number = 0;
    std::vector<LabelMatcher> matchers;
    PromLabelList labels;
    bool groups = false; ///< group_left or group_right
    std::vector<std::unique_ptr<PromNode>> parts;
};

/// Null where the text is no expression.
std::unique_ptr<PromNode> parsePromSyntax(const QString &text);

} // namespace tenken
