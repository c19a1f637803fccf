// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documents.h>
#include <evidence/documenttext.h>
#include <evidence/markdownlinks.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

// Reads Markdown line by line as CommonMark cuts it into blocks; only headings, code and comments matter
// here.
class MarkdownReader
{
public:
    MarkdownReader(const QString &file, const QByteArray &bytes);
    Document read() &&;

private:
    void skipFrontMatter();
    bool fenced(int index);
    void maskInline(int index);
    bool atxHeading(int index);
    bool setextHeading(int index);
    void paragraph(int index);
    bool indentedCode(int index) const;
    void add(int level, const QString &markup, const Span &span);
    void keep(const QString &text);

    Document m_document;
    QStringList m_lines;
    QStringList m_content; ///< comments blanked, code kept
    std::vector<QString> m_own; ///< per heading
    AnchorMaker m_anchors;
    int m_first = 0;
    QChar m_fence; ///< null outside of a fence
    qsizetype m_fenceLength = 0;
    bool m_inComment = false;
    bool m_inList = false;
    int m_paragraph = -1; ///< first line of the open paragraph
};

MarkdownReader::MarkdownReader(const QString &file, const QByteArray &bytes)
{
    m_document.file = file;
    m_document.text = QString::fromUtf8(bytes);
    if (m_document.text.startsWith(QChar::ByteOrderMark))
        m_document.text.remove(0, 1);
    m_lines = m_document.text.split(u'\n');
    for (QString &line : m_lines) {
        if (line.endsWith(u'\r'))
            line.chop(1);
    }
    m_content = m_lines;
    m_document.prose = m_lines;
}

void MarkdownReader::skipFrontMatter()
{
    if (m_lines.first() != u"---")
        return;
    for (int i = 1; i < std::min<qsizetype>(m_lines.size(), 200); ++i) {
        if (m_lines[i] != u"---" && m_lines[i] != u"...")
            continue;
        m_first = i + 1;
        for (int k = 0; k < m_first; ++k)
            m_document.prose[k].clear();
        return;
    }
}

// True for the lines of a fenced block, the fences included.
bool MarkdownReader::fenced(int index)
{
    static const QRegularExpression fence(
        QStringLiteral(R"(^[ ]{0,3}(?:[-*+>][ ]+|\d+[.)][ ]+|[ ]+)?(`{3,}|~{3,})(.*)$)"));
    const auto match = m_inComment ? QRegularExpressionMatch() : fence.match(m_lines[index]);
    if (m_fence.isNull()) {
        if (!match.hasMatch() || (match.captured(1).startsWith(u'`') && match.captured(2).contains(u'`')))
            return false;
        m_fence = match.captured(1).front();
        m_fenceLength = match.captured(1).size();
    } else if (match.hasMatch() && match.captured(1).front() == m_fence
               && m_lines[index].trimmed().startsWith(m_fence) && match.captured(1).size() >= m_fenceLength
               && match.captured(2).trimmed().isEmpty()) {
        m_fence = {};
    }
    m_document.prose[index].clear();
    return true;
}

// Blanks comments, and in the prose code spans too.
void MarkdownReader::maskInline(int index)
{
    const QString &line = m_lines[index];
    QString &content = m_content[index];
    QString &prose = m_document.prose[index];
    const auto blankBoth = [&](qsizetype from, qsizetype to) {
        blank(content, from, to);
        blank(prose, from, to);
    };
    qsizetype at = 0;
    while (at < line.size()) {
        if (m_inComment) {
            const qsizetype end = line.indexOf(u"-->", at);
            m_inComment = end < 0;
            blankBoth(at, m_inComment ? line.size() : end + 3);
            at = m_inComment ? line.size() : end + 3;
        } else if (line.at(at) == u'`') {
            qsizetype run = at;
            while (run < line.size() && line.at(run) == u'`')
                ++run;
            const QString ticks(run - at, u'`');
            qsizetype close = line.indexOf(ticks, run);
            while (close >= 0 && close + ticks.size() < line.size()
                   && line.at(close + ticks.size()) == u'`') {
                while (close < line.size() && line.at(close) == u'`')
                    ++close;
                close = line.indexOf(ticks, close);
            }
            if (close >= 0)
                blank(prose, at, close + ticks.size());
            at = close >= 0 ? close + ticks.size() : run;
        } else if (QStringView(line).sliced(at).startsWith(u"<!--")) {
            m_inComment = true;
        } else {
            ++at;
        }
    }
}

