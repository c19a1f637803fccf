// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/ruletext.h"

#include <evidence/files.h>

#include <QDir>
#include <QFileInfo>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("all"), QStringLiteral("Explain every rule.")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      QStringLiteral("With --all: write a page per rule, and an index, into this folder."), QStringLiteral("DIR")});
}

int writePages(const QString &folder, const Checklist &checklist, Lang lang)
{
    if (!QDir().mkpath(folder))
        return wrongUse(Text{"フォルダー %1 を作れません。", "cannot make the folder %1"}.arg(folder), lang);
    const auto write = [&](const QString &name, const QByteArray &page) {
        const auto written = writeAtomically(QFileInfo(QDir(folder).filePath(name)).absoluteFilePath(), page);
        if (!written)
            complain(written.error(), lang);
        return written.has_value();
    };
    for (const Rule &rule : allRules()) {
        if (!write(QString::fromUtf8(rule.name) + QStringLiteral(".md"), rulePage(rule, checklist)))
            return WrongUse;
    }
    return write(QStringLiteral("README.md"), ruleIndex(checklist)) ? Ok : WrongUse;
}

int print(const QStringList &names, const Checklist &checklist, Lang lang)
{
    QStringList known;
    for (const Rule &rule : allRules())
        known << QString::fromUtf8(rule.name);
    for (const QString &name : names) {
        if (known.contains(name))
            continue;
        const auto near = didYouMean(name, known);
        return wrongUse(near ? Text{"規則 %1 はありません。%2 のことですか。", "There is no rule %1. Did you mean %2?"}.arg(name, *near)
                             : Text{"規則 %1 はありません。tenken rules で一覧を出します。",
                                    "There is no rule %1. tenken rules lists them."}.arg(name), lang);
    }
    for (const QString &name : names.isEmpty() ? known : names)
        out() << name << "\n" << ruleText(name, checklist, lang).plain << "\n";
    out().flush();
    return Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList names = parser.positionalArguments();
    const bool all = parser.isSet(QStringLiteral("all"));
    const QString folder = parser.value(QStringLiteral("output"));
    if (all != names.isEmpty() || (!folder.isEmpty() && !all))
        return wrongUse({"規則の名前か --all を指定してください。例: tenken explain graceful-stop",
                         "name rules, or use --all, for example: tenken explain graceful-stop"}, lang);
    const auto checklist = builtinChecklist(QStringLiteral("zozotown"));
    if (!checklist) {
        complain(checklist.error(), lang);
        return WrongUse;
    }
    return folder.isEmpty() ? print(names, *checklist, lang) : writePages(folder, *checklist, lang);
}

} // namespace

const Command &explainCommand()
{
    static const Command command{"explain", "explain RULE… | --all [--output DIR] [--lang ja|en]",
                                 {"規則が何を、なぜ、どう判定するかを、例と出典とともに出します。",
                                  "Say what a rule judges, why and how, with sources and examples."},
                                 "  tenken explain graceful-stop\n"
                                 "  tenken explain --all --output docs/rules\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
