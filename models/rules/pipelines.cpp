// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/pipelines.h>

#include <QFileInfo>

#include <algorithm>
#include <set>

namespace tenken
{

bool PipelineView::anyOpaque() const
{
    return std::ranges::any_of(pipelines, [](const PipelineSteps &p) { return !p.opaque.empty(); });
}

std::vector<OpaqueStep> PipelineView::opaque() const
{
    std::vector<OpaqueStep> all;
    for (const PipelineSteps &p : pipelines)
        all.insert(all.end(), p.opaque.begin(), p.opaque.end());
    return all;
}

PipelineView pipelinesOf(const RuleContext &context)
{
    PipelineView view;
    if (!context.evidence.repository)
        return view;
    const std::vector<Pipeline> &all = context.evidence.repository->pipelines;
    // A workflow that only others call is judged where they call it, with their inputs.
    const auto isCalled = [&](const Pipeline &callee) {
        return callee.calledOnly && std::ranges::any_of(all, [&](const Pipeline &caller) {
            return std::ranges::any_of(caller.jobs, [&](const PipelineJob &j) {
                return j.file == callee.file && caller.file != callee.file;
            });
        });
    };
    for (const Pipeline &pipeline : all) {
        if (!isCalled(pipeline))
            view.pipelines.push_back(findSteps(pipeline));
    }
    return view;
}

namespace
{

bool isUnder(const QString &file, const QStringList &patterns)
{
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        QString folder = pattern;
        while (folder.endsWith(u'/'))
            folder.chop(1);
        const qsizetype glob = folder.indexOf(u'*');
        return glob < 0 ? file == folder || file.startsWith(folder + u'/') : file.startsWith(folder.left(glob));
    });
}

Finding unread(const RuleContext &context, const Text &title, const Problem &problem)
{
    Finding f = findingFor(context, title);
    f.file = problem.file;
    f.span = problem.span;
    return say(std::move(f), Verdict::Unknown,
               Text{"パイプラインの定義を読めません: %1", "This pipeline definition cannot be read: %1"}.arg(
                   problem.message),
               problem.hint);
}

std::vector<Problem> unreadProblems(const RuleContext &context)
{
    const Evidence &evidence = context.evidence;
    std::vector<Problem> problems;
    for (const Problem &p : evidence.unreadable) {
        if (isUnder(p.file, context.service().pipelinePatterns))
            problems.push_back(p);
    }
    if (!evidence.repository)
        return problems;
    for (const Problem &p : evidence.repository->problems) {
        const auto isOf = [&](const Pipeline &pipeline) { return pipeline.file == p.file; };
        if (std::ranges::none_of(evidence.repository->pipelines, isOf))
            problems.push_back(p);
    }
    return problems;
}

} // namespace

std::optional<Finding> whyNoPipelines(const RuleContext &context, const Text &title)
{
    if (context.evidence.repository && !context.evidence.repository->pipelines.empty())
        return {};
    if (const auto problems = unreadProblems(context); !problems.empty())
        return unread(context, title, problems.front());
    return undeclared(context, title, {"パイプラインの定義", "Where the pipelines are defined"}, QStringLiteral("evidence.pipelines"),
                      QStringLiteral("evidence:\n  pipelines: [.github/workflows/]"));
}

void addUnreadPipelines(const RuleContext &context, const Text &title, std::vector<Finding> &findings)
{
    for (const Problem &p : unreadProblems(context))
        findings.push_back(unread(context, title, p));
}

std::vector<PushOn> pushesIn(const PipelineView &view)
{
    std::vector<PushOn> pushes;
    for (const PipelineSteps &steps : view.pipelines) {
        const std::vector<const FoundStep *> found = steps.of(PushesImage);
        if (found.empty())
            continue;
        std::vector<PipelineOutcome> usual;
        for (const Occasion &occasion : steps.pipeline->occasions)
            usual.push_back(simulate(*steps.pipeline, {&occasion, {}, {}}));
        for (const FoundStep *push : found) {
            PushOn on{&steps, push, {}, Tri::No};
            for (size_t i = 0; i < usual.size(); ++i) {
                const Occasion &occasion = steps.pipeline->occasions[i];
                const Tri asks = truthOf(valueOn(occasion, push->when));
                if (both(usual[i].ran(push->ref), asks) == Tri::No)
                    continue;
                on.occasions.push_back(&occasion);
                on.pushes = either(on.pushes, asks); // a condition on when it runs is no doubt about what it does
            }
            if (!on.occasions.empty())
                pushes.push_back(std::move(on));
        }
    }
    return pushes;
}

