// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <review/minutes.h>

#include <QFileInfo>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("list"), QStringLiteral("List the meetings instead.")});
}

/// "2026-11-20", "2026-11-20-2.yaml", or the path as it is printed; empty where there is no such meeting.
QString pathOf(const QStringList &meetings, const QString &word)
{
    const QString name = QFileInfo(word).fileName();
    for (const QString &path : meetings) {
        const QString file = path.section(u'/', -1);
        if (name == file || name == file.chopped(5))
            return path;
    }
    return {};
}

int list(const QString &folder, const QStringList &meetings, Lang lang)
{
    for (const QString &path : meetings) {
        const auto read = readMeeting(folder, path);
        QStringList facts;
        if (!read)
            facts << Text{"読めません", "cannot be read"}.in(lang);
        else if (!read->meeting.closed)
            facts << Text{"終わっていません", "not ended"}.in(lang);
        if (read && read->meeting.after)
            facts << label(read->meeting.after->decision).in(lang);
        if (read)
            facts << Text{"%1 項目", "%1 items"}.arg(read->meeting.items.size()).in(lang);
        out() << visible(path) << "  " << visible(facts.join(QStringLiteral(" · "))) << Qt::endl;
    }
    return Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty() || arguments.size() > 2)
        return wrongUse({"使い方: tenken minutes DIR [MEETING] [--lang ja|en]", "usage: tenken minutes DIR [MEETING] [--lang ja|en]"}, lang);
    const QString folder = QFileInfo(arguments[0]).absoluteFilePath();
    const QStringList meetings = meetingFiles(folder);
    if (meetings.isEmpty())
        return wrongUse(Text{"%1/%2 に会議の記録がありません。窓で F5 を押すと会議が始まります。",
                             "%1/%2 has no meeting. In the window F5 starts one."}.arg(arguments[0], QLatin1String(meetingsFolder)), lang);
    if (parser.isSet(QStringLiteral("list")))
        return list(folder, meetings, lang);
    const QString path = arguments.size() == 1 ? meetings.last() : pathOf(meetings, arguments[1]);
    if (path.isEmpty())
        return wrongUse(Text{"会議「%1」はありません。tenken minutes %2 --list で一覧を出します。",
                             "There is no meeting \"%1\". tenken minutes %2 --list lists them."}.arg(arguments[1], arguments[0]), lang);
    const auto read = readMeeting(folder, path);
    if (!read) {
        complain(read.error(), lang);
        return WrongUse;
    }
    for (const Problem &problem : read->problems)
        complain(problem, lang);
    out() << minutesOf(read->meeting, path, lang) << Qt::flush;
    return Ok;
}

} // namespace

const Command &minutesCommand()
{
    static const Command command{"minutes", "minutes DIR [MEETING] [--list] [--lang ja|en]",
                                 {"会議の議事録を Markdown で出します。", "Print a meeting's minutes as Markdown."},
                                 "  tenken minutes . --lang en\n  tenken minutes . 2026-11-20 > minutes.md\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
