// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/guide_entries.h>
#include <rules/servicemonitors.h>
#include <rules/templatetext.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text title{"ガイドの節", "Sections of the guide"};
const Text entryTitle{"監視ごとの項目", "An entry for each monitor"};

QStringList alternatives(const QString &wanted)
{
    QStringList list;
    for (const QString &word : wanted.split(u'|')) {
        if (!plainTitle(word).isEmpty())
            list << plainTitle(word);
    }
    return list;
}

std::vector<const Heading *> headingsFor(const Document &document, const QString &wanted)
{
    std::vector<const Heading *> found;
    const QStringList words = alternatives(wanted);
    for (const Heading &h : document.headings) {
        const QString text = plainTitle(h.text);
        if (std::ranges::any_of(words, [&](const QString &w) { return hasWord(text, w); }))
            found.push_back(&h);
    }
    return found;
}

Finding findingInGuide(const RuleContext &context, const Text &what, const Document &document,
                       const Heading *heading)
{
    Finding f = findingFor(context, what);
    f.object = u"Document/"_s + document.file;
    f.file = document.file;
    f.span = heading ? heading->span : Span{1, 1, 1, 2};
    setPicture(f, DocumentPicture{document, {}, heading ? heading->anchor : QString()});
    return f;
}

Text named(const QString &wanted)
{
    const QString first = wanted.section(u'|', 0, 0).trimmed();
    QString latin = first;
    for (const QString &word : wanted.split(u'|')) {
        if (isLatin(word)) {
            latin = word.trimmed();
            break;
        }
    }
    return {first, latin};
}

Finding judgeHeading(const RuleContext &context, const Document &document, const QString &wanted,
                     const std::vector<TemplateText> &templates)
{
    const Text name = named(wanted);
    const auto found = headingsFor(document, wanted);
    const auto filled = std::ranges::find_if(found, [](const Heading *h) { return h->bodyLength > 0; });
    const Heading *heading = filled != found.end() ? *filled : found.empty() ? nullptr : found.front();
    Finding f = findingInGuide(context, Text{"節「%1」", "Section \"%1\""}.arg(name), document, heading);
    f.wanted = {"あり、記入済み", "there and filled in"};
    if (!heading) {
        f.measured = {"見出し 0 件", "0 headings"};
        f.snippet = u"## %1\n\n"_s.arg(name.ja);
        setPicture(f, DocumentPicture{document, {name}, {}});
        return say(f, Verdict::Fail,
                   Text{"ガイドに「%1」の節がありません。", "The guide has no section \"%1\"."}.arg(name),
                   {"見出しを足し、中身を書いてください。", "Add the heading and write what belongs there."});
    }
    if (heading->bodyLength == 0) {
        f.measured = {"0 文字", "0 characters"};
        return say(f, Verdict::Fail,
                   Text{"節「%1」に中身がありません。", "Section \"%1\" is empty."}.arg(heading->text),
                   {"中身を書いてください。", "Write what belongs there."});
    }
    const int last = lastLine(document, *heading);
    std::vector<TemplateText> left;
    std::ranges::copy_if(templates, std::back_inserter(left), [&](const TemplateText &t) {
        return t.span.line >= heading->span.line && t.span.line <= last;
    });
    if (!left.empty()) {
        f.span = left.front().span;
        f.measured = Text{"雛形の文 %1 か所", left.size() == 1 ? "template text in %1 place" : "template text in %1 places"}.arg(left.size());
        for (const TemplateText &t : left)
            addMark(f, document.file, t.span, {"雛形の文", "template text"});
        return say(f, Verdict::Fail,
                   Text{"節「%1」に雛形の文「%2」が残っています。",
                        "Section \"%1\" still has text of the template: \"%2\"."}
                       .arg(heading->text, left.front().text),
                   {"実際の内容に書き換えてください。", "Replace it by what is the case."});
    }
    f.measured = Text{"%1 文字", "%1 characters"}.arg(heading->bodyLength);
    return say(f, Verdict::Pass,
               Text{"節「%1」があり、書かれています。", "Section \"%1\" is there and filled in."}.arg(
                   heading->text));
}

// Template text outside of the sections that were asked for.
void judgeRest(const RuleContext &context, const Document &document,
               const std::vector<TemplateText> &templates, std::vector<Finding> &findings)
{
    std::vector<TemplateText> rest;
    for (const TemplateText &t : templates) {
        const bool told = std::ranges::any_of(findings, [&](const Finding &f) {
            return f.file == document.file
                && std::ranges::any_of(f.marks, [&](const SourceMark &m) { return m.span == t.span; });
        });
        if (!told)
            rest.push_back(t);
    }
    if (rest.empty())
        return;
    const Heading *section = nullptr;
    for (const Heading &h : document.headings) {
        if (h.span.line <= rest.front().span.line)
            section = &h;
    }
    Finding f = findingInGuide(context, {"雛形の文", "Template text"}, document, section);
    f.span = rest.front().span;
    f.measured = Text{"%1 か所", rest.size() == 1 ? "%1 place" : "%1 places"}.arg(rest.size());
    f.wanted = {"0 か所", "0 places"};
    for (const TemplateText &t : rest)
        addMark(f, document.file, t.span, {"雛形の文", "template text"});
    findings.push_back(
        say(std::move(f), Verdict::Fail,
            Text{"雛形の文「%1」が残っています。", "Text of the template is left: \"%1\"."}.arg(
                rest.front().text),
            {"実際の内容に書き換えてください。", "Replace it by what is the case."}));
}

