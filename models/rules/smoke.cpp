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
    // What was not sent says nothing of the service.
    if (answer->error && *answer->error != u"not-sent" && *answer->error != u"variable")
        return Text{"要求 %1: %2。", "Request %1: %2."}.arg(request.id, titleOfSmokeError(*answer->error));
    if (answer->status && !request.status.accepts(*answer->status))
        return Text{"要求 %1 の応答は %2 で、%3 ではありません。", "Request %1 was answered with %2, not %3."}.arg(
            request.id, *answer->status, request.status.text());
    if (answer->milliseconds && *answer->milliseconds > request.seconds * 1000)
        return Text{"要求 %1 は %2 かかり、%3 を超えました。", "Request %1 took %2, more than %3."}.arg(
            request.id, formatMs(*answer->milliseconds), formatWithUnit(request.seconds, QStringLiteral("s")));
    if (answer->passed.value == false)
        return Text{"要求 %1 は不合格でした。", "Request %1 failed."}.arg(request.id);
    return {};
}

/// Of several answers to one request the one that is not as declared.
const SmokeAnswer *worstAnswer(const std::vector<SmokeAnswer> &answers, const SmokeRequest &request)
{
    const SmokeAnswer *worst = nullptr;
    for (const SmokeAnswer &answer : answers) {
        if (answer.id == request.id && (!worst || (complaintOf(request, worst).isEmpty() && (!complaintOf(request, &answer).isEmpty() || !answer.status))))
            worst = &answer;
    }
    return worst;
}

/// Answers to requests that service.yaml does not declare: what they should have been is not known, unless the
/// record says so itself.
void judgeOthers(Finding &f, const ServiceEnvironment &environment, const std::vector<SmokeAnswer> &answers)
{
    for (const SmokeAnswer &answer : answers) {
        if (f.verdict == Verdict::Fail || std::ranges::contains(environment.smoke, answer.id, &SmokeRequest::id))
            continue;
        const bool failed = answer.passed.value == false;
        const bool doubtful = !answer.passed && answer.status.value.value_or(200) >= 500 && f.verdict == Verdict::Pass;
        if (!failed && !doubtful)
            continue;
        f.span = answer.span;
        say(f, failed ? Verdict::Fail : Verdict::Warn,
            failed ? Text{"宣言にない要求 %1 が不合格でした。", "Request %1, which is not declared, failed."}.arg(answer.id)
                   : Text{"宣言にない要求 %1 の応答は %2 でした。", "Request %1, which is not declared, was answered with %2."}.arg(answer.id, *answer.status),
            {"この要求を service.yaml に宣言し、もう一度実行してください。", "Declare the request in service.yaml, and run it again."});
    }
}

/// A certificate that ends soon will stop every caller at once, and nobody notices before.
void judgeCertificates(Finding &f, const RuleContext &context, const std::vector<SmokeAnswer> &answers)
{
    const SmokeAnswer *next = nullptr;
    for (const SmokeAnswer &answer : answers) {
        if (answer.certificateExpires && (!next || *answer.certificateExpires < *next->certificateExpires))
            next = &answer;
    }
    const QDate today = context.evidence.today;
    if (!next || f.verdict != Verdict::Pass || !today.isValid())
        return;
    const qint64 days = today.daysTo(*next->certificateExpires);
    if (days >= qint64(context.parameter(QStringLiteral("certificate-days"))))
        return;
    f.span = next->span;
    const QString day = next->certificateExpires->toString(Qt::ISODate);
    say(f, Verdict::Warn,
        days < 0 ? Text{"要求 %1 の TLS 証明書は %2 で切れています。", "The TLS certificate of request %1 ended on %2."}.arg(next->id, day)
                 : Text{"要求 %1 の TLS 証明書は、%3 (あと %2 日) に切れます。", "The TLS certificate of request %1 ends on %3, in %2 d."}.arg(
                       next->id, days, day),
        {"証明書を更新し、もう一度実行してください。", "Renew the certificate, and run it again."});
}

void judgeAnswers(Finding &f, const ServiceEnvironment &environment, const TestRecord &record)
{
    const std::vector<SmokeAnswer> none;
    const std::vector<SmokeAnswer> &answers = record.smoke ? *record.smoke : none;
    for (const SmokeRequest &request : environment.smoke) {
        const SmokeAnswer *answer = worstAnswer(answers, request);
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
    judgeOthers(f, environment, answers);
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
        if (record->smoke)
            judgeCertificates(f, context, *record->smoke);
        weighRecord(f, context, *record);
        findings.push_back(std::move(f));
    }
}

/// A run that failed in an environment that is not declared, or is misspelt, must not vanish.
void judgeUnassigned(const RuleContext &context, std::vector<Finding> &findings)
{
    QStringList ids;
    for (const ServiceEnvironment &environment : *context.service().environments)
        ids << environment.id;
    for (const TestRecord &record : context.evidence.records) {
        if (record.kind != u"smoke" || record.passed.value == true || ids.contains(record.environment.value.value_or(QString())))
            continue;
        const QString name = record.environment.value.value_or(QStringLiteral("–")).left(60);
        Finding f = findingForRecord(context, runTitle.arg(name), record, record.environment.span);
        f.wanted = sameText(ids.join(QStringLiteral(", ")));
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               Text{"合格していない記録の環境 %1 が、service.yaml に宣言されていません。", "A run that did not pass names environment %1, which service.yaml does not declare."}.arg(name),
                               {"記録の `environment` に、宣言した id を書いてください。", "Write a declared id as `environment` in the record."}));
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
    judgeUnassigned(context, findings);
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
         "宣言した番号と時間のとおりでなければ不合格、記録にない応答があれば不明です。宣言にない要求の不合格も不合格です。valid-days 日を過ぎた記録は不明、書かれていない項目があるもの、イメージか limits が今と違うもの、TLS 証明書が certificate-days 日のうちに切れるものは注意にします。"
         "環境の宣言がなければ不明です。要求を送ることはありません。",
         "For each environment under environments of service.yaml: whether it has a request (else fail), and its newest record (kind smoke in "
         "readiness/tests). Every declared request has to be answered with the declared status, in the declared time, else it fails; an answer that "
         "is not recorded is unknown; a failed answer to a request that is not declared fails too. A record beyond valid-days is unknown; with a field missing, with another image or limits than now, or with a TLS certificate that ends within certificate-days, it "
         "warns. Without declared environments it is unknown. No request is sent."},
        {validDays(30),
         {"certificate-days", 14, "d", RuleParameter::Stricter::Higher, {"TLS 証明書が切れるまでに要る日数", "Days that a TLS certificate has to last"}}},
        judge,
        Rule::Source::Service,
        {},
        {"smoke"},
    };
}

} // namespace tenken
