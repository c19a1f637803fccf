// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <evidence/files.h>
#include <review/actionlist.h>

#include <QFileInfo>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("Output format (default: markdown)."),
                      QStringLiteral("markdown|csv|jira|github"), QStringLiteral("markdown")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("Write to this file instead of the terminal."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("all"), QStringLiteral("Those that are done too.")});
    parser.addOption(todayOption());
}

/// Only what people wrote is read: neither manifests nor load tests.
Result<QByteArray> listing(const QString &folder, ActionFormat format, const QDate &today, bool withDone, Lang lang)
{
    const auto evidence = readEvidence(folder, {.progress = {}, .permissions = storedPermissions(), .today = today, .onlyDeclared = true});
    if (!evidence)
        return failure(evidence.error());
    const auto checklist = checklistOf(*evidence);
    if (!checklist)
        return failure(checklist.error());
    const auto file = readReview(evidence->folder, evidence->service, checklist->value);
    if (!file)
        return failure(file.error());
    return actionsAs(format, listedActions(file->review, checklist->value, today, withDone), evidence->service.id, lang);
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() != 1 || !isServiceFolder(arguments.first()))
        return wrongUse({"サービスのフォルダーを 1 つ指定してください。例: tenken actions .",
                         "name one service's folder, for example: tenken actions ."}, lang);
    const auto word = oneOf(parser, QStringLiteral("format"), {"markdown", "csv", "jira", "github"});
    const QDate today = todayOf(parser);
    if (!word || !today.isValid())
        return WrongUse;
    const auto text = listing(arguments.first(), *actionFormatFromString(*word), today, parser.isSet(QStringLiteral("all")), lang);
    if (!text) {
        complain(text.error(), lang);
        return WrongUse;
    }
    const QString target = parser.value(QStringLiteral("output"));
    if (target.isEmpty()) {
        out() << QString::fromUtf8(*text) << Qt::flush;
        return Ok;
    }
    const auto written = writeAtomically(QFileInfo(target).absoluteFilePath(), *text);
    if (!written)
        complain(written.error(), lang);
    return written ? Ok : WrongUse;
}

} // namespace

const Command &actionsCommand()
{
    static const Command command{
        "actions", "actions DIR [--format markdown|csv|jira|github] [--output FILE] [--all] [--today DATE] [--lang ja|en]",
        {"残っているアクションを、期日を過ぎたものから並べます。Jira と GitHub に取り込める CSV にもします。",
         "List the open actions, overdue ones first; also as CSV that Jira and GitHub importers take."},
        "  tenken actions . --format jira -o actions.csv\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
