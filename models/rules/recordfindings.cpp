// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/numbers.h>
#include <rules/recordchanges.h>
#include <rules/recordfindings.h>

#include <algorithm>

namespace tenken
{

namespace
{

const QString daysName = QStringLiteral("valid-days");

QString dayOf(const TestRecord &record)
{
    return record.started ? record.started->date().toString(Qt::ISODate) : QStringLiteral("–");
}

/// Days since the test; nothing where its day or today's is not known.
std::optional<qint64> ageOf(const RuleContext &context, const TestRecord &record)
{
    if (!record.started || !context.evidence.today.isValid())
        return {};
    return record.started->date().daysTo(context.evidence.today);
}

/// Without a date, or of a day to come: it neither replaces another record nor is replaced.
bool hasNoPlace(const RuleContext &context, const TestRecord &record)
{
    const std::optional<qint64> age = ageOf(context, record);
    // Its day is one of its own zone, so that it may be one ahead.
    return !record.started || (age && *age < -1);
}

bool isValid(const RuleContext &context, const TestRecord &record)
{
    const std::optional<qint64> age = ageOf(context, record);
    return age && *age >= -1 && double(*age) <= context.parameter(daysName);
}

Text wantedOf(const RuleContext &context)
{
    const QString days = formatNumber(context.parameter(daysName));
    return Text{"%1 日以内の合格", "passed within %1 days"}.arg(days);
}

Text commandFor(const QString &kind)
{
    return Text{"試験をして、`tenken record . --kind %1` か窓の「試験を記録」で記録してください。",
                "Do the test and record it with `tenken record . --kind %1`, or with “Record a test” in the window."}
        .arg(kind);
}

/// Its age, said where it takes the pass away.
bool isOutdated(Finding &f, const RuleContext &context, const TestRecord &record)
{
    const std::optional<qint64> age = ageOf(context, record);
    const double most = context.parameter(daysName);
    if (age && *age >= -1 && double(*age) <= most) {
        constexpr double longest = 36'500;
        f.holdsUntil = record.started->date().addDays(qint64(std::min(most, longest)));
        return false;
    }
    if (!record.started) {
        say(f, Verdict::Unknown, {"試験の日時が分からず、今も当てはまるか判定できません。",
                                  "The day of the test is not known, so nobody can tell whether it still holds."},
            {"記録に `started` を書いてください。", "Write `started` in the record."});
    } else if (!age) {
        say(f, Verdict::Unknown, {"今日の日付が分かりません。", "Today's date is not known."});
    } else if (*age < 0) {
        say(f, Verdict::Unknown, {"試験の日が、まだ来ていません。", "The day of the test has not come yet."},
            {"記録の `started` を確かめてください。", "Check `started` in the record."});
    } else {
        f.comparison = Comparison{double(*age), most, Comparison::Relation::AtMost, QStringLiteral("d")};
        say(f, Verdict::Unknown, Text{"%1 日前の試験で、有効な %2 日を過ぎています。",
                                      "The test is %1 days old; records hold for %2 days."}
                                     .arg(*age, formatNumber(most)),
            commandFor(record.kind));
    }
    return true;
}

void addWarning(Finding &f, const Text &why, const Text &remedy)
{
    const bool first = f.verdict == Verdict::Pass;
    f.verdict = Verdict::Warn;
    f.reason = Text{"%1%2", "%1 %2"}.arg(f.reason, why);
    f.remedy = first || f.remedy.isEmpty() ? remedy : Text{"%1%2", "%1 %2"}.arg(f.remedy, remedy);
}

/// "a" is written for "ap-northeast-1a" too.
bool isNamed(const QMap<QString, Declared<int>> &zones, const QString &zone)
{
    return std::ranges::any_of(zones.keys(), [&](const QString &name) { return name.endsWith(zone) || zone.endsWith(name); });
}

struct ZoneCounts {
    int least = std::numeric_limits<int>::max(), most = 0;
    qint64 sum = 0;
};

/// A zone that is left out has no pods: the one that came back, and as many as the platform has.
ZoneCounts countsOf(const RuleContext &context, const TestRecord &record)
{
    ZoneCounts counts;
    for (const Declared<int> &pods : record.podsPerZone) {
        counts.least = std::min(counts.least, *pods);
        counts.most = std::max(counts.most, *pods);
        counts.sum += *pods;
    }
    const bool hasReturned = !record.zone || isNamed(record.podsPerZone, *record.zone);
    if (!hasReturned || record.podsPerZone.size() < context.service().zones.value.value_or(0))
        counts.least = 0;
    return counts;
}

/// Zones after the zone came back: one without pods is no recovery, one with clearly fewer is worth a look.
void judgeZones(Finding &f, const RuleContext &context, const TestRecord &record)
{
    if (record.kind != u"zone-return" || record.podsPerZone.isEmpty())
        return;
    const auto [least, most, sum] = countsOf(context, record);
    f.span = record.podsPerZone.first().span;
    const Text remedy{"Descheduler か、決めた手順で散らしてください。", "Spread them with the Descheduler or by the agreed step."};
    if (least == 0 && most > 1)
        say(f, Verdict::Fail, Text{"Pod が 1 つもないゾーンが残りました (多いゾーンは %1 Pod)。",
                                   "A zone was left without a pod, while another has %1."}.arg(most), remedy);
    else if (most - least > 1)
        say(f, Verdict::Warn, Text{"ゾーンの差は %1 Pod です。", "The zones differ by %1 pods."}.arg(most - least), remedy);
    if (f.verdict == Verdict::Fail)
        return;
    if (record.pods && sum != *record.pods)
        addWarning(f, Text{"`pods-per-zone` は合わせて %1 Pod で、`pods` の %2 と違います。", "`pods-per-zone` adds up to %1 pods, not to the %2 of `pods`."}
                          .arg(sum, *record.pods),
                   {"記録の `pods` と `pods-per-zone` を確かめてください。", "Check `pods` and `pods-per-zone` in the record."});
    if (record.podsPerZone.size() == 1)
        addWarning(f, {"ゾーンが 1 つしか書かれていません。", "Only one zone is written."},
                   {"`pods-per-zone` にすべてのゾーンを書いてください。", "Write every zone into `pods-per-zone`."});
}

void failAt(Finding &f, const Span &place, const Text &reason, const Text &remedy)
{
    if (place.isValid())
        f.span = place;
    say(f, Verdict::Fail, reason, remedy);
}

} // namespace

RuleParameter validDays(double fallback)
{
    return {"valid-days", fallback, "d", RuleParameter::Stricter::Lower,
            {"記録が有効な日数", "For how many days a record holds"}};
}

Finding findingForRecord(const RuleContext &context, const Text &title, const TestRecord &record, const Span &place)
{
    Finding f = findingFor(context, title);
    f.file = record.file;
    f.span = place.isValid() ? place : record.span;
    f.measured = Text{"%1 %2", "%1 %2"}.arg(dayOf(record), record.environment.value.value_or(QString()));
    f.measured = sameText(f.measured.en.trimmed());
    f.wanted = wantedOf(context);
    return f;
}

std::vector<const TestRecord *> newestRecords(const RuleContext &context, const RecordFilter &filter, const RecordFilter &failed)
{
    const auto isFailed = [&](const TestRecord *r) { return failed ? failed(*r) : tellsOfFailure(context, *r); };
    // Of two of one moment the one that failed counts.
    const auto rank = [&](const TestRecord *r) { return std::tuple(r->started->toMSecsSinceEpoch(), isFailed(r), r->file); };
    QMap<QString, const TestRecord *> newest;
    std::vector<const TestRecord *> all;
    for (const TestRecord &record : context.evidence.records) {
        if (!record.isReadable() || !filter(record))
            continue;
        if (hasNoPlace(context, record)) {
            all.push_back(&record);
            continue;
        }
        const TestRecord *&place = newest[record.environment.value.value_or(QString())];
        if (!place || rank(&record) > rank(place))
            place = &record;
    }
    const auto valid = [&](const TestRecord *r) { return isValid(context, *r); };
    const bool anyValid = std::ranges::any_of(newest, valid);
    std::vector<const TestRecord *> dated(newest.cbegin(), newest.cend());
    std::erase_if(dated, [&](const TestRecord *r) { return anyValid && !valid(r) && !isFailed(r); });
    all.insert(all.begin(), dated.begin(), dated.end());
    return all;
}

void judgeOutcome(Finding &f, const RuleContext &context, const TestRecord &record)
{
    const Text again{"原因を直し、試験をし直してください。", "Mend the cause and test again."};
    const double minutes = context.parameters.value(QStringLiteral("minutes"), 0);
    if (!record.passed) {
        say(f, Verdict::Unknown, {"記録に結果がありません。", "The record does not say how the test ended."},
            {"`result: pass` か `result: fail` を書いてください。", "Write `result: pass` or `result: fail`."});
    } else {
        f.span = record.passed.span;
        say(f, Verdict::Pass, Text{"%1 の試験に合格しています。", "The test of %1 passed."}.arg(dayOf(record)));
    }
    judgeZones(f, context, record);
    if (record.kind == u"rollout-under-load" && record.errors && *record.errors > 0)
        failAt(f, record.errors.span, Text{"試験の間に %1 件の誤りがありました。", "The test saw %1 errors."}.arg(*record.errors), again);
    if (record.contained.value == false)
        failAt(f, record.contained.span, {"依存先の停止が広がりました。", "The outage of the dependency spread."}, again);
    if (minutes > 0 && record.recoverySeconds && *record.recoverySeconds > minutes * 60) {
        compare(f, *record.recoverySeconds, Comparison::Relation::AtMost, minutes * 60, QStringLiteral("s"));
        failAt(f, record.recoverySeconds.span,
               Text{"元に戻るまで %1 かかりました。", "It took %1 to get back to normal."}.arg(
                   formatWithUnit(*record.recoverySeconds, QStringLiteral("s"))), again);
    }
    if (record.passed.value == false)
        failAt(f, record.passed.span, Text{"%1 の試験に不合格でした。", "The test of %1 failed."}.arg(dayOf(record)), again);
}

bool tellsOfFailure(const RuleContext &context, const TestRecord &record)
{
    Finding f;
    judgeOutcome(f, context, record);
    return f.verdict == Verdict::Fail;
}

void weighRecord(Finding &f, const RuleContext &context, const TestRecord &record)
{
    if (f.verdict != Verdict::Pass && f.verdict != Verdict::Warn)
        return;
    if (isOutdated(f, context, record))
        return;
    for (const RecordChange &change : changesSince(context, record)) {
        addWarning(f, change.what, {"今の構成で試験をし直してください。", "Test again on the present set-up."});
        addMark(f, record.file, change.span, {"記録", "recorded"});
        addMark(f, change.file, change.now, {"今", "now"});
    }
    if (!record.missing.isEmpty()) {
        const QString keys = record.missing.join(QStringLiteral("`, `"));
        addWarning(f, Text{"記録に `%1` がありません。", "The record lacks `%1`."}.arg(keys),
                   Text{"記録に `%1` を書いてください。", "Write `%1` in the record."}.arg(keys));
    }
}

Finding noRecord(const RuleContext &context, const Text &title, const QString &kind)
{
    Finding f = findingFor(context, title);
    f.wanted = wantedOf(context);
    f.measured = {"記録なし", "no record"};
    return say(f, Verdict::Unknown, Text{"「%1」の試験の記録がありません。", "There is no record of the test “%1”."}.arg(titleOfTest(kind)),
               commandFor(kind));
}

const LoadTest *loadTestOf(const RuleContext &context, const TestRecord &record)
{
    const auto &tests = context.evidence.loadTests;
    const auto it = std::ranges::find_if(tests, [&](const LoadTest &t) { return record.loadTest.value == t.source.id; });
    return it == tests.end() ? nullptr : &*it;
}

std::vector<Finding> judgeRecords(const RuleContext &context, const RecordNeed &need, const Text &title)
{
    std::vector<Finding> findings;
    const auto records = newestRecords(context, [&](const TestRecord &r) {
        return r.kind == need.kind && (need.dependency.isEmpty() || r.dependency.value == need.dependency);
    });
    for (const TestRecord *record : records) {
        Finding f = findingForRecord(context, title, *record);
        judgeOutcome(f, context, *record);
        weighRecord(f, context, *record);
        findings.push_back(std::move(f));
    }
    if (findings.empty() && need.required)
        findings.push_back(noRecord(context, title, need.kind));
    if (!findings.empty())
        std::ranges::move(unreadableRecords(context, title), std::back_inserter(findings));
    return findings;
}

} // namespace tenken
