// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/labels.h>
#include <evidence/loadtest/levels.h>
#include <evidence/loadtest/merge.h>
#include <evidence/loadtest/reader.h>

#include <QFileInfo>

#include <algorithm>
#include <utility>

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

Problem damaged(const QString &path)
{
    return {path,
            {},
            {QStringLiteral("圧縮データが先頭から壊れています。"),
             QStringLiteral("The packed data is damaged from its beginning.")},
            {QStringLiteral("もう一度コピーしてください。"), QStringLiteral("Copy the file again.")}};
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

std::string firstBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(64 * 1024).toStdString() : std::string();
}

bool hasControlCharacters(std::string_view head)
{
    return std::ranges::any_of(head, [](char c) { return quint8(c) < ' ' && c != '\t' && c != '\r' && c != '\n'; });
}

/// Names of requests and errors hold URLs, and these what people put into them. Names that differ in nothing else are one.
void maskNames(LoadTestRun &run)
{
    for (const auto &[kind, count] : std::exchange(run.errorKinds, {}).asKeyValueRange())
        run.errorKinds[maskSecrets(kind)] += count;
    bool masked = false;
    for (LoadLabel &label : run.labels) {
        const QString name = std::exchange(label.name, maskSecrets(label.name));
        masked = masked || name != label.name;
    }
    if (masked)
        joinSameNames(run.labels, run.labelsBeyondCap);
}

} // namespace

void addCutOff(LoadTestRun &run)
{
    run.cutOff = true;
    run.remarks.push_back({QStringLiteral("最後のレコードが途中で切れています。そこまでを読みました。"),
                           QStringLiteral("The last record is cut off; everything before it was read.")});
}

void addExcused(LoadTestRun &run, qint64 count)
{
    run.excusedFailures += count;
    if (count > 0) {
        run.remarks.push_back(Text{"%1 件は、HTTP 5xx などの失敗や不合格の check を、試験が成功として扱っています。エラーには数えていません。",
                                   "%1 failures (HTTP 5xx, failed checks or transactions) were taken for success by the test: they "
                                   "are not counted as errors."}
                                  .arg(count));
    }
}

void addNoZone(LoadTestRun &run)
{
    run.zoneKnown = false;
    run.remarks.push_back({QStringLiteral("時刻にタイムゾーンがないため、UTC として読みました。"),
                           QStringLiteral("The time stamps name no zone; they are read as UTC.")});
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

Result<LoadTestRun> checkedRun(const QString &path, Result<LoadTestRun> run, qint64 tooLongLines)
{
    if (!run) {
        Problem problem = run.error();
        problem.file = path;
        return failure(std::move(problem));
    }
    const bool onlyPercentiles = run->whole && !run->whole->percentiles.empty(); // ab -e
    if (run->samples == 0 && !onlyPercentiles)
        return failure(noRequests(path));
    if (run->skippedLines > run->samples)
        return failure(mostlyUnreadable(path, *run));
    run->file = path;
    maskNames(*run);
    nameLevel(*run);
    if (tooLongLines > 0) {
        run->remarks.push_back(
            Text{"1 MiB を超える行が %1 行あり、除外しました。", "%1 lines longer than 1 MiB are left out."}
                .arg(tooLongLines));
    }
    return run;
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
        return failure(input.cutOff() ? damaged(absolutePath) : empty(absolutePath));
    const LoadTestFormat *format = loadTestFormatOf(head);
    if (input.utf16() && (!format || hasControlCharacters(head))) // not text: what was written over is lost
        return failure(unrecognisedLoadTest(absolutePath, firstBytes(absolutePath)));
    if (!format)
        return failure(unrecognisedLoadTest(absolutePath, head));

    Result<LoadTestRun> run = format->read(lines);
    if (input.cancelled())
        return failure({});
    run = checkedRun(absolutePath, std::move(run), lines.tooLong());
    if (!run)
        return run;
    if (input.cutOff()) {
        run->cutOff = true;
        run->remarks.push_back(
            {QStringLiteral("圧縮データが途中で終わっています。そこまでを読みました。"),
             QStringLiteral("The packed data ends early; everything before that was read.")});
    }
    if (input.utf16()) {
        run->remarks.push_back({QStringLiteral("PowerShell の「>」が UTF-16 に変えたファイルです。戻して読みました。"),
                                QStringLiteral("PowerShell’s “>” turned the file into UTF-16; it was turned back.")});
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
