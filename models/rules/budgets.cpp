// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/budgets.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace tenken {

namespace {

using Relation = Comparison::Relation;

const Text budgetTitle{"PodDisruptionBudget", "PodDisruptionBudget"};
constexpr int manyPods = 10'000;

} // namespace

// policy/v1beta1 read an empty selector as "no pods"; policy/v1 reads it as "all".
std::vector<const KubeObject *> evictionBudgets(const RuleContext &context, const Workload &w)
{
    std::vector<const KubeObject *> budgets = context.manifests().budgetsOf(w);
    std::erase_if(budgets, [](const KubeObject *b) {
        return b->apiVersion == u"policy/v1beta1" && b->node["spec"]["selector"].size() == 0;
    });
    return budgets;
}

namespace {

Finding judgeBudget(const RuleContext &context, const KubeObject &budget, const QString &owner, int replicas)
{
    using State = DisruptionBudget::State;
    const DisruptionBudget b = disruptionBudget(budget, replicas);
    Finding f = findingFor(context, budgetTitle, budget, b.node);
    compare(f, b.allowed, Relation::AtLeast, 1, QStringLiteral("Pod"));
    const Text remedy{"maxUnavailable: 1 だけを書き、Pod を 2 つ以上にします。", "Write maxUnavailable: 1 alone, and run two pods or more."};
    if (b.state != State::Allows)
        f.snippet = snippetIn(budget.node["spec"], QStringLiteral("maxUnavailable: 1"), budget.node);
    switch (b.state) {
    case State::Allows:
        return say(f, Verdict::Pass, Text{"%1 の %2 Pod のうち %3 Pod まで追い出せます。", "Of the %2 pods of %1 it lets %3 be evicted."}
                                         .arg(owner, replicas, b.allowed));
    case State::AllowsAll:
        return say(f, Verdict::Warn, Text{"%1 Pod すべてを同時に追い出せ、何も守りません。", "It lets all %1 pods be evicted at once and protects nothing."}
                                         .arg(replicas), remedy);
    case State::Blocks:
        if (replicas == manyPods) {
            return say(f, Verdict::Fail, {"Pod がいくつあっても追い出せず、node の drain と再配置が止まります。",
                                          "However many pods there are, none may be evicted: node drains and rebalancing stop."}, remedy);
        }
        return say(f, Verdict::Fail, Text{"%1 の %2 Pod のうち 1 つも追い出せず、node の drain と再配置が止まります。",
                                          "None of the %2 pods of %1 may be evicted: node drains and rebalancing stop."}
                                         .arg(owner, replicas), remedy);
    case State::BothFields:
        return say(f, Verdict::Fail, {"minAvailable と maxUnavailable の両方があり、API サーバーが拒みます。",
                                      "It has both minAvailable and maxUnavailable, which the API server refuses."}, remedy);
    case State::NoPolicy:
        return say(f, Verdict::Fail, {"minAvailable も maxUnavailable もなく、追い出しが許されません。",
                                      "It has neither minAvailable nor maxUnavailable, so no eviction is allowed."}, remedy);
    case State::AboveAll:
        f.comparison.reset();
        f.measured = sameText(b.node.string());
        f.wanted = sameText(QStringLiteral("≤ 100%"));
        return say(f, Verdict::Fail, {"100% を超え、API サーバーが拒みます。", "It is more than 100%, which the API server refuses."}, remedy);
    case State::Invalid:
        f.comparison.reset();
        f.measured = sameText(b.node.string());
        f.wanted = {"整数か百分率", "a whole number or a percentage"};
        return say(f, Verdict::Fail, {"整数でも百分率でもなく、API サーバーが拒みます。", "It is neither a whole number nor a percentage, so the API server refuses it."}, remedy);
    case State::Unreadable:
        break;
    }
    f.comparison.reset();
    return say(f, Verdict::Unknown, {"展開前の変数で、数が読めません。", "It is a variable that was not filled in."},
               {"展開した後のマニフェストを指定してください。", "Point to rendered manifests."});
}

// What no pod count can mend: judged even where the pods are not among the manifests.
bool isBrokenAnyhow(const DisruptionBudget &b)
{
    using State = DisruptionBudget::State;
    return b.state == State::Blocks || b.state == State::BothFields || b.state == State::NoPolicy || b.state == State::AboveAll
        || b.state == State::Invalid;
}

} // namespace

