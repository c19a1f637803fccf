// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/guide_entries.h>
#include <rules/servicemonitors.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

bool isLatin(const QString &word)
{
    return std::ranges::all_of(word, [](QChar c) { return c.unicode() < 0x80; });
}

bool hasWord(const QString &heading, const QString &word)
{
    return isLatin(word) ? (u' ' + heading + u' ').contains(u' ' + word + u' ') : heading.contains(word);
}

int lastLine(const Document &document, const Heading &heading)
{
    for (const Heading &h : document.headings) {
        if (h.span.line > heading.span.line && h.level <= heading.level)
            return h.span.line - 1;
    }
    return int(document.prose.size());
}

namespace
{

// The monitor's name without "[id-auth]", "{{host.name}}" and the like.
QString nameOf(const Monitor &m)
{
    static const QRegularExpression variable(u"\\{\\{[^{}]*\\}\\}"_s);
    static const QRegularExpression prefix(u"^(\\s*(\\[[^\\]]*\\]|【[^】]*】))+"_s);
    const QString bare = QString(m.name).remove(variable);
    const QString plain = plainTitle(QString(bare).remove(prefix));
    return plain.isEmpty() ? plainTitle(bare) : plain;
}

const Heading *entryByLink(const Monitor &m, const Guide &guide, const QString &serviceId)
{
    for (const QString &link : linksOf(m)) {
        if (leadsTo(link, guide, serviceId) != Leads::Yes)
            continue;
        const Heading *h = headingAt(*guide.document, anchorOf(link));
        if (h && !anchorOf(link).isEmpty() && h->level > 1)
            return h;
    }
    return nullptr;
}

// A row of a table that names the monitor and says something beside it.
int rowFor(const Document &document, const QString &name)
{
    for (qsizetype i = 0; i < document.prose.size(); ++i) {
        const QStringList cells = document.prose.at(i).split(u'|', Qt::SkipEmptyParts);
        const auto cell =
            std::ranges::find_if(cells, [&](const QString &c) { return plainTitle(c).contains(name); });
        const auto said =
            std::ranges::count_if(cells, [](const QString &c) { return !plainTitle(c).isEmpty(); });
        if (cell != cells.end() && document.prose.at(i).trimmed().startsWith(u'|') && said >= 2)
            return int(i) + 1;
    }
    return 0;
}

} // namespace

GuideEntry entryFor(const Monitor &m, const Guide &guide, const QString &serviceId)
{
    const Document &document = *guide.document;
    const QString name = nameOf(m);
    GuideEntry entry{entryByLink(m, guide, serviceId), 0};
    for (const Heading &h : document.headings) {
        if (!entry.heading && !name.isEmpty() && hasWord(plainTitle(h.text), name))
            entry.heading = &h;
    }
    if (!entry.heading && !name.isEmpty())
        entry.row = rowFor(document, name);
    return entry;
}

Finding judgeEntry(const RuleContext &context, const Text &title, const Monitor &m, const Guide &guide)
{
    const Document &document = *guide.document;
    const auto [heading, row] = entryFor(m, guide, context.service().id);
    Finding f = findingForMonitor(context, title, m);
    f.wanted = {"ガイドに項目 1 件", "1 entry in the guide"};
    if (heading && heading->bodyLength > 0) {
        f.measured = sameText(heading->text);
        setPicture(f, DocumentPicture{document, {}, heading->anchor});
        addMark(f, document.file, heading->span, {"この監視の項目", "its entry"});
        return say(f, Verdict::Pass,
                   Text{"項目「%1」があります。", "It has the entry \"%1\"."}.arg(heading->text));
    }
    if (row > 0) {
        f.measured = Text{"表の %1 行目", "table, line %1"}.arg(row);
        addMark(f, document.file, Span{row, 1, row, 2}, {"この監視の項目", "its entry"});
        return say(f, Verdict::Pass,
                   {"ガイドの表に項目があります。", "It has an entry in a table of the guide."});
    }
    f.measured = heading ? Text{"空の項目", "an empty entry"} : Text{"項目 0 件", "0 entries"};
    f.snippet = u"### %1\n\n- 意味:\n- 最初にすること:\n- 直らないとき:\n"_s.arg(m.name);
    setPicture(f, DocumentPicture{document, {sameText(m.name)}, heading ? heading->anchor : QString()});
    return say(
        f, Verdict::Fail,
        heading
            ? Text{"この監視の項目「%1」に中身がありません。", "This monitor's entry \"%1\" is empty."}.arg(
                heading->text)
            : Text{"オンコールガイド %1 に、この監視の項目がありません。",
                   "The on-call guide %1 has no entry for this monitor."}
                  .arg(document.file),
        {"監視の名前を見出しにして、意味と対応を書いてください。",
         "Write what it means and what to do, under the monitor's name."});
}

Finding guideNotReadable(const RuleContext &context, const Text &title, const Guide &guide)
{
    Finding f = findingInService(context, title, guide.source.span);
    if (guide.source.file.isEmpty()) {
        return say(f, Verdict::Unknown,
                   Text{"ガイドは %1 にあり、中身を見られません。",
                        "The guide is at %1, and what is in it cannot be seen."}
                       .arg(guide.source.url),
                   {"Markdown か HTML で書き出し、文書に file を書いてください。",
                    "Export it as Markdown or HTML and write its file beside the url."});
    }
    return say(f, Verdict::Unknown,
               Text{"ガイド %1 を読めません。", "The guide %1 cannot be read."}.arg(guide.source.file),
               {"ファイルの場所を確かめてください。", "Check where the file is."});
}

} // namespace tenken
