// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/podtimeline.h>

#include <QRegularExpression>

namespace tenken {

namespace {

// What `sleep` of coreutils and busybox takes: a number with an optional unit.
std::optional<double> sleepArgument(const QString &word)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,9}(?:\\.\\d{1,9})?)([smhd]?)$"));
    const QRegularExpressionMatch m = form.match(word);
    if (!m.hasMatch())
        return std::nullopt;
    const QString unit = m.captured(2);
    const double factor = unit == u"m" ? 60 : unit == u"h" ? 3600 : unit == u"d" ? 86400 : 1;
    return m.captured(1).toDouble() * factor;
}

bool isShell(const QString &program)
{
    static const QStringList shells{QStringLiteral("sh"), QStringLiteral("bash"), QStringLiteral("ash"),
                                    QStringLiteral("dash"), QStringLiteral("zsh")};
    return shells.contains(program.section(u'/', -1));
}

// A script that is one sleep is as plain as the command; one that begins with a sleep takes at least that long.
void readScript(const QString &script, Hook &hook)
{
    static const QRegularExpression plain(QStringLiteral("^\\s*(?:exec\\s+)?(?:/\\S*/)?sleep\\s+(\\S+?)\\s*;?\\s*$"));
    static const QRegularExpression first(QStringLiteral("^\\s*(?:/\\S*/)?sleep\\s+(\\S+?)\\s*(?:&&|;|\\n)"));
    if (const QRegularExpressionMatch m = plain.match(script); m.hasMatch())
        hook.seconds = sleepArgument(m.captured(1));
    if (const QRegularExpressionMatch m = first.match(script); m.hasMatch())
        hook.atLeast = sleepArgument(m.captured(1)).value_or(0);
}

void readCommand(const QStringList &argv, Hook &hook)
{
    static const QRegularExpression commandFlag(QStringLiteral("^-[a-z]*c$"));
    if (argv.size() == 2 && argv[0].section(u'/', -1) == u"sleep")
        hook.seconds = sleepArgument(argv[1]);
    else if (argv.size() == 3 && isShell(argv[0]) && commandFlag.match(argv[1]).hasMatch())
        readScript(argv[2], hook);
}

} // namespace

Hook lifecycleHook(const Container &container, std::string_view key, std::optional<double> declared)
{
    Hook hook;
    hook.container = container.name;
    const Yaml node = container.node["lifecycle"][key];
    if (!node || node.isNull()) {
        hook.seconds = 0;
        return hook;
    }
    hook.exists = true;
    hook.span = node.entrySpan();
    if (const Yaml sleep = node["sleep"]; sleep.isMap()) {
        hook.sleepHandler = true;
        if (const std::optional<qint64> seconds = sleep["seconds"].integer(); seconds && *seconds >= 0)
            hook.seconds = double(*seconds);
    } else if (const Yaml exec = node["exec"]; exec.isMap()) {
        readCommand(exec["command"].strings(), hook);
    }
    if (hook.seconds) {
        hook.atLeast = *hook.seconds;
    } else if (declared) {
        hook.seconds = std::max(*declared, hook.atLeast);
        hook.atLeast = *hook.seconds;
        hook.declared = true;
    }
    return hook;
}

} // namespace tenken
