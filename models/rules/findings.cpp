// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/findings.h>

#include <algorithm>

namespace tenken
{

Finding findingFor(const RuleContext &context, const Text &title)
{
    Finding f;
    f.rule = context.use.rule;
    f.title = title;
    return f;
}

Finding findingFor(const RuleContext &context, const Text &title, const KubeObject &object, Yaml node)
{
    Finding f = findingFor(context, title);
    f.object = object.title();
    f.file = object.file;
    f.span = node ? placeOf(node) : placeOf(object);
    return f;
}

Finding findingFor(const RuleContext &context, const Text &title, const Workload &workload, Yaml node)
{
    return findingFor(context, title, workload.object, node);
}

Finding findingFor(const RuleContext &context, const Text &title, const Workload &workload,
                   const Container &container, Yaml node)
{
    Finding f = findingFor(context, title, workload.object, node);
    f.container = container.name;
    if (!node)
        f.span = placeOf(container);
    return f;
}

Finding findingInService(const RuleContext &context, const Text &title, const Span &span)
{
    Finding f = findingFor(context, title);
    f.file = context.service().file;
    f.span = span.isValid() ? span : context.service().idSpan;
    if (f.file.isEmpty())
        f.span = {};
    return f;
}

Finding &say(Finding &finding, Verdict verdict, const Text &reason, const Text &remedy)
{
    finding.verdict = verdict;
    finding.reason = reason;
    finding.remedy = remedy;
    return finding;
}

Finding &&say(Finding &&finding, Verdict verdict, const Text &reason, const Text &remedy)
{
    return std::move(say(finding, verdict, reason, remedy));
}

Text relationText(Comparison::Relation relation, double wanted, const QString &unit)
{
    using Relation = Comparison::Relation;
    const auto sign = [&] {
        switch (relation) {
        case Relation::AtLeast:
            return QStringLiteral("≥ ");
        case Relation::AtMost:
            return QStringLiteral("≤ ");
        case Relation::MoreThan:
            return QStringLiteral("> ");
        case Relation::LessThan:
            return QStringLiteral("< ");
        case Relation::Equal:
            return QString();
        }
        return QString();
    }();
    return sameText(sign + (unit == u"ms" ? formatMs(wanted) : formatWithUnit(wanted, unit)));
}

void compare(Finding &finding, double measured, Comparison::Relation relation, double wanted,
             const QString &unit)
{
    finding.measured = relationText(Comparison::Relation::Equal, measured, unit);
    finding.wanted = relationText(relation, wanted, unit);
    finding.comparison = Comparison{measured, wanted, relation, unit};
}

void addMark(Finding &finding, const QString &file, Yaml node, const Text &note)
{
    if (node)
        addMark(finding, file, placeOf(node), note);
}

void addMark(Finding &finding, const QString &file, const Span &span, const Text &note)
{
    if (span.isValid())
        finding.marks.push_back({file, span, note});
}

Span placeOf(Yaml node)
{
    if (!node)
        return {};
    const Span key = node.keySpan();
    if (key.isValid() && !node.isScalar() && node.span().endLine > key.line)
        return key; // a whole block would paint half the file
    const Span whole = node.entrySpan();
    if (node.isMap() && !key.isValid() && node.size() > 0)
        return placeOf(node.entries().front().second); // an element of a sequence: its first entry
    return whole;
}

Span placeOf(const KubeObject &o)
{
    for (const Yaml node : {o.node["metadata"]["name"], o.node["metadata"]["generateName"], o.node["kind"]}) {
        if (node)
            return placeOf(node);
    }
    return {};
}

Span placeOf(const Container &c)
{
    return placeOf(c.node["name"] ? c.node["name"] : c.node);
}

std::vector<Finding> bestOf(const std::vector<Finding> &findings)
{
    for (const Verdict v : {Verdict::Pass, Verdict::Warn}) {
        std::vector<Finding> good;
        std::ranges::copy_if(findings, std::back_inserter(good),
                             [v](const Finding &f) { return f.verdict == v; });
        if (good.empty())
            continue;
        for (const Finding &f : findings) {
            if (f.verdict != v)
                addMark(good.front(), f.file, f.span, f.reason);
        }
        return good;
    }
    return findings;
}

namespace
{

// Columns between a key and the keys below it, as the author of this file wrote them.
int indentStep(Yaml root)
{
    for (const auto &[key, value] : root.entries()) {
        if (!value.isMap() || value.size() == 0)
            continue;
        const Span inner = value.entries().front().first.span();
        if (inner.line > key.span().line)
            return qBound(1, inner.column - key.span().column, 8);
    }
    return 2;
}

} // namespace

QString snippetIn(Yaml parent, const QString &yaml, Yaml root)
{
    int column = 1;
    if (parent.isMap() && parent.size() > 0) {
        const Span first = parent.entries().front().first.span();
        const Span map = parent.span();
        if (first.line != map.line || first.column != map.column)
            return yaml; // a flow map: block YAML has no place in it
        column = first.column;
    }
    const int step = indentStep(root);
    QStringList lines = yaml.split(u'\n');
    for (QString &line : lines) {
        if (line.isEmpty())
            continue;
        qsizetype spaces = 0;
        while (spaces < line.size() && line.at(spaces) == u' ')
            ++spaces;
        line = QString(column - 1 + spaces / 2 * step + spaces % 2, u' ') + line.sliced(spaces);
    }
    return lines.join(u'\n');
}

LoadTestPicture pictureOf(const LoadTestAnalysis &analysis, const Service &service)
{
    LoadTestPicture picture;
    picture.id = analysis.test->source.id;
    picture.run = analysis.test->run;
    picture.steps = analysis.steps;
    picture.knee = analysis.knee;
    picture.pods = analysis.test->source.pods.value.value_or(1);
    picture.declaredPerPod = service.perPodRps.value;
    picture.targetMs = service.latencyTargetMs.value;
    picture.targetPercentile = service.latencyPercentile.value.value_or(QString());
    return picture;
}

Finding undeclared(const RuleContext &context, const Text &title, const Text &what, const QString &key,
                   const QString &example)
{
    Finding f = findingInService(context, title);
    if (context.service().file.isEmpty()) {
        say(f, Verdict::Unknown,
            Text{"%1が分かりません。サービスの記述がありません。",
                 "%1: not known, for there is no service description."}
                .arg(what),
            Text{"`tenken init` で readiness/service.yaml を作り、`%1` を書いてください。",
                 "Create readiness/service.yaml with `tenken init` and write `%1`."}
                .arg(key));
    } else {
        say(f, Verdict::Unknown, Text{"%1が分かりません。", "%1: not declared."}.arg(what),
            Text{"service.yaml に `%1` を書いてください。", "Write `%1` in service.yaml."}.arg(key));
    }
    f.snippet = example;
    return f;
}

} // namespace tenken
