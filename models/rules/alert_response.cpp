// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/alerts.h>
#include <rules/all.h>
#include <rules/guide_entries.h>
#include <rules/templatetext.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"高負荷の警報の手順", "Response to a high-load alert"};
    return text;
}

Finding judgeMonitor(const RuleContext &context, const Monitor &m, const Guide &guide,
                     const std::vector<TemplateText> &templates)
{
    Finding f = judgeEntry(context, title(), m, guide);
    f.wanted = {"ガイドの節 1 件", "1 section of the guide"};
    if (f.verdict != Verdict::Pass)
        return f;
    const GuideEntry entry = entryFor(m, guide, context.service().id);
    if (!entry.heading)
        return say(f, Verdict::Warn,
                   {"表の 1 行だけで、手順の節がありません。",
                    "It has a row of a table only, no section with the steps."},
                   {"監視の名前の節を作り、最初の一手（増やす、絞る、切り離す）を書いてください。",
                    "Give it a section with the first move: add, shed or cut off."});
    const int last = lastLine(*guide.document, *entry.heading);
    const auto left = std::ranges::find_if(templates, [&](const TemplateText &t) {
        return t.span.line >= entry.heading->span.line && t.span.line <= last;
    });
    if (left == templates.end())
        return f;
    addMark(f, guide.document->file, left->span, {"雛形の文", "template text"});
    return say(f, Verdict::Fail,
               Text{"節「%1」に雛形の文「%2」が残っています。",
                    "Section \"%1\" still has text of the template: \"%2\"."}
                   .arg(entry.heading->text, left->text),
               {"実際の手順に書き換えてください。", "Replace it by the steps to take."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoMonitors(context, title()))
        return {*std::move(why)};
    const std::vector<Guide> guides = guidesOf(context, u"oncall"_s);
    if (guides.empty())
        return {undeclared(context, title(), {"オンコールガイド", "The on-call guide"},
                           u"evidence.documents"_s,
                           u"evidence:\n  documents:\n    - role: oncall\n      file: docs/oncall.md"_s)};
    const auto readable = std::ranges::find_if(guides, [](const Guide &g) { return g.document; });
    if (readable == guides.end())
        return {guideNotReadable(context, title(), guides.front())};
    const std::vector<TemplateText> templates = templateTexts(*readable->document);
    const auto coverage = coverageFor(context);
    std::vector<Finding> findings;
    for (const MonitorReading *r : coverage->need(u"high-load"_s)->evidence) {
        if (!r->monitor->draft)
            findings.push_back(judgeMonitor(context, *r->monitor, *readable, templates));
    }
    if (!context.evidence.datadog.monitorsComplete)
        findings.push_back(listNotWhole(
            context, title(),
            {"ほかの高負荷の警報は確かめられません。", "Other high-load alerts cannot be checked."}));
    if (!findings.empty())
        return findings;
    Finding f = findingInService(context, title());
    f.measured = {"高負荷の監視 0 件", "0 high-load monitors"};
    f.wanted = {"≥ 1 件", "≥ 1"};
    return {say(
        f, Verdict::Unknown,
        {"CPU、メモリ、遅延、要求数などの高負荷を知らせる監視がなく、手順と照らせません。",
         "No monitor tells of high load (CPU, memory, latency, requests …), so there is nothing to hold the "
         "guide against."},
        {"高負荷の監視を作り、その節をオンコールガイドに書いてください。",
         "Make a monitor of high load and write its section in the on-call guide."})};
}

} // namespace

Rule alertResponseRule()
{
    return {
        "alert-response",
        {"高負荷の警報ごとに、オンコールガイドに手順の節があるか",
         "Whether each high-load alert has its section in the on-call guide"},
        {"サービスの監視のうち、要求数、遅延、CPU、メモリ、接続数、キュー、依存先の飽和などが上がると（残りな"
         "ら"
         "下がると）鳴るものを高負荷の監視とします。本文のリンクが指す節、または監視の名前の節があり、中身が"
         "書かれていれば合格です。表の 1 "
         "行だけなら注意、節がない、空、雛形の文が残るなら不合格です。監視の一覧が"
         "全部と分からなければ、その分は不明です。\n出典: docs.datadoghq.com/monitors",
         "High-load monitors are those of the service that fire as requests, latency, CPU, memory, "
         "connections, "
         "queues or the saturation of a dependency rise (or what is left of it falls). Pass: the section "
         "that the "
         "message links to, or one with the monitor's name, says something. A row of a table only: warn. No "
         "section, an empty one or template text left in it: fail. Unless the list of monitors is known to "
         "be "
         "whole, the rest is unknown.\nSource: docs.datadoghq.com/monitors"},
        {},
        judge,
        Rule::Source::Datadog};
}

} // namespace tenken