bool MarkdownReader::indentedCode(int index) const
{
    const QString &line = m_lines[index];
    return !m_inList && m_paragraph < 0 && (line.startsWith(u"    ") || line.startsWith(u'\t'));
}

void MarkdownReader::add(int level, const QString &markup, const Span &span)
{
    Heading heading;
    heading.level = level;
    heading.text = plainInline(markup);
    heading.anchor = m_anchors(heading.text);
    heading.span = span;
    m_document.headings.push_back(heading);
    m_own.emplace_back();
    m_paragraph = -1;
    m_inList = false;
}

bool MarkdownReader::atxHeading(int index)
{
    static const QRegularExpression atx(QStringLiteral(R"(^ {0,3}(#{1,6})(?:[ \t]+(.*))?$)"));
    static const QRegularExpression closing(QStringLiteral(R"((?:^|[ \t]+)#+[ \t]*$)"));
    const auto match = atx.match(m_content[index]);
    if (!match.hasMatch())
        return false;
    QString text = match.captured(2);
    text.remove(closing);
    add(int(match.captured(1).size()), text,
        spanInLine(index + 1, m_lines[index], match.capturedStart(1), m_lines[index].size()));
    return true;
}

bool MarkdownReader::setextHeading(int index)
{
    static const QRegularExpression underline(QStringLiteral(R"(^ {0,3}(=+|-+)[ \t]*$)"));
    if (m_paragraph < 0)
        return false;
    const auto match = underline.match(m_content[index]);
    if (!match.hasMatch())
        return false;
    QStringList text;
    for (int i = m_paragraph; i < index; ++i)
        text << m_content[i].trimmed();
    Span span = spanInLine(m_paragraph + 1, m_lines[m_paragraph], 0, 0);
    const Span last = spanInLine(index + 1, m_lines[index], 0, m_lines[index].size());
    span.endLine = last.endLine;
    span.endColumn = last.endColumn;
    // These lines were taken for text below the heading before.
    if (!m_own.empty()) {
        for (int i = m_paragraph; i < index; ++i)
            m_own.back().chop(m_content[i].size() + 1);
    }
    add(match.captured(1).startsWith(u'=') ? 1 : 2, text.join(u' '), span);
    return true;
}

// Follows where a paragraph begins, for setext headings underline whole paragraphs.
void MarkdownReader::paragraph(int index)
{
    static const QRegularExpression list(QStringLiteral(R"(^\s*([-*+]|\d{1,9}[.)])([ \t]|$))"));
    static const QRegularExpression block(
        QStringLiteral(R"(^ {0,3}([>|]|((\*[ \t]*){3,}|(-[ \t]*){3,}|(_[ \t]*){3,})$))"));
    const QString &line = m_content[index];
    if (line.trimmed().isEmpty()) {
        m_paragraph = -1;
    } else if (list.match(line).hasMatch()) {
        m_inList = true;
        m_paragraph = -1;
    } else if (block.match(line).hasMatch()) {
        m_paragraph = -1;
    } else if (m_paragraph < 0 && !line.front().isSpace()
               && (index == 0 || m_content[index - 1].trimmed().isEmpty() || !m_inList)) {
        m_paragraph = index;
        m_inList = false;
    }
}

void MarkdownReader::keep(const QString &text)
{
    if (!m_own.empty())
        m_own.back() += text + u'\n';
}

Document MarkdownReader::read() &&
{
    skipFrontMatter();
    for (int i = m_first; i < m_lines.size(); ++i) {
        if (fenced(i)) {
            m_paragraph = -1;
            keep(m_lines[i]);
            continue;
        }
        if (!m_inComment && indentedCode(i)) {
            m_document.prose[i].clear();
            keep(m_lines[i]);
            continue;
        }
        maskInline(i);
        if (atxHeading(i) || setextHeading(i))
            continue;
        paragraph(i);
        keep(m_content[i]);
    }
    setBodies(m_document.headings, m_own);
    m_document.links = markdownLinks(m_document.prose);
    m_document.anchors = htmlAnchors(m_document.prose);
    return std::move(m_document);
}

} // namespace

Document readMarkdown(const QString &file, const QByteArray &bytes)
{
    return MarkdownReader(file, bytes).read();
}

} // namespace tenken
