// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/guides.h>
#include <rules/servicemonitors.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text title{"オンコールガイドへのリンク", "Link to the on-call guide"};

struct LinkToGuide {
    QString url;
    const Guide *guide = nullptr;
    Leads leads = Leads::No;
};

Text whereGuidesAre(const std::vector<Guide> &guides)
{
    const DocumentSource &source = guides.front().source;
    return sameText(source.url.isEmpty() ? source.file : source.url);
}

// Something to write: the section that the monitor's name suggests, else any.
QString suggestion(const Monitor &m, const std::vector<Guide> &guides)
{
    const Guide &guide = guides.front();
    const QString base = guide.source.url.isEmpty() ? guide.source.file : guide.source.url;
    if (!guide.document)
        return base;
    const QString name = plainTitle(m.name);
    for (const Heading &h : guide.document->headings) {
        const QString heading = plainTitle(h.text);
        if (heading.size() >= 4 && h.level > 1 && (name.contains(heading) || heading.contains(name)))
            return base + u'#' + h.anchor;
    }
    return base
        + u"#<%1>"_s.arg(guide.document->headings.empty() ? u"…"_s : guide.document->headings.back().anchor);
}

/// What there is in place of a link in the message; empty: nothing.
Text besideALink(const RunbookReading &r)
{
    switch (r.grade) {
    case RunbookGrade::Catalogue:
        return Text{"手順書へのリンクはカタログ（%1）にだけあり、警報の文にはありません。",
                    "The runbook is linked from the catalogue (%1), not from the alert."}
            .arg(r.url);
    case RunbookGrade::Inline:
        return {"手順は警報の文の中にあり、オンコールガイドへのリンクがありません。",
                "The steps stand in the message itself, with no link to the on-call guide."};
    case RunbookGrade::WordOnly:
        return {"警報の文は手順書に触れますが、リンクがありません。", "The message speaks of a runbook, and links to none."};
    default:
        return {};
    }
}

void judgeWithoutLink(Finding &f, const MonitorReading &r, const std::vector<Guide> &guides)
{
    const Monitor &m = *r.monitor;
    const auto &links = r.runbook.links;
    f.measured = links.empty()
        ? Text{"リンク 0 件", "0 links"}
        : Text{"ガイドへ 0 件（ほか %1 件）", "0 to the guide (%1 others)"}.arg(links.size());
    const bool unseen = m.type == u"synthetics alert" && m.message.trimmed().isEmpty() && r.mayGoElsewhere;
    if (unseen && links.empty()) {
        say(f, Verdict::Unknown,
            {"本文は Synthetics の試験の側にあり、ここにはありません。",
             "Its message is that of the Synthetics test, which is not here."},
            {"監視の本文にもリンクを書いてください。", "Write the link in the monitor's message too."});
        return;
    }
    f.snippet = u"[手順 / Runbook](%1)"_s.arg(suggestion(m, guides));
    if (const Text beside = besideALink(r.runbook); !beside.isEmpty()) {
        say(f, r.runbook.grade == RunbookGrade::Catalogue ? Verdict::Warn : Verdict::Fail, beside,
            {"本文に、その警報の節へのリンクを書いてください。",
             "Write a link to the section for this alert in the message."});
        return;
    }
    say(f, Verdict::Fail,
        links.empty() ? Text{"警報の文にオンコールガイドへのリンクがありません。",
                             "The alert's message has no link to the on-call guide."}
                      : Text{"警報の文のリンクは、どれもオンコールガイド（%1）へ通じません。",
                             "None of the message's links leads to the on-call guide (%1)."}
                            .arg(whereGuidesAre(guides)),
        {"本文に、その警報の節へのリンクを書いてください。",
         "Write a link to the section for this alert in the message."});
}

void judgeAnchor(Finding &f, const Monitor &m, const LinkToGuide &link, const std::vector<Guide> &guides)
{
    const QString anchor = anchorOf(link.url);
    const Document *document = link.guide->document;
    f.measured = sameText(anchor.isEmpty() ? link.url : u'#' + anchor);
    if (anchor.isEmpty()) {
        say(f, Verdict::Warn, {"リンクはガイドの先頭を開きます。", "The link opens the guide at its top."},
            {"その警報の節（#…）を指してください。", "Point it at the section for this alert (#…)."});
        f.snippet = u"[手順 / Runbook](%1)"_s.arg(suggestion(m, guides));
    } else if (!document) {
        say(f, Verdict::Unknown,
            {"リンクはガイドを指しますが、その節があるか確かめられません。",
             "It links to the guide, yet whether that section exists cannot be seen."},
            {"ガイドを Markdown か HTML で書き出し、service.yaml の evidence.documents に file "
             "を書いてください。",
             "Export the guide as Markdown or HTML and write its file in evidence.documents of "
             "service.yaml."});
    } else if (!hasAnchor(*document, anchor)) {
        QStringList known;
        for (const Heading &h : document->headings)
            known << h.anchor;
        const auto near = didYouMean(anchor, known);
        f.snippet = u"[手順 / Runbook](%1)"_s.arg(near ? link.url.section(u'#', 0, 0) + u'#' + *near
                                                       : suggestion(m, guides));
        say(f, Verdict::Fail,
            Text{"ガイドに `#%1` の節がありません。", "The guide has no section `#%1`."}.arg(anchor),
            near ? Text{"`#%1` のことですか。", "Did you mean `#%1`?"}.arg(*near)
                 : Text{"節を書くか、リンクを直してください。", "Write the section, or mend the link."});
    } else if (link.leads == Leads::Unsure) {
        say(f, Verdict::Warn,
            Text{"リンク先のリポジトリがこのサービスのものか分かりません（%1）。",
                 "Whether the repository is this service's cannot be told (%1)."}
                .arg(link.url),
            {"service.yaml の文書に url を書いてください。", "Write the document's url in service.yaml."});
    } else {
        say(f, Verdict::Pass,
            Text{"ガイドの `#%1` の節を指します。", "It points at the guide's section `#%1`."}.arg(anchor));
    }
    if (document && f.verdict != Verdict::Pass)
        addMark(f, document->file, Span{1, 1, 1, 2}, {"ガイド", "the guide"});
}

