// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <items/coveragewords.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString dayOf(const QDateTime &until)
{
    return until.toString(u"yyyy-MM-dd HH:mm"_s);
}

Text joined(const std::vector<Text> &parts)
{
    Text all;
    for (const Text &part : parts)
        all = all.isEmpty() ? part : Text{"%1、%2", "%1, %2"}.arg(all, part);
    return all;
}

Text wordsOf(const Route &route)
{
    Text words = sameText(route.handle.text);
    switch (route.from) {
    case Route::From::Message:
        break;
    case Route::From::Rule:
        words = Text{"%1（通知ルール %2）", "%1 (notification rule %2)"}.arg(words, route.by);
        break;
    case Route::From::Team:
        words = Text{"%1（チーム %2）", "%1 (team %2)"}.arg(words, route.by);
        break;
    case Route::From::Test:
        words = Text{"%1（Synthetics の試験）", "%1 (of its Synthetics test)"}.arg(words);
        break;
    case Route::From::Routing:
        words = Text{"%1（Alertmanager）", "%1 (Alertmanager)"}.arg(words);
        break;
    }
    return route.handle.onlyIf.isEmpty()
        ? words
        : Text{"%1 条件 %2 のときだけ", "%1 only if %2"}.arg(words, route.handle.onlyIf);
}

MonitorFact receivers(const MonitorReading &r)
{
    MonitorFact fact{{"警報の行き先", "Alerts go to"}, {}, verdictOf(r.reach)};
    std::vector<Text> parts;
    for (const Route &route : r.routes)
        parts.push_back(wordsOf(route));
    if (parts.empty())
        parts.push_back({"なし", "nobody"});
    if (r.mayGoElsewhere)
        parts.push_back({"読めなかった通知ルールで、ほかへも行くかもしれません",
                         "perhaps elsewhere: notification rules could not be read"});
    fact.words = joined(parts);
    if (r.reach == Reach::Draft || r.reach == Reach::Silenced || r.reach == Reach::Paused)
        fact.verdict = r.routes.empty() ? Verdict::Fail : Verdict::NotApplicable;
    return fact;
}

MonitorFact heldBack(const MonitorReading &r)
{
    MonitorFact fact{{"止めているもの", "Held back by"}, {"なし", "nothing"}, Verdict::Pass};
    std::vector<Text> parts;
    bool whole = false;
    for (const Suppressor &s : r.suppressors) {
        whole = whole || s.whole;
        parts.push_back(s.until.isValid() ? Text{"%1（%2 まで）", "%1 (until %2)"}.arg(s.what, dayOf(s.until))
                                          : s.what);
    }
    if (!r.missing.isEmpty())
        parts.push_back(
            Text{"元の監視 %1 がない", "its constituent %1 is missing"}.arg(r.missing.join(u", "_s)));
    if (parts.empty())
        return fact;
    fact.words = joined(parts);
    fact.verdict = whole || !r.missing.isEmpty() ? Verdict::Fail : Verdict::Warn;
    return fact;
}

MonitorFact runbook(const MonitorReading &r)
{
    const RunbookReading &b = r.runbook;
    MonitorFact fact{{"手順へのリンク", "Runbook"}, {}, Verdict::Warn};
    const auto say = [&](Verdict verdict, const Text &words) {
        fact.verdict = verdict;
        fact.words = words;
    };
    switch (b.grade) {
    case RunbookGrade::None:
        say(Verdict::Fail, {"なし", "none"});
        break;
    case RunbookGrade::WordOnly:
        say(Verdict::Fail, {"手順の語だけで、リンクなし", "spoken of, yet not linked"});
        break;
    case RunbookGrade::Inline:
        say(Verdict::Warn, {"手順は本文の中", "steps in the message itself"});
        break;
    case RunbookGrade::Elsewhere:
        say(Verdict::Fail, Text{"ガイドでない所へ: %1", "not to the guide: %1"}.arg(b.url));
        break;
    case RunbookGrade::Catalogue:
        say(Verdict::Warn,
            Text{"警報からではなく、カタログから: %1", "from the catalogue, not from the alert: %1"}.arg(
                b.url));
        break;
    case RunbookGrade::DeadAnchor:
        say(Verdict::Fail,
            Text{"ガイドに `#%1` の節がない: %2", "the guide has no section `#%1`: %2"}.arg(b.anchor, b.url));
        break;
    case RunbookGrade::TopOnly:
        say(Verdict::Warn, Text{"ガイドの先頭へ: %1", "to the guide's top: %1"}.arg(b.url));
        break;
    case RunbookGrade::Unchecked:
        say(Verdict::Unknown,
            Text{"節があるか確かめられない: %1", "whether the section exists cannot be checked: %1"}.arg(
                b.url));
        break;
    case RunbookGrade::Section:
        say(Verdict::Pass, Text{"ガイドの `#%1`: %2", "the guide's `#%1`: %2"}.arg(b.anchor, b.url));
        break;
    }
    return fact;
}

