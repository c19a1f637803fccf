// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/fluentbit/fragment.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const QRegularExpression &sectionHead()
{
    static const QRegularExpression head(u"^\\s*\\[\\s*([A-Za-z_]+)\\s*\\]\\s*$"_s);
    return head;
}

Span placeIn(const TextPlace &place, int line, qsizetype from, qsizetype to)
{
    const int at = place.firstLine + line, shift = place.indent + 1;
    return {at, int(from) + shift, at, int(to) + shift};
}

// "${NAME}" where the file itself says "@SET NAME=value"
QString substituted(QString value, const QMap<QString, QString> &variables)
{
    for (auto it = variables.begin(); it != variables.end(); ++it)
        value.replace(u"${"_s + it.key() + u'}', it.value());
    return value;
}

Span moved(const Span &s, const TextPlace &place)
{
    const int lines = place.firstLine - 1;
    return {s.line + lines, s.column + place.indent, s.endLine + lines, s.endColumn + place.indent};
}

void readSections(FluentBitFragment &fragment, Yaml list, const QString &kind, const TextPlace &place)
{
    for (const Yaml entry : list.items()) {
        FluentBitSection section{kind, {}, place.file, {}, true};
        for (const auto &[key, value] : entry.entries())
            section.settings.push_back(
                {key.string().toLower(), value.string(), moved(value.entrySpan(), place)});
        if (!section.settings.empty())
            section.span = section.settings.front().span;
        fragment.sections.push_back(std::move(section));
    }
}

} // namespace

bool looksClassic(const QString &text)
{
    static const QRegularExpression known(
        u"^\\s*(\\[\\s*(SERVICE|INPUT|FILTER|OUTPUT|PARSER|MULTILINE_PARSER)\\s*\\]\\s*$|@INCLUDE\\s+\\S)"_s,
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    return known.match(text).hasMatch();
}

FluentBitFragment readClassic(const QString &name, const QString &text, const TextPlace &place)
{
    static const QRegularExpression setting(u"^(\\s*)(\\S+)(?:\\s+(.*?))?\\s*$"_s);
    FluentBitFragment fragment{name, {}, {}};
    QMap<QString, QString> variables;
    const QStringList lines = text.split(u'\n');
    for (int i = 0; i < int(lines.size()); ++i) {
        const QString line = lines.at(i).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const auto match = setting.match(lines.at(i));
        const QString key = match.captured(2), value = match.captured(3);
        const Span span =
            placeIn(place, i, match.capturedStart(2), std::max(match.capturedEnd(2), match.capturedEnd(3)));
        if (const auto head = sectionHead().match(lines.at(i)); head.hasMatch())
            fragment.sections.push_back({head.captured(1).toLower(), {}, place.file, span, true});
        else if (key.compare(u"@INCLUDE", Qt::CaseInsensitive) == 0)
            fragment.includes << value;
        else if (key.compare(u"@SET", Qt::CaseInsensitive) == 0)
            variables.insert(value.section(u'=', 0, 0).trimmed(), value.section(u'=', 1).trimmed());
        else if (!fragment.sections.empty())
            fragment.sections.back().settings.push_back({key.toLower(), substituted(value, variables), span});
    }
    return fragment;
}

bool looksLikePipeline(Yaml document)
{
    const Yaml pipeline = document["pipeline"];
    return pipeline["outputs"].isSequence() || pipeline["inputs"].isSequence()
        || (document["includes"].isSequence() && (document["service"].isMap() || pipeline.isMap()));
}

FluentBitFragment readPipeline(const QString &name, Yaml document, const TextPlace &place)
{
    FluentBitFragment fragment{name, {}, document["includes"].strings()};
    const Yaml pipeline = document["pipeline"];
    if (document["service"].isMap())
        fragment.sections.push_back(
            {u"service"_s, {}, place.file, moved(document["service"].keySpan(), place), true});
    readSections(fragment, pipeline["inputs"], u"input"_s, place);
    readSections(fragment, pipeline["filters"], u"filter"_s, place);
    readSections(fragment, pipeline["outputs"], u"output"_s, place);
    return fragment;
}

} // namespace tenken