void judgeEntries(const RuleContext &context, const Guide &guide, std::vector<Finding> &findings)
{
    if (auto why = whyNoMonitors(context, entryTitle)) {
        findings.push_back(*std::move(why));
        return;
    }
    for (const Monitor *m : monitorsOf(context).own) {
        if (!m->draft)
            findings.push_back(judgeEntry(context, entryTitle, *m, guide));
    }
    if (!context.evidence.datadog.monitorsComplete)
        findings.push_back(
            listNotWhole(context, entryTitle,
                         {"ほかの監視の項目は確かめられません。", "Entries of others cannot be checked."}));
}

/// Sections that are not asked for by name may not be empty either, where the checklist says so.
void judgeEmpty(const RuleContext &context, const Document &document, std::vector<Finding> &findings)
{
    for (const Heading &h : document.headings) {
        const auto told = [&](const Finding &f) { return f.file == document.file && f.span == h.span; };
        if (h.bodyLength > 0 || std::ranges::any_of(findings, told))
            continue;
        Finding f = findingInGuide(context, Text{"節「%1」", "Section \"%1\""}.arg(h.text), document, &h);
        f.measured = {"0 文字", "0 characters"};
        f.wanted = {"記入済み", "filled in"};
        findings.push_back(say(std::move(f), Verdict::Fail,
                               Text{"節「%1」に中身がありません。", "Section \"%1\" is empty."}.arg(h.text),
                               {"中身を書くか、要らなければ見出しを消してください。",
                                "Write what belongs there, or remove the heading."}));
    }
}

std::vector<Finding> judge(const RuleContext &context)
{
    const QString role = context.use.lists.value(u"role"_s).value(0);
    const std::vector<Guide> guides = guidesOf(context, role);
    if (guides.empty()) {
        return {undeclared(context, title, Text{"文書（役割 %1）", "The document of role %1"}.arg(role),
                           u"evidence.documents"_s,
                           u"evidence:\n  documents:\n    - role: %1\n      file: docs/%1.md"_s.arg(role))};
    }
    std::vector<Finding> findings;
    const auto readable = std::ranges::find_if(guides, [](const Guide &g) { return g.document; });
    if (readable == guides.end())
        return {guideNotReadable(context, title, guides.front())};
    const Document &document = *readable->document;
    const std::vector<TemplateText> templates = templateTexts(document);
    for (const QString &wanted : context.use.lists.value(u"headings"_s)) {
        if (!alternatives(wanted).isEmpty())
            findings.push_back(judgeHeading(context, document, wanted, templates));
    }
    judgeRest(context, document, templates, findings);
    if (context.parameter(u"all-sections"_s) > 0)
        judgeEmpty(context, document, findings);
    if (role == u"oncall")
        judgeEntries(context, *readable, findings);
    if (findings.empty()) {
        return {say(
            findingInGuide(context, title, document, nullptr), Verdict::Unknown,
            {"求める見出しが決まっていません。", "No headings are asked for."},
            {"チェックリストの headings に書いてください。", "Write them in headings of the checklist."})};
    }
    return findings;
}

} // namespace

Rule guideHeadingsRule()
{
    return {
        "guide-headings",
        {"ガイドに求める見出しがあり、書かれているか", "Whether a guide has the wanted headings, filled in"},
        {"役割 role の文書を読み、headings "
         "の各語（「|」は言い換え）を含む見出しを探します。中身が空の節と、雛形の文（TODO、〇〇、"
         "「ここに記入」、<…> など。コードと注釈の中は除く）が残る節は不合格です。役割 oncall "
         "では、サービスの監視ごとの項目も見ます: 監視の名前の見出し、"
         "表の行、または監視の本文が指す節です。",
         "Reads the document of the role and looks for headings with each of the words in headings (\"|\" "
         "parts synonyms). Empty sections fail, and so "
         "does text of a template left in place (TODO, 〇〇, \"ここに記入\", <…>; not within code and "
         "comments). For the role oncall every monitor of the "
         "service needs its entry: a heading or table row with its name, or the section its message links "
         "to."},
        {{"all-sections", 0, "", RuleParameter::Stricter::Higher,
          {"1 なら、ほかの節にも中身を求めます", "1: sections that are not asked for may not be empty either"}}},
        judge,
        Rule::Source::Documents,
        {"role", "headings"}};
}

} // namespace tenken
