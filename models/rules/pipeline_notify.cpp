// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/pipelines.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"Slack への通知", "Slack notification"};
const Text sought{"Slack への通知", "a Slack notification"};

/// How a notification stands to a push that fails.
enum class Told { Failure, Maybe, SuccessOnly, Before, Never };

/// A job, what it waits for and what calls it: looked up for every push.
std::vector<bool> upTo(const Pipeline &pipeline, size_t job)
{
    std::vector<bool> seen(pipeline.jobs.size());
    std::vector<size_t> open{job};
    seen[job] = true;
    const auto visit = [&](size_t next) {
        if (!seen[next])
            open.push_back(next);
        seen[next] = true;
    };
    for (size_t i = 0; i < open.size(); ++i) {
        const PipelineJob &at = pipeline.jobs[open[i]];
        std::ranges::for_each(at.needs, visit);
        if (at.parent)
            visit(*at.parent);
    }
    return seen;
}

struct Best {
    Told told = Told::Never;
    const FoundStep *slack = nullptr;
    const PipelineSteps *steps = nullptr;
};

class Notices
{
public:
    explicit Notices(const PipelineView &view) : m_view(view) { }

    Best bestFor(const PushOn &push)
    {
        Best worst;
        bool first = true;
        for (const Occasion *occasion : push.occasions) {
            const Best best = bestOn(push, *occasion);
            if (first || best.told > worst.told)
                worst = best;
            first = false;
        }
        return worst;
    }

    bool exhausted() const { return m_simulations.exhausted(); }

private:
    Best bestOn(const PushOn &push, const Occasion &occasion)
    {
        Best best;
        for (const PipelineSteps &p : m_view.pipelines) {
            for (const FoundStep *slack : p.of(TellsSlack)) {
                const Told told = &p == push.steps ? toldOf(*p.pipeline, *slack, *push.push, occasion)
                                                   : toldAcross(*p.pipeline, *slack, *push.steps->pipeline);
                if (!best.slack || told < best.told)
                    best = {told, slack, &p};
                if (told == Told::Failure || exhausted())
                    return best;
            }
        }
        return best;
    }

    /// It comes after the push: later in the same job, or in a job that ends later.
    bool comesAfter(const Pipeline &pipeline, const StepRef &slack, const StepRef &push)
    {
        if (slack.job == push.job)
            return slack > push;
        const auto [place, isNew] = m_upTo.try_emplace({&pipeline, slack.job});
        if (isNew)
            place->second = upTo(pipeline, slack.job);
        const std::optional<size_t> caller = pipeline.jobs[push.job].parent;
        return place->second[push.job] || (caller && place->second[*caller]);
    }

    Told toldOf(const Pipeline &pipeline, const FoundStep &slack, const FoundStep &push, const Occasion &occasion)
    {
        m_simulations.count(20);
        const Tri asks = truthOf(valueOn(occasion, slack.when));
        const auto never = [&] { return both(asks, m_simulations.get(pipeline, occasion).ran(slack.ref)) == Tri::No; };
        if (!comesAfter(pipeline, slack.ref, push.ref))
            return never() ? Told::Never : Told::Before;
        const Tri onFailure = both(asks, m_simulations.get(pipeline, occasion, push.ref).ran(slack.ref));
        if (onFailure != Tri::No)
            return onFailure == Tri::Yes ? Told::Failure : Told::Maybe;
        return never() ? Told::Never : Told::SuccessOnly;
    }

    /// A workflow of its own that starts when the push's workflow has ended.
    Told toldAcross(const Pipeline &telling, const FoundStep &slack, const Pipeline &pushing)
    {
        m_simulations.count(20);
        if (!telling.startedBy.contains(pushing.name))
            return Told::Never;
        Told best = Told::Never;
        for (const Occasion &occasion : telling.occasions) {
            if (!occasion.values.contains(QStringLiteral("github.event.workflow_run.conclusion")))
                continue;
            const Tri runs = m_simulations.get(telling, m_simulations.afterFailure(occasion)).ran(slack.ref);
            best = std::min(best, runs == Tri::Yes ? Told::Failure : runs == Tri::Maybe ? Told::Maybe : Told::SuccessOnly);
        }
        return best;
    }

    const PipelineView &m_view;
    Simulations m_simulations;
    std::map<std::pair<const Pipeline *, size_t>, std::vector<bool>> m_upTo;
};

