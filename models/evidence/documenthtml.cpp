// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documents.h>
#include <evidence/documenttext.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString decodeEntities(QString text)
{
    if (!text.contains(u'&'))
        return text;
    static const QRegularExpression numeric(QStringLiteral(R"(&#(?:[xX]([0-9A-Fa-f]{1,6})|(\d{1,7}));)"));
    QString decoded;
    qsizetype done = 0;
    for (auto it = numeric.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const char32_t c =
            match.captured(1).isEmpty() ? match.captured(2).toUInt() : match.captured(1).toUInt(nullptr, 16);
        decoded += QStringView(text).sliced(done, match.capturedStart() - done);
        decoded += c > 0 && c <= QChar::LastValidCodePoint ? QString::fromUcs4(&c, 1) : QString();
        done = match.capturedEnd();
    }
    decoded += QStringView(text).sliced(done);
    decoded.replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&nbsp;"_L1, " "_L1);
    return decoded.replace("&apos;"_L1, "'"_L1).replace("&amp;"_L1, "&"_L1);
}

struct Tag {
    QString name; ///< lower case
    bool closing = false;
    QStringView inside;
};

QRegularExpression attributePattern(const QString &name)
{
    return QRegularExpression(
        QStringLiteral(R"re(\s%1\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))re").arg(name),
        QRegularExpression::CaseInsensitiveOption);
}

QString attribute(const Tag &tag, const QRegularExpression &pattern)
{
    if (!tag.inside.contains(u'='))
        return {};
    const auto match = pattern.matchView(tag.inside);
    return decodeEntities(match.captured(1) + match.captured(2) + match.captured(3));
}

const QRegularExpression idPattern = attributePattern(QStringLiteral("id"));
const QRegularExpression namePattern = attributePattern(QStringLiteral("name"));
const QRegularExpression hrefPattern = attributePattern(QStringLiteral("href"));

bool separates(const QString &tag)
{
    static const QStringList blocks = {"p",   "div",        "br", "li", "tr",      "td",
                                       "th",  "table",      "ul", "ol", "section", "article",
                                       "pre", "blockquote", "dt", "dd", "hr"};
    return blocks.contains(tag);
}

// One pass over the tags of an exported page. It need not be well formed.
class HtmlReader
{
public:
    HtmlReader(const QString &file, const QByteArray &bytes);
    Document read() &&;

private:
    void text(qsizetype from, qsizetype to);
    void tag(const Tag &tag, qsizetype from, qsizetype to);
    void openHeading(const Tag &tag, qsizetype from);
    void closeHeading(qsizetype to);
    void link(const Tag &tag, qsizetype from, qsizetype to);
    qsizetype endOfTag(qsizetype from) const;
    qsizetype endOfRaw(const QString &name, qsizetype from) const;
    void blankInProse(qsizetype from, qsizetype to);
    Span span(qsizetype from, qsizetype to);

    Document m_document;
    QString m_prose;
    QStringList m_lines;
    std::vector<qsizetype> m_starts;
    std::vector<QString> m_own;
    AnchorMaker m_anchors;
    bool m_inHeading = false;
    qsizetype m_headingStart = 0;
    QString m_headingId;
    int m_inCode = 0;
    qsizetype m_linkStart = -1;
};

HtmlReader::HtmlReader(const QString &file, const QByteArray &bytes)
{
    m_document.file = file;
    m_document.text = QString::fromUtf8(bytes);
    if (m_document.text.startsWith(QChar::ByteOrderMark))
        m_document.text.remove(0, 1);
    m_prose = m_document.text;
    m_lines = m_document.text.split(u'\n');
    qsizetype at = 0;
    for (const QString &line : std::as_const(m_lines)) {
        m_starts.push_back(at);
        at += line.size() + 1;
    }
}

Span HtmlReader::span(qsizetype from, qsizetype to)
{
    const auto lineOf = [&](qsizetype at) {
        return int(std::ranges::upper_bound(m_starts, at) - m_starts.begin()) - 1;
    };
    const int first = lineOf(from), last = lineOf(to);
    const Span begin = spanInLine(first + 1, m_lines[first], from - m_starts[first], from - m_starts[first]);
    const Span end = spanInLine(last + 1, m_lines[last], to - m_starts[last], to - m_starts[last]);
    return {begin.line, begin.column, end.line, end.column};
}

void HtmlReader::blankInProse(qsizetype from, qsizetype to)
{
    for (qsizetype i = from; i < to; ++i) {
        if (m_prose.at(i) != u'\n')
            m_prose[i] = u' ';
    }
}

void HtmlReader::text(qsizetype from, qsizetype to)
{
    if (m_inCode > 0)
        blankInProse(from, to);
    const QString decoded = decodeEntities(m_document.text.sliced(from, to - from));
    if (m_linkStart >= 0 && !m_document.links.empty())
        m_document.links.back().text += decoded;
    if (m_inHeading)
        m_document.headings.back().text += decoded;
    else if (!m_own.empty())
        m_own.back() += decoded;
}

