// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jsonresults.h>
#include <evidence/loadtest/summary.h>

#include <evidence/numbers.h>

#include <QJsonArray>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr size_t largestText = 64 * 1024 * 1024;
constexpr int mostFailures = 1000;
constexpr size_t mostReadAgain = 4; // times the text: a bracket that nothing closes is looked for up to its end

Problem brokenAt(size_t byte, const QString &why)
{
    return unreadableSummary(
        Text{"JSON として読めません（%1 バイト目）: %2", "The JSON is broken at byte %1: %2."}.arg(qint64(byte), why),
        {QStringLiteral("試験が途中で止まると、最後まで書かれません。もう一度書き出してください。"),
         QStringLiteral("A run that was stopped does not write it to the end: write it again.")});
}

void take(JsonResults &results, const QJsonDocument &document)
{
    if (!document.isArray()) {
        results.results.push_back(document.object());
        return;
    }
    for (const QJsonValue &value : document.array())
        results.results.push_back(value.toObject());
}

/// Parses what begins at `at`, and moves it to the end of the document; broken ones leave it where it is.
QJsonParseError takeDocument(const std::string &text, size_t &at, JsonResults &results)
{
    QJsonParseError error;
    qsizetype length = qsizetype(text.size() - at);
    const char *begin = text.data() + at;
    QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(begin, length), &error);
    if (error.error == QJsonParseError::GarbageAtEnd) {
        length = error.offset;
        document = QJsonDocument::fromJson(QByteArray::fromRawData(begin, length), &error);
    }
    if (error.error == QJsonParseError::NoError) {
        take(results, document);
        at += size_t(length);
    }
    return error;
}

bool isBracket(char c)
{
    return c == '{' || c == '[';
}

/// Brackets elsewhere than at the beginning of a line are inside of a broken document.
size_t nextInLine(const std::string &text, size_t from)
{
    for (size_t at = text.find('\n', from); at != std::string::npos; at = text.find('\n', at + 1)) {
        if (at + 1 < text.size() && isBracket(text[at + 1]))
            return at + 1;
    }
    return text.size();
}

size_t behind(const std::string &text, size_t from)
{
    const size_t at = std::min(text.find_first_not_of(" \t\r\n", from), text.size());
    return at == text.size() || isBracket(text[at]) ? at : nextInLine(text, from);
}

} // namespace

Result<JsonResults> readJsonResults(LineReader &lines)
{
    const std::optional<std::string> text = lines.rest(largestText);
    if (!text) {
        return failure(unreadableSummary({QStringLiteral("64 MiB を超える JSON は読みません。"),
                                          QStringLiteral("JSON of more than 64 MiB is not read.")}));
    }
    JsonResults results;
    std::optional<Problem> first;
    int failures = 0;
    size_t readAgain = 0;
    size_t at = std::min(text->find_first_of("{["), text->size());
    while (at < text->size() && failures < mostFailures && readAgain <= mostReadAgain * text->size()) {
        const size_t begin = at;
        const QJsonParseError error = takeDocument(*text, at, results);
        if (at == begin) {
            ++failures;
            readAgain += size_t(error.offset);
            results.broken += (*text)[at] == '{' ? 1 : 0; // "[error] socket: …" is no JSON
            if (!first)
                first = brokenAt(begin + size_t(error.offset), error.errorString());
            at = nextInLine(*text, at);
        } else {
            at = behind(*text, at);
        }
    }
    results.broken += at < text->size() ? 1 : 0; // what was not looked at any more
    if (results.results.empty())
        return failure(first.value_or(brokenAt(0, QStringLiteral("no JSON"))));
    return results;
}

void remarkOnBroken(LoadTestRun &run, const JsonResults &results)
{
    if (results.broken > 0) {
        run.remarks.push_back(Text{"壊れた JSON が %1 個あり、除外しました。", "%1 broken JSON documents are left out."}.arg(
            formatNumber(double(results.broken))));
    }
}

} // namespace tenken
