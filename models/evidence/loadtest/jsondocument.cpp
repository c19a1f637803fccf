// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/summary.h>

#include <evidence/numbers.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr size_t largestDocument = 64 * 1024 * 1024;

/// Where a document begins behind other text: log lines have brackets too ("[2026-11-22 10:00:00] …").
size_t documentBegin(std::string_view text)
{
    const size_t first = std::min(text.find_first_of("{["), text.size());
    for (size_t at = first; at < text.size(); at = std::min(text.find_first_of("{[", at + 1), text.size())) {
        const size_t next = text.find_first_not_of(" \t\r\n", at + 1);
        const std::string_view wanted = text[at] == '{' ? "\"}" : "{[\"]";
        if (next != std::string_view::npos && wanted.contains(text[next]))
            return at;
    }
    return first;
}

struct FirstDocument {
    QJsonDocument document;
    qint64 others = 0; ///< that follow, the last of them perhaps broken
};

/// Documents behind the first, each at the beginning of a line or right behind the one before.
qint64 documentsIn(std::string_view text)
{
    constexpr qint64 enough = 1000;
    qint64 count = 0;
    while (count < enough) {
        const size_t first = text.find_first_not_of(" \t\r\n"), next = text.find("\n{");
        if (first != std::string_view::npos && text[first] == '{')
            text.remove_prefix(first);
        else if (next != std::string_view::npos)
            text.remove_prefix(next + 1);
        else
            break;
        ++count;
        QJsonParseError error;
        QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), qsizetype(text.size())), &error);
        if (error.error != QJsonParseError::GarbageAtEnd || error.offset <= 0)
            break;
        text.remove_prefix(size_t(error.offset));
    }
    return count;
}

Result<FirstDocument> readFirst(LineReader &lines)
{
    const std::optional<std::string> text = lines.rest(largestDocument);
    if (!text) {
        return failure(unreadableSummary({QStringLiteral("64 MiB を超える JSON は読みません。"),
                                          QStringLiteral("JSON of more than 64 MiB is not read.")}));
    }
    const size_t begin = documentBegin(*text);
    QJsonParseError error;
    QByteArray bytes = QByteArray::fromRawData(text->data() + begin, qsizetype(text->size() - begin));
    FirstDocument first{QJsonDocument::fromJson(bytes, &error)};
    if (error.error == QJsonParseError::GarbageAtEnd) { // other text follows, or further documents
        const qsizetype length = error.offset;
        first.others = documentsIn(std::string_view(*text).substr(begin + size_t(length)));
        first.document = QJsonDocument::fromJson(bytes.left(length), &error);
    }
    if (error.error == QJsonParseError::NoError)
        return first;
    return failure(unreadableSummary(
        Text{"JSON として読めません（%1 バイト目）: %2", "The JSON is broken at byte %1: %2."}.arg(
            qint64(begin) + error.offset, error.errorString()),
        {QStringLiteral("試験が途中で止まると、最後まで書かれません。もう一度書き出してください。"),
         QStringLiteral("A run that was stopped does not write it to the end: write it again.")}));
}

} // namespace

Result<QJsonDocument> readJson(LineReader &lines)
{
    Result<FirstDocument> first = readFirst(lines);
    if (!first)
        return failure(first.error());
    return std::move(first->document);
}

Result<QJsonDocument> readFirstJson(LineReader &lines, LoadTestRun &run)
{
    Result<FirstDocument> first = readFirst(lines);
    if (!first)
        return failure(first.error());
    if (first->others > 0) {
        run.remarks.push_back(
            Text{"ファイルに結果が %1 個あり、最初のものだけを読みました。結果ごとに別のファイルにしてください。",
                 "There are %1 results in the file, and only the first is read: put each into a file of its own."}
                .arg(formatNumber(double(first->others + 1))));
    }
    return std::move(first->document);
}

} // namespace tenken
