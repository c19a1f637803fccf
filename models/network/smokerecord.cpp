// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/smokerecord.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using State = SmokeResult::State;

QJsonObject answerOf(const SmokeResult &result)
{
    QJsonObject answer{{u"id"_s, result.id}};
    if (result.status > 0)
        answer.insert(u"status"_s, result.status);
    if (result.status > 0 || result.state == State::Failed)
        answer.insert(u"milliseconds"_s, std::round(result.milliseconds * 10) / 10);
    if (result.state == State::Passed || result.state == State::Failed)
        answer.insert(u"passed"_s, result.state == State::Passed);
    if (!result.error.isEmpty())
        answer.insert(u"error"_s, result.error);
    if (result.certificateExpires.isValid())
        answer.insert(u"certificate-expires"_s, result.certificateExpires.toUTC().date().toString(Qt::ISODate));
    return answer;
}

bool anyIs(const SmokeRun &run, State state)
{
    return std::ranges::any_of(run.results(), [&](const SmokeResult &r) { return r.state == state; });
}

} // namespace

RecordDraft smokeRecord(const SmokeRun &run, const QMap<QString, QString> &more)
{
    RecordDraft draft{u"smoke"_s, more};
    const auto set = [&](const QString &path, const QString &answer) {
        if (draft.answers.value(path).isEmpty())
            draft.answers.insert(path, answer);
    };
    const QDateTime started = run.started();
    draft.answers.insert(u"environment"_s, run.environment().id);
    draft.answers.insert(u"started"_s, started.toOffsetFromUtc(started.offsetFromUtc()).toString(Qt::ISODate));
    set(u"during"_s, u"tenken smoke"_s);
    set(u"links"_s, u"none"_s);
    QJsonArray answers;
    for (const SmokeResult &result : run.results())
        answers.append(answerOf(result));
    draft.answers.insert(u"outcome.requests"_s, QString::fromUtf8(QJsonDocument(answers).toJson(QJsonDocument::Compact)));
    // Where a request was not sent, nobody knows whether all is well.
    if (anyIs(run, State::Failed))
        draft.answers.insert(u"result"_s, u"fail"_s);
    else if (!run.results().empty() && std::ranges::all_of(run.results(), [](const SmokeResult &r) { return r.state == State::Passed; }))
        draft.answers.insert(u"result"_s, u"pass"_s);
    return draft;
}

QString smokeRecordName(const SmokeRun &run)
{
    static const QRegularExpression other(u"[^A-Za-z0-9_-]+"_s);
    constexpr qsizetype longest = 60;
    QString environment = run.environment().id.left(longest);
    environment.replace(other, u"_"_s);
    return u"smoke-%1-%2"_s.arg(environment, run.started().toString(u"yyyyMMdd'T'HHmmss"_s));
}

} // namespace tenken
