// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>

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

} // namespace

const LoadTestFormat *loadTestFormatOf(std::string_view head)
{
    const auto *format = std::ranges::find_if(formats, [&](const auto &f) { return f.recognises(head); });
    return !head.empty() && format != std::end(formats) ? format : nullptr;
}

Problem unrecognisedLoadTest(const QString &path, std::string_view head)
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

QStringList loadTestFormats()
{
    QStringList names;
    for (const LoadTestFormat &format : formats)
        names += QString::fromUtf8(format.name);
    return names;
}

} // namespace tenken
