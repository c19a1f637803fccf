// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"
#include "app/smokereport.h"

#include <network/smokerecord.h>

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>

namespace tenken::app {

namespace {

/// What only people know of a run, and may say beside it: the fields of a record that answer for themselves are not
/// among them.
std::vector<const TestField *> fieldsToSay()
{
    std::vector<const TestField *> fields = fieldsOf(QStringLiteral("smoke"));
    std::erase_if(fields, [](const TestField *f) {
        const QLatin1StringView path(f->path);
        return path == QLatin1StringView("environment") || path == QLatin1StringView("started") || path == QLatin1StringView("result")
            || path == QLatin1StringView("outcome.requests");
    });
    return fields;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("environment"), QStringLiteral("Only this environment (default: all that have requests)."), QStringLiteral("ID")});
    parser.addOption({QStringLiteral("format"), QStringLiteral("text or json (default: text)."), QStringLiteral("FORMAT"), QStringLiteral("text")});
    parser.addOption({QStringLiteral("dry-run"), QStringLiteral("Print the requests as curl commands, without secrets; send nothing.")});
    parser.addOption({QStringLiteral("no-record"), QStringLiteral("Write no record to readiness/tests.")});
    parser.addOption({{QStringLiteral("y"), QStringLiteral("yes")}, QStringLiteral("Send to production without asking.")});
    for (const TestField *field : fieldsToSay())
        parser.addOption({field->key(), QStringLiteral("For the record: %1, for example: %2.").arg(field->what.en, exampleOf(*field, Lang::En)), QStringLiteral("ANSWER")});
}

/// The environments that are meant; none (after a complaint) where there are none.
std::vector<ServiceEnvironment> chosen(const QCommandLineParser &parser, const Evidence &evidence, Lang lang)
{
    const std::vector<ServiceEnvironment> none;
    const auto &declared = evidence.service.environments ? *evidence.service.environments : none;
    QStringList ids;
    std::vector<ServiceEnvironment> result;
    const QString wanted = parser.value(QStringLiteral("environment"));
    for (const ServiceEnvironment &environment : declared) {
        ids << environment.id;
        if (!environment.smoke.empty() && (wanted.isEmpty() || wanted == environment.id))
            result.push_back(environment);
    }
    if (!wanted.isEmpty() && !ids.contains(wanted))
        wrongUse(Text{"環境「%1」は service.yaml にありません (あるもの: %2)", "service.yaml has no environment “%1” (it has: %2)"}.arg(
                     wanted, ids.isEmpty() ? QStringLiteral("–") : ids.join(QStringLiteral(", "))), lang);
    else if (result.empty())
        wrongUse({"送る要求がありません。service.yaml の `environments[].smoke` に書いてください。",
                  "There are no requests. Write them under `environments[].smoke` in service.yaml."}, lang);
    return result;
}

/// Asked once for each environment that is named like production; naming it on the command line answers.
bool isConfirmed(const QCommandLineParser &parser, const ServiceEnvironment &environment, Lang lang)
{
    if (!isProduction(environment) || parser.isSet(QStringLiteral("yes")) || parser.isSet(QStringLiteral("environment")))
        return true;
    err() << whereItGoes(environment).in(lang) << Text{"。送りますか? [y/N]: ", ". Send them? [y/N]: "}.in(lang) << Qt::flush;
    static QTextStream in(stdin);
    const QString answer = in.readLine(100).trimmed().toLower();
    return answer == u"y" || answer == u"yes" || answer == QStringLiteral("はい");
}

/// False where an answer may not stand.
bool takeAnswers(const QCommandLineParser &parser, const Evidence &evidence, Lang lang, QMap<QString, QString> &answers)
{
    answers.insert(QStringLiteral("who"), qEnvironmentVariable("USER"));
    bool fine = true;
    for (const TestField *field : fieldsToSay()) {
        if (!parser.isSet(field->key()))
            continue;
        const QString answer = parser.value(field->key());
        const Text complaint = complaintAbout(evidence, QStringLiteral("smoke"), *field, answer);
        if (!complaint.isEmpty())
            wrongUse(Text{"--%1: %2", "--%1: %2"}.arg(field->key(), complaint), lang);
        fine = fine && complaint.isEmpty();
        answers.insert(QString::fromLatin1(field->path), answer);
    }
    return fine;
}

