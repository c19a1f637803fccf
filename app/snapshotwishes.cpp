// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/snapshotwishes.h"

#include <evidence/evidence.h>

#include <QDir>

namespace tenken::app
{

namespace
{

std::unexpected<Problem> wrong(const Text &message, const Text &hint = {})
{
    return failure({{}, {}, message, hint});
}

QString valueOf(const QCommandLineParser &parser, const char *option)
{
    return parser.value(QString::fromLatin1(option));
}
bool isSet(const QCommandLineParser &parser, const char *option)
{
    return parser.isSet(QString::fromLatin1(option));
}

// A day begins at midnight here.
QDateTime timeOf(const QString &text)
{
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return day.isValid() && !text.contains(u'T') ? day.startOfDay()
                                                 : QDateTime::fromString(text, Qt::ISODate);
}

Result<QString> folderOf(const QCommandLineParser &parser, const QString &serviceFolder,
                         const Service &service)
{
    if (isSet(parser, "output"))
        return QDir(valueOf(parser, "output")).absolutePath();
    return snapshotFolder(serviceFolder, service);
}

Result<void> takeWindow(const QCommandLineParser &parser, FetchWishes &wishes)
{
    if (isSet(parser, "resume"))
        return {};
    wishes.window = defaultWindow(QDateTime::currentDateTime());
    if (isSet(parser, "to"))
        wishes.window.to = timeOf(valueOf(parser, "to"));
    if (isSet(parser, "to") && wishes.window.to.isValid())
        wishes.window.from = wishes.window.to.addDays(-7);
    if (isSet(parser, "from"))
        wishes.window.from = timeOf(valueOf(parser, "from"));
    if (const Text why = wrongWindow(wishes.window); !why.isEmpty())
        return wrong(why);
    return {};
}

Result<FetchWishes> wishesOf(const QCommandLineParser &parser, const QString &folder, const FetchKeys &keys)
{
    FetchWishes wishes;
    if (isSet(parser, "resume")) {
        if (isSet(parser, "from") || isSet(parser, "to"))
            return wrong({"--resume は、始めたときの期間の残りを取ります。--from と --to は使えません。",
                          "--resume fetches the rest of the window it began with; --from and --to do not go "
                          "with it."});
        auto begun = SnapshotWriter::wishesOf(folder);
        if (!begun)
            return failure(begun.error());
        wishes = *begun;
    }
    if (const auto taken = takeWindow(parser, wishes); !taken)
        return failure(taken.error());
    for (const QString &site : {valueOf(parser, "site"), wishes.site, keys.site, defaultSite}) {
        if (!site.isEmpty()) {
            wishes.site = site;
            break;
        }
    }
    if (apiUrl(wishes.site).isEmpty())
        return wrong(
            Text{"「%1」はサイトとして読めません。", "\"%1\" cannot be read as a site."}.arg(wishes.site),
            Text{"%1 などです。", "It is one of %1, or any other host."}.arg(
                knownSites().join(QStringLiteral(", "))));
    if (isSet(parser, "env"))
        wishes.environment = valueOf(parser, "env");
    if (isSet(parser, "span"))
        wishes.span = valueOf(parser, "span");
    return wishes;
}

FetchRequest *lineOf(FetchPlan &plan, const QString &purpose)
{
    const auto it = std::ranges::find(plan.requests, purpose, &FetchRequest::purpose);
    return it == plan.requests.end() ? nullptr : &*it;
}

std::unexpected<Problem> noLine(const FetchPlan &plan, const QString &purpose)
{
    QStringList known;
    for (const FetchRequest &r : plan.requests)
        known << r.purpose;
    const auto near = didYouMean(purpose, known);
    return wrong(Text{"「%1」という行は計画にありません。", "The plan has no line \"%1\"."}.arg(purpose),
                 near ? Text{"%1 のことですか。", "Did you mean %1?"}.arg(*near)
                      : Text{"--dry-run で計画の行が分かります。", "--dry-run shows the lines of the plan."});
}

Result<void> edit(const QCommandLineParser &parser, FetchPlan &plan)
{
    const QStringList only = valueOf(parser, "only").split(u',', Qt::SkipEmptyParts);
    const QStringList without = valueOf(parser, "without").split(u',', Qt::SkipEmptyParts);
    for (const QString &purpose : only + without) {
        if (!lineOf(plan, purpose))
            return noLine(plan, purpose);
    }
    for (FetchRequest &r : plan.requests)
        r.enabled = (only.isEmpty() || only.contains(r.purpose)) && !without.contains(r.purpose);
    for (const QString &change : parser.values(QStringLiteral("query"))) {
        FetchRequest *line = lineOf(plan, change.section(u'=', 0, 0));
        if (!line)
            return noLine(plan, change.section(u'=', 0, 0));
        if (!line->setEditable(change.section(u'=', 1)))
            return wrong(
                Text{"--query %1 の問い合わせが読めません。", "The query of --query %1 cannot be used."}.arg(
                    line->purpose),
                Text{"今は次のとおりです: %1", "It is now: %1"}.arg(line->editable()));
    }
    return {};
}

} // namespace

void addSnapshotOptions(QCommandLineParser &parser)
{
    const auto add = [&](const char *name, const char *what, const char *value = nullptr) {
        QCommandLineOption option(QString::fromLatin1(name), QString::fromLatin1(what));
        if (value)
            option.setValueName(QString::fromLatin1(value));
        parser.addOption(option);
    };
    add("site", "Datadog's site (default: DD_SITE, else datadoghq.com).", "SITE");
    add("from", "Begin of the window: 2026-11-12 or 2026-11-12T09:00 (default: 7 days before its end).",
        "TIME");
    add("to", "End of the window (default: this hour).", "TIME");
    add("env", "Value of the tag env (default: the service's production environment).", "ENV");
    add("span", "Entry span of the traces: trace.<span>.hits (default: http.request).", "NAME");
    add("only", "Ask for these lines of the plan alone.", "PURPOSE,...");
    add("without", "Leave these lines of the plan out.", "PURPOSE,...");
    add("query", "Another query for a line of the plan; may be given several times.", "PURPOSE=QUERY");
    add("output", "Folder to write to (default: the service's snapshot).", "FOLDER");
    add("dry-run", "Print the plan as curl commands, and ask nothing.");
    add("resume", "Keep what the folder's index holds, and fetch the rest.");
    add("remember", "Keep the environment's keys in the desktop's keychain.");
    parser.addOption({QStringLiteral("format"), QStringLiteral("text or json (default: text)."),
                      QStringLiteral("FORMAT"), QStringLiteral("text")});
}

Result<FetchOptions> snapshotWishes(const QCommandLineParser &parser)
{
    ReadOptions reading;
    reading.onlyDeclared = true;
    const auto evidence = readEvidence(parser.positionalArguments().value(0), reading);
    if (!evidence)
        return failure(evidence.error());
    FetchOptions options;
    options.keys = keysFromEnvironment();
    options.resume = isSet(parser, "resume");
    const auto folder = folderOf(parser, evidence->folder, evidence->service);
    if (!folder)
        return failure(folder.error());
    options.folder = *folder;
    const auto wishes = wishesOf(parser, options.folder, options.keys);
    if (!wishes)
        return failure(wishes.error());
    options.plan = fetchPlan(evidence->service, *wishes);
    if (const auto edited = edit(parser, options.plan); !edited)
        return failure(edited.error());
    return options;
}

} // namespace tenken::app
