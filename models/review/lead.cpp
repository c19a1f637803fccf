// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/lead.h>

#include <review/standing.h>

#include <QLocale>

#include <algorithm>

namespace tenken {

namespace {

/// How many of the items that matter stand where.
struct Tally {
    int fail = 0, unknown = 0, unanswered = 0, other = 0;

    void add(Standing s)
    {
        ++(s == Standing::Fail             ? fail
               : s == Standing::Unknown    ? unknown
               : s == Standing::Unanswered ? unanswered
                                           : other);
    }
    int sum() const { return fail + unknown + unanswered + other; }

    Text inWords() const ///< "不合格 3 件、不明 1 件" / "3 fail, 1 unknown"
    {
        const std::pair<int, Text> parts[] = {
            {fail, {QStringLiteral("不合格 %1 件"), QStringLiteral("%1 fail")}},
            {unknown, {QStringLiteral("不明 %1 件"), QStringLiteral("%1 unknown")}},
            {unanswered, {QStringLiteral("未回答 %1 件"), QStringLiteral("%1 unanswered")}},
            {other, {QStringLiteral("ほか %1 件"), QStringLiteral("%1 other")}},
        };
        QStringList ja, en;
        for (const auto &[count, text] : parts) {
            if (count > 0) {
                const Text filled = text.arg(count);
                ja.append(filled.ja);
                en.append(filled.en);
            }
        }
        return {ja.join(QStringLiteral("、")), en.join(QStringLiteral(", "))};
    }
};

/// "1 must item is", "2 must items are".
QString items(int count, const QString &level, const QString &one, const QString &many)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(QString::number(count), level, count == 1 ? QStringLiteral("item") : QStringLiteral("items"),
             count == 1 ? one : many);
}

Text operator+(const Text &a, const Text &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() ? b : a;
    return {a.ja + b.ja, a.en + QLatin1Char(' ') + b.en};
}

Text blockersInWords(const Outcome &outcome)
{
    Tally tally;
    for (const ItemStanding *is : outcome.blockers())
        tally.add(is->standing);
    const Text count{
        QString::number(tally.sum()),
        items(tally.sum(), QStringLiteral("must"), QStringLiteral("blocks"), QStringLiteral("block"))};
    return Text{QStringLiteral("必須 %1 項目が本番公開を止めています(%2)。"), QStringLiteral("%1 production: %2.")}
        .arg(count, tally.inWords());
}

/// Without a review nobody can have answered; that is not the team's fault and is said.
Text missingReviewInWords(const Outcome &outcome)
{
    const auto byPeople = std::ranges::count_if(
        outcome.items, [](const ItemStanding &is) { return is.standing == Standing::Unanswered; });
    if (byPeople == 0)
        return {};
    const Text count{QString::number(byPeople),
                     byPeople == 1 ? QStringLiteral("the item that people answer counts")
                                   : QStringLiteral("the %1 items that people answer count").arg(byPeople)};
    return Text{QStringLiteral("レビューの記録がないため、人が答える %1 項目は未回答です。"),
                QStringLiteral("There is no review yet: %1 as unanswered.")}
        .arg(count);
}

Text waiversInWords(const Outcome &outcome, const QDate &today)
{
    int must = 0, should = 0;
    bool allFailed = true;
    QDate first;
    for (const ItemStanding &is : outcome.items) {
        if (!is.waiver || !is.needed)
            continue;
        ++(is.item->level == Level::Must ? must : should);
        allFailed = allFailed && is.result && is.result->machine
            && (is.result->verdict == Verdict::Fail || is.result->strict == Verdict::Fail);
        if (!first.isValid() || is.waiver->expires < first)
            first = is.waiver->expires;
    }
    const int all = must + should;
    if (all == 0)
        return {};
    const Text level = should == 0 ? Text{QStringLiteral("必須"), QStringLiteral("must")}
        : must == 0                ? Text{QStringLiteral("推奨"), QStringLiteral("should")}
                                   : Text{QStringLiteral("必須と推奨"), QStringLiteral("must and should")};
    const Text unmet = allFailed ? Text{QStringLiteral("不合格"), QStringLiteral("failed ")}
                                 : Text{QStringLiteral("未達"), QStringLiteral("unmet ")};
    const Text subject{QStringLiteral("%1の%2 %3 件に免除があります。").arg(level.ja, unmet.ja).arg(all),
                       items(all, unmet.en + level.en, QStringLiteral("is"), QStringLiteral("are"))
                           + QStringLiteral(" waived.")};
    const Text expiry = all == 1
        ? Text{QStringLiteral("免除は %1に切れます。"), QStringLiteral("The waiver expires on %1.")}
        : Text{QStringLiteral("最初の免除は %1に切れます。"), QStringLiteral("The first waiver expires on %1.")};
    const bool thenNoGo = !outcome.forecast.empty() && outcome.forecast.front().day == first.addDays(1)
        && outcome.forecast.front().decision == Decision::NoGo;
    const Text then = all == 1
        ? Text{QStringLiteral("免除は %1に切れ、翌日から NO-GO になります。"),
               QStringLiteral("The waiver expires on %1; the day after, this drops to NO-GO.")}
        : Text{QStringLiteral("最初の免除は %1に切れ、翌日から NO-GO になります。"),
               QStringLiteral("The first waiver expires on %1; the day after, this drops to NO-GO.")};
    return subject + (thenNoGo ? then : expiry).arg(dayInWords(first, today));
}

Text shouldsInWords(const Outcome &outcome, const DecisionRule &rule)
{
    Tally tally;
    for (const ItemStanding &is : outcome.items) {
        if (is.needed && is.item->level == Level::Should
            && rule.conditionalOnShould.contains(toString(is.standing)))
            tally.add(is.standing);
    }
    if (tally.sum() == 0)
        return {};
    const Text count{
        QString::number(tally.sum()),
        items(tally.sum(), QStringLiteral("should"), QStringLiteral("is"), QStringLiteral("are"))};
    return Text{QStringLiteral("推奨 %1 項目が満たされていません(%2)。"), QStringLiteral("%1 not met: %2.")}
        .arg(count, tally.inWords());
}

bool isUnmet(Standing s)
{
    return s == Standing::Fail || s == Standing::Unknown || s == Standing::Unanswered;
}

Text goInWords(const Outcome &outcome)
{
    const auto counts = [](const ItemStanding &is) {
        return is.needed && is.standing != Standing::NotApplicable;
    };
    const int applicable = int(std::ranges::count_if(outcome.items, counts));
    const auto warnings = std::ranges::count_if(outcome.items, [](const ItemStanding &is) {
        return is.needed && (is.standing == Standing::Warn || is.standing == Standing::Waived);
    });
    Tally unmet; // a checklist may decide that some of these do not count
    for (const ItemStanding &is : outcome.items) {
        if (is.needed && isUnmet(is.standing))
            unmet.add(is.standing);
    }
    if (unmet.sum() > 0) {
        return Text{
            QStringLiteral(
                "対象の %1 項目のうち %2 項目を満たしていませんが(%3)、この規則では判定を下げません。"),
            QStringLiteral(
                "Of the %1 items that apply %2 are not met (%3); by this checklist's rule they do not count.")}
            .arg(applicable, unmet.sum(), unmet.inWords());
    }
    Text lead = Text{QStringLiteral("対象の %1 項目をすべて満たしています。"),
                     applicable == 1 ? QStringLiteral("The %1 item that applies is met.")
                                     : QStringLiteral("All %1 items that apply are met.")}
                    .arg(applicable);
    if (warnings == 0)
        return lead;
    return lead
        + Text{QStringLiteral("うち %1 件は注意です。"),
               warnings == 1 ? QStringLiteral("%1 of them is a warning.")
                             : QStringLiteral("%1 of them are warnings.")}
              .arg(warnings);
}

/// What changes by itself, where the sentence about waivers does not say it already.
Text forecastInWords(const Outcome &outcome, const Text &said, const QDate &today)
{
    if (outcome.forecast.empty() || said.en.contains(QStringLiteral("the day after")))
        return {};
    return sentenceOf(outcome.forecast.front(), outcome.decision, today);
}

} // namespace

