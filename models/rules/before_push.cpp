// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/pipelines.h>

#include <algorithm>
#include <set>

namespace tenken
{

namespace
{

struct Best {
    Gate gate = Gate::Elsewhere;
    const FoundStep *check = nullptr;
    const PipelineSteps *steps = nullptr;
    const Occasion *occasion = nullptr;
};

class BeforePush
{
public:
    BeforePush(const RuleContext &context, StepKind kind, const CheckTexts &texts)
        : m_context(context)
        , m_kind(kind)
        , m_texts(texts)
        , m_view(pipelinesOf(context))
    {
    }

    std::vector<Finding> judge()
    {
        std::vector<Finding> findings;
        std::vector<const FoundStep *> places;
        const std::vector<PushOn> pushes = pushesIn(m_view);
        for (const PushOn &push : pushes)
            add(findings, places, push, judgePush(push));
        if (pushes.empty())
            findings.push_back(withoutPush());
        addUnreadPipelines(m_context, m_texts.title, findings);
        return findings;
    }

private:
    /// Matrices and callers give the same push several times: once is enough, with the worst verdict.
    static void add(std::vector<Finding> &findings, std::vector<const FoundStep *> &places, const PushOn &push, Finding finding)
    {
        for (size_t i = 0; i < findings.size(); ++i) {
            if (places[i]->file != push.push->file || places[i]->span != push.push->span)
                continue;
            if (worst({findings[i].verdict, finding.verdict}) != findings[i].verdict)
                findings[i] = std::move(finding);
            return;
        }
        findings.push_back(std::move(finding));
        places.push_back(push.push);
    }

    Best bestOn(const PushOn &push, const Occasion &occasion) const
    {
        Best best{Gate::Elsewhere, nullptr, nullptr, &occasion};
        const auto offer = [&](Gate gate, const FoundStep *check, const PipelineSteps *steps) {
            if (!best.check || gate < best.gate)
                best = {gate, check, steps, &occasion};
        };
        for (const FoundStep *check : push.steps->of(m_kind)) {
            offer(gateOf(*push.steps->pipeline, *check, *push.push, occasion, m_simulations), check, push.steps);
            if (best.gate == Gate::Holds || m_simulations.exhausted())
                return best;
        }
        for (const PipelineSteps &other : m_view.pipelines) {
            for (const FoundStep *check : &other == push.steps ? std::vector<const FoundStep *>{} : other.of(m_kind)) {
                offer(gateAcross(*other.pipeline, *check, *push.steps->pipeline, *push.push, occasion, m_simulations), check, &other);
                if (best.gate == Gate::Holds || m_simulations.exhausted())
                    return best;
            }
        }
        return best;
    }

    Finding judgePush(const PushOn &push) const
    {
        Best worst;
        bool first = true;
        for (const Occasion *occasion : push.occasions) {
            const Best best = bestOn(push, *occasion);
            if (m_simulations.exhausted())
                return tooLarge(m_context, m_texts.title, push);
            if (first || best.gate > worst.gate || !best.check)
                worst = best;
            first = false;
        }
        if (worst.check)
            return found(push, worst);
        std::vector<OpaqueStep> opaque = push.steps->opaque;
        if (!opaque.empty()) {
            Finding f = opaqueFinding(m_context, m_texts.title, opaque, m_texts.noun);
            addMark(f, push.push->file, push.push->span, {"ここで送信", "the push"});
            return f;
        }
        if (auto inside = dockerfileFinding(m_context, m_texts, m_kind))
            return *std::move(inside);
        if (auto idle = idleFinding(m_context, m_texts.title, m_view, m_kind)) {
            addMark(*idle, push.push->file, push.push->span, {"ここで送信", "the push"});
            return *std::move(idle);
        }
        Finding f = findingAt(m_context, m_texts.title, *push.steps->pipeline, *push.push);
        f.measured = {"なし", "none"};
        f.wanted = Text{"送信の前に%1", "%1 before the push"}.arg(m_texts.noun);
        f.snippet = snippet(*push.steps->pipeline);
        return say(std::move(f), Verdict::Fail,
                   Text{"この送信の前に%1がありません。", "No step before this push is %1."}.arg(m_texts.noun),
                   {"送信より前の手順か、送信するジョブが待つジョブに足してください。",
                    "Add one before the push, or in a job that the pushing job needs."});
    }

