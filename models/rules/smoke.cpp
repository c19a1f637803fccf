// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/all.h>
#include <rules/recordfindings.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text declaredTitle{"動作確認の要求: %1", "Smoke requests of %1"};
const Text runTitle{"動作確認の実行: %1", "Smoke run in %1"};

QString snippetFor(const QString &environment)
{
    return QStringLiteral("environments:\n  - id: %1\n    smoke:\n      - {id: health, url: \"https://example.com/healthz\", status: 200, seconds: 5}")
        .arg(environment);
}

Finding judgeDeclared(const RuleContext &context, const ServiceEnvironment &environment)
{
    Finding f = findingInService(context, declaredTitle.arg(environment.id), environment.span);
    compare(f, double(environment.smoke.size()), Comparison::Relation::AtLeast, 1, QString());
    if (!environment.smoke.empty())
        return say(f, Verdict::Pass, Text{"%1 件の要求で確かめられます。", "%1 requests show whether it works."}.arg(int(environment.smoke.size())));
    f.snippet = snippetFor(environment.id);
    return say(f, Verdict::Fail, {"この環境を確かめる要求がありません。", "There is no request that shows whether it works there."},
               {"service.yaml の `environments[].smoke` に要求を書いてください。", "Write a request under `environments[].smoke` in service.yaml."});
}

/// What is wrong with the answer to one request; empty when it is as declared.
Text complaintOf(const SmokeRequest &request, const SmokeAnswer *answer)
{
    if (!answer)
        return Text{"要求 %1 の応答が記録にありません。", "The answer to request %1 is not recorded."}.arg(request.id);
    if (answer->status && *answer->status != request.status)
        return Text{"要求 %1 の応答は %2 で、%3 ではありません。", "Request %1 was answered with %2, not %3."}.arg(request.id, *answer->status, request.status);
    if (answer->milliseconds && *answer->milliseconds > request.seconds * 1000)
        return Text{"要求 %1 は %2 かかり、%3 を超えました。", "Request %1 took %2, more than %3."}.arg(
            request.id, formatMs(*answer->milliseconds), formatWithUnit(request.seconds, QStringLiteral("s")));
    if (answer->passed.value == false)
        return Text{"要求 %1 は不合格でした。", "Request %1 failed."}.arg(request.id);
    return {};
}

void judgeAnswers(Finding &f, const ServiceEnvironment &environment, const TestRecord &record)
{
    const std::vector<SmokeAnswer> none;
    const std::vector<SmokeAnswer> &answers = record.smoke ? *record.smoke : none;
    for (const SmokeRequest &request : environment.smoke) {
        const auto it = std::ranges::find(answers, request.id, &SmokeAnswer::id);
        const SmokeAnswer *answer = it == answers.end() ? nullptr : &*it;
        const Text complaint = complaintOf(request, answer);
        // One that was answered neither way says nothing, not even in a run that passed.
        const bool unsaid = !answer || (complaint.isEmpty() && !answer->status);
        if (complaint.isEmpty() && !unsaid)
            continue;
        if (answer)
            f.span = answer->span;
        if (!unsaid) {
            say(f, Verdict::Fail, complaint, {"原因を直し、もう一度実行して記録してください。", "Mend the cause, run it again and record it."});
            return;
        }
        if (f.verdict == Verdict::Pass)
            say(f, Verdict::Unknown, complaint.isEmpty() ? Text{"要求 %1 の応答の番号が記録にありません。", "The status of request %1 is not recorded."}.arg(request.id) : complaint,
                {"宣言した要求をすべて実行し、記録してください。", "Run every declared request and record its answer."});
    }
}

void judgeRun(const RuleContext &context, const ServiceEnvironment &environment, std::vector<Finding> &findings)
{
    const Text title = runTitle.arg(environment.id);
    const auto records = newestRecords(context, [&](const TestRecord &r) {
        return r.kind == u"smoke" && r.environment.value == environment.id;
    });
    if (records.empty())
        findings.push_back(noRecord(context, title, QStringLiteral("smoke")));
    for (const TestRecord *record : records) {
        Finding f = findingForRecord(context, title, *record);
        judgeOutcome(f, context, *record);
        judgeAnswers(f, environment, *record);
        weighRecord(f, context, *record);
        findings.push_back(std::move(f));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    const auto &environments = context.service().environments;
    if (!environments || environments->empty()) {
        findings.push_back(undeclared(context, {"環境", "Environments"}, {"サービスが動く環境", "Where the service runs"},
                                      QStringLiteral("environments"), snippetFor(QStringLiteral("production"))));
        return findings;
    }
    for (const ServiceEnvironment &environment : *environments) {
        findings.push_back(judgeDeclared(context, environment));
        judgeRun(context, environment, findings);
    }
    std::ranges::move(unreadableRecords(context, {"動作確認の記録", "Smoke records"}), std::back_inserter(findings));
    return findings;
}

} // namespace

Rule smokeRule()
{
    return {
        "smoke",
        {"環境ごとに動作確認の要求が宣言され、最近の実行が合格しているかを見ます。",
         "Whether every environment has smoke requests, and whether its last recorded run is recent and green."},
        {"service.yaml の environments に書かれた環境ごとに、要求が 1 つ以上あるか (なければ不合格) と、最も新しい記録 (readiness/tests の kind: smoke) を見ます。宣言したすべての要求の応答が、"
         "宣言した番号と時間のとおりでなければ不合格、記録にない応答があれば不明です。valid-days 日を過ぎた記録は不明、書かれていない項目があるものと、イメージか limits が今と違うものは注意にします。"
         "環境の宣言がなければ不明です。要求を送ることはありません。",
         "For each environment under environments of service.yaml: whether it has a request (else fail), and its newest record (kind smoke in "
         "readiness/tests). Every declared request has to be answered with the declared status, in the declared time, else it fails; an answer that "
         "is not recorded is unknown. A record beyond valid-days is unknown; with a field missing, or with another image or limits than now, it "
         "warns. Without declared environments it is unknown. No request is sent."},
        {validDays(30)},
        judge,
        Rule::Source::Service,
        {},
        {"smoke"},
    };
}

} // namespace tenken
