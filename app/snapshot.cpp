// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"
#include "app/snapshotwishes.h"

#include <QEventLoop>

namespace tenken::app
{

namespace
{

/// Waits for the keychain; tells what it has to say.
Text waitFor(KeychainKeys &keychain, const std::function<void()> &work)
{
    QEventLoop loop;
    Text remark;
    bool answered = false;
    QObject::connect(&keychain, &KeychainKeys::finished, &loop, [&](const Text &said) {
        remark = said;
        answered = true;
        loop.quit();
    });
    work();
    if (!answered)
        loop.exec();
    return remark;
}

void takeKeys(const QCommandLineParser &parser, FetchOptions &options, Lang lang)
{
    KeychainKeys keychain;
    if (options.keys.isEmpty()) {
        const Text remark = waitFor(keychain, [&] { keychain.read(); });
        options.keys = keychain.keys();
        if (!remark.isEmpty())
            err() << remark.in(lang) << Qt::endl;
        if (!parser.isSet(QStringLiteral("site")) && !options.resume && !options.keys.site.isEmpty()
            && !qEnvironmentVariableIsSet("DD_SITE"))
            options.plan.wishes.site = options.keys.site;
    } else if (parser.isSet(QStringLiteral("remember"))) {
        const Text remark = waitFor(keychain, [&] { keychain.write(options.keys); });
        err() << (remark.isEmpty() ? Text{"キーを鍵束に入れました。", "The keys are in the keychain."}
                                   : remark)
                     .in(lang)
              << Qt::endl;
    }
}

FetchSummary fetch(const FetchOptions &options, Lang lang)
{
    FetchSummary summary;
    QEventLoop loop;
    DatadogFetch fetch(options);
    int done = 0;
    QObject::connect(&fetch, &DatadogFetch::rowChanged, &loop, [&](int, const FetchRow &row) {
        const bool paused = row.state == FetchRow::State::Paused;
        if (row.state == FetchRow::State::Waiting || row.state == FetchRow::State::Running)
            return;
        err() << QStringLiteral("[%1] %2: %3")
                     .arg(paused ? QStringLiteral("…") : QString::number(++done), row.label.in(lang),
                          visible(row.came.in(lang)))
              << Qt::endl;
    });
    QObject::connect(&fetch, &DatadogFetch::finished, &loop, [&](const FetchSummary &s) {
        summary = s;
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    QMetaObject::invokeMethod(&fetch, &DatadogFetch::start, Qt::QueuedConnection);
    loop.exec();
    return summary;
}

int report(const FetchOptions &options, const FetchSummary &summary, const QString &format, Lang lang)
{
    if (format == u"json")
        out() << snapshotJson(options, summary, lang) << Qt::flush;
    else if (!summary.rows.empty() && summary.end != FetchSummary::End::Refused)
        out() << snapshotTable(summary, lang) << Qt::flush;
    if (!summary.message.isEmpty())
        err() << "tenken: " << maskSecrets(visible(summary.message.in(lang))) << Qt::endl;
    const bool interrupted =
        summary.end == FetchSummary::End::RateLimited || summary.end == FetchSummary::End::Stopped;
    if (interrupted && !summary.indexFile.isEmpty())
        err() << Text{"続きは --resume で取れます。", "--resume fetches the rest."}.in(lang) << Qt::endl;
    if (summary.end == FetchSummary::End::Refused
        || (summary.end == FetchSummary::End::Stopped && summary.indexFile.isEmpty()))
        return WrongUse;
    return summary.good == summary.wanted && summary.end == FetchSummary::End::Done ? Ok : NotReady;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const auto format = oneOf(parser, QStringLiteral("format"), {"text", "json"});
    if (!format)
        return WrongUse;
    if (arguments.size() != 1)
        return wrongUse({"サービスのフォルダーを 1 つ指定してください。", "name one folder, the service's"},
                        lang);
    if (!isServiceFolder(arguments.first()))
        return wrongUse(Text{"%1 に readiness/service.yaml がありません。tenken init %1 で始められます。",
                             "%1 has no readiness/service.yaml. Start one with: tenken init %1"}
                            .arg(arguments.first()),
                        lang);
    auto options = snapshotWishes(parser);
    if (!options) {
        complain(options.error(), lang);
        return WrongUse;
    }
    if (parser.isSet(QStringLiteral("dry-run"))) {
        out() << snapshotCommands(options->plan, lang) << Qt::flush;
        return Ok;
    }
    takeKeys(parser, *options, lang);
    const FetchWindow &w = options->plan.wishes.window;
    const auto lines = std::ranges::count_if(options->plan.requests, &FetchRequest::enabled);
    err() << Text{"%1 に %2 件を問い合わせます（%3 から %4 まで、読むだけ）。",
                  "Asking %1 for %2 lines, from %3 to %4, reading only."}
                 .arg(siteName(options->plan.wishes.site), lines, w.from.toString(Qt::ISODate),
                      w.to.toString(Qt::ISODate))
                 .in(lang)
          << Qt::endl;
    return report(*options, fetch(*options, lang), *format, lang);
}

} // namespace

const Command &snapshotCommand()
{
    static const Command command{
        "snapshot",
        "snapshot DIR [--site SITE] [--from TIME] [--to TIME] [--env ENV] [--span NAME] [--only|--without "
        "PURPOSE,…] "
        "[--query PURPOSE=QUERY]… [--output FOLDER] [--dry-run] [--resume] [--remember] [--format text|json] "
        "[--lang ja|en]",
        {"Datadog からメトリクスやモニターを取り、readiness/datadog に残します（読むだけ）。",
         "Fetch metrics, monitors and more from Datadog into readiness/datadog, reading only."},
        "  tenken snapshot . --dry-run\n"
        "  DD_API_KEY=… DD_APP_KEY=… tenken snapshot . --site ap1.datadoghq.com --from 2026-11-12 --to "
        "2026-11-19\n"
        "  tenken snapshot . --resume\n",
        false,
        addSnapshotOptions,
        run};
    return command;
}

} // namespace tenken::app
