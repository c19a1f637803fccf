// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/pipelines.h>

namespace tenken
{

namespace
{

std::vector<Finding> judge(const RuleContext &context)
{
    return judgeBeforePush(context, Lints,
                           {{"送信の前の静的検査", "Lint before the push"}, {"静的検査", "a lint step"}, QStringLiteral("make lint")});
}

} // namespace

Rule pipelineLintRule()
{
    return {
        "pipeline-lint",
        {"イメージを送る前に、同じ経路で静的検査が動くかを見ます。", "Whether a lint step runs before the image is pushed, on the same path."},
        {"イメージを送る手順ごとに、静的検査を失敗させた場合を試します。同じジョブの前の手順か、送信するジョブが `needs` で（間接にでも）待つ"
         "ジョブにあり、失敗で送信が止まれば合格です。ほかの経路にしかない、`continue-on-error`、`allow_failure`、`|| true` で無視される、"
         "条件で省かれることがあるものは注意です。Makefile、package.json、スクリプト、composite と reusable workflow の中まで追い、"
         "中身が見えない action や orb は不明とします。出典: GitHub Actions、GitLab CI、CircleCI の文書、bash の -e と pipefail。",
         "For every step that pushes an image it tries what happens when the lint step fails. It passes where the push then does not run: "
         "an earlier step of the same job, or a job that the pushing job needs, directly or not. One that is only on another path, whose failure is "
         "passed over (`continue-on-error`, `allow_failure`, `|| true`) or that a condition may leave out is warn. Makefiles, package.json, "
         "scripts, composite actions and reusable workflows are followed; actions and orbs that cannot be seen into are unknown. Source: the "
         "documentation of GitHub Actions, GitLab CI and CircleCI; -e and pipefail of bash."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
