// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

namespace tenken {

/// What an expression says of a value: only true is a yes, only false a no; anything else decides nothing.
struct ExpressionAnswer {
    enum class Kind { True, False, Null, Other, Failed };
    Kind kind = Kind::Null;
    Text detail;               ///< Other: the type it gave; Failed: why
};

/// A JMESPath expression, compiled once. Expressions come from files: their length, depth and the work they can
/// cause are bounded, so functions that multiply (join, pad_…) and variables are refused.
class Expression
{
public:
    struct Mistake {
        Text message;
        Text hint;
        qsizetype offset = 0;  ///< bytes into the expression
    };
    static std::expected<std::shared_ptr<const Expression>, Mistake> compile(const QByteArray &utf8);
    ~Expression();
    Expression(const Expression &) = delete;
    Expression &operator=(const Expression &) = delete;

    ExpressionAnswer ask(Yaml value) const; ///< `value` is what `@` stands for

private:
    Expression();
    struct Private;
    std::unique_ptr<Private> d;
};

/// Where the byte `offset` of a scalar's text stands in the file that `fileText` holds: of plain, quoted and block
/// scalars, whose text is laid out in different ways.
Span placeInScalar(Yaml scalar, const QByteArray &fileText, qsizetype offset);

} // namespace tenken
