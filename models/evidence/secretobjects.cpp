// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/secretkeys.h>
#include <evidence/yaml.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// UTF-16 position of a column in code points.
qsizetype positionOf(const QString &line, int column)
{
    qsizetype at = 0;
    for (int i = 1; i < column && at < line.size(); ++i)
        at += line[at].isHighSurrogate() && at + 1 < line.size() ? 2 : 1;
    return at;
}

qsizetype indentOf(const QString &line)
{
    const auto first = std::ranges::find_if_not(line, [](QChar c) { return c == u' ' || c == u'\t'; });
    return first - line.begin();
}

/// Masks a value without changing the number of lines; the header of a block scalar stays.
void maskSpan(QStringList &lines, const Span &span)
{
    for (int number = span.line; number <= span.endLine && number <= lines.size(); ++number) {
        QString &line = lines[number - 1];
        const qsizetype end = number == span.endLine ? positionOf(line, span.endColumn) : line.size() - line.endsWith(u'\r');
        const qsizetype begin = number == span.line ? positionOf(line, span.column) : indentOf(line);
        const QStringView value = begin < end ? QStringView(line).sliced(begin, end - begin) : QStringView();
        const bool header = number == span.line && span.endLine > span.line && (value.startsWith(u'|') || value.startsWith(u'>'));
        if (!value.isEmpty() && !header)
            line.replace(begin, end - begin, secretMask);
    }
}

void collectValues(Yaml node, std::vector<Span> &spans)
{
    if (node.isMap()) {
        for (const auto &[key, value] : node.entries())
            collectValues(value, spans);
    } else if (node.isSequence()) {
        for (const Yaml item : node.items())
            collectValues(item, spans);
    } else if (node.isScalar()) {
        spans.push_back(node.span());
    }
}

void collectSecrets(Yaml node, std::vector<Span> &spans)
{
    if (node["kind"].text() == "Secret") {
        collectValues(node["data"], spans);
        collectValues(node["stringData"], spans);
        // kubectl keeps the whole object here a second time.
        collectValues(node["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"], spans);
        return;
    }
    for (const Yaml item : node["items"].items())
        collectSecrets(item, spans);
}

/// For text that is no YAML as a whole (a template, a part of a file): by indentation, document by document.
void maskByIndentation(QStringList &lines, qsizetype first, qsizetype last)
{
    static const QRegularExpression head(QStringLiteral(R"(^(\s*(?:- )?)(?:data|stringData)\s*:\s*(.*?)\r?$)"));
    static const QRegularExpression entry(QStringLiteral(R"(^(\s*[\w.\-/"']+\s*:\s*)(\S.*?)(\r?)$)"));
    qsizetype inside = -1;
    for (qsizetype i = first; i < last; ++i) {
        QString &line = lines[i];
        const qsizetype indent = indentOf(line);
        if (QStringView(line).trimmed().isEmpty())
            continue;
        if (inside >= 0 && indent > inside) {
            const QRegularExpressionMatch match = entry.match(line);
            const bool header = match.hasMatch() && (match.captured(2).startsWith(u'|') || match.captured(2).startsWith(u'>'));
            if (match.hasMatch() && !header)
                line = match.captured(1) + secretMask + match.captured(3);
            else if (!match.hasMatch() && !QStringView(line).trimmed().endsWith(u':'))
                line = line.first(indent) + secretMask + (line.endsWith(u'\r') ? QStringLiteral("\r") : QString());
            continue;
        }
        const QRegularExpressionMatch match = head.match(line);
        inside = match.hasMatch() ? match.capturedLength(1) : -1;
        if (match.hasMatch() && !match.captured(2).isEmpty() && !match.captured(2).startsWith(u'#'))
            line.replace(match.capturedStart(2), match.capturedLength(2), secretMask);
    }
}

void maskUnparsed(QStringList &lines)
{
    static const QRegularExpression secret(QStringLiteral(R"(["']?kind["']?\s*:\s*["']?Secret\b)"));
    qsizetype first = 0;
    for (qsizetype i = 0; i <= lines.size(); ++i) {
        if (i < lines.size() && !lines[i].startsWith(u"---"))
            continue;
        const auto begin = lines.cbegin() + first, end = lines.cbegin() + i;
        if (std::any_of(begin, end, [&](const QString &line) { return line.contains(u"Secret") && line.contains(secret); }))
            maskByIndentation(lines, first, i);
        first = i + 1;
    }
}

} // namespace

QString maskSecretObjects(const QString &text)
{
    if (!text.contains(u"Secret") || !(text.contains(u"data") || text.contains(u"stringData")))
        return text;
    QStringList lines = text.split(u'\n');
    const auto file = YamlFile::parse(text.toUtf8(), QString());
    std::vector<Span> spans;
    for (const Yaml document : file->documents())
        collectSecrets(document, spans);
    // From the end, so that a mask does not move what stands before it; an alias may name a value twice.
    std::ranges::sort(spans, std::greater(), [](const Span &s) { return std::pair(s.line, s.column); });
    const auto repeated = std::ranges::unique(spans);
    spans.erase(repeated.begin(), repeated.end());
    for (const Span &span : spans)
        maskSpan(lines, span);
    if (!file->errors().empty())
        maskUnparsed(lines);
    return lines.join(u'\n');
}

QString maskKeyBlocks(const QString &text)
{
    if (!text.contains(u"PRIVATE KEY"))
        return text;
    QStringList lines = text.split(u'\n');
    bool inside = false;
    for (QString &line : lines) {
        const qsizetype begin = line.indexOf(u"-----BEGIN ");
        const bool opens = begin >= 0 && line.indexOf(u"PRIVATE KEY", begin) >= 0;
        const qsizetype end = line.indexOf(u"-----END ", opens ? begin : 0);
        const QStringView trimmed = QStringView(line).trimmed();
        if (opens) { // the whole key may stand in one line, with \n inside
            const qsizetype from = line.indexOf(u"-----", begin + 11) + 5;
            const qsizetype to = end >= 0 ? end : line.size();
            inside = end < 0;
            if (from >= 5 + begin && from < to && !QStringView(line).sliced(from, to - from).trimmed().isEmpty())
                line.replace(from, to - from, secretMask);
        } else if (inside && end >= 0) {
            inside = false;
        } else if (inside && !trimmed.isEmpty()) {
            line = line.first(indentOf(line)) + secretMask + (line.endsWith(u'\r') ? QStringLiteral("\r") : QString());
        }
    }
    return lines.join(u'\n');
}

} // namespace tenken
