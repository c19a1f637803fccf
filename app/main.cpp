// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <QApplication>
#include <QHashSeed>

#include <algorithm>
#include <array>
#include <memory>

using namespace tenken;
using namespace tenken::app;

namespace {

using CommandGetter = const Command &(*)();
constexpr std::array commands = {checkCommand, actionsCommand, exportCommand, historyCommand, loadtestCommand, mergeCommand, minutesCommand, initCommand,
                                 recordCommand, rootsCommand, rulesCommand, explainCommand, screenshotCommand, sealCommand, signCommand,
                                 smokeCommand, snapshotCommand, verifyCommand};

const Command *findCommand(const QString &name)
{
    for (const CommandGetter get : commands) {
        if (name == QLatin1String(get().name))
            return &get();
    }
    return nullptr;
}

void printHelp(Lang lang)
{
    out() << Text{"tenken — 本番に出してよいかを、証拠から点検します。\n\n使い方:\n",
                  "tenken — is this service fit to take production traffic? Judged from evidence.\n\nUsage:\n"}.in(lang);
    out() << "  tenken [DIR|FILE.pdf]\n      "
          << Text{"窓を開きます。PDF なら署名を確かめます。", "Open the window, on a service's folder; a PDF is verified."}.in(lang) << "\n";
    for (const CommandGetter get : commands)
        out() << "  tenken " << QString::fromUtf8(get().usage) << "\n      " << get().summary.in(lang) << "\n";
    out() << "  tenken --version | --help | COMMAND --help\n\n"
          << Text{"例:\n", "Examples:\n"}.in(lang);
    for (const CommandGetter get : commands)
        out() << QString::fromUtf8(get().examples);
    out() << Text{"\n終了コード: 0 GO、1 それ以外の判定、2 使い方の誤りか、読めるものがない。\n",
                  "\nExit: 0 GO, 1 anything else that was judged, 2 wrong use or nothing readable.\n"}.in(lang)
          << Qt::flush;
}

void printCommandHelp(const Command &command, const QCommandLineParser &parser, Lang lang)
{
    out() << "tenken " << QString::fromUtf8(command.usage) << "\n\n" << command.summary.in(lang) << "\n\n"
          << QString::fromUtf8(command.examples) << "\n";
    const QString all = parser.helpText();
    const qsizetype options = all.indexOf(QStringLiteral("Options:"));
    out() << (options < 0 ? all : all.mid(options)) << Qt::flush;
}

/// A command draws (export, screenshot) or only prints: pay for what is used.
bool wantsGui(int argc, char **argv, const Command &command)
{
    if (command.needsGui || !command.guiOption)
        return command.needsGui;
    const QByteArray option = QByteArray("--") + command.guiOption;
    return std::any_of(argv + 1, argv + argc, [&](const char *word) { return word == option || QByteArrayView(word).startsWith(option + '='); });
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv, const Command *command)
{
    const bool gui = !command || wantsGui(argc, argv, *command);
    if (!gui)
        return std::make_unique<QCoreApplication>(argc, argv);
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && (command || !display))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QApplication>(argc, argv);
}

int runCommand(const Command &command, const QStringList &arguments)
{
    QCommandLineParser parser;
    command.addOptions(parser);
    parser.addOption(languageOption());
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help."));
    parser.addOption(help);
    if (!parser.parse(arguments)) {
        wrongUse({parser.errorText(), parser.errorText()}, languageOf(parser));
        err() << "  tenken " << QString::fromUtf8(command.usage) << Qt::endl;
        return WrongUse;
    }
    if (parser.isSet(help)) {
        printCommandHelp(command, parser, languageOf(parser));
        return Ok;
    }
    if (parser.isSet(QStringLiteral("lang")) && !oneOf(parser, QStringLiteral("lang"), {"ja", "en"}))
        return WrongUse;
    return command.run(parser);
}

int runWithoutCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption(languageOption());
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("Show the version."));
    parser.addOptions({help, version});
    if (!parser.parse(arguments)) {
        wrongUse({parser.errorText(), parser.errorText()}, languageOf(parser));
        err() << "  tenken --help" << Qt::endl;
        return WrongUse;
    }
    if (parser.isSet(help)) {
        printHelp(languageOf(parser));
        return Ok;
    }
    if (parser.isSet(version)) {
        out() << "tenken " TENKEN_VERSION << Qt::endl;
        return Ok;
    }
    return runWindow(parser);
}

/// Where the command stands: first, or behind a --lang that belongs to it as well as to the window.
int commandAt(int argc, char **argv)
{
    const QByteArrayView first = argc > 1 ? argv[1] : "";
    return first == "--lang" ? 3 : first.startsWith("--lang=") ? 2 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const int at = commandAt(argc, argv);
    const QString first = argc > at ? QString::fromLocal8Bit(argv[at]) : QString();
    const Command *command = findCommand(first);
    const bool onlyPrints = first == u"--help" || first == u"-h" || first == u"--version" || first == u"-v";
    // The printed document must come out the same for the same input, so hashes may not be seeded at random.
    if (command && command->needsGui)
        QHashSeed::setDeterministicGlobalSeed();
    const auto application = onlyPrints ? std::make_unique<QCoreApplication>(argc, argv)
                                        : makeApplication(argc, argv, command);
    QCoreApplication::setApplicationName(QStringLiteral("tenken"));
    QCoreApplication::setOrganizationName(QStringLiteral("tenken"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TENKEN_VERSION));

    QStringList arguments = QCoreApplication::arguments();
    if (command)
        arguments.removeAt(at);
    return command ? runCommand(*command, arguments) : runWithoutCommand(arguments);
}
