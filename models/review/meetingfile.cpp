// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meeting.h>

#include <review/meetingkeys.h>
#include <review/yamltext.h>

#include <QDir>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 mostBytes = 4 * 1024 * 1024;
constexpr int mostFiles = 10'000, mostPerDay = 1'000;

/// Date and number of a meeting's file name; nothing when it is none.
std::optional<std::pair<QDate, int>> rankOf(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^(\d{4}-\d\d-\d\d)(?:-(\d{1,4}))?\.yaml$)"));
    const auto match = pattern.match(name);
    const QDate day = QDate::fromString(match.captured(1), Qt::ISODate);
    if (!match.hasMatch() || !day.isValid())
        return std::nullopt;
    return std::pair(day, match.captured(2).isEmpty() ? 1 : match.captured(2).toInt());
}

QString pathOf(const QDate &day, int number)
{
    const QString name = day.toString(Qt::ISODate) + (number == 1 ? QString() : QStringLiteral("-%1").arg(number));
    return QStringLiteral("%1/%2.yaml").arg(QLatin1String(meetingsFolder), name);
}

Problem noMeeting(const QString &path, const Span &span, const Text &message)
{
    return {path, span, message, {"会議の記録ではないため、読みません。", "It is not taken for a meeting's record."}};
}

} // namespace

Result<MeetingFile> parseMeeting(const QByteArray &bytes, const QString &path)
{
    const auto file = YamlFile::parse(bytes, path, {.bytes = mostBytes});
    for (const auto *problems : {&file->errors(), &file->warnings()}) {
        if (!problems->empty())
            return failure(problems->front());
    }
    if (file->documents().size() != 1 || !file->documents().front().isMap())
        return failure(noMeeting(path, {}, {"会議の記録がありません。", "There is no record of a meeting in it."}));
    const Yaml root = file->documents().front();
    if (const QString format = root["format"].string(); format != QLatin1String(meetingFormat)) {
        return failure(noMeeting(path, root["format"].span(),
                                 Text{"書式は %1 です。「%2」は読めません。", "The format is %1, not \"%2\"."}.arg(
                                     meetingFormat, format.left(60))));
    }
    return meetingFrom(root, path);
}

QStringList meetingFiles(const QString &folder)
{
    using Ranked = std::pair<std::pair<QDate, int>, QString>;
    std::vector<Ranked> found;
    const QDir dir(folder + u'/' + QLatin1String(meetingsFolder));
    for (const QString &name : dir.entryList({QStringLiteral("*.yaml")}, QDir::Files)) {
        if (const auto rank = rankOf(name); rank && int(found.size()) < mostFiles)
            found.emplace_back(*rank, QLatin1String(meetingsFolder) + u'/' + name);
    }
    std::ranges::sort(found);
    QStringList paths;
    for (const Ranked &ranked : found)
        paths.append(ranked.second);
    return paths;
}

QString minutesPath(const QString &meetingPath)
{
    return meetingPath.chopped(meetingPath.endsWith(u".yaml") ? 5 : 0) + QStringLiteral(".md");
}

QString newMeetingPath(const QString &folder, const QDate &day)
{
    const QDir dir(folder);
    for (int number = 1; number < mostPerDay; ++number) {
        const QString path = pathOf(day, number);
        if (!dir.exists(path) && !dir.exists(minutesPath(path)))
            return path;
    }
    return pathOf(day, mostPerDay);
}

Result<MeetingFile> readMeeting(const QString &folder, const QString &path)
{
    const auto bytes = Root(folder).read(path, mostBytes);
    if (!bytes)
        return failure(bytes.error());
    return parseMeeting(*bytes, path);
}

Result<void> saveMeeting(const QString &folder, const QString &path, const Meeting &meeting)
{
    const QByteArray bytes = writeMeeting(meeting);
    const auto back = parseMeeting(bytes, path);
    if (!back || back->meeting != meeting) {
        return failure({path, {}, {"この内容は、読み戻せる形で書けません。",
                                   "This meeting could not be read back, so it was not written."},
                        {"メモが大きすぎないか確かめてください。", "Check whether a note is too large."}});
    }
    if (!QDir(folder).mkpath(QLatin1String(meetingsFolder))) {
        return failure({QLatin1String(meetingsFolder), {},
                        {"フォルダーを作れません。", "The folder cannot be made."}, {}});
    }
    return writeAtomically(folder + u'/' + path, bytes);
}

std::optional<std::pair<QString, Meeting>> unfinishedMeeting(const QString &folder, const QDate &day)
{
    const QStringList files = meetingFiles(folder);
    if (files.isEmpty() || rankOf(files.last().section(u'/', -1))->first != day)
        return std::nullopt;
    auto read = readMeeting(folder, files.last());
    // Where a part of it was not understood, going on would write without that part.
    if (!read || read->meeting.closed || !read->whole)
        return std::nullopt;
    return std::pair(files.last(), std::move(read->meeting));
}

} // namespace tenken
