// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverage.h>
#include <analysis/givensteps.h>
#include <evidence/sourcelines.h>
#include <evidence/trace.h>
#include <rules/assertion.h>
#include <rules/evaluate.h>
#include <rules/findings.h>
#include <rules/parameters.h>
#include <rules/replicas.h>
#include <rules/scalingtests.h>
#include <rules/unseen.h>

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
            auto steps = findSteps(*test.run, test.source.steps);
            a.steps = steps ? std::move(*steps) : std::vector<LoadStep>();
            // A test of one level whose file does not tell the rate: people did (evidence.loadtests[].offered).
            if (a.steps.size() == 1 && test.source.offeredRps)
                a.steps.front().offered = *test.source.offeredRps;
            a.knee = findKnee(*test.run, a.steps);
            if (!steps) // what people gave does not fit the file: better no knee than one of other steps
                a.knee.whyNotUsable = steps.error().message;
        }
        all.push_back(std::move(a));
    }
    return all;
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
    doubtPatched(findings, context.manifests());
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
    doubtPatched(findings, context.manifests());
    return findings;
}

/// Worked out once an evaluation, for all rules.
struct Shared {
    const Evidence &evidence;
    std::vector<LoadTestAnalysis> tests;
    QMap<QString, double> planning;
    ServingWorkloads serving;
    Coverage coverage = {};
};

/// One rule of one item: what a thread takes at a time.
struct Judging {
    const Item *item = nullptr;
    const RuleUse *use = nullptr;
    std::vector<Finding> findings;
    std::vector<Loosening> loosened;
    Applied applied = {};
};

/// An item's `valid-for` is for the records too that its rules read.
void limitAge(QMap<QString, double> &parameters, const Item &item, const QDate &today)
{
    const auto days = parameters.find(QStringLiteral("valid-days"));
    if (days == parameters.end() || !item.validFor || !today.isValid())
        return;
    const qint64 allowed = today.addDays(-item.validFor->days).addMonths(-item.validFor->months).daysTo(today);
    *days = std::min(*days, double(allowed));
}

void judgeOne(Judging &judging, const Shared &shared)
{
    const RuleUse &use = *judging.use;
    const Rule *rule = findRule(use.rule);
    QMap<QString, double> parameters;
    if (rule)
        parameters = parametersOf(*rule, use, *judging.item, shared.evidence.service, judging.applied, judging.loosened);
    limitAge(parameters, *judging.item, shared.evidence.today);
    const RuleContext context{shared.evidence, use,              parameters,
                              shared.tests,    &shared.planning, &shared.serving, &shared.coverage};
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
            result.waivable = item.waivable;
            for (; judging != all.end() && judging->item == &item; ++judging) {
                if (result.findings.empty())
                    result.findings = std::move(judging->findings);
                else
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

} // namespace

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
                        servingWorkloads(*evidence.manifests, evidence.service), coverageOf(evidence)};

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
    if (evidence.serviceFile) // bare manifests have no review
        assessment.sources = std::make_shared<const SourceLines>(evidence);
    return assessment;
}

} // namespace tenken
