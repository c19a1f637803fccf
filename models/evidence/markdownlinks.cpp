// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documenttext.h>
#include <evidence/markdownlinks.h>

#include <QHash>
#include <QRegularExpression>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

// A bracket that is never closed must not make every other bracket look to the end of a long line.
constexpr qsizetype bracketReach = 2'000;

using References = QHash<QString, QString>;

QString referenceKey(QStringView label)
{
    return label.toString().simplified().toCaseFolded();
}

const QRegularExpression &definition()
{
    static const QRegularExpression expression(
        QStringLiteral(R"(^ {0,3}\[([^\]]+)\]:[ \t]*<?([^\s>]+)>?[ \t]*(?:["'(].*)?$)"));
    return expression;
}

References references(const QStringList &prose)
{
    References found;
    for (const QString &line : prose) {
        if (!line.contains(u"]:"))
            continue;
        const auto match = definition().match(line);
        if (match.hasMatch() && !match.captured(1).startsWith(u'^')
            && !found.contains(referenceKey(match.captured(1))))
            found.insert(referenceKey(match.captured(1)), match.captured(2));
    }
    return found;
}

// The position of the bracket that closes the one at `open`, or −1.
qsizetype closing(QStringView line, qsizetype open)
{
    const QChar opener = line.at(open);
    const QChar closer = opener == u'[' ? u']' : u')';
    int depth = 0;
    for (qsizetype i = open; i < std::min(line.size(), open + bracketReach); ++i) {
        if (line.at(i) == u'\\')
            ++i;
        else if (line.at(i) == opener)
            ++depth;
        else if (line.at(i) == closer && --depth == 0)
            return i;
    }
    return -1;
}

QString destination(QStringView inside)
{
    inside = inside.trimmed();
    if (inside.startsWith(u'<')) {
        const qsizetype end = inside.indexOf(u'>');
        return end < 0 ? QString() : inside.sliced(1, end - 1).toString();
    }
    qsizetype end = 0;
    while (end < inside.size() && !inside.at(end).isSpace())
        ++end;
    return inside.first(end).toString();
}

// The end of a bare URL: trailing punctuation, brackets that were not opened and Japanese punctuation are not
// of it.
qsizetype bareEnd(QStringView line, qsizetype from)
{
    static const QString stops = QStringLiteral("<>\"`|、。，．「」『』（）【】［］　");
    qsizetype end = from;
    while (end < line.size() && !line.at(end).isSpace() && !stops.contains(line.at(end)))
        ++end;
    const auto url = [&] { return line.sliced(from, end - from); };
    for (;;) {
        const QChar last = line.at(end - 1);
        const bool unopened = (last == u')' && url().count(u')') > url().count(u'('))
            || (last == u']' && url().count(u']') > url().count(u'['));
        if (end - from < 9 || !(unopened || QStringView(u"?!.,:;*_~'").contains(last)))
            return end;
        --end;
    }
}

class LineLinks
{
public:
    LineLinks(const QString &line, int number, const References &references, std::vector<Link> &links)
        : m_line(line), m_number(number), m_references(references), m_links(links)
    {
    }

    void read()
    {
        for (qsizetype at = 0; at < m_line.size();)
            at = step(at);
    }

private:
    qsizetype step(qsizetype at)
    {
        switch (m_line.at(at).unicode()) {
        case u'\\':
            return at + 2;
        case u'[':
            return bracket(at);
        case u'<':
            return autolink(at);
        case u'h':
            return bare(at);
        default:
            return at + 1;
        }
    }

    void add(const QString &url, const QString &text, qsizetype from, qsizetype to)
    {
        if (!url.isEmpty())
            m_links.push_back({url, plainInline(text), spanInLine(m_number, m_line, from, to)});
    }

    qsizetype bracket(qsizetype at)
    {
        const bool image = at > 0 && m_line.at(at - 1) == u'!';
        const qsizetype close = closing(m_line, at);
        if (close < 0)
            return at + 1;
        const QString text = m_line.sliced(at + 1, close - at - 1);
        const QChar next = close + 1 < m_line.size() ? m_line.at(close + 1) : QChar();
        qsizetype end = close + 1;
        QString url;
        if (next == u'(') {
            const qsizetype paren = closing(m_line, close + 1);
            if (paren < 0)
                return at + 1;
            url = destination(QStringView(m_line).sliced(close + 2, paren - close - 2));
            end = paren + 1;
        } else if (next == u'[') {
            const qsizetype label = closing(m_line, close + 1);
            if (label < 0)
                return at + 1;
            const QString name = m_line.sliced(close + 2, label - close - 2);
            url = m_references.value(referenceKey(name.isEmpty() ? text : name));
            end = label + 1;
        } else {
            url = m_references.value(referenceKey(text));
        }
        if (url.isEmpty())
            return at + 1;
        if (!image)
            add(url, text, at, end);
        return end;
    }

    qsizetype autolink(qsizetype at)
    {
        static const QRegularExpression expression(QStringLiteral(R"(\G<((?:https?|mailto):[^\s<>]+)>)"));
        const auto match = expression.match(m_line, at);
        if (!match.hasMatch())
            return at + 1;
        add(match.captured(1), match.captured(1), at, match.capturedEnd());
        return match.capturedEnd();
    }

    qsizetype bare(qsizetype at)
    {
        const QStringView rest = QStringView(m_line).sliced(at);
        const bool inWord =
            at > 0 && m_line.at(at - 1).unicode() < 0x80 && m_line.at(at - 1).isLetterOrNumber();
        if (inWord || !(rest.startsWith(u"https://") || rest.startsWith(u"http://")))
            return at + 1;
        const qsizetype end = bareEnd(m_line, at);
        const QString url = m_line.sliced(at, end - at);
        if (url.size() > url.indexOf(u"//") + 2)
            add(url, url, at, end);
        return end;
    }

    const QString &m_line;
    int m_number;
    const References &m_references;
    std::vector<Link> &m_links;
};

} // namespace

std::vector<Link> markdownLinks(const QStringList &prose)
{
    std::vector<Link> links;
    const References known = references(prose);
    for (int i = 0; i < prose.size(); ++i) {
        if (!(prose[i].contains(u"]:") && definition().match(prose[i]).hasMatch()))
            LineLinks(prose[i], i + 1, known, links).read();
    }
    return links;
}

QString plainInline(const QString &markup)
{
    struct Step {
        QRegularExpression from;
        QString to;
    };
    static const std::vector<Step> steps = {
        {QRegularExpression(QStringLiteral(R"(!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\))")),
         QStringLiteral("\\1")},
        {QRegularExpression(QStringLiteral(R"(!?\[([^\[\]]+)\]\[[^\[\]]*\])")), QStringLiteral("\\1")},
        {QRegularExpression(QStringLiteral(R"(<(https?:[^\s<>]+)>)")), QStringLiteral("\\1")},
        {QRegularExpression(QStringLiteral(R"(</?[A-Za-z][^<>]*>)")), QString()},
        {QRegularExpression(QStringLiteral(R"((`+)\s?(.+?)\s?\1)")), QStringLiteral("\\2")},
        {QRegularExpression(QStringLiteral(R"((?<!\\)(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1)")),
         QStringLiteral("\\2")},
        {QRegularExpression(QStringLiteral(R"((?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w))"),
                            QRegularExpression::UseUnicodePropertiesOption),
         QStringLiteral("\\2")},
        {QRegularExpression(QStringLiteral(R"(\\([!-/:-@\[-`{-~]))")), QStringLiteral("\\1")},
    };
    QString text = markup.left(bracketReach);
    for (const Step &step : steps)
        text.replace(step.from, step.to);
    text.replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&nbsp;"_L1, " "_L1);
    return text.replace("&amp;"_L1, "&"_L1).simplified();
}

QStringList htmlAnchors(const QStringList &prose)
{
    static const QRegularExpression tag(
        QStringLiteral(R"(<[A-Za-z][^<>]*\s(?:id|name)\s*=\s*["']?([^"'\s<>]+))"));
    QStringList anchors;
    for (const QString &line : prose) {
        if (!line.contains(u'<'))
            continue;
        for (auto it = tag.globalMatch(line); it.hasNext();)
            anchors << it.next().captured(1);
    }
    return anchors;
}

} // namespace tenken
