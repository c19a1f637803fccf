// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/changes.h>

#include <review/standing.h>

#include <algorithm>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

/// Lower is better; n/a and unanswered stand apart from the scale.
int badness(Standing s)
{
    switch (s) {
    case Standing::Pass:
    case Standing::Attested:
    case Standing::NotApplicable: return 0;
    case Standing::Warn: return 1;
    case Standing::Waived: return 2;
    case Standing::Unanswered:
    case Standing::Unknown: return 3;
    case Standing::Fail: break;
    }
    return 4;
}

/// The item's files that are others than before, or were not there on one side.
QStringList changedFiles(const PastItem &was, const PastItem &is, const PastReview &before, const PastReview &after)
{
    QStringList files = was.files + is.files, changed;
    files.sort();
    files.removeDuplicates();
    for (const QString &file : std::as_const(files)) {
        if (before.evidence.value(file) != after.evidence.value(file))
            changed << file;
    }
    return changed;
}

/// A waiver that counted on the day of `before` and no longer does.
std::optional<QDate> endedWaiver(const PastItem &was, const PastReview &before, const PastReview &after)
{
    const QDate then = before.judgedAt.date(), now = after.judgedAt.date();
    for (const PastWaiver &waiver : was.waivers) {
        if (waiver.expires.isValid() && waiver.expires >= then && waiver.expires < now)
            return waiver.expires;
    }
    return {};
}

/// Asked as before, and counting for more or for less.
bool countsOtherwise(const PastItem &was, const PastItem &is)
{
    return !was.level.isEmpty() && !is.level.isEmpty() && was.level != is.level;
}

Text levelInWords(const QString &level)
{
    return level == u"must" ? Text{"必須", "must"} : level == u"should" ? Text{"推奨", "should"} : sameText(level);
}

Text fileList(const QStringList &files)
{
    constexpr qsizetype shown = 2;
    QStringList names;
    for (const QString &file : files.first(std::min(shown, files.size())))
        names << file.section(u'/', -1);
    const QString list = names.join(u", "_s);
    return files.size() > shown ? Text{"%1 ほか %2 件が変わりました。", "%1 and %2 more changed."}.arg(list, files.size() - shown)
                                : Text{"%1 が変わりました。", "%1 changed."}.arg(list);
}

std::pair<ChangeCause, Text> causeOf(const PastItem &was, const PastItem &is, const PastReview &before, const PastReview &after)
{
    if (!was.asked.isEmpty() && !is.asked.isEmpty() && was.asked != is.asked)
        return {ChangeCause::Checklist, Text{"問いが変わりました(%1 → %2)。", "The question changed (%1 → %2)."}.arg(before.checklist, after.checklist)};
    const bool judgedOtherwise = was.verdict != is.verdict;
    const bool answeredOtherwise = !(was.team == is.team) || !(was.reviewer == is.reviewer) || was.waivers != is.waivers;
    if (!judgedOtherwise && !answeredOtherwise && countsOtherwise(was, is))
        return {ChangeCause::Checklist,
                Text{"「%1」から「%2」になりました。", "It went from %1 to %2."}.arg(levelInWords(was.level), levelInWords(is.level))};
    if (!judgedOtherwise && answeredOtherwise)
        return {ChangeCause::Opinion, {"人の答えか免除が変わりました。", "People answered otherwise, or waived."}};
    if (const QStringList files = changedFiles(was, is, before, after); !files.isEmpty())
        return {ChangeCause::Service, fileList(files)};
    if (was.asked.isEmpty() && before.checklist != after.checklist)
        return {ChangeCause::Checklist, Text{"チェックリストの版が %1 から %2 へ変わりました。", "The checklist went from %1 to %2."}.arg(before.checklist, after.checklist)};
    if (const auto ended = endedWaiver(was, before, after))
        return {ChangeCause::Evidence, Text{"免除が %1 に切れました。", "The waiver ended on %1."}.arg(ended->toString(Qt::ISODate))};
    if (was.waivers != is.waivers) // what they cover is judged otherwise
        return {ChangeCause::Opinion, {"免除が変わりました。", "A waiver changed."}};
    if (judgedOtherwise && before.program != after.program)
        return {ChangeCause::Program, Text{"%1 から %2 へ、判定が変わりました。", "%1 and %2 judge it differently."}.arg(before.program, after.program)};
    if (answeredOtherwise)
        return {ChangeCause::Opinion, {"人の答えが変わりました。", "People answered otherwise."}};
    const qint64 days = before.judgedAt.date().daysTo(after.judgedAt.date());
    return {ChangeCause::Evidence, Text{"同じ証拠が %1 日古くなりました。", "The same evidence is %1 days older."}.arg(days)};
}