MonitorFact threshold(const Monitor &m)
{
    const QString comparator = parseMonitorQuery(m).comparator;
    std::vector<Text> parts;
    const auto add = [&](const Text &name, const std::optional<double> &value) {
        if (value)
            parts.push_back(
                Text{"%1 %2", "%1 %2"}.arg(name, (comparator + u' ' + formatNumber(*value)).trimmed()));
    };
    add({"警報", "critical"}, criticalThreshold(m));
    add({"注意", "warning"}, m.thresholds.warning);
    return {{"閾値", "Threshold"}, joined(parts)};
}

MonitorFact whose(const MonitorReading &r)
{
    MonitorFact fact{{"誰の監視か", "Whose it is"}, {}};
    if (r.said) {
        const QString by = r.said->at.isValid()
            ? u"%1 %2"_s.arg(r.said->by, r.said->at.toString(u"yyyy-MM-dd"_s))
            : r.said->by;
        fact.words = r.said->belongs
            ? Text{"このサービスの監視（%1 が確認）", "this service's (confirmed by %1)"}.arg(by)
            : Text{"ほかの監視（%1 が否定）", "another's (denied by %1)"}.arg(by);
    } else if (r.belongs == Belongs::Yes) {
        fact.words = {"問い合わせかタグから、このサービス", "this service's, by its query or tags"};
    } else {
        fact.words = {"名前や範囲からは決まらず、数えていない", "its name and scope do not decide it: not counted"};
        fact.verdict = Verdict::Unknown;
    }
    return fact;
}

} // namespace

Text label(Reach reach)
{
    switch (reach) {
    case Reach::Draft:
        return {"下書き", "Draft"};
    case Reach::Silenced:
        return {"消音", "Muted"};
    case Reach::Paused:
        return {"停止中", "Paused"};
    case Reach::Broken:
        return {"部品なし", "Broken"};
    case Reach::Nobody:
        return {"宛先なし", "Nobody"};
    case Reach::Unclear:
        return {"行き先不明", "Unclear"};
    case Reach::Someone:
        break;
    }
    return {"人に届く", "Reaches"};
}

Verdict verdictOf(Reach reach)
{
    return reach == Reach::Someone ? Verdict::Pass
        : reach == Reach::Unclear  ? Verdict::Unknown
                                   : Verdict::Fail;
}

Text label(CoverageAnswer answer)
{
    switch (answer) {
    case CoverageAnswer::Covered:
        return {"あり", "Covered"};
    case CoverageAnswer::Partly:
        return {"一部", "Partly"};
    case CoverageAnswer::NotFound:
        return {"なし", "Not found"};
    case CoverageAnswer::NotReadable:
        return {"読めない", "Not readable"};
    case CoverageAnswer::NotNeeded:
        break;
    }
    return {"不要", "Not needed"};
}

Verdict verdictOf(CoverageAnswer answer)
{
    switch (answer) {
    case CoverageAnswer::Covered:
        return Verdict::Pass;
    case CoverageAnswer::Partly:
        return Verdict::Warn;
    case CoverageAnswer::NotFound:
        return Verdict::Fail;
    case CoverageAnswer::NotReadable:
        return Verdict::Unknown;
    case CoverageAnswer::NotNeeded:
        break;
    }
    return Verdict::NotApplicable;
}

