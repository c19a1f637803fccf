// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <evidence/trace.h>
#include <rules/assertion.h>
#include <rules/evaluate.h>
#include <rules/findings.h>
#include <rules/replicas.h>
#include <rules/scalingtests.h>

#include <QRegularExpression>

#include <algorithm>
#include <atomic>
#include <thread>

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
            // A test of one level whose file does not tell the rate: people did (evidence.loadtests[].offered).
            if (a.steps.size() == 1 && test.source.offeredRps)
                a.steps.front().offered = *test.source.offeredRps;
            a.knee = findKnee(*test.run, a.steps);
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

/// Which of the service's loosenings count: an index of Service::overrides each.
using Applied = std::vector<int>;

/// Defaults, then the checklist, then the service; what the service loosens is told, and applied when it is waived.
QMap<QString, double> parametersOf(const Rule &rule, const RuleUse &use, const Item &item,
                                   const Service &service, const Applied &applied,
                                   std::vector<Loosening> &loosened)
{
    QMap<QString, double> values;
    for (const RuleParameter &p : rule.parameters) {
        const QString name = QString::fromUtf8(p.name);
        double value = use.parameters.value(name, p.fallback);
        for (int i = 0; i < int(service.overrides.size()); ++i) {
            const ParameterOverride &o = service.overrides[size_t(i)];
            if (o.item != item.id || o.parameter != name)
                continue;
            if (!loosens(p, value, o.value)) {
                value = o.value;
                continue;
            }
            // Two rules of an item may have a parameter of the same name: it is said once.
            if (!std::ranges::contains(loosened, i, &Loosening::index))
                loosened.push_back({i, name, value, o.value, p.stricter != RuleParameter::Stricter::Neither,
                                    o.reason, o.span, {}});
            if (std::ranges::contains(applied, i))
                value = o.value;
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
    const bool record = matchesAny(file, {QString::fromLatin1(testFolder)});
    if (matchesAny(file, service.infrastructurePatterns))
        return false;
    return !record && !test && !document && !datadog && !matchesAny(file, service.pipelinePatterns);
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

/// A finding in a rendered file points at the line that people edit, wherever that can be told.
void pointAtSources(std::vector<Finding> &findings, const Manifests &manifests)
{
    if (manifests.traces.isEmpty())
        return;
    const auto move = [&](QString &file, Span &span) {
        if (const auto place = manifests.sourceOf(file, span)) {
            file = place->file;
            span = place->span;
        }
    };
    for (Finding &f : findings) {
        move(f.file, f.span);
        for (SourceMark &mark : f.marks)
            move(mark.file, mark.span);
    }
}

std::vector<Finding> judge(const Rule &rule, const RuleContext &context)
{
    std::vector<Finding> findings = rule.judge(context);
    if (rule.needs == Rule::Source::Manifests)
        addUnreadable(findings, context);
    if (findings.empty())
        findings.push_back(nothingFound(context, rule.needs));
    pointAtSources(findings, context.manifests());
    return findings;
}

/// An own rule of the checklist reads manifests and nothing else.
std::vector<Finding> judge(const Assertion &assertion, const RuleContext &context)
{
    std::vector<Finding> findings = judgeAssertion(assertion, context);
    addUnreadable(findings, context);
    if (findings.empty())
        findings.push_back(nothingFound(context, Rule::Source::Manifests));
    return findings;
}

/// What the checklist's first event-capacity rule plans with. Loosened values are reported at its own item, and
/// count there alone, waived or not.
QMap<QString, double> planningParameters(const Checklist &checklist, const Service &service)
{
    const QString name = QStringLiteral("event-capacity");
    const Rule *rule = findRule(name);
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                std::vector<Loosening> reportedElsewhere;
                if (rule && use.rule == name)
                    return parametersOf(*rule, use, item, service, {}, reportedElsewhere);
            }
        }
    }
    return {};
}

