// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/probe_answers.h>

namespace tenken
{

namespace
{

bool isSuccess(int status)
{
    return status >= 200 && status < 400; // as the kubelet counts
}

AnswerVerdict judgeWell(int status)
{
    if (status == 200)
        return {Verdict::Pass, {"%1は %2 を返します。", "It answers %2 %1."}, {}};
    if (isSuccess(status))
        return {Verdict::Warn, {"%1は %2 です。準備できたと見なされますが、200 ではありません。", "It answers %2 %1: taken for ready, yet not 200."},
                {"200 を返すようにします。", "Answer 200."}};
    return {Verdict::Fail, {"%1に %2 を返し、Pod に要求が届きません。", "It answers %2 %1, so no request reaches the pod."},
            {"readiness のハンドラーを直します。", "Mend the readiness handler."}};
}

AnswerVerdict judgeStatus(int status, const Dependency *down)
{
    if (!down)
        return judgeWell(status);
    if (!down->required) {
        if (isSuccess(status))
            return {Verdict::Pass, {"%1も %2 で、要求を受け続けます。", "It answers %2 %1 and goes on taking requests."}, {}};
        return {Verdict::Warn, {"必須でない依存先なのに、%1に %2 を返して要求を断ります。", "It answers %2 %1 and turns requests away, though the dependency is not required."},
                {"必須でない依存先を readiness から外すか、`required: true` にします。", "Leave it out of readiness, or declare it `required: true`."}};
    }
    if (status == 503)
        return {Verdict::Pass, {"%1は %2 を返し、要求を受けません。", "It answers %2 %1 and takes no requests."}, {}};
    if (isSuccess(status))
        return {Verdict::Fail, {"%1も %2 を返し、処理できない要求を受け続けます。", "It answers %2 %1 and goes on taking requests that it cannot serve."},
                {"必須の依存先を readiness で確かめ、503 を返します。", "Check required dependencies in readiness and answer 503."}};
    return {Verdict::Warn, {"%1は %2 です。要求は止まりますが、503 ではありません。", "It answers %2 %1: requests stop, yet it is not 503."},
            {"503 を返すようにします。", "Answer 503."}};
}

std::vector<Finding> judge(const RuleContext &context)
{
    const ProbeQuestion question{
        QStringLiteral("readiness"), {"readiness の応答: %1", "Readiness %1"}, &TestRecord::readiness, judgeStatus,
        [](const Dependency &down) { return down.required; }, "200", "503", "200", false};
    return judgeProbeAnswers(context, question);
}

} // namespace

Rule readiness503Rule()
{
    return {
        "readiness-503",
        {"readiness が平常時に 200、必須の依存先の停止中に 503 を返すことが、試験で確かめられているかを見ます。",
         "Whether tests have shown that readiness answers 200 with all well and 503 with a required dependency down."},
        {"readiness/tests の記録 (kind: readiness か dependency-down の outcome.readiness) から、平常時と、必須の依存先を 1 つずつ止めたときの応答を見ます。平常時は、`probe: readiness` "
         "の付いた動作確認の記録でも足ります。停止中の 503 は合格、ほかの 4xx と 5xx は注意、2xx と 3xx は不合格です。`required: false` の依存先は、記録があるときだけ見て、要求を断るなら注意にします。"
         "環境ごとに最も新しい記録を見て、valid-days 日を過ぎたものは不明、書かれていない項目があるものと、イメージか limits が今と違うものは注意にします。出典: kubelet の HTTP プローブ (200 以上 400 未満が成功)。",
         "From the records in readiness/tests (outcome.readiness of kind readiness or dependency-down): the answer with all well, and with each "
         "required dependency down. With all well, a recorded smoke run with a request of `probe: readiness` will do. With a dependency down 503 "
         "passes, another 4xx or 5xx warns, 2xx or 3xx fails. A dependency with `required: false` is looked at only where it was recorded, and "
         "warns when requests are turned away. Of each environment the newest record counts: beyond valid-days it is unknown, with a field missing, "
         "or with another image or limits than now, it warns. Source: the kubelet's HTTP probe (success from 200 to 399)."},
        {validDays()},
        judge,
        Rule::Source::Service,
        {},
        {"readiness", "dependency-down"},
    };
}

} // namespace tenken