    Finding found(const PushOn &push, const Best &best) const
    {
        const Pipeline &pipeline = *best.steps->pipeline;
        Finding f = findingAt(m_context, m_texts.title, pipeline, *best.check);
        f.measured = sameText(best.check->what);
        f.wanted = Text{"送信の前に%1", "%1 before the push"}.arg(m_texts.noun);
        if (best.steps == push.steps)
            markWay(f, pipeline, best.check->ref, push.push->ref);
        addMark(f, push.push->file, push.push->span, {"ここで送信", "the push"});
        const PipelineStep &step = pipeline.jobs[best.check->ref.job].steps[best.check->ref.step];
        const Text on = best.occasion->name;
        switch (best.gate) {
        case Gate::Holds:
            return say(std::move(f), Verdict::Pass,
                       best.check->byName
                           ? Text{"失敗すると送信に進みません（名前から判断しました）。",
                                  "The push does not run when it fails (told by its name)."}
                           : Text{"失敗すると送信に進みません。", "The push does not run when it fails."});
        case Gate::Unclear:
            addMark(f, step.file, step.continueSpan, {"評価できない式", "cannot be evaluated"});
            return say(std::move(f), Verdict::Unknown,
                       {"失敗が送信を止めるかを決める式を評価できません。",
                        "An expression decides whether its failure stops the push, and it cannot be evaluated."},
                       {"式を使わず、失敗が送信を止めるように書いてください。",
                        "Write it without the expression, so that a failure stops the push."});
        case Gate::Conditional:
            addMark(f, step.file, step.conditionSpan, {"この条件のとき", "only then"});
            addMark(f, pipeline.jobs[best.check->ref.job].file, pipeline.jobs[best.check->ref.job].conditionSpan,
                    {"この条件のとき", "only then"});
            return say(std::move(f), Verdict::Warn,
                       Text{"%1 では、動かないまま送信されることがあります。", "On %1 the push may run without it."}.arg(on),
                       {"条件を外すか、送信と同じ条件にしてください。",
                        "Remove the condition, or give the push the same one."});
        case Gate::Ignored:
            return ignored(std::move(f), pipeline, best, step);
        case Gate::Beside:
            f.snippet = needsSnippet(pipeline, best, push);
            return say(std::move(f), Verdict::Warn,
                       {"動きますが、失敗しても送信は止まりません。", "It runs, yet the push does not stop when it fails."},
                       {"送信より前に置くか、送信するジョブから待ってください。",
                        "Put it before the push, or let the pushing job need its job."});
        case Gate::Elsewhere:
            break;
        }
        return say(std::move(f), Verdict::Warn,
                   Text{"%1 で送信するときには動きません。ほかの経路だけにあります。",
                        "It does not run when %1 pushes; it is on another path only."}
                       .arg(on),
                   {"送信と同じ経路にも足してください。", "Add it to the path that pushes, too."});
    }

