// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/merge.h>
#include <evidence/loadtest/reader.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken
{

namespace
{

/// The one list of readers.
constexpr LoadTestFormat formats[] = {
    {"Gatling simulation.log (text, 2.0–3.12)", isGatlingText, readGatlingText},
    {"k6 --out json", isK6Json, readK6Json},
    {"JMeter JTL (CSV)", isJmeterCsv, readJmeterCsv},
};

/// What is recognised, yet not read, with the way out.
struct KnownOther {
    bool (*recognises)(std::string_view head);
    Text message;
    Text hint;
};

bool isUtf16(std::string_view head)
{
    return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
}
bool isZip(std::string_view head)
{
    return head.starts_with("PK\x03\x04");
}
bool isZstd(std::string_view head)
{
    return head.starts_with("\x28\xB5\x2F\xFD");
}
bool isGatlingBinary(std::string_view head)
{
    using namespace std::string_view_literals;
    return head.size() > 8 && head.starts_with("\0\0\0\0"sv) && head[4] > 0 && head[4] < 32 && head[6] == '.';
}
bool isJtlXml(std::string_view head)
{
    return head.find("<testResults") != std::string_view::npos;
}
bool isK6Csv(std::string_view head)
{
    return head.starts_with("metric_name,timestamp,metric_value");
}

const std::vector<KnownOther> &knownOthers()
{
    static const std::vector<KnownOther> others = {
        {isUtf16,
         {QStringLiteral("UTF-16 で書かれています（PowerShell の「>」がこうします）。"),
          QStringLiteral("The file is UTF-16: PowerShell's “>” wrote it so.")},
         {QStringLiteral("変換してください: iconv -f UTF-16 -t UTF-8 元 > 先"),
          QStringLiteral("Convert it: iconv -f UTF-16 -t UTF-8 IN > OUT, or in PowerShell: "
                         "Get-Content IN | Set-Content -Encoding utf8 OUT")}},
        {isZip,
         {QStringLiteral("ZIP ファイルです。"), QStringLiteral("This is a ZIP archive.")},
         {QStringLiteral("展開してください。gzip はそのまま読めます。"),
          QStringLiteral("Unpack it; gzip is read as it is.")}},
        {isZstd,
         {QStringLiteral("zstd で圧縮されています。"), QStringLiteral("The file is packed with zstd.")},
         {QStringLiteral("zstd -d で展開してください。gzip はそのまま読めます。"),
          QStringLiteral("Unpack it with zstd -d; gzip is read as it is.")}},
        {isGatlingBinary,
         {QStringLiteral("Gatling 3.13 以降のバイナリ形式です。まだ読めません。"),
          QStringLiteral("This is the binary log of Gatling 3.13 or later, which is not read yet.")},
         {QStringLiteral("Gatling 3.12 までのテキスト形式なら読めます。"),
          QStringLiteral("The text log of Gatling up to 3.12 is read.")}},
        {isJtlXml,
         {QStringLiteral("JMeter の XML 形式です。まだ読めません。"),
          QStringLiteral("This is a JMeter result in XML, which is not read yet.")},
         {QStringLiteral("CSV で保存してください: -Jjmeter.save.saveservice.output_format=csv"),
          QStringLiteral("Save it as CSV: -Jjmeter.save.saveservice.output_format=csv")}},
        {isK6Csv,
         {QStringLiteral("k6 の CSV 形式です。まだ読めません。"),
          QStringLiteral("This is k6's CSV output, which is not read yet.")},
         {QStringLiteral("k6 run --out json=結果.json.gz なら読めます。"),
          QStringLiteral("k6 run --out json=results.json.gz is read.")}},
    };
    return others;
}

Problem unrecognised(const QString &path, std::string_view head)
{
    for (const KnownOther &other : knownOthers()) {
        if (other.recognises(head))
            return {path, {}, other.message, other.hint};
    }
    return {path,
            {},
            {QStringLiteral("負荷試験の結果として読めない形式です。"),
             QStringLiteral("The format is not one of a load test that can be read.")},
            Text{"読める形式: %1（gzip 可）", "Readable: %1; gzip too"}.arg(
                loadTestFormats().join(QStringLiteral(", ")))};
}

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

QStringList loadTestFormats()
{
    QStringList names;
    for (const LoadTestFormat &format : formats)
        names += QString::fromUtf8(format.name);
    return names;
}

QString recogniseLoadTest(const QString &absolutePath)
{
    ByteInput input(absolutePath, {});
    if (!input.open())
        return {};
    LineReader lines(input);
    lines.skipByteOrderMark();
    const std::string_view head = lines.head();
    for (const LoadTestFormat &format : formats) {
        if (!head.empty() && format.recognises(head))
            return QString::fromUtf8(format.name).section(u' ', 0, 0).toLower();
    }
    return {};
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
    const auto *format = std::ranges::find_if(formats, [&](const auto &f) { return f.recognises(head); });
    if (format == std::end(formats))
        return failure(unrecognised(absolutePath, head));

    Result<LoadTestRun> run = format->read(lines);
    if (input.cancelled())
        return failure({});
    if (!run)
        return run;
    if (run->samples == 0)
        return failure(noRequests(absolutePath));
    if (run->skippedLines > run->samples)
        return failure(mostlyUnreadable(absolutePath, *run));
    run->file = absolutePath;
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