void judgeBudgets(const RuleContext &context, const Workload &w, const EventNeed &need, std::vector<Finding> &findings)
{
    const std::vector<const KubeObject *> budgets = evictionBudgets(context, w);
    if (budgets.empty()) {
        Finding f = findingFor(context, budgetTitle, w);
        f.measured = {"なし", "none"};
        f.wanted = {"1 つ", "one"};
        f.snippet = QStringLiteral("apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: %1\nspec:\n  maxUnavailable: 1\n"
                                   "  selector:\n    matchLabels:\n").arg(w.object.name);
        const QMap<QString, QString> labels = w.podLabels();
        for (const auto &[key, value] : labels.asKeyValueRange()) {
            if (key != u"version")
                f.snippet += QStringLiteral("      %1: %2\n").arg(key, value);
        }
        findings.push_back(say(std::move(f), Verdict::Warn,
                               {"PodDisruptionBudget がなく、node の drain や再配置が Pod を同時に追い出せます。",
                                "There is no PodDisruptionBudget, so node drains and rebalancing may evict pods together."},
                               {"一度に追い出せる数を決めます。", "Say how many may be evicted at once."}));
        return;
    }
    if (budgets.size() > 1) {
        Finding f = findingFor(context, budgetTitle, *budgets[1]);
        f.measured = sameText(QString::number(budgets.size()));
        f.wanted = {"1 つ", "one"};
        findings.push_back(say(std::move(f), Verdict::Fail,
                               Text{"%1 の Pod を %2 個の PodDisruptionBudget が選び、追い出しがすべて断られます。",
                                    "%2 budgets select the pods of %1, so every eviction is refused."}.arg(w.object.name, int(budgets.size())),
                               {"1 つにまとめます。", "Keep one."}));
    }
    if (!need.replicasKnown)
        return;
    for (const KubeObject *budget : budgets)
        findings.push_back(judgeBudget(context, *budget, w.object.name, need.replicas));
}

void judgeIdleBudgets(const RuleContext &context, std::vector<Finding> &findings)
{
    std::unordered_set<const KubeObject *> used;
    for (const Workload &w : context.manifests().workloads)
        std::ranges::copy(evictionBudgets(context, w), std::inserter(used, used.end()));
    for (const KubeObject *budget : context.manifests().ofKind(QStringLiteral("PodDisruptionBudget"))) {
        if (used.contains(budget))
            continue;
        // At so many pods only "0", "0%" and "100%" still let nothing go.
        if (isBrokenAnyhow(disruptionBudget(*budget, manyPods))) {
            findings.push_back(judgeBudget(context, *budget, budget->name, manyPods));
            continue;
        }
        Finding f = findingFor(context, budgetTitle, *budget, budget->node["spec"]["selector"]);
        f.measured = Text{"0 Pod", "no pods"};
        if (const Yaml selector = budget->node["spec"]["selector"]; !selector || selector.isNull()) {
            findings.push_back(say(std::move(f), Verdict::Warn,
                                   {"selector がないため、どの Pod も選ばず、何も守りません。",
                                    "It has no selector, which selects no pod at all: it protects nothing."},
                                   {"Pod template の label を selector に書きます。空の selector {} は namespace のすべての Pod を選びます (policy/v1)。",
                                    "Write the pod template's labels into a selector; an empty one, {}, selects every pod of the namespace (policy/v1)."}));
            continue;
        }
        findings.push_back(say(std::move(f), Verdict::Warn, {"selector に合う Pod がマニフェストになく、何も守りません。",
                                                             "Its selector matches no pod of the manifests, so it protects nothing."},
                               {"namespace と、Pod template の label に合わせます。", "Match it to the namespace and the labels of the pod template."}));
    }
}

} // namespace tenken
