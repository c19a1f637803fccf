// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/probe_answers.h>

#include <algorithm>

namespace tenken
{

namespace
{

struct Answer {
    int status = 0;
    Span span;
};

/// The answer of a smoke run to the request that asks this probe.
std::optional<Answer> smokeAnswer(const RuleContext &context, const ProbeQuestion &question, const TestRecord &record)
{
    if (record.kind != u"smoke" || !record.smoke || !context.service().environments)
        return {};
    for (const ServiceEnvironment &environment : *context.service().environments) {
        if (environment.id != record.environment.value)
            continue;
        for (const SmokeRequest &request : environment.smoke) {
            if (request.probe != question.probe)
                continue;
            const auto it = std::ranges::find(*record.smoke, request.id, &SmokeAnswer::id);
            if (it != record.smoke->end() && it->status)
                return Answer{*it->status, it->status.span};
        }
    }
    return {};
}

/// What a record tells of a state; it may also tell of everything down at once.
std::optional<Answer> answerIn(const RuleContext &context, const ProbeQuestion &question, const TestRecord &record,
                               const Dependency *down)
{
    const QMap<QString, Declared<int>> &answers = record.*question.answers;
    QStringList states{down ? down->id : QString::fromLatin1(normalState)};
    if (down && question.allSpeaksForEach)
        states << QString::fromLatin1(allDownState);
    for (const QString &state : states) {
        if (const auto it = answers.find(state); it != answers.end())
            return Answer{**it, it->span};
    }
    return down ? std::nullopt : smokeAnswer(context, question, record);
}

Text nameOfState(const Dependency *down)
{
    return down ? Text{"%1 の停止中", "with %1 down"}.arg(down->id) : Text{"平常時", "with all well"};
}

const char *wantedIn(const ProbeQuestion &question, const Dependency *down)
{
    if (!down)
        return question.normalWanted;
    return down->required ? question.downWanted : question.optionalWanted;
}

Finding judgeAnswer(const RuleContext &context, const ProbeQuestion &question, const TestRecord &record, const Dependency *down)
{
    const Answer answer = *answerIn(context, question, record, down);
    Finding f = findingForRecord(context, question.title.arg(nameOfState(down)), record, answer.span);
    f.measured = sameText(QString::number(answer.status));
    f.wanted = sameText(QString::fromUtf8(wantedIn(question, down)));
    const AnswerVerdict said = question.judge(answer.status, down);
    say(f, said.verdict, said.reason.arg(nameOfState(down), answer.status), said.remedy);
    if (f.verdict == Verdict::Pass && record.kind == question.probe && record.passed.value == false) {
        addMark(f, record.file, record.passed.span, {"結果は不合格", "the result is fail"});
        say(f, Verdict::Unknown, {"応答はよいのに、記録の結果は不合格です。", "The answer is as wanted, yet the record's result is fail."},
            {"記録の `result` か応答を確かめてください。", "Check `result`, or the answers, in the record."});
    }
    weighRecord(f, context, record);
    return f;
}

Finding notRecorded(const RuleContext &context, const ProbeQuestion &question, const Dependency *down)
{
    Finding f = findingInService(context, question.title.arg(nameOfState(down)), down ? down->span : Span{});
    f.measured = {"記録なし", "no record"};
    f.wanted = sameText(QString::fromUtf8(wantedIn(question, down)));
    return say(f, Verdict::Unknown, Text{"%1の応答が記録されていません。", "The answer %1 is not recorded."}.arg(nameOfState(down)),
               Text{"`tenken record . --kind %1` か窓の「試験を記録」で、`%2` の応答を書いてください。",
                    "Record the answer for `%2` with `tenken record . --kind %1`, or with “Record a test” in the window."}
                   .arg(question.probe, down ? down->id : QString::fromLatin1(normalState)));
}

void judgeState(const RuleContext &context, const ProbeQuestion &question, const Dependency *down, std::vector<Finding> &findings)
{
    const auto records = newestRecords(context, [&](const TestRecord &record) {
        return answerIn(context, question, record, down).has_value();
    }, [&](const TestRecord &record) {
        return question.judge(answerIn(context, question, record, down)->status, down).verdict == Verdict::Fail;
    });
    for (const TestRecord *record : records)
        findings.push_back(judgeAnswer(context, question, *record, down));
    if (records.empty() && (!down || question.needs(*down)))
        findings.push_back(notRecorded(context, question, down));
}

} // namespace

std::vector<Finding> judgeProbeAnswers(const RuleContext &context, const ProbeQuestion &question)
{
    std::vector<Finding> findings;
    judgeState(context, question, nullptr, findings);
    if (const auto &dependencies = context.service().dependencies) {
        for (const Dependency &down : *dependencies)
            judgeState(context, question, &down, findings);
    } else {
        findings.push_back(undeclared(context, question.title.arg(Text{"依存先の停止中", "with a dependency down"}),
                                      {"依存先", "What it depends on"}, QStringLiteral("dependencies"),
                                      QStringLiteral("dependencies:\n  - {id: users-db, kind: mysql, host: users-db.internal}")));
    }
    std::ranges::move(unreadableRecords(context, question.title.arg(Text{"記録", "records"})), std::back_inserter(findings));
    return findings;
}

} // namespace tenken