Text dayInWords(const QDate &day, const QDate &today)
{
    const QString english = QLocale(QLocale::English, QLocale::UnitedKingdom).monthName(day.month());
    Text words{QStringLiteral("%1 月 %2 日").arg(day.month()).arg(day.day()),
               QStringLiteral("%1 %2").arg(day.day()).arg(english)};
    if (day.year() != today.year()) {
        words.ja.prepend(QStringLiteral("%1 年 ").arg(day.year()));
        words.en.append(QStringLiteral(" %1").arg(day.year()));
    }
    return words;
}

namespace {

/// Beside the items: said first, for none of them shows it.
Text objectionsInWords(const Outcome &outcome)
{
    Text words;
    for (const Objection &objection : outcome.objections)
        words = words + objection.problem.message;
    return words;
}

Text itemsInWords(const Outcome &outcome, const DecisionRule &rule, bool hasReview, const QDate &today)
{
    const auto applies = [](const ItemStanding &is) {
        return is.needed && is.standing != Standing::NotApplicable;
    };
    if (std::ranges::none_of(outcome.items, applies))
        return {QStringLiteral("判定できる項目がありません。"), QStringLiteral("No item applies, so nothing was judged.")};
    switch (outcome.decision) {
    case Decision::NoGo:
        if (outcome.blockers().empty())
            return {}; // an objection alone
        return blockersInWords(outcome) + (hasReview ? Text{} : missingReviewInWords(outcome));
    case Decision::ConditionalGo: {
        const Text waivers = waiversInWords(outcome, today);
        return waivers + shouldsInWords(outcome, rule) + forecastInWords(outcome, waivers, today)
            + (hasReview ? Text{} : missingReviewInWords(outcome));
    }
    case Decision::Go:
        break;
    }
    return goInWords(outcome) + forecastInWords(outcome, {}, today);
}

} // namespace

