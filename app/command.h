// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QCommandLineParser>
#include <QTextStream>

#include <optional>

namespace tenken::app {

/// Exit codes, the same for every command.
enum Exit { Ok = 0, NotReady = 1, WrongUse = 2 };

/// One command of the program: what --help says of it, its options, and what it does.
struct Command {
    const char *name;
    const char *usage;      ///< "check DIR|FILE… [--format text|json] …"
    Text summary;
    const char *examples;   ///< lines of "tenken …"
    bool needsGui;          ///< draws: wants a QApplication (offscreen when there is no display)
    void (*addOptions)(QCommandLineParser &);
    int (*run)(const QCommandLineParser &);
    const char *guiOption = nullptr; ///< draws only with this option
};

const Command &actionsCommand();
const Command &checkCommand();
const Command &explainCommand();
const Command &exportCommand();
const Command &historyCommand();
const Command &loadtestCommand();
const Command &mergeCommand();
const Command &initCommand();
const Command &minutesCommand();
const Command &recordCommand();
const Command &rootsCommand();
const Command &rulesCommand();
const Command &screenshotCommand();
const Command &sealCommand();
const Command &signCommand();
const Command &smokeCommand();
const Command &snapshotCommand();
const Command &verifyCommand();
int runWindow(const QCommandLineParser &parser);

QTextStream &out();
QTextStream &err();
void complain(const Problem &problem, Lang lang);
int wrongUse(const Text &message, Lang lang);

/// --lang, else the locale's language.
Lang languageOf(const QCommandLineParser &parser);
QCommandLineOption languageOption();

/// --today: the day that ages of records, waivers and so on are judged at. Today where it is not given; an invalid
/// date (after a complaint) where it is no date.
QCommandLineOption todayOption();
QDate todayOf(const QCommandLineParser &parser);

/// The value of an option that must be one of a few words; complains and gives nothing otherwise.
std::optional<QString> oneOf(const QCommandLineParser &parser, const QString &option, const QStringList &allowed);

} // namespace tenken::app
