// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/numbers.h>
#include <rules/rule.h>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &) { }

Text stricter(RuleParameter::Stricter direction)
{
    switch (direction) {
    case RuleParameter::Stricter::Higher:
        return {"大きいほど厳しい", "higher is stricter"};
    case RuleParameter::Stricter::Lower:
        return {"小さいほど厳しい", "lower is stricter"};
    case RuleParameter::Stricter::Neither:
        break;
    }
    return {};
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
        if (const Text direction = stricter(parameter.stricter); !direction.isEmpty())
            out() << " (" << direction.in(lang) << ")";
        out() << "\n";
    }
    out() << "\n";
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList names = parser.positionalArguments();
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

} // namespace

const Command &rulesCommand()
{
    static const Command command{"rules", "rules [RULE]… [--lang ja|en]",
                                 {"規則の一覧と、パラメーター、判定の仕方を出します。",
                                  "List the rules with their parameters and how they judge."},
                                 "  tenken rules graceful-stop\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