void HtmlReader::openHeading(const Tag &tag, qsizetype from)
{
    Heading heading;
    heading.level = tag.name.at(1).digitValue();
    m_document.headings.push_back(heading);
    m_own.emplace_back();
    m_inHeading = true;
    m_headingStart = from;
    m_headingId = attribute(tag, idPattern);
}

void HtmlReader::closeHeading(qsizetype to)
{
    Heading &heading = m_document.headings.back();
    heading.text = heading.text.simplified();
    const QString made = m_anchors(heading.text);
    heading.anchor = m_headingId.isEmpty() ? made : m_headingId;
    heading.span = span(m_headingStart, to);
    m_inHeading = false;
}

void HtmlReader::link(const Tag &tag, qsizetype from, qsizetype to)
{
    const QString href = tag.closing ? QString() : attribute(tag, hrefPattern);
    m_linkStart = href.isEmpty() ? -1 : from;
    if (!href.isEmpty())
        m_document.links.push_back({href, {}, span(from, to)});
}

void HtmlReader::tag(const Tag &tag, qsizetype from, qsizetype to)
{
    blankInProse(from, to);
    const bool heading =
        tag.name.size() == 2 && tag.name.startsWith(u'h') && tag.name.at(1) >= u'1' && tag.name.at(1) <= u'6';
    if (!tag.closing) {
        for (const QRegularExpression *pattern : {&idPattern, &namePattern}) {
            const QString anchor = attribute(tag, *pattern);
            if (anchor.isEmpty())
                continue;
            m_document.anchors << anchor;
            // Older wikis put the anchor inside of the heading.
            if (m_inHeading && m_headingId.isEmpty())
                m_headingId = anchor;
        }
    }
    if (m_inHeading && heading)
        closeHeading(to);
    if (heading && !tag.closing)
        openHeading(tag, from);
    if (tag.name == u"a")
        link(tag, from, to);
    if (tag.name == u"code" || tag.name == u"pre")
        m_inCode = std::max(0, m_inCode + (tag.closing ? -1 : 1));
    if (separates(tag.name) && !m_inHeading && !m_own.empty() && !m_own.back().endsWith(u'\n'))
        m_own.back() += u'\n';
}

qsizetype HtmlReader::endOfTag(qsizetype from) const
{
    QChar quote;
    for (qsizetype i = from; i < m_document.text.size(); ++i) {
        const QChar c = m_document.text.at(i);
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if ((c == u'"' || c == u'\'') && m_document.text.at(i - 1) == u'=')
            quote = c;
        else if (c == u'>')
            return i + 1;
    }
    return m_document.text.size();
}

// The end of an element whose content is not text.
qsizetype HtmlReader::endOfRaw(const QString &name, qsizetype from) const
{
    const qsizetype end = m_document.text.indexOf(QStringLiteral("</") + name, from, Qt::CaseInsensitive);
    return end < 0 ? m_document.text.size() : endOfTag(end);
}

Document HtmlReader::read() &&
{
    static const QStringList raw = {"script", "style", "template", "noscript", "title"};
    const QString &text = m_document.text;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf(u'<', at);
        const qsizetype stop = open < 0 ? text.size() : open;
        this->text(at, stop);
        if (open < 0)
            break;
        if (QStringView(text).sliced(open).startsWith(u"<!--")) {
            const qsizetype end = text.indexOf(u"-->", open + 4);
            at = end < 0 ? text.size() : end + 3;
            blankInProse(open, at);
            continue;
        }
        Tag tag;
        tag.closing = open + 1 < text.size() && text.at(open + 1) == u'/';
        qsizetype nameEnd = open + 1 + (tag.closing ? 1 : 0);
        const qsizetype nameStart = nameEnd;
        while (nameEnd < text.size() && text.at(nameEnd).isLetterOrNumber())
            ++nameEnd;
        tag.name = text.sliced(nameStart, nameEnd - nameStart).toLower();
        if (tag.name.isEmpty()
            && !(nameEnd < text.size() && (text.at(nameEnd) == u'!' || text.at(nameEnd) == u'?'))) {
            this->text(open, open + 1); // a lone "<"
            at = open + 1;
            continue;
        }
        at = endOfTag(open + 1);
        tag.inside = QStringView(text).sliced(nameEnd, at - nameEnd);
        if (!tag.closing && raw.contains(tag.name))
            at = endOfRaw(tag.name, at);
        this->tag(tag, open, at);
    }
    if (m_inHeading)
        closeHeading(text.size());
    setBodies(m_document.headings, m_own);
    for (Link &link : m_document.links)
        link.text = link.text.simplified();
    // Columns stay: "&lt;チーム名&gt;" reads "<   チーム名>   ".
    m_prose.replace("&lt;"_L1, "<   "_L1).replace("&gt;"_L1, ">   "_L1).replace("&nbsp;"_L1, "      "_L1);
    m_document.prose = m_prose.split(u'\n');
    return std::move(m_document);
}

} // namespace

Document readHtml(const QString &file, const QByteArray &bytes)
{
    return HtmlReader(file, bytes).read();
}

} // namespace tenken
