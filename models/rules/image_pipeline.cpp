// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/pipelines.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"イメージのビルドと送信", "Image build and push"};
const Text sought{"イメージを作って送る手順", "a step that builds and pushes an image"};

const FoundStep *builderFor(const PushOn &push, const PipelineView &view)
{
    if (push.push->kinds & BuildsImage)
        return push.push;
    const auto own = push.steps->of(BuildsImage);
    if (!own.empty())
        return own.front();
    for (const PipelineSteps &p : view.pipelines) {
        if (const auto others = p.of(BuildsImage); !others.empty())
            return others.front();
    }
    return nullptr;
}

Finding judgePush(const RuleContext &context, const PipelineView &view, const PushOn &push)
{
    Finding f = findingAt(context, title, *push.steps->pipeline, *push.push);
    f.measured = sameText(push.push->what);
    f.wanted = sought;
    const FoundStep *builder = builderFor(push, view);
    if (builder && builder != push.push)
        addMark(f, builder->file, builder->span, {"ここで作成", "built here"});
    if (push.pushes != Tri::Yes)
        return say(std::move(f), Verdict::Unknown,
                   {"送るかどうかを決める式を評価できません。", "An expression decides whether it pushes, and it cannot be evaluated."},
                   {"`push: true` か、評価できる条件にしてください。", "Write `push: true`, or a condition on the event or branch."});
    if (!builder)
        return say(std::move(f), Verdict::Unknown,
                   {"イメージを送りますが、どこで作るのか見えません。", "It pushes an image; which step builds it cannot be seen."},
                   {"イメージを作る手順もパイプラインに置いてください。", "Keep the step that builds it in a pipeline, too."});
    QStringList occasions;
    for (const Occasion *o : push.occasions)
        occasions.append(o->name.en);
    return say(std::move(f), Verdict::Pass,
               Text{"イメージを作り、レジストリへ送ります（%1）。", "It builds the image and pushes it to a registry (%1)."}.arg(
                   occasions.join(QStringLiteral(", "))));
}

Finding withoutPush(const RuleContext &context, const PipelineView &view)
{
    if (view.anyOpaque())
        return opaqueFinding(context, title, view.opaque(), sought);
    if (auto idle = idleFinding(context, title, view, PushesImage))
        return *std::move(idle);
    Finding f = findingFor(context, title);
    f.wanted = sought;
    f.snippet = QStringLiteral("      - uses: docker/build-push-action@v6\n        with:\n          push: true\n"
                               "          tags: registry.example.com/app:${{ github.sha }}");
    for (const PipelineSteps &p : view.pipelines) {
        const auto builds = p.of(BuildsImage | PushesImage);
        if (builds.empty())
            continue;
        f.file = builds.front()->file;
        f.span = builds.front()->span;
        f.measured = sameText(builds.front()->what);
        return say(std::move(f), Verdict::Fail,
                   {"イメージを作りますが、レジストリへ送りません。", "It builds an image, yet does not push it to a registry."},
                   {"`push: true` か `docker push` を足してください。", "Add `push: true` or `docker push`."});
    }
    f.file = view.pipelines.front().pipeline->file;
    f.span = {1, 1, 1, 2};
    f.measured = {"なし", "none"};
    return say(std::move(f), Verdict::Fail,
               {"イメージを作って送る手順が、どのパイプラインにもありません。", "No pipeline has a step that builds and pushes an image."},
               {"イメージを作って送るジョブを足してください。", "Add a job that builds the image and pushes it."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoPipelines(context, title))
        return {*std::move(why)};
    const PipelineView view = pipelinesOf(context);
    std::vector<Finding> findings;
    for (const PushOn &push : pushesIn(view)) {
        Finding f = judgePush(context, view, push);
        const auto same = [&](const Finding &g) { return g.file == f.file && g.span == f.span && g.verdict == f.verdict; };
        if (std::ranges::none_of(findings, same))
            findings.push_back(std::move(f));
    }
    // One path that works is what is asked for; beside it an unclear one is nothing to hold up.
    const bool any = std::ranges::any_of(findings, [](const Finding &f) { return f.verdict == Verdict::Pass; });
    if (any)
        std::erase_if(findings, [](const Finding &f) { return f.verdict != Verdict::Pass; });
    else if (findings.empty())
        findings.push_back(withoutPush(context, view));
    if (!any)
        addUnreadPipelines(context, title, findings);
    return findings;
}

} // namespace

Rule imagePipelineRule()
{
    return {
        "image-pipeline",
        {"コンテナイメージを作り、レジストリへ送るパイプラインがあるかを見ます。", "Whether a pipeline builds the container image and pushes it to a registry."},
        {"GitHub Actions、GitLab CI、CircleCI の定義から、イメージを作って送る手順を探します。docker、buildx、kaniko、buildah、jib、ko、"
         "Buildpacks などを知っています。`docker/build-push-action` は `push: true` のときだけ送ります（既定は false）。"
         "`run:` の中のコマンド、make のターゲット、npm のスクリプト、リポジトリのシェルスクリプト、composite と reusable workflow を追います。"
         "中身が見えない action や orb は不明で、不合格にも合格にもしません。",
         "Looks in the definitions of GitHub Actions, GitLab CI and CircleCI for a step that builds an image and pushes it: docker, buildx, "
         "kaniko, buildah, jib, ko, Buildpacks and others. `docker/build-push-action` pushes only with `push: true` (false by default). "
         "Commands of `run:` blocks, make targets, npm scripts, shell scripts of the repository, composite actions and reusable workflows are "
         "followed. Actions and orbs that cannot be seen into are unknown, neither fail nor pass."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