/// The words of an answer's side that differs, where the standing is the same.
std::pair<Text, Text> answersOf(const PastItem &was, const PastItem &is)
{
    const bool team = !(was.team == is.team);
    const auto word = [](const QString &answer, bool ofTeam) -> Text {
        if (answer.isEmpty())
            return {"未回答", "Open"};
        if (ofTeam) {
            const auto known = teamAnswerFromString(answer);
            return known ? label(*known) : sameText(answer);
        }
        const auto known = reviewAnswerFromString(answer);
        return known ? label(*known) : sameText(answer);
    };
    return team ? std::pair(word(was.team.answer, true), word(is.team.answer, true))
                : std::pair(word(was.reviewer.answer, false), word(is.reviewer.answer, false));
}

std::optional<ItemChange> changeOf(const PastItem &was, const PastItem &is, const PastReview &before, const PastReview &after)
{
    const bool same = was.standing.en == is.standing.en;
    if (same && was.team == is.team && was.reviewer == is.reviewer && was.waivers == is.waivers && was.verdict == is.verdict
        && !countsOtherwise(was, is))
        return {};
    ItemChange change{is.id, is.title, ChangeCause::Service, was.standing, is.standing, was.stands, is.stands, false, false, {}};
    std::tie(change.cause, change.why) = causeOf(was, is, before, after);
    if (same && was.verdict == is.verdict && !(was.team == is.team && was.reviewer == is.reviewer)) {
        std::tie(change.from, change.to) = answersOf(was, is);
        change.stood.reset();
        change.stands.reset();
    } else if (same && was.verdict == is.verdict && was.waivers == is.waivers) {
        change.from = levelInWords(was.level);
        change.to = levelInWords(is.level);
        change.stood.reset();
        change.stands.reset();
    }
    if (change.stood && change.stands) {
        change.better = badness(*change.stands) < badness(*change.stood);
        change.worse = badness(*change.stands) > badness(*change.stood);
    }
    return change;
}

} // namespace

Text itemsInWords(size_t count)
{
    return count == 1 ? Text{"1 項目", "1 item"} : Text{"%1 項目", "%1 items"}.arg(count);
}

Text label(ChangeCause cause)
{
    switch (cause) {
    case ChangeCause::Service: return {"サービスが変わった", "The service changed"};
    case ChangeCause::Evidence: return {"証拠が古くなった", "The evidence aged"};
    case ChangeCause::Checklist: return {"チェックリストが変わった", "The checklist changed"};
    case ChangeCause::Program: return {"Tenken が変わった", "Tenken changed"};
    case ChangeCause::Opinion: break;
    }
    return {"人の判断が変わった", "People decided otherwise"};
}

std::vector<const ItemChange *> Changes::because(ChangeCause cause) const
{
    std::vector<const ItemChange *> found;
    for (const ItemChange &change : items) {
        if (change.cause == cause)
            found.push_back(&change);
    }
    return found;
}

Changes changesBetween(const PastReview &before, const PastReview &after)
{
    Changes changes{{}, before.decision, after.decision};
    for (const PastItem &is : after.items) {
        const PastItem *was = before.item(is.id);
        if (!was)
            changes.items.push_back({is.id, is.title, ChangeCause::Checklist, {}, is.standing, {}, is.stands, false, false,
                                     {"前は問われていませんでした。", "It was not asked before."}});
        else if (auto change = changeOf(*was, is, before, after))
            changes.items.push_back(std::move(*change));
    }
    for (const PastItem &was : before.items) {
        if (!after.item(was.id))
            changes.items.push_back({was.id, was.title, ChangeCause::Checklist, was.standing, {}, was.stands, {}, false, false,
                                     {"今は問われていません。", "It is not asked any more."}});
    }
    return changes;
}

} // namespace tenken
