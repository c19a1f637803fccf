// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>

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

} // namespace

Result<QJsonDocument> readJson(LineReader &lines)
{
    const std::optional<std::string> text = lines.rest(largestDocument);
    if (!text) {
        return failure(unreadableSummary({QStringLiteral("64 MiB を超える JSON は読みません。"),
                                          QStringLiteral("JSON of more than 64 MiB is not read.")}));
    }
    const size_t begin = documentBegin(*text);
    QJsonParseError error;
    QByteArray bytes = QByteArray::fromRawData(text->data() + begin, qsizetype(text->size() - begin));
    QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::GarbageAtEnd) // other text follows (siege)
        document = QJsonDocument::fromJson(bytes.left(error.offset), &error);
    if (error.error == QJsonParseError::NoError)
        return document;
    return failure(unreadableSummary(
        Text{"JSON として読めません（%1 バイト目）: %2", "The JSON is broken at byte %1: %2."}.arg(
            qint64(begin) + error.offset, error.errorString()),
        {QStringLiteral("試験が途中で止まると、最後まで書かれません。もう一度書き出してください。"),
         QStringLiteral("A run that was stopped does not write it to the end: write it again.")}));
}

} // namespace tenken
