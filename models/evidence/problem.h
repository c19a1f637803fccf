// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <expected>
#include <vector>

namespace tenken {

/// Where something stands in a text file. Lines and columns count from 1, columns in code points;
/// the end column is one past the last character (as in SARIF). Line 0 means "the file as a whole".
struct Span {
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;

    bool isValid() const { return line > 0; }
    friend bool operator==(const Span &, const Span &) = default;
};

/// What went wrong with an input and the way out, shown to a person as
/// "file:line:column: message — hint".
struct Problem {
    QString file;
    Span span;
    Text message;
    Text hint;

    QString location() const;           ///< "file:line:column", as far as known
    QString toString(Lang lang) const;  ///< location, message and hint in one line
};

template<typename T>
using Result = std::expected<T, Problem>;

/// A value that could be read although parts of it could not: what was read, and what was wrong.
template<typename T>
struct Partial {
    T value{};
    std::vector<Problem> problems;
};

inline std::unexpected<Problem> failure(Problem p) { return std::unexpected<Problem>(std::move(p)); }

} // namespace tenken