    Finding ignored(Finding f, const Pipeline &pipeline, const Best &best, const PipelineStep &step) const
    {
        const Span asked = step.continueSpan.isValid() ? step.continueSpan : pipeline.jobs[best.check->ref.job].continueSpan;
        const QString &file = step.continueSpan.isValid() ? step.file : pipeline.jobs[best.check->ref.job].file;
        addMark(f, file, asked, {"失敗を無視", "its failure is passed over"});
        if (best.check->canFail == Tri::No) {
            return say(std::move(f), Verdict::Warn,
                       Text{"この書き方では、問題があっても失敗しません（%1）。", "Written like this it never fails (%1)."}.arg(
                           best.check->lacks),
                       {"問題があれば失敗する書き方にしてください。", "Let it fail on what it finds."});
        }
        return say(std::move(f), Verdict::Warn,
                   {"失敗が無視され、送信は止まりません。", "Its failure is passed over, so the push does not stop."},
                   {"`continue-on-error`、`allow_failure`、`|| true` などを外してください。",
                    "Remove `continue-on-error`, `allow_failure`, `|| true` and the like."});
    }

    Finding withoutPush() const
    {
        for (const PipelineSteps &p : m_view.pipelines) {
            const auto checks = p.of(m_kind);
            if (checks.empty())
                continue;
            Finding f = findingAt(m_context, m_texts.title, *p.pipeline, *checks.front());
            f.measured = sameText(checks.front()->what);
            if (m_view.anyOpaque())
                return say(std::move(f), Verdict::Unknown,
                           Text{"イメージの送信が見えず、その前に動くか分かりません（%1）。",
                                "The image push is not visible, so whether this runs before it is not known (%1)."}
                               .arg(named(m_view.opaque())),
                           {"送信の定義をリポジトリに置いてください。", "Keep the push's definition in the repository."});
            return say(std::move(f), Verdict::Warn,
                       {"動きますが、イメージを送る手順がありません。", "It runs, yet no step pushes an image."},
                       {"イメージを作って送るジョブを、このあとに足してください。",
                        "Add a job after it that builds and pushes the image."});
        }
        if (m_view.anyOpaque())
            return opaqueFinding(m_context, m_texts.title, m_view.opaque(), m_texts.noun);
        if (auto inside = dockerfileFinding(m_context, m_texts, m_kind))
            return *std::move(inside);
        if (auto idle = idleFinding(m_context, m_texts.title, m_view, m_kind))
            return *std::move(idle);
        Finding f = findingFor(m_context, m_texts.title);
        f.file = m_view.pipelines.front().pipeline->file;
        f.span = {1, 1, 1, 2};
        f.measured = {"なし", "none"};
        f.snippet = snippet(*m_view.pipelines.front().pipeline);
        return say(std::move(f), Verdict::Fail,
                   Text{"どのパイプラインにも%1がありません。", "No pipeline has %1."}.arg(m_texts.noun),
                   {"イメージを送る経路に足してください。", "Add one on the path that pushes the image."});
    }

    QString snippet(const Pipeline &pipeline) const
    {
        switch (pipeline.system) {
        case Pipeline::System::GitHub:
            return QStringLiteral("      - run: ") + m_texts.example;
        case Pipeline::System::GitLab:
            return QStringLiteral("check:\n  stage: test\n  script:\n    - ") + m_texts.example;
        case Pipeline::System::CircleCi:
            return QStringLiteral("      - run: ") + m_texts.example;
        }
        return {};
    }

    static QString needsSnippet(const Pipeline &pipeline, const Best &best, const PushOn &push)
    {
        const QString check = pipeline.jobs[best.check->ref.job].id;
        if (best.check->ref.job == push.push->ref.job || check.contains(u' '))
            return {};
        return pipeline.system == Pipeline::System::CircleCi ? QStringLiteral("requires: [%1]").arg(check)
                                                             : QStringLiteral("needs: [%1]").arg(check);
    }

    const RuleContext &m_context;
    StepKind m_kind;
    const CheckTexts &m_texts;
    PipelineView m_view;
    mutable Simulations m_simulations;
};

} // namespace

std::vector<Finding> judgeBeforePush(const RuleContext &context, StepKind kind, const CheckTexts &texts)
{
    if (auto why = whyNoPipelines(context, texts.title))
        return {*std::move(why)};
    return BeforePush(context, kind, texts).judge();
}

} // namespace tenken
