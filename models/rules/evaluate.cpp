// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/evaluate.h>
#include <rules/findings.h>
#include <rules/scalingtests.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

const ItemResult *Assessment::item(const QString &id) const
{
    const auto it = std::ranges::find(items, id, &ItemResult::id);
    return it == items.end() ? nullptr : &*it;
}

namespace
{

std::vector<LoadTestAnalysis> analyse(const std::vector<LoadTest> &tests)
{
    std::vector<LoadTestAnalysis> all;
    for (const LoadTest &test : tests) {
        LoadTestAnalysis a;
        a.test = &test;
        if (test.run) {
            a.steps = findSteps(*test.run);
            a.knee = findKnee(a.steps, test.run->model);
        }
        all.push_back(std::move(a));
    }
    return all;
}

bool loosens(const RuleParameter &parameter, double from, double to)
{
    switch (parameter.stricter) {
    case RuleParameter::Stricter::Higher:
        return to < from;
    case RuleParameter::Stricter::Lower:
        return to > from;
    case RuleParameter::Stricter::Neither:
        return to != from; // cannot be told: not without a waiver
    }
    return true;
}

/// Defaults, then the checklist, then the service; what the service loosens is told and not applied.
QMap<QString, double> parametersOf(const Rule &rule, const RuleUse &use, const Item &item,
                                   const Service &service, std::vector<QString> &loosened)
{
    QMap<QString, double> values;
    for (const RuleParameter &p : rule.parameters) {
        const QString name = QString::fromUtf8(p.name);
        double value = use.parameters.value(name, p.fallback);
        for (const ParameterOverride &o : service.overrides) {
            if (o.item != item.id || o.parameter != name)
                continue;
            if (!loosens(p, value, o.value)) {
                value = o.value;
                continue;
            }
            // One string for both languages: numbers, names and the service's own words.
            loosened.push_back(QStringLiteral("%1: %2 → %3 — %4")
                                   .arg(name, formatNumber(value), formatNumber(o.value),
                                        o.reason.isEmpty() ? QString(u'–') : o.reason));
        }
        values.insert(name, value);
    }
    return values;
}

Finding nothingFound(const RuleContext &context, Rule::Source needs)
{
    Finding f = findingFor(context, {"証拠", "Evidence"});
    switch (needs) {
    case Rule::Source::Manifests:
        return say(
            f, Verdict::Unknown,
            {"判定できるマニフェストがありません。", "There is no manifest that this can be judged from."},
            {"service.yaml の `evidence.manifests` に、本番のマニフェストの場所を書いてください。",
             "Name the production manifests under `evidence.manifests` in service.yaml."});
    case Rule::Source::LoadTests:
        return say(f, Verdict::Unknown, {"負荷試験がありません。", "There is no load test."},
                   {"service.yaml の `evidence.loadtests` に、結果のファイルと Pod の数を書いてください。",
                    "Name result files and pod counts under `evidence.loadtests` in service.yaml."});
    case Rule::Source::Datadog:
        return say(f, Verdict::Unknown, {"Datadog の記録がありません。", "There is no Datadog snapshot."},
                   {"service.yaml の `evidence.datadog` に、記録のフォルダを書いてください。",
                    "Name the snapshot's folder under `evidence.datadog` in service.yaml."});
    case Rule::Source::Documents:
        return say(f, Verdict::Unknown, {"文書がありません。", "There is no document."},
                   {"service.yaml の `evidence.documents` に、文書の場所を書いてください。",
                    "Name the documents under `evidence.documents` in service.yaml."});
    case Rule::Source::Service:
        break;
    }
    return say(f, Verdict::Unknown, {"サービスの記述がありません。", "There is no service description."},
               {"`tenken init` で readiness/service.yaml を作ってください。",
                "Create readiness/service.yaml with `tenken init`."});
}

bool matchesAny(const QString &path, const QStringList &patterns)
{
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        const auto glob = QRegularExpression::fromWildcard(pattern, Qt::CaseSensitive,
                                                           QRegularExpression::NonPathWildcardConversion);
        return path == pattern || path.startsWith(pattern.endsWith(u'/') ? pattern : pattern + u'/')
            || glob.match(path).hasMatch();
    });
}

/// Whether a file that could not be read may have held manifests: it is none of the other sources.
bool mayBeManifest(const QString &file, const Service &service)
{
    if (file.isEmpty() || file == service.file)
        return false;
    if (matchesAny(file, service.manifestPatterns))
        return true;
    const bool test =
        std::ranges::any_of(service.loadTests, [&](const auto &t) { return t.files.contains(file); });
    const bool document =
        std::ranges::any_of(service.documents, [&](const auto &d) { return d.file == file; });
    const bool datadog = !service.datadogFolder.isEmpty() && matchesAny(file, {service.datadogFolder});
    if (matchesAny(file, service.infrastructurePatterns))
        return false;
    return !test && !document && !datadog && !matchesAny(file, service.pipelinePatterns);
}