Text leadOf(const Outcome &outcome, const DecisionRule &rule, bool hasReview, const QDate &today)
{
    return objectionsInWords(outcome)
        + itemsInWords(outcome, rule, hasReview || !outcome.objections.empty(), today);
}

Text stageLead(const StageOutcome &stage, const Outcome &outcome, const DecisionRule &rule, int index)
{
    if (!outcome.objections.empty())
        return outcome.objections.front().brief;
    Tally musts, shoulds;
    QStringList ja, en;
    for (const ItemStanding &is : outcome.items) {
        if (is.stage > index)
            continue;
        if (is.item->level == Level::Must && rule.noGoOnMust.contains(toString(is.standing)))
            musts.add(is.standing);
        if (is.item->level == Level::Should && rule.conditionalOnShould.contains(toString(is.standing)))
            shoulds.add(is.standing);
        if (is.standing == Standing::Waived) {
            ja << is.item->title.ja;
            en << is.item->title.en;
        }
    }
    if (musts.sum() > 0)
        return Text{"必須の%1", "Must: %1"}.arg(musts.inWords());
    if (stage.waived == 1)
        return Text{"免除 1 件 (%1)", "1 waiver (%1)"}.arg(Text{ja.first(), en.first()});
    if (stage.waived > 1)
        return Text{"免除 %1 件", "%1 waivers"}.arg(stage.waived);
    if (shoulds.sum() > 0)
        return Text{"推奨の%1", "Should: %1"}.arg(shoulds.inWords());
    return Text{"必須 %1 項目を満たしています",
                stage.mustMet == 1 ? "%1 must item is met" : "%1 must items are met"}
        .arg(stage.mustMet);
}

} // namespace tenken