Finding judgeMonitor(const RuleContext &context, const MonitorReading &r, const std::vector<Guide> &guides)
{
    const Monitor &m = *r.monitor;
    Finding f = findingForMonitor(context, title, m, u"message"_s);
    f.wanted = {"ガイドの節へ 1 件", "1 to a section of the guide"};
    const LinkToGuide link{r.runbook.url, r.runbook.guide < 0 ? nullptr : &guides[size_t(r.runbook.guide)], r.runbook.leads};
    if (link.leads == Leads::No)
        judgeWithoutLink(f, r, guides);
    else
        judgeAnchor(f, m, link, guides);
    return f;
}

// A part of a composite that tells nobody sends no message of its own; a draft none at all.
bool isSilentPart(const Monitor &m, const std::vector<Monitor> &all)
{
    const bool part =
        std::ranges::any_of(all, [&](const Monitor &c) { return c.constituents.contains(m.id); });
    return m.draft || (part && handlesAnywhere(m.message).empty());
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoMonitors(context, title))
        return {*std::move(why)};
    const std::vector<Guide> guides = guidesOf(context, u"oncall"_s);
    if (guides.empty()) {
        return {undeclared(
            context, title, {"オンコールガイド", "The on-call guide"}, u"evidence.documents"_s,
            u"evidence:\n  documents:\n    - role: oncall\n      file: docs/oncall.md\n      url: https://wiki.example.com/oncall"_s)};
    }
    const DatadogSnapshot &snapshot = context.evidence.datadog;
    const auto coverage = coverageFor(context);
    std::vector<Finding> findings;
    for (const MonitorReading *r : coverage->own()) {
        if (!isSilentPart(*r->monitor, snapshot.monitors))
            findings.push_back(judgeMonitor(context, *r, guides));
    }
    if (!snapshot.monitorsComplete)
        findings.push_back(listNotWhole(
            context, title, {"すべての警報とは言えません。", "So these need not be all alerts."}));
    if (!findings.empty())
        return findings;
    Finding f = findingInService(context, title);
    f.measured = {"監視 0 件", "0 monitors"};
    if (!coverage->candidates().empty()) {
        return {say(f, Verdict::Unknown,
                    Text{"%1 は名前が似ているだけで、このサービスの監視か分かりません。",
                         "%1 only look like this service's by name."}
                        .arg(namesOf(coverage->candidates())),
                    Text{"監視にタグ `service:%1` を付けてください。", "Tag the monitors `service:%1`."}.arg(
                        context.service().id))};
    }
    return {say(f, Verdict::Fail,
                {"このサービスの監視が 1 件もありません。", "This service has no monitor at all."},
                {"監視を作り、本文にガイドへのリンクを書いてください。",
                 "Make monitors, with a link to the guide in their messages."})};
}

} // namespace

Rule runbookLinksRule()
{
    return {"runbook-links",
            {"警報の文が、オンコールガイドのその警報の節を指すか",
             "Whether every alert's message points at its section of the on-call guide"},
            {"サービスの監視（下書き、通知しない部品を除く）ごとに、手順書の欄と、警報のときに読める本文のリ"
             "ンクを見ます。"
             "宣言したガイド（役割 oncall の url か file）へ通じ、# "
             "の先がガイドの見出しなら合格です。先頭を開くだけなら注意、節がなければ不合格、"
             "ガイドの中身がなければ不明です。見出しのアンカーは GitHub の決まりで作ります。\n"
             "出典: docs.datadoghq.com/monitors/configuration、docs.github.com（節へのリンク）、RFC 3986",
             "For each monitor of the service (no drafts, no silent parts of composites) the runbook assets "
             "and the links of the message as "
             "told on alert are followed. Pass: one leads to the declared guide (role oncall, its url or "
             "file), and what stands behind # is a heading "
             "there. To its top only: warn. No such section: fail. Guide not readable: unknown. Anchors of "
             "headings are made as GitHub does.\n"
             "Sources: docs.datadoghq.com/monitors/configuration, docs.github.com (section links), RFC 3986"},
            {},
            judge,
            Rule::Source::Datadog};
}

} // namespace tenken