CoverageMark markOf(const NeedCoverage &need, const MonitorReading &reading)
{
    if (std::ranges::find(need.near, &reading) != need.near.end())
        return {Verdict::Unknown, {"候補", "Maybe"}};
    if (std::ranges::find(need.evidence, &reading) == need.evidence.end())
        return {};
    if (reading.reach == Reach::Someone && reading.slackRoutes().empty())
        return {Verdict::Warn, {"Slack 以外", "Not Slack"}};
    return {verdictOf(reading.reach), label(reading.reach)};
}

size_t ownCount(const Coverage &coverage)
{
    size_t count = 0;
    for (const Subtraction &step : coverage.steps)
        count += step.monitors.size();
    return count;
}

Text sentenceOf(const Coverage &coverage)
{
    std::vector<Text> left;
    size_t reaching = 0;
    for (const Subtraction &step : coverage.steps) {
        if (step.why == Reach::Someone)
            reaching = step.monitors.size();
        else
            left.push_back(Text{"%2 %1 件", "%1 %2"}.arg(step.monitors.size(), step.what));
    }
    const size_t all = ownCount(coverage);
    const Text start = all == 1 ? Text{"監視 1 件", "1 monitor"} : Text{"監視 %1 件", "%1 monitors"}.arg(all);
    const Text end = reaching == 1
        ? Text{"警報が人に届くのは 1 件", "1 reaches a person on alert"}
        : Text{"警報が人に届くのは %1 件", "%1 reach people on alert"}.arg(reaching);
    return left.empty() ? Text{"%1 → %2", "%1 → %2"}.arg(start, end)
                        : Text{"%1 → %2を除く → %3", "%1 → less %2 → %3"}.arg(start, joined(left), end);
}

std::vector<MonitorFact> factsOf(const MonitorReading &r)
{
    std::vector<MonitorFact> facts;
    const Monitor &m = *r.monitor;
    facts.push_back({{"問い合わせ", "Query"}, sameText(m.query), Verdict::NotApplicable, true});
    facts.push_back(threshold(m));
    facts.push_back(receivers(r));
    facts.push_back(heldBack(r));
    facts.push_back(runbook(r));
    for (const Text &doubt : r.doubts)
        facts.push_back({{"疑い", "Doubt"}, doubt, Verdict::Warn});
    if (!m.qualityIssues.isEmpty())
        facts.push_back(
            {{"Datadog の指摘", "Datadog says"}, sameText(m.qualityIssues.join(u", "_s)), Verdict::Warn});
    facts.push_back(whose(r));
    std::erase_if(facts, [](const MonitorFact &f) { return f.words.isEmpty(); });
    return facts;
}

QString messageText(const Monitor &monitor, MonitorState state)
{
    QString text;
    for (const MessagePiece &piece : messageIn(monitor, state)) {
        if (piece.onlyIf.isEmpty() || piece.text.trimmed().isEmpty())
            text += piece.text;
        else
            text += u"[%1] "_s.arg(piece.onlyIf) + piece.text;
    }
    return text.trimmed();
}

std::optional<NoMonitors> whyNoMonitors(const Evidence &evidence, const Coverage &coverage)
{
    const DatadogSnapshot &snapshot = evidence.datadog;
    const Text fetch{
        "`tenken snapshot DIR` で取るか、curl の出力を readiness/datadog に置いてください。",
        "Fetch one with `tenken snapshot DIR`, or put the output of curl into readiness/datadog."};
    if (coverage.readable)
        return {};
    if (!snapshot.exists)
        return NoMonitors{{"監視のスナップショットがありません。", "There is no snapshot of the monitoring."},
                          fetch};
    if (!snapshot.monitorsNotReadable)
        return NoMonitors{
            {"スナップショットに監視の一覧がありません。", "The snapshot has no list of monitors."}, fetch};
    const auto why = std::ranges::find_if(snapshot.notReadable,
                                          [](const Problem &p) { return p.message.en.contains(u"monitor"); });
    return NoMonitors{Text{"監視の一覧を読めませんでした。無いとは言えません。%1",
                           "The list of monitors could not be read; that is not the same as none. %1"}
                          .arg(why == snapshot.notReadable.end() ? Text() : why->message),
                      why == snapshot.notReadable.end() || why->hint.isEmpty() ? fetch : why->hint};
}

} // namespace tenken