/// What could not be read might say otherwise: a pass over the rest would be a guess.
void addUnreadable(std::vector<Finding> &findings, const RuleContext &context)
{
    for (const Problem &p : context.evidence.unreadable) {
        if (!mayBeManifest(p.file, context.service()))
            continue;
        Finding f = findingFor(context, {"読めないファイル", "Unreadable file"});
        f.file = p.file;
        f.span = p.span;
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               Text{"このファイルが読めず、全体を判定できません: %1",
                                    "This file cannot be read, so not everything is judged: %1"}
                                   .arg(p.message),
                               p.hint));
    }
}

std::vector<Finding> judge(const Rule &rule, const RuleContext &context)
{
    std::vector<Finding> findings = rule.judge(context);
    if (rule.needs == Rule::Source::Manifests)
        addUnreadable(findings, context);
    if (findings.empty())
        findings.push_back(nothingFound(context, rule.needs));
    return findings;
}

/// What the checklist's first event-capacity rule plans with. Loosened values are reported at its own item.
QMap<QString, double> planningParameters(const Checklist &checklist, const Service &service)
{
    const QString name = QStringLiteral("event-capacity");
    const Rule *rule = findRule(name);
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                std::vector<QString> reportedElsewhere;
                if (rule && use.rule == name)
                    return parametersOf(*rule, use, item, service, reportedElsewhere);
            }
        }
    }
    return {};
}

ItemResult judgeItem(const Item &item, const Evidence &evidence, const std::vector<LoadTestAnalysis> &tests,
                     const QMap<QString, double> &planning)
{
    ItemResult result;
    result.id = item.id;
    result.machine = !item.rules.empty();
    for (const RuleUse &use : item.rules) {
        const Rule *rule = findRule(use.rule);
        QMap<QString, double> parameters;
        if (rule)
            parameters = parametersOf(*rule, use, item, evidence.service, result.loosened);
        const RuleContext context{evidence, use, parameters, tests, &planning};
        if (!rule) {
            result.findings.push_back(
                say(findingFor(context, {"規則", "Rule"}), Verdict::Unknown,
                    Text{"規則 `%1` はありません。", "There is no rule `%1`."}.arg(use.rule),
                    {"チェックリストの `rules` を直してください。", "Mend `rules` in the checklist."}));
            continue;
        }
        std::ranges::move(judge(*rule, context), std::back_inserter(result.findings));
    }
    std::vector<Verdict> verdicts;
    for (const Finding &f : result.findings)
        verdicts.push_back(f.verdict);
    result.verdict = worst(verdicts);
    return result;
}

std::vector<Problem> checkOverrides(const Checklist &checklist, const Service &service)
{
    std::vector<Problem> problems;
    QStringList ids;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    const auto complain = [&](const ParameterOverride &o, const Text &message, const QString &word,
                              const QStringList &known) {
        const auto near = didYouMean(word, known);
        problems.push_back({service.file, o.span, message,
                            near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near) : Text{}});
    };
    for (const ParameterOverride &o : service.overrides) {
        const Item *item = checklist.item(o.item);
        if (!item) {
            complain(o,
                     Text{"項目 `%1` はチェックリストにありません。", "The checklist has no item `%1`."}.arg(
                         o.item),
                     o.item, ids);
            continue;
        }
        QStringList known;
        for (const RuleUse &use : item->rules) {
            const Rule *rule = findRule(use.rule);
            for (const RuleParameter &p : rule ? rule->parameters : std::vector<RuleParameter>{})
                known << QString::fromUtf8(p.name);
        }
        if (!known.contains(o.parameter)) {
            complain(o,
                     Text{"項目 %1 に `%2` という値はありません。", "Item %1 has no parameter `%2`."}.arg(
                         o.item, o.parameter),
                     o.parameter, known);
        }
    }
    return problems;
}

/// The plan that the capacity rule drew, so that page and finding never differ.
std::optional<CapacityPlan> planIn(const std::vector<ItemResult> &items)
{
    for (const ItemResult &item : items) {
        for (const Finding &f : item.findings) {
            if (const auto *plan = f.picture ? std::get_if<CapacityPlan>(f.picture.get()) : nullptr)
                return *plan;
        }
    }
    return {};
}

} // namespace

Assessment evaluate(const Checklist &checklist, const Evidence &given, const QStringList &onlyItems)
{
    Evidence evidence = given;
    if (!evidence.manifests)
        evidence.manifests = std::make_shared<Manifests>();
    const auto tests = analyse(evidence.loadTests);
    const QMap<QString, double> planning = planningParameters(checklist, evidence.service);

    Assessment assessment{checklist.id, checklist.version, {}, {}, {}, {}, {}};
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            if (onlyItems.isEmpty() || onlyItems.contains(item.id))
                assessment.items.push_back(judgeItem(item, evidence, tests, planning));
        }
    }
    for (const LoadTestAnalysis &analysis : tests) {
        if (analysis.test->run)
            assessment.loadTests.push_back(pictureOf(analysis, evidence.service));
    }
    assessment.capacity = planIn(assessment.items);
    assessment.scaling = scalingOf(tests);
    assessment.problems = checkOverrides(checklist, evidence.service);
    return assessment;
}

} // namespace tenken