Finding judgeFound(const RuleContext &context, const PushOn &push, const Best &best)
{
    Finding f = findingAt(context, title, *best.steps->pipeline, *best.slack);
    const PipelineStep &step = best.steps->pipeline->jobs[best.slack->ref.job].steps[best.slack->ref.step];
    f.measured = sameText(best.slack->what);
    f.wanted = {"失敗したときにも通知", "told on failure too"};
    addMark(f, push.push->file, push.push->span, {"この手順の成否", "what it reports on"});
    addMark(f, step.file, step.conditionSpan, {"動く条件", "when it runs"});
    if (best.steps->pipeline->system == Pipeline::System::GitHub)
        f.snippet = QStringLiteral("        if: always()");
    const Text remedy{"`if: always()` か `if: failure()` で、失敗の後にも動くようにしてください。",
                      "Let it run after a failure too, with `if: always()` or `if: failure()`."};
    switch (best.told) {
    case Told::Failure:
        f.snippet.clear();
        return say(std::move(f), Verdict::Pass, {"送信が失敗したときにも、Slack に届きます。", "It tells Slack when the push fails, too."});
    case Told::Maybe:
        return say(std::move(f), Verdict::Unknown,
                   {"失敗したときに動くかを決める条件を評価できません。", "A condition decides whether it runs on failure, and it cannot be evaluated."}, remedy);
    case Told::SuccessOnly:
        return say(std::move(f), Verdict::Warn, {"成功したときだけ動き、失敗は伝わりません。", "It runs on success only; a failure is not told."}, remedy);
    case Told::Before:
        f.snippet.clear();
        return say(std::move(f), Verdict::Warn,
                   {"イメージを送るジョブの結果を待たずに動きます。", "It does not wait for the outcome of the job that pushes."},
                   {"送信の後に置き、失敗の後にも動くようにしてください。", "Put it after the push and let it run after a failure too."});
    case Told::Never:
        break;
    }
    return say(std::move(f), Verdict::Warn,
               {"イメージを送るパイプラインとは別の経路だけにあります。", "It is on another path than the pipeline that pushes the image."},
               {"イメージを送るパイプラインにも足してください。", "Add it to the pipeline that pushes the image."});
}

Finding judgeNone(const RuleContext &context, const PipelineView &view, const PushOn *push)
{
    const std::vector<OpaqueStep> opaque = push ? push->steps->opaque : view.opaque();
    if (!opaque.empty())
        return opaqueFinding(context, title, opaque, sought);
    if (auto idle = idleFinding(context, title, view, TellsSlack))
        return *std::move(idle);
    Finding f = push ? findingAt(context, title, *push->steps->pipeline, *push->push) : findingFor(context, title);
    if (!push) {
        f.file = view.pipelines.front().pipeline->file;
        f.span = {1, 1, 1, 2};
    }
    f.measured = {"なし", "none"};
    f.wanted = {"失敗したときにも通知", "told on failure too"};
    f.snippet = QStringLiteral("      - if: always()\n        uses: slackapi/slack-github-action@v2\n        with:\n"
                               "          webhook: ${{ secrets.SLACK_WEBHOOK_URL }}\n          webhook-type: incoming-webhook\n"
                               "          payload: |\n            text: \"${{ github.workflow }}: ${{ job.status }}\"");
    return say(std::move(f), Verdict::Fail,
               {"Slack へ通知する手順がありません。", "No step tells Slack."},
               {"失敗の後にも動く通知の手順を足してください。", "Add a notification that runs after a failure too."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoPipelines(context, title))
        return {*std::move(why)};
    const PipelineView view = pipelinesOf(context);
    std::vector<Finding> findings;
    const std::vector<PushOn> pushes = pushesIn(view);
    Notices notices(view);
    for (const PushOn &push : pushes) {
        const Best best = notices.bestFor(push);
        Finding f = notices.exhausted() ? tooLarge(context, title, push) : best.slack ? judgeFound(context, push, best) : judgeNone(context, view, &push);
        const auto same = [&](const Finding &g) { return g.file == f.file && g.span == f.span && g.verdict == f.verdict; };
        if (std::ranges::none_of(findings, same))
            findings.push_back(std::move(f));
    }
    if (pushes.empty()) {
        const auto told = std::ranges::find_if(view.pipelines, [](const PipelineSteps &p) { return !p.of(TellsSlack).empty(); });
        if (told == view.pipelines.end()) {
            findings.push_back(judgeNone(context, view, nullptr));
        } else {
            Finding f = findingAt(context, title, *told->pipeline, *told->of(TellsSlack).front());
            f.measured = sameText(told->of(TellsSlack).front()->what);
            findings.push_back(say(std::move(f), Verdict::Unknown,
                                   {"イメージの送信が見えず、その失敗が伝わるか分かりません。",
                                    "The image push is not visible, so whether its failure is told is not known."},
                                   {"送信の定義をリポジトリに置いてください。", "Keep the push's definition in the repository."}));
        }
    }
    addUnreadPipelines(context, title, findings);
    return findings;
}

} // namespace

Rule pipelineNotifyRule()
{
    return {
        "pipeline-notify",
        {"パイプラインの失敗も Slack に通知されるかを見ます。", "Whether the pipeline tells Slack, on failure too."},
        {"Slack の action、CircleCI の slack orb、hooks.slack.com への curl を探し、イメージの送信が失敗した場合に動くかを試します。"
         "条件のない手順は成功したときしか動かないので注意です（`if: failure()` か `if: always()` が要ります）。送信より前に動くもの、"
         "送信のジョブを待たないものも注意です。`workflow_run` で始まる通知のワークフローも見ます。",
         "Looks for Slack actions, CircleCI's slack orb and curl to hooks.slack.com, and tries whether they run when the image push fails. A step "
         "without a condition runs on success only: warn (it takes `if: failure()` or `if: always()`). One that runs before the push, or does not "
         "wait for its job, is warn too. A notifying workflow started by `workflow_run` counts."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
