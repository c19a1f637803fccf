// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>
#include <evidence/loadtest/reader.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken
{

namespace
{

Problem empty(const QString &path)
{
    return {path,
            {},
            {QStringLiteral("ファイルが空です。"), QStringLiteral("The file is empty.")},
            {QStringLiteral("試験が始まる前に止まっていないか確かめてください。"),
             QStringLiteral("Check whether the test ended before it began.")}};
}

Problem noRequests(const QString &path)
{
    return {path,
            {},
            {QStringLiteral("リクエストが 1 件も記録されていません。"),
             QStringLiteral("There is not one request in it.")},
            {QStringLiteral("HTTP リクエストの行を含む結果ファイルを指定してください。"),
             QStringLiteral("Name the file that holds the requests themselves.")}};
}

Problem mostlyUnreadable(const QString &path, const LoadTestRun &run)
{
    Problem problem{
        path,
        {},
        {QStringLiteral("読めない行のほうが多く、結果として信頼できません。"),
         QStringLiteral("More lines are unreadable than readable: the result cannot be trusted.")},
        {}};
    if (!run.remarks.empty())
        problem.hint = run.remarks.front();
    return problem;
}

} // namespace

Text lastRecordCutOff()
{
    return {QStringLiteral("最後のレコードが途中で切れています。そこまでを読みました。"),
            QStringLiteral("The last record is cut off; everything before it was read.")};
}

QString recogniseLoadTest(const QString &absolutePath)
{
    ByteInput input(absolutePath, {});
    if (!input.open())
        return {};
    LineReader lines(input);
    lines.skipByteOrderMark();
    const LoadTestFormat *format = loadTestFormatOf(lines.head());
    return format ? QString::fromUtf8(format->name).section(u' ', 0, 0).toLower() : QString();
}

Result<LoadTestRun> readLoadTest(const QString &absolutePath, const ReadProgress &progress)
{
    ByteInput input(absolutePath, progress);
    if (Result<void> opened = input.open(); !opened)
        return failure(opened.error());
    LineReader lines(input);
    lines.skipByteOrderMark();
    const std::string_view head = lines.head();
    if (input.cancelled())
        return failure({});
    if (head.empty())
        return failure(empty(absolutePath));
    const LoadTestFormat *format = loadTestFormatOf(head);
    if (!format)
        return failure(unrecognisedLoadTest(absolutePath, head));

    Result<LoadTestRun> run = format->read(lines);
    if (input.cancelled())
        return failure({});
    if (!run) {
        Problem problem = run.error();
        problem.file = absolutePath;
        return failure(std::move(problem));
    }
    const bool onlyPercentiles = run->whole && !run->whole->percentiles.empty(); // ab -e
    if (run->samples == 0 && !onlyPercentiles)
        return failure(noRequests(absolutePath));
    if (run->skippedLines > run->samples)
        return failure(mostlyUnreadable(absolutePath, *run));
    run->file = absolutePath;
    nameLevel(*run);
    if (lines.tooLong() > 0) {
        run->remarks.push_back(
            Text{"1 MiB を超える行が %1 行あり、除外しました。", "%1 lines longer than 1 MiB are left out."}
                .arg(lines.tooLong()));
    }
    if (input.cutOff()) {
        run->remarks.push_back(
            {QStringLiteral("gzip が途中で終わっています。そこまでを読みました。"),
             QStringLiteral("The gzip data ends early; everything before that was read.")});
    }
    return run;
}

Result<LoadTestRun> readLoadTests(const QStringList &absolutePaths, const ReadProgress &progress)
{
    qint64 total = 0;
    for (const QString &path : absolutePaths)
        total += QFileInfo(path).size();
    qint64 before = 0;
    std::vector<LoadTestRun> parts;
    for (const QString &path : absolutePaths) {
        ReadProgress part;
        if (progress)
            part = [&](qint64 done, qint64) {
                return progress(before + done, std::max(total, before + done));
            };
        Result<LoadTestRun> run = readLoadTest(path, part);
        if (!run)
            return run;
        parts.push_back(std::move(*run));
        before += QFileInfo(path).size();
    }
    if (parts.empty())
        return failure(noRequests({}));
    return mergeRuns(std::move(parts));
}

} // namespace tenken
