// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/forecast.h>

#include <review/lead.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int horizonDays = 366;
constexpr size_t mostDays = 100; ///< decided anew; what ends later is far away

template<typename Kind>
void addAnswer(std::vector<Ending> &endings, const Item &item, const Answer<Kind> &answer)
{
    if (item.validFor && answer.answer != Kind::Open)
        endings.push_back({Ending::What::Answer, &item, item.validFor->lastDay(answer.at.date())});
}

void addAll(std::vector<Ending> &endings, const ItemStanding &is)
{
    if (is.review) {
        for (const Waiver &waiver : is.review->waivers) {
            if (is.item->waivable && waiver.isComplete())
                endings.push_back({Ending::What::Waiver, is.item, waiver.expires});
        }
        addAnswer(endings, *is.item, is.review->team);
        addAnswer(endings, *is.item, is.review->reviewer);
    }
    for (const Finding &finding : is.result ? is.result->findings : std::vector<Finding>()) {
        if (finding.holdsUntil.isValid())
            endings.push_back({Ending::What::Record, is.item, finding.holdsUntil});
    }
}

Text wordsOf(const Ending &ending)
{
    switch (ending.what) {
    case Ending::What::Waiver:
        return Text{"「%1」の免除が切れます", "the waiver of “%1” ends"}.arg(ending.item->title);
    case Ending::What::Answer:
        return Text{"「%1」の回答が古くなります", "the answer to “%1” grows too old"}.arg(ending.item->title);
    case Ending::What::Record:
        break;
    }
    return Text{"「%1」の記録が古くなります", "the record behind “%1” grows too old"}.arg(ending.item->title);
}

Text listOf(const std::vector<Ending> &endings)
{
    constexpr int most = 3;
    QStringList ja, en;
    for (const Ending &ending : endings) {
        const Text words = wordsOf(ending);
        if (!ja.contains(words.ja)) {
            ja << words.ja;
            en << words.en;
        }
    }
    if (ja.size() > most) {
        const qsizetype more = ja.size() - most;
        ja = ja.mid(0, most) << QStringLiteral("ほか %1 件").arg(more);
        en = en.mid(0, most) << QStringLiteral("%1 more").arg(more);
    }
    return {ja.join(QStringLiteral("、")), en.join(QStringLiteral("; "))};
}

std::vector<Standing> standingsIn(const Outcome &outcome)
{
    std::vector<Standing> standings;
    for (const ItemStanding &is : outcome.items)
        standings.push_back(is.standing);
    return standings;
}

/// Of what ends on a day, that which changes where its item stands.
std::vector<Ending> tellingOf(const std::vector<Ending> &endings, const std::vector<Standing> &before,
                              const Outcome &then)
{
    std::vector<Ending> telling;
    for (const Ending &ending : endings) {
        const auto is = std::ranges::find(then.items, ending.item, &ItemStanding::item);
        if (is != then.items.end() && is->standing != before[size_t(is - then.items.begin())])
            telling.push_back(ending);
    }
    return telling.empty() ? endings : telling;
}

} // namespace

std::vector<Ending> endingsOf(const Outcome &outcome, const QDate &today)
{
    std::vector<Ending> endings;
    if (!today.isValid())
        return endings;
    for (const ItemStanding &is : outcome.items)
        addAll(endings, is);
    std::erase_if(endings, [&](const Ending &ending) {
        return !ending.last.isValid() || ending.last < today || ending.last > today.addDays(horizonDays);
    });
    std::ranges::stable_sort(endings, {}, &Ending::last);
    return endings;
}

std::vector<ForecastDay> forecastOf(const Outcome &now, const QDate &today, const DecideOnDay &onDay)
{
    std::vector<ForecastDay> forecast;
    const std::vector<Ending> endings = endingsOf(now, today);
    Decision before = now.decision;
    std::vector<Standing> standings = standingsIn(now);
    size_t days = 0;
    for (auto first = endings.begin(); first != endings.end() && days < mostDays; ++days) {
        const auto next = std::ranges::upper_bound(first, endings.end(), first->last, {}, &Ending::last);
        const QDate day = first->last.addDays(1);
        const Outcome then = onDay(day);
        if (then.decision != before) {
            const std::vector<Ending> telling = tellingOf({first, next}, standings, then);
            ForecastDay change{day, then.decision, {}, listOf(telling)};
            for (const Ending &ending : telling) {
                if (!std::ranges::contains(change.items, ending.item->id))
                    change.items.push_back(ending.item->id);
            }
            forecast.push_back(std::move(change));
        }
        before = then.decision;
        standings = standingsIn(then);
        first = next;
    }
    return forecast;
}

Text sentenceOf(const ForecastDay &forecast, Decision now, const QDate &today)
{
    const bool worse = int(forecast.decision) > int(now);
    return Text{"%1に %2 になります(%3)。", worse ? "On %1 this drops to %2: %3." : "On %1 this becomes %2: %3."}
        .arg(dayInWords(forecast.day, today), label(forecast.decision), forecast.why);
}

} // namespace tenken