/// The ways in which loosenings may be waived: all subsets of a few, else only all at once.
std::vector<Applied> choicesOf(const std::vector<Loosening> &loosened)
{
    constexpr size_t few = 3;
    std::vector<Applied> choices;
    for (size_t mask = 1; mask < (size_t(1) << std::min(loosened.size(), few)); ++mask) {
        Applied applied;
        for (size_t i = 0; i < loosened.size(); ++i) {
            if (loosened.size() > few || (mask >> i) % 2 == 1)
                applied.push_back(loosened[i].index);
        }
        std::ranges::sort(applied);
        if (!std::ranges::contains(choices, applied))
            choices.push_back(applied);
    }
    return choices;
}

/// Worked out once an evaluation, for all rules.
struct Shared {
    const Evidence &evidence;
    std::vector<LoadTestAnalysis> tests;
    QMap<QString, double> planning;
    ServingWorkloads serving;
};

/// One rule of one item: what a thread takes at a time.
struct Judging {
    const Item *item = nullptr;
    const RuleUse *use = nullptr;
    std::vector<Finding> findings;
    std::vector<Loosening> loosened;
    Applied applied = {};
};

void judgeOne(Judging &judging, const Shared &shared)
{
    const RuleUse &use = *judging.use;
    const Rule *rule = findRule(use.rule);
    QMap<QString, double> parameters;
    if (rule)
        parameters = parametersOf(*rule, use, *judging.item, shared.evidence.service, judging.applied, judging.loosened);
    const RuleContext context{shared.evidence, use,              parameters,
                              shared.tests,    &shared.planning, &shared.serving};
    if (use.assertion) {
        judging.findings = judge(*use.assertion, context);
        return;
    }
    if (rule) {
        judging.findings = judge(*rule, context);
        return;
    }
    judging.findings.push_back(say(findingFor(context, {"規則", "Rule"}), Verdict::Unknown,
                                   Text{"規則 `%1` はありません。", "There is no rule `%1`."}.arg(use.rule),
                                   {"チェックリストの `rules` を直してください。", "Mend `rules` in the checklist."}));
}

std::vector<Judging> judgings(const Checklist &checklist, const QStringList &onlyItems)
{
    std::vector<Judging> all;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            if (!onlyItems.isEmpty() && !onlyItems.contains(item.id))
                continue;
            for (const RuleUse &use : item.rules)
                all.push_back({&item, &use, {}, {}, {}});
        }
    }
    return all;
}

/// Rules know nothing of each other, so threads share them out; each writes into its own place.
void judgeAll(std::vector<Judging> &all, const Shared &shared, int threads)
{
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t i = next++; i < all.size(); i = next++)
            judgeOne(all[i], shared);
    };
    const size_t cores = threads > 0 ? size_t(threads) : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> others;
    for (size_t i = 1; i < std::min(cores, all.size()); ++i)
        others.emplace_back(work);
    work();
}

/// Few items have any: what their rules say under each choice of waivers.
void judgeLoosened(ItemResult &result, const Item &item, const Shared &shared)
{
    for (const Applied &applied : choicesOf(result.loosened)) {
        LoosenedFindings under{applied, {}};
        for (const RuleUse &use : item.rules) {
            Judging judging{&item, &use, {}, {}, applied};
            judgeOne(judging, shared);
            std::ranges::move(judging.findings, std::back_inserter(under.findings));
        }
        result.ifLoosened.push_back(std::move(under));
    }
}

