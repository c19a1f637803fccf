// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// Small steps that every rule takes: a finding that already knows its rule, object, file and place.
/// `node` is what to mark; without it (or when it is missing in the file) the object's or container's name
/// is.
Finding findingFor(const RuleContext &context, const Text &title);
Finding findingFor(const RuleContext &context, const Text &title, const KubeObject &object, Yaml node = {});
Finding findingFor(const RuleContext &context, const Text &title, const Workload &workload, Yaml node = {});
Finding findingFor(const RuleContext &context, const Text &title, const Workload &workload,
                   const Container &container, Yaml node = {});
/// One about a line of service.yaml; an invalid span marks the service's id.
Finding findingInService(const RuleContext &context, const Text &title, const Span &span = {});

/// Says the verdict with its sentence and its way out; gives the finding back to be pushed.
Finding &&say(Finding &&finding, Verdict verdict, const Text &reason, const Text &remedy = {});
Finding &say(Finding &finding, Verdict verdict, const Text &reason, const Text &remedy = {});

/// Sets measured, wanted and the bar: "30 s" against "≥ 45 s".
void compare(Finding &finding, double measured, Comparison::Relation relation, double wanted,
             const QString &unit);
Text relationText(Comparison::Relation relation, double wanted, const QString &unit); ///< "≥ 45 s"

/// Marks another line that contributes to the finding: a note such as "+20 s". Nothing for a missing node.
void addMark(Finding &finding, const QString &file, Yaml node, const Text &note);
void addMark(Finding &finding, const QString &file, const Span &span, const Text &note);

/// One good finding is what an item asks for; the others are told beside it. Without a good one: all.
std::vector<Finding> bestOf(const std::vector<Finding> &findings);

template <typename P>
void setPicture(Finding &finding, P picture)
{
    finding.picture = std::make_shared<const Picture>(std::move(picture));
}

/// What the load test page and a finding's chart show of one test.
LoadTestPicture pictureOf(const LoadTestAnalysis &analysis, const Service &service);

Span placeOf(Yaml node); ///< key and value; the first line of it where it spans many
Span placeOf(const KubeObject &o); ///< the object's name, else its kind
Span placeOf(const Container &c); ///< the container's name

/// `yaml` (written with two spaces per level) as it would stand as an entry of the map `parent`: with the
/// indentation of its other keys and the step that `root` uses. A flow map or JSON leaves it as it is.
QString snippetIn(Yaml parent, const QString &yaml, Yaml root = {});

/// "service.yaml does not say X": the reason and the way out that many rules share. `key` is the path in
/// service.yaml, `example` a line to write.
Finding undeclared(const RuleContext &context, const Text &title, const Text &what, const QString &key,
                   const QString &example);

} // namespace tenken
