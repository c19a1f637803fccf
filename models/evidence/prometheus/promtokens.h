// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace tenken
{

struct PromToken {
    enum class Kind { Name, Number, Text, Sign, Range, End };

    Kind kind = Kind::End;
    QString text; ///< of a range: what stands between its brackets; of a text: without its quotes
    double number = 0;
};

/// The words of an expression of PromQL; nothing where a character has no place in it.
std::optional<std::vector<PromToken>> promTokens(const QString &text);

} // namespace tenken