std::vector<ItemResult> resultsOf(const Checklist &checklist, const QStringList &onlyItems, const Shared &shared,
                                  std::vector<Judging> &all)
{
    std::vector<ItemResult> results;
    auto judging = all.begin();
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            if (!onlyItems.isEmpty() && !onlyItems.contains(item.id))
                continue;
            ItemResult result;
            result.id = item.id;
            result.machine = !item.rules.empty();
            for (; judging != all.end() && judging->item == &item; ++judging) {
                std::ranges::move(judging->findings, std::back_inserter(result.findings));
                // Two rules of an item may have a parameter of the same name: it is said once.
                std::ranges::copy_if(judging->loosened, std::back_inserter(result.loosened), [&](const Loosening &l) {
                    return !std::ranges::contains(result.loosened, l.index, &Loosening::index);
                });
            }
            result.verdict = result.strict = verdictOf(result.findings);
            judgeLoosened(result, item, shared);
            results.push_back(std::move(result));
        }
    }
    return results;
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

} // namespace

Text Loosening::words() const
{
    const Text change = Text{"%1: %2 → %3 — %4", "%1: %2 → %3 — %4"}.arg(
        parameter, formatNumber(from), formatNumber(to), reason.isEmpty() ? QString(u'–') : reason);
    const Text counts = waived
        ? Text{"免除により適用(%1が承認、%2 まで: %3)", "applied under a waiver (approved by %1 until %2: %3)"}.arg(
              waived->approver, waived->expires.toString(Qt::ISODate), waived->reason)
        : Text{"適用していません。緩めるには免除が必要です", "not applied: loosening takes a waiver"};
    return Text{"%1(%2)", "%1 (%2)"}.arg(change, counts);
}

Verdict verdictOf(const std::vector<Finding> &findings)
{
    std::vector<Verdict> counted;
    bool anyWaived = false;
    for (const Finding &f : findings) {
        if (!f.waived)
            counted.push_back(f.verdict);
        anyWaived |= f.waived.has_value();
    }
    const bool onlyNotApplicable = std::ranges::all_of(counted, [](Verdict v) { return v == Verdict::NotApplicable; });
    return anyWaived && onlyNotApplicable ? Verdict::Warn : worst(counted);
}

namespace
{

/// Room on a node as the packing rule drew it for the events.
std::optional<NodeRoom> nodeRoomIn(const std::vector<ItemResult> &items)
{
    for (const ItemResult &item : items) {
        for (const Finding &f : item.findings) {
            const auto *packing = f.picture ? std::get_if<NodePacking>(f.picture.get()) : nullptr;
            if (packing && !packing->events.empty() && packing->perNode() > 0)
                return NodeRoom{packing->group, packing->perNode(), packing->maxNodes};
        }
    }
    return {};
}

} // namespace

std::optional<CapacityPlan> planIn(const std::vector<ItemResult> &items)
{
    for (const ItemResult &item : items) {
        for (const Finding &f : item.findings) {
            if (const auto *drawn = f.picture ? std::get_if<CapacityPlan>(f.picture.get()) : nullptr) {
                CapacityPlan plan = *drawn;
                plan.node = nodeRoomIn(items);
                return planWith(std::move(plan));
            }
        }
    }
    return {};
}


Assessment evaluate(const Checklist &checklist, const Evidence &given, const QStringList &onlyItems, int threads)
{
    Evidence evidence = given;
    if (!evidence.manifests)
        evidence.manifests = std::make_shared<Manifests>();
    const Shared shared{evidence, analyse(evidence.loadTests), planningParameters(checklist, evidence.service),
                        servingWorkloads(*evidence.manifests, evidence.service)};

    Assessment assessment{checklist.id, checklist.version, {}, {}, {}, {}, {}};
    std::vector<Judging> all = judgings(checklist, onlyItems);
    judgeAll(all, shared, threads);
    assessment.items = resultsOf(checklist, onlyItems, shared, all);
    for (const LoadTestAnalysis &analysis : shared.tests) {
        if (analysis.test->run)
            assessment.loadTests.push_back(pictureOf(analysis, evidence.service));
    }
    assessment.capacity = planIn(assessment.items);
    assessment.scaling = scalingOf(shared.tests);
    assessment.problems = checkOverrides(checklist, evidence.service);
    return assessment;
}

} // namespace tenken
