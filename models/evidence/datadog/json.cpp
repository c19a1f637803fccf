// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/datadog/json.h>

#include <algorithm>
#include <cstring>

namespace tenken
{

namespace
{

constexpr int placesDeep = 4;

// Follows the brackets of a text that is known to be valid.
class PlaceReader
{
public:
    explicit PlaceReader(const QByteArray &text) : m_text(text) {}

    JsonPlace value(int depth)
    {
        space();
        JsonPlace place;
        const int line = m_line, column = m_column;
        if (atEnd())
            return place;
        if (here() == '"')
            string();
        else if (here() == '{' || here() == '[')
            container(place, depth);
        else
            scalar();
        place.span = {line, column, m_line, m_column};
        return place;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return m_text.at(m_at); }

    void step()
    {
        const char c = m_text.at(m_at++);
        if (c == '\n') {
            ++m_line;
            m_column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++m_column;
        }
    }

    void space()
    {
        while (!atEnd() && (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t'))
            step();
    }

    void scalar()
    {
        while (!atEnd() && !strchr(",]} \n\r\t", here()))
            step();
    }

    /// Over a string, whose bytes are few in kind: no line ends in one.
    QByteArrayView string()
    {
        const char *const text = m_text.constData();
        const qsizetype from = m_at + 1, size = m_text.size();
        qsizetype at = from;
        int columns = 1;
        for (; at < size && text[at] != '"'; ++at) {
            if (text[at] == '\\' && at + 1 < size) {
                ++at;
                ++columns;
            }
            columns += (text[at] & 0xC0) != 0x80;
        }
        m_at = std::min(at + 1, size);
        m_column += columns + (at < size);
        return QByteArrayView(text + from, at - from);
    }

    void container(JsonPlace &place, int depth)
    {
        if (depth >= placesDeep)
            return skip();
        const bool object = here() == '{';
        step();
        for (space(); !atEnd() && here() != '}' && here() != ']'; space()) {
            QString key;
            if (object && here() == '"') {
                key = QString::fromUtf8(string());
                space();
                if (!atEnd() && here() == ':')
                    step();
            }
            const qsizetype before = m_at;
            JsonPlace child = value(depth + 1);
            child.key = key;
            place.children.push_back(std::move(child));
            space();
            if (!atEnd() && (here() == ',' || m_at == before))
                step();
        }
        if (!atEnd())
            step();
    }

    // Over a container whose inside is of no interest, without recursion.
    void skip()
    {
        int open = 0;
        do {
            if (here() == '"') {
                string();
                continue;
            }
            if (here() == '{' || here() == '[')
                ++open;
            else if (here() == '}' || here() == ']')
                --open;
            step();
        } while (!atEnd() && open > 0);
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
};

// The length of a token that JSON does not have, or 0.
qsizetype notANumber(QByteArrayView rest)
{
    for (const QByteArrayView token : {"NaN", "-Infinity", "Infinity"}) {
        if (rest.startsWith(token))
            return token.size();
    }
    return 0;
}

QByteArray withoutNaN(const QByteArray &text)
{
    if (!text.contains("NaN") && !text.contains("Infinity"))
        return text;
    QByteArray clean;
    clean.reserve(text.size());
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (c == '"') {
            inString = !inString;
        } else if (inString && c == '\\' && i + 1 < text.size()) {
            clean += c;
            ++i;
        } else if (!inString) {
            const qsizetype length = notANumber(QByteArrayView(text).sliced(i));
            if (length > 0) {
                clean += "null";
                i += length - 1;
                continue;
            }
        }
        clean += text.at(i);
    }
    return clean;
}

Span placeAt(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.first(std::min(offset, text.size()));
    const int line = int(before.count('\n')) + 1;
    const int column =
        int(QString::fromUtf8(before.sliced(before.lastIndexOf('\n') + 1)).toUcs4().size()) + 1;
    return {line, column, line, column + 1};
}

} // namespace

const JsonPlace *JsonPlace::child(const QString &name) const
{
    const auto it =
        std::find_if(children.rbegin(), children.rend(), [&](const JsonPlace &c) { return c.key == name; });
    return it == children.rend() ? nullptr : &*it;
}

const JsonPlace *JsonPlace::child(qsizetype index) const
{
    return index >= 0 && index < qsizetype(children.size()) ? &children[size_t(index)] : nullptr;
}

Result<JsonText> parseJson(const QString &file, const QByteArray &bytes)
{
    const QByteArray text = bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
    const QByteArray trimmed = text.left(200).trimmed();
    if (trimmed.isEmpty() && text.trimmed().isEmpty())
        return failure({file,
                        {},
                        {"中身がありません。", "There is nothing in it."},
                        {"取り直してください。", "Fetch it again."}});
    if (trimmed.startsWith('<')) {
        return failure({file,
                        {1, 1, 1, 2},
                        {"JSON ではなく HTML のページです（プロキシやログイン画面の可能性があります）。",
                         "This is an HTML page, not JSON (of a proxy or a login, perhaps)."},
                        {"API の応答を取り直してください。", "Fetch the API's answer again."}});
    }
    const QByteArray clean = withoutNaN(text);
    QJsonParseError error;
    JsonText result;
    result.document = QJsonDocument::fromJson(clean, &error);
    if (error.error != QJsonParseError::NoError) {
        return failure({file,
                        placeAt(clean, error.offset),
                        Text{"JSON として読めません: %1", "This is not JSON: %1"}.arg(error.errorString()),
                        {"途中で切れていないか確かめ、取り直してください。",
                         "See whether it was cut off, and fetch it again."}});
    }
    result.root = PlaceReader(text).value(0);
    return result;
}

namespace
{

void moveDown(JsonPlace &place, int lines)
{
    place.span.line += lines;
    place.span.endLine += lines;
    for (JsonPlace &child : place.children)
        moveDown(child, lines);
}

} // namespace

std::vector<JsonText> parseJsonLines(const QString &file, const QByteArray &bytes)
{
    constexpr size_t mostLines = 20'000;
    std::vector<JsonText> texts;
    int line = 0;
    for (const QByteArray &text : bytes.split('\n')) {
        ++line;
        if (text.trimmed().isEmpty())
            continue;
        auto json = parseJson(file, text);
        if (!json || texts.size() >= mostLines)
            return {};
        moveDown(json->root, line - 1);
        texts.push_back(*std::move(json));
    }
    return texts.size() > 1 ? texts : std::vector<JsonText>();
}

} // namespace tenken
