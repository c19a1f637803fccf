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
    return judgeBeforePush(context, TestsUnits,
                           {{"送信の前の単体テスト", "Unit tests before the push"}, {"単体テスト", "a unit test step"}, QStringLiteral("make test")});
}

} // namespace

Rule pipelineTestsRule()
{
    return {
        "pipeline-tests",
        {"イメージを送る前に、同じ経路で単体テストが動くかを見ます。", "Whether unit tests run before the image is pushed, on the same path."},
        {"pipeline-lint と同じ方法で、単体テストの手順を見ます。`-DskipTests` や `-x test` のように飛ばすものは数えません。"
         "`npm test` は package.json の中身で判断し、ファイルがなければ名前で判断します。",
         "Judges steps that run unit tests as pipeline-lint judges lint steps. What skips them (`-DskipTests`, `-x test`) does not count. "
         "`npm test` is judged by what package.json runs, and by its name where that file is not there."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
