// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace tenken
{

using Labels = QMap<QString, QString>;

/// One condition on a label, as in PromQL's selectors and Alertmanager's routes. A label that is not there reads
/// as "".
struct LabelMatcher {
    enum class Kind { Equal, NotEqual, Matches, NotMatches };

    QString name;
    Kind kind = Kind::Equal;
    QString value;

    bool negative() const { return kind == Kind::NotEqual || kind == Kind::NotMatches; }
    bool pattern() const { return kind == Kind::Matches || kind == Kind::NotMatches; }
    std::optional<bool> accepts(const QString &label) const; ///< nothing: its pattern cannot be evaluated
    QString text() const; ///< severity=~"critical|page"

    friend bool operator==(const LabelMatcher &, const LabelMatcher &) = default;
};

/// Whether the whole text matches a regular expression of Prometheus; nothing where that cannot be told.
std::optional<bool> matchesWhole(const QString &pattern, const QString &text);

/// What Alertmanager writes in `matchers:`: `a="b"`, `a=~b|c`, `{a!="b", "ö x"="c"}`. Nothing: not understood.
std::optional<std::vector<LabelMatcher>> parseMatchers(const QString &text);

} // namespace tenken
