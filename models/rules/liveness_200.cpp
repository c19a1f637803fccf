// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/probe_answers.h>

namespace tenken
{

namespace
{

AnswerVerdict judgeStatus(int status, const Dependency *)
{
    if (status == 200)
        return {Verdict::Pass, {"%1も %2 を返します。", "It answers %2 %1."}, {}};
    // The kubelet takes every 2xx and 3xx for alive.
    if (status >= 200 && status < 400)
        return {Verdict::Warn, {"%1は %2 です。生きていると見なされますが、200 ではありません。", "It answers %2 %1: taken for alive, yet not 200."},
                {"200 を返すようにします。", "Answer 200."}};
    return {Verdict::Fail, {"%1に %2 を返し、kubelet がコンテナを再起動します。", "It answers %2 %1, and the kubelet restarts the container."},
            {"liveness のハンドラーから依存先の確認を外します。", "Take the check of dependencies out of the liveness handler."}};
}

std::vector<Finding> judge(const RuleContext &context)
{
    const ProbeQuestion question{
        QStringLiteral("liveness"), {"liveness の応答: %1", "Liveness %1"}, &TestRecord::liveness, judgeStatus,
        [](const Dependency &) { return true; }, "200", "200", "200", true};
    return judgeProbeAnswers(context, question);
}

} // namespace

Rule liveness200Rule()
{
    return {
        "liveness-200",
        {"依存先が止まっていても liveness が 200 を返すことが、試験で確かめられているかを見ます。",
         "Whether tests have shown that liveness answers 200 whatever the dependencies do."},
        {"readiness/tests の記録 (kind: liveness か dependency-down の outcome.liveness) から、平常時と、service.yaml の依存先を 1 つずつ止めたときの応答を見ます。状態 `all` (すべて停止) "
         "はどの依存先の代わりにもなります。平常時は、`probe: liveness` の付いた動作確認の記録でも足ります。200 は合格、ほかの 2xx と 3xx は注意 (kubelet は成功と数えます)、それ以外は不合格です。"
         "環境ごとに最も新しい記録を見て、valid-days 日を過ぎたものは不明、書かれていない項目があるものと、イメージか limits が今と違うものは注意にします。出典: kubelet の HTTP プローブ (200 以上 400 未満が成功)。",
         "From the records in readiness/tests (outcome.liveness of kind liveness or dependency-down): the answer with all well, and with each "
         "dependency of service.yaml down. The state `all` (everything down) stands for each of them. With all well, a recorded smoke run with a "
         "request of `probe: liveness` will do. 200 passes, another 2xx or 3xx warns (the kubelet counts it as success), anything else fails. Of "
         "each environment the newest record counts: beyond valid-days it is unknown, with a field missing, or with another image or limits than "
         "now, it warns. Source: the kubelet's HTTP probe (success from 200 to 399)."},
        {validDays()},
        judge,
        Rule::Source::Service,
        {},
        {"liveness", "dependency-down"},
    };
}

} // namespace tenken