bool record(const QCommandLineParser &parser, const Evidence &evidence, const QMap<QString, QString> &answers, Lang lang, SmokeReport &report)
{
    if (parser.isSet(QStringLiteral("no-record")))
        return true;
    const RecordDraft draft = smokeRecord(*report.run, answers);
    for (const TestField *field : unanswered(draft))
        report.unsaid.push_back(*field);
    const Result<QString> written = writeRecord(evidence.folder, draft, smokeRecordName(*report.run));
    if (!written) {
        complain(written.error(), lang);
        return false;
    }
    report.record = *written;
    return true;
}

int sendAll(const QCommandLineParser &parser, const Evidence &evidence, const std::vector<ServiceEnvironment> &environments, Lang lang)
{
    QMap<QString, QString> answers;
    if (!takeAnswers(parser, evidence, lang, answers))
        return WrongUse;
    for (const ServiceEnvironment &environment : environments) {
        if (!isConfirmed(parser, environment, lang))
            return wrongUse({"何も送っていません。", "Nothing was sent."}, lang);
    }
    std::vector<SmokeReport> reports;
    bool recorded = true;
    for (const ServiceEnvironment &environment : environments) {
        SmokeReport report{std::make_unique<SmokeRun>(environment), {}, {}};
        QEventLoop loop;
        QObject::connect(report.run.get(), &SmokeRun::finished, &loop, &QEventLoop::quit);
        report.run->start();
        loop.exec();
        recorded = record(parser, evidence, answers, lang, report) && recorded;
        if (parser.value(QStringLiteral("format")) == u"text")
            out() << smokeText(report, lang) << Qt::flush;
        reports.push_back(std::move(report));
    }
    if (parser.value(QStringLiteral("format")) == u"json")
        out() << smokeJson(reports, lang) << Qt::flush;
    const bool passed = std::ranges::all_of(reports, [](const SmokeReport &r) { return r.passed(); });
    return !recorded ? WrongUse : passed ? Ok : NotReady;
}

void printRequests(const std::vector<ServiceEnvironment> &environments, Lang lang)
{
    for (const ServiceEnvironment &environment : environments) {
        out() << "# " << visible(maskSecrets(whereItGoes(environment).in(lang))) << '\n';
        for (const SmokeRequest &request : environment.smoke)
            out() << "# " << visible(request.id) << '\n' << visible(maskSecrets(asCurl(request))) << '\n';
        for (const QString &name : missingVariables(environment))
            out() << Text{"# 環境変数 %1 がありません", "# the environment variable %1 is not set"}.arg(name).in(lang) << '\n';
    }
    out() << Qt::flush;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (!oneOf(parser, QStringLiteral("format"), {"text", "json"}))
        return WrongUse;
    if (arguments.size() != 1)
        return wrongUse({"サービスのフォルダーを 1 つ指定してください。", "name one folder, the service's"}, lang);
    if (!isServiceFolder(arguments.first()))
        return wrongUse(Text{"%1 に readiness/service.yaml がありません。tenken init %1 で始められます。",
                             "%1 has no readiness/service.yaml. Start one with: tenken init %1"}.arg(arguments.first()), lang);
    ReadOptions options;
    options.onlyDeclared = true;
    const Result<Evidence> evidence = readEvidence(arguments.first(), options);
    if (!evidence) {
        complain(evidence.error(), lang);
        return WrongUse;
    }
    // A request with something wrong in it is left out: people see which, before they trust the rest.
    for (const Problem &problem : evidence->unreadable) {
        if (problem.file == evidence->service.file)
            complain(problem, lang);
    }
    const auto environments = chosen(parser, *evidence, lang);
    if (environments.empty())
        return WrongUse;
    if (parser.isSet(QStringLiteral("dry-run"))) {
        printRequests(environments, lang);
        return Ok;
    }
    return sendAll(parser, *evidence, environments, lang);
}

} // namespace

const Command &smokeCommand()
{
    static const Command command{
        "smoke", "smoke DIR [--environment ID] [--format text|json] [--dry-run] [--no-record] [--yes] [--image IMAGE] [--pods N] … [--lang ja|en]",
        {"宣言した動作確認の要求を送り、結果を readiness/tests/ に記録します。", "Send the declared smoke requests and record their answers in readiness/tests/."},
        "  tenken smoke . --environment staging\n"
        "  SMOKE_TOKEN=… tenken smoke . --environment production --image registry.example/id-auth:1.42.0 --pods 6 --limits cpu=2,memory=1Gi\n"
        "  tenken smoke . --dry-run\n",
        false, addOptions, run};
    return command;
}

} // namespace tenken::app