std::optional<Finding> idleFinding(const RuleContext &context, const Text &title, const PipelineView &view, unsigned kind)
{
    for (const PipelineSteps &p : view.pipelines) {
        const FoundStep *step = p.idleOf(kind);
        if (!step)
            continue;
        Finding f = findingAt(context, title, *p.pipeline, *step);
        f.measured = Text{"%1（動かない）", "%1, which never runs"}.arg(step->what);
        const PipelineJob &job = p.pipeline->jobs[step->ref.job];
        const PipelineStep &in = job.steps[step->ref.step];
        addMark(f, in.file, in.conditionSpan, {"この条件", "this condition"});
        addMark(f, job.file, job.conditionSpan, {"この条件", "this condition"});
        return say(std::move(f), Verdict::Fail,
                   {"書いてありますが、どの契機でも動きません。", "It is written down, yet no event makes it run."},
                   {"止めている条件（`if: false`、`when: never`、手前の `exit` など）を外してください。",
                    "Remove what holds it back: `if: false`, `when: never`, an `exit` before it."});
    }
    return {};
}

Finding tooLarge(const RuleContext &context, const Text &title, const PushOn &push)
{
    Finding f = findingAt(context, title, *push.steps->pipeline, *push.push);
    return say(std::move(f), Verdict::Unknown,
               {"パイプラインが大きく、すべての経路は確かめられませんでした。", "The pipeline is so large that not every path through it was tried."},
               {"ワークフローを分けるか、同じ手順をまとめてください。", "Split the workflow, or bring steps that are the same together."});
}

Finding findingAt(const RuleContext &context, const Text &title, const Pipeline &pipeline, const FoundStep &step)
{
    Finding f = findingFor(context, title);
    f.file = step.file;
    f.span = step.span;
    f.object = QStringLiteral("%1 / %2").arg(pipeline.name, pipeline.jobs[step.ref.job].id);
    return f;
}

Text named(const std::vector<OpaqueStep> &opaque)
{
    QStringList names;
    for (const OpaqueStep &o : opaque)
        names.append(o.name);
    names.removeDuplicates();
    const qsizetype shown = std::min<qsizetype>(names.size(), 3);
    const QString first = names.mid(0, shown).join(QStringLiteral(", "));
    if (names.size() == shown)
        return sameText(first);
    return Text{"%1 ほか %2 件", "%1 and %2 more"}.arg(first, names.size() - shown);
}

Finding opaqueFinding(const RuleContext &context, const Text &title, const std::vector<OpaqueStep> &opaque,
                      const Text &sought)
{
    Finding f = findingFor(context, title);
    f.file = opaque.front().file;
    f.span = opaque.front().span;
    for (const OpaqueStep &o : opaque) {
        if (f.marks.size() < 20)
            addMark(f, o.file, o.span, Text{"中身が見えません: %1", "cannot be seen into: %1"}.arg(o.name));
    }
    f.measured = named(opaque);
    f.wanted = sought;
    return say(std::move(f), Verdict::Unknown,
               Text{"%1 の中身が見えず、%2があるか分かりません。", "%1 cannot be seen into, so whether there is %2 is not known."}
                   .arg(named(opaque), sought),
               {"その定義をリポジトリに置くか、同じ処理をパイプラインに直接書いてください。",
                "Keep its definition in the repository, or write the step in the pipeline itself."});
}

void markWay(Finding &finding, const Pipeline &pipeline, const StepRef &from, const StepRef &to)
{
    // Back from the push over what it needs, until the check's job; the callers of both count too.
    std::map<size_t, size_t> cameFrom; // need → job that needs it
    std::vector<size_t> open{to.job};
    std::set<size_t> seen{to.job};
    const auto visit = [&](size_t next, size_t job) {
        if (seen.insert(next).second) {
            cameFrom[next] = job;
            open.push_back(next);
        }
    };
    for (size_t i = 0; i < open.size(); ++i) {
        const PipelineJob &job = pipeline.jobs[open[i]];
        for (const size_t need : job.needs)
            visit(need, open[i]);
        if (job.parent)
            visit(*job.parent, open[i]);
        for (size_t c = 0; c < pipeline.jobs.size() && job.calls; ++c) {
            if (pipeline.jobs[c].parent == open[i])
                visit(c, open[i]);
        }
    }
    for (size_t at = from.job; at != to.job && cameFrom.contains(at);) {
        const size_t next = cameFrom[at];
        if (const auto span = pipeline.jobs[next].needSpans.constFind(at); span != pipeline.jobs[next].needSpans.cend())
            addMark(finding, pipeline.jobs[next].file, *span,
                    Text{"%1 を待ちます", "waits for %1"}.arg(pipeline.jobs[at].id));
        at = next;
    }
}

} // namespace tenken
