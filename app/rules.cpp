// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/rulechanges.h"
#include "app/ruletext.h"
#include "app/ink.h"
#include "app/results.h"

#include <evidence/numbers.h>
#include <rules/examples.h>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("checklist"), QStringLiteral("Check this checklist, an id or a file, for mistakes; with --test: use its rules."),
                      QStringLiteral("ID|FILE")});
    parser.addOption({QStringLiteral("test"),
                      QStringLiteral("Judge example manifests, DIR/<rule or item>/<pass|fail|warn|unknown|n-a>/*.yaml, and say which get another verdict."),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("changes"), QStringLiteral("What changed from version to version; with a service's folder: what becomes of its answers.")});
}

void print(const Rule &rule, Lang lang)
{
    out() << rule.name << "\n  " << rule.summary.in(lang) << "\n";
    const QString documentation = rule.documentation.in(lang).trimmed();
    for (const QString &line : documentation.split(u'\n'))
        out() << "    " << line << "\n";
    for (const RuleParameter &parameter : rule.parameters) {
        out() << "  {" << parameter.name << "} = "
              << formatWithUnit(parameter.fallback, QString::fromUtf8(parameter.unit)) << "  "
              << parameter.meaning.in(lang);
        if (parameter.stricter != RuleParameter::Stricter::Neither)
            out() << " (" << directionOf(parameter.stricter).in(lang) << ")";
        out() << "\n";
    }
    out() << "\n";
}

int list(const QStringList &names, Lang lang)
{
    for (const QString &name : names) {
        if (findRule(name))
            continue;
        QStringList known;
        for (const Rule &rule : allRules())
            known << QString::fromUtf8(rule.name);
        const auto near = didYouMean(name, known);
        return wrongUse(near ? Text{"規則 %1 はありません。%2 のことですか。", "There is no rule %1. Did you mean %2?"}.arg(name, *near)
                             : Text{"規則 %1 はありません。", "There is no rule %1."}.arg(name), lang);
    }
    for (const Rule &rule : allRules()) {
        if (names.isEmpty() || names.contains(QString::fromUtf8(rule.name)))
            print(rule, lang);
    }
    out().flush();
    return Ok;
}

/// What the file says once it is read over what it extends; every mistake with its place.
int checkChecklist(const QString &name, Lang lang)
{
    const auto read = readNamedChecklist(name);
    const Checklist &checklist = read.value;
    int own = 0, machine = 0;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            machine += item.rules.empty() ? 0 : 1;
            for (const RuleUse &use : item.rules)
                own += use.assertion ? 1 : 0;
        }
    }
    for (const Problem &problem : read.problems)
        err() << problem.toString(lang) << Qt::endl;
    if (!checklist.sections.empty())
        out() << checklist.name() << "  "
              << Text{"%1 節 %2 項目 (規則が判定する項目 %3、式の規則 %4)", "sections: %1, items: %2 (judged by rules: %3, own rules: %4)"}
                     .arg(int(checklist.sections.size()), checklist.itemCount(), machine, own).in(lang)
              << "\n";
    for (const RemovedQuestion &r : checklist.removed)
        out() << Text{"  %1: %2", "  %1: %2"}.arg(r.words(), r.reason).in(lang) << "\n";
    out().flush();
    if (!checklist.complete)
        return WrongUse;
    return read.problems.empty() ? Ok : NotReady;
}

/// One line of the table, and below it why, where the verdict is another than expected.
bool agrees(const Example &example, const ItemResult &result, const Ink &ink, Lang lang)
{
    const bool same = result.verdict == example.expected;
    out() << ink.verdict(same ? Verdict::Pass : Verdict::Fail, same ? QStringLiteral("✓") : QStringLiteral("✗")) << ' '
          << example.file.leftJustified(56) << ' ' << toString(example.expected);
    if (!same)
        out() << " ≠ " << toString(result.verdict);
    out() << "\n";
    if (same)
        return true;
    for (const Finding &f : result.findings) {
        if (f.verdict == result.verdict)
            out() << "    " << placeOf(f) << "  " << f.object << "  " << messageOf(f, lang) << "\n";
    }
    return false;
}

int test(const QString &folder, const Checklist &checklist, Lang lang)
{
    const auto examples = readExamples(folder);
    for (const Problem &problem : examples.problems)
        err() << problem.toString(lang) << Qt::endl;
    const Ink ink(true);
    int tested = 0, wrong = 0;
    bool mistaken = !examples.problems.empty();
    for (const Example &example : examples.value) {
        const auto result = judgeExample(example, checklist);
        if (!result) {
            complain(result.error(), lang);
            mistaken = true;
            continue;
        }
        ++tested;
        wrong += agrees(example, *result, ink, lang) ? 0 : 1;
    }
    if (tested == 0)
        return wrongUse(Text{"%1 に例がありません。規則か項目の名前/pass/*.yaml のように置いてください。",
                             "%1 holds no examples. Put them as rule-or-item/pass/*.yaml."}.arg(folder), lang);
    out() << Text{"%1 例のうち %2 例が違います (%3)。", "%2 of %1 examples differ (%3)."}.arg(tested, wrong, checklist.name()).in(lang) << "\n" << Qt::flush;
    return wrong > 0 || mistaken ? NotReady : Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList names = parser.positionalArguments();
    const QString folder = parser.value(QStringLiteral("test")), checklist = parser.value(QStringLiteral("checklist"));
    if (parser.isSet(QStringLiteral("changes")))
        return printChanges(names, checklist, lang);
    if (folder.isEmpty() && checklist.isEmpty())
        return list(names, lang);
    if (!names.isEmpty())
        return wrongUse({"規則の名前は --test や --checklist と一緒に使えません。", "rules cannot be named together with --test or --checklist"}, lang);
    if (folder.isEmpty())
        return checkChecklist(checklist, lang);
    const auto read = checklistNamed(checklist.isEmpty() ? QStringLiteral("zozotown") : checklist);
    if (!read) {
        complain(read.error(), lang);
        return WrongUse;
    }
    for (const Problem &problem : read->problems)
        err() << problem.toString(lang) << Qt::endl;
    return test(folder, read->value, lang);
}

} // namespace

const Command &rulesCommand()
{
    static const Command command{"rules", "rules [RULE]… | --checklist ID|FILE | --changes [DIR] | --test DIR [--checklist ID|FILE] [--lang ja|en]",
                                 {"規則の一覧を出します。チェックリストの誤りを調べ、例のマニフェストで規則を試します。",
                                  "List the rules; check a checklist for mistakes; try rules on example manifests."},
                                 "  tenken rules graceful-stop\n"
                                 "  tenken rules --checklist readiness/checklist.yaml\n"
                                 "  tenken rules --changes .\n"
                                 "  tenken rules --test readiness/examples --checklist readiness/checklist.yaml\n",
                                 false, addOptions, run};
    return command;
}

} // namespace tenken::app
