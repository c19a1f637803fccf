// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/expression.h>
#include <rules/rule.h>

namespace tenken {

/// What an own rule looks at: whole objects, workloads (their pod template, whatever the kind), or containers.
struct Selection {
    enum class Each { Object, Workload, Container };
    Each each = Each::Object;
    QStringList kinds;               ///< empty: all; `*` stands for any characters, as in the two below
    QString apiVersion;
    QStringList names;
    QMap<QString, QString> labels;   ///< all of them in metadata.labels
    std::vector<Container::Role> roles = {Container::Role::App, Container::Role::Init, Container::Role::NativeSidecar};
    Verdict absent = Verdict::Unknown; ///< when nothing is selected

    QString toString() const;        ///< "Deployment, StatefulSet app=web"
    QString within() const;          ///< "each=container containers=init"; empty: whole objects
};

/// A rule that a checklist writes itself: an expression that is true of each selected object, or it fails.
struct Assertion {
    QString name;
    Text title, message, remedy;
    Selection select;
    QString text;                    ///< the expression
    std::shared_ptr<const Expression> expression; ///< null: it has a mistake, which makes everything unknown
    Verdict otherwise = Verdict::Fail;
    QString file;                    ///< the checklist
    Span span;                       ///< of the expression in it
};

/// One finding per selected object. Empty when there are no objects at all.
std::vector<Finding> judgeAssertion(const Assertion &assertion, const RuleContext &context);

} // namespace tenken
