// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <functional>
#include <vector>

namespace tenken {

/// What can be said of a condition without running it.
enum class Tri { No, Maybe, Yes };

inline Tri negated(Tri a) { return a == Tri::Maybe ? a : a == Tri::Yes ? Tri::No : Tri::Yes; }
inline Tri both(Tri a, Tri b) { return std::min(a, b); }
inline Tri either(Tri a, Tri b) { return std::max(a, b); }
inline Tri tri(bool yes) { return yes ? Tri::Yes : Tri::No; }

/// A value in a pipeline's condition, as far as it is known.
struct ExprValue {
    enum class Kind { Unknown, Null, Bool, Text, Prefix }; ///< Prefix: a text of which only the beginning is known
    Kind kind = Kind::Unknown;
    QString text; ///< numbers as they are written
    bool truth = false;

    static ExprValue null() { return {Kind::Null, {}, false}; }
    static ExprValue boolean(bool b) { return {Kind::Bool, {}, b}; }
    static ExprValue of(const QString &text) { return {Kind::Text, text, false}; }
    static ExprValue prefix(const QString &text) { return {Kind::Prefix, text, false}; }
};

/// A condition of GitHub Actions (`if`) or of GitLab (`rules:if`), parsed. What is not understood is Unknown.
struct Expr {
    enum class Op { Literal, Name, Call, Not, And, Or, Equal, NotEqual, Match, Unknown };
    Op op = Op::Literal;
    ExprValue value;  ///< Literal
    QString name;     ///< Name: "github.ref", "$CI_COMMIT_TAG"; Call: "success"; Match: the regular expression
    std::vector<Expr> args;

    static Expr literal(bool truth);
    static Expr call(const QString &name);
    static Expr join(Op op, Expr a, Expr b);
    bool calls(const QStringList &functions) const; ///< one of them anywhere in it
};

Expr parseGithubExpression(const QString &text); ///< without `${{ }}` around it; empty: true
Expr parseGitlabExpression(const QString &text);

/// What is known of names and of the functions that ask for the run's state.
struct ExprContext {
    std::function<ExprValue(const QString &)> name;
    std::function<Tri(const QString &)> status; ///< success, failure, always, cancelled
};

ExprValue evaluate(const Expr &expr, const ExprContext &context);
Tri truthOf(const ExprValue &value);
Tri holds(const Expr &expr, const ExprContext &context);

} // namespace tenken
