// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/merge.h>

#include <review/mergelist.h>
#include <review/mergewords.h>
#include <review/stale.h>

#include <QHash>
#include <QSet>

#include <algorithm>

namespace tenken {

namespace {

/// The conflicts of a whole merge, and who decides them.
struct Judge {
    const ChooseSide &choose;
    std::vector<MergeConflict> conflicts = {};

    MergeSide decide(MergeConflict conflict)
    {
        const int index = int(conflicts.size());
        conflicts.push_back(std::move(conflict));
        return choose ? choose(index, conflicts.back()) : MergeSide::Ours;
    }
};

template<typename T>
const T &sideOf(MergeSide side, const T &base, const T &ours, const T &theirs)
{
    return side == MergeSide::Ours ? ours : side == MergeSide::Theirs ? theirs : base;
}

/// Which version an answer of a side was given to, as it says itself from then on ("zozotown 2.0"); empty where that is
/// the version of the merged review.
struct Versions {
    QString base, ours, theirs;
};

/// One item's (or the head's) merge: which words name a conflict, and who decides.
class Merger
{
public:
    Merger(QString item, Judge &judge, const Versions &versions = {})
        : m_item(std::move(item))
        , m_judge(judge)
        , m_versions(versions)
    {
    }

    template<typename T>
    T field(const Text &name, const T &base, const T &ours, const T &theirs, const QString &oursBy = {},
            const QString &theirsBy = {}) const
    {
        return sideOf(sideFor(name, base, ours, theirs, oursBy, theirsBy), base, ours, theirs);
    }

    /// An answer is one statement: what is said, why, by whom, and what it rests on are taken together or not.
    template<typename Kind>
    Answer<Kind> answer(const Text &who, const Answer<Kind> &base, const Answer<Kind> &ours,
                        const Answer<Kind> &theirs) const
    {
        const auto &[toBase, toOurs, toTheirs] = m_versions;
        if (ours == theirs)
            return dated(ours, toTheirs.isEmpty() ? QString() : toOurs);
        if (theirs == base)
            return dated(ours, toOurs);
        if (ours == base)
            return dated(theirs, toTheirs);
        const auto said = [](const Answer<Kind> &a) { return std::tie(a.answer, a.note, a.links); };
        if (said(ours) == said(theirs)) // both said it: who did so first
            return theirs.at.isValid() && theirs.at < ours.at ? dated(theirs, toTheirs) : dated(ours, toOurs);
        const Text name{who.ja + QStringLiteral("の回答"), who.en + QStringLiteral("'s answer")};
        return sideOf(
            m_judge.decide({m_item, name, words::shown(base), words::shown(ours), words::shown(theirs), ours.by, theirs.by}),
            dated(base, toBase), dated(ours, toOurs), dated(theirs, toTheirs));
    }

    std::vector<Waiver> waivers(const ItemReview &base, const ItemReview &ours,
                                const ItemReview &theirs) const
    {
        return mergeList<Waiver>(
            base.waivers, ours.waivers, theirs.waivers, [this](auto &...sides) { return mergeOne(sides...); },
            [this](const Waiver &before, const Waiver *here, const Waiver *there) {
                return mergeGone(before, here, there);
            });
    }

    std::vector<Action> actions(const ItemReview &base, const ItemReview &ours,
                                const ItemReview &theirs) const
    {
        return mergeList<Action>(
            base.actions, ours.actions, theirs.actions, [this](auto &...sides) { return mergeOne(sides...); },
            changedStays<Action>);
    }

    /// Two first words on the same monitor are one entry too.
    std::vector<MonitorLink> monitors(const Review &base, const Review &ours, const Review &theirs) const
    {
        std::vector<MonitorLink> known = base.monitors;
        for (const MonitorLink &link : ours.monitors) {
            const bool there = std::ranges::contains(theirs.monitors, link.id, &MonitorLink::id);
            if (there && !std::ranges::contains(known, link.id, &MonitorLink::id))
                known.push_back({link.id, link.belongs, {}, {}, {}});
        }
        auto merged = mergeList<MonitorLink>(known, ours.monitors, theirs.monitors,
                                             [this](auto &...sides) { return mergeOne(sides...); },
                                             changedStays<MonitorLink>);
        std::ranges::stable_sort(merged, {}, &MonitorLink::id);
        return merged;
    }

private:
    /// An answer that does not tell what it answers says so before it comes to a review of another version.
    template<typename Kind>
    static Answer<Kind> dated(Answer<Kind> answer, const QString &version)
    {
        if (answer.answer != Kind::Open && answer.asked.isEmpty())
            answer.asked = version;
        return answer;
    }

    /// Removed on one side and changed on the other: nothing that somebody wrote gets lost.
    template<typename Entry>
    static std::optional<Entry> changedStays(const Entry &, const Entry *ours, const Entry *theirs)
    {
        return ours ? *ours : *theirs;
    }

    /// Withdrawn by one, changed by the other: nobody approves it by changing a word of it.
    std::optional<Waiver> mergeGone(const Waiver &base, const Waiver *ours, const Waiver *theirs) const
    {
        const auto said = [](const Waiver *waiver) {
            return waiver ? words::shown(*waiver) : Text{"取り消し", "withdrawn"};
        };
        const MergeSide side =
            m_judge.decide({m_item, {"免除", "the waiver"}, words::shown(base), said(ours), said(theirs), {}, {}});
        const Waiver *chosen = sideOf(side, &base, ours, theirs);
        return chosen ? std::optional(*chosen) : std::nullopt;
    }

    // A word that both said for the first time, and not alike, is for a person to look at.
    MonitorLink mergeOne(const MonitorLink &base, const MonitorLink &ours, const MonitorLink &theirs) const
    {
        if (ours == base || theirs == base)
            return ours == base ? theirs : ours;
        const bool first = base.by.isEmpty() && !base.at.isValid();
        if (ours.belongs != theirs.belongs && !first)
            return ours.belongs == base.belongs ? theirs : ours;
        if (ours.belongs == theirs.belongs)
            return ours;
        // There is nothing before a first word: taking neither is taking ours.
        const MergeSide side = m_judge.decide(
            {m_item,
             Text{"監視 %1 がこのサービスのものか", "whether monitor %1 is this service's"}.arg(ours.id),
             {},
             shownWord(ours.belongs),
             shownWord(theirs.belongs),
             ours.by,
             theirs.by});
        return side == MergeSide::Theirs ? theirs : ours;
    }

    static Text shownWord(bool belongs)
    {
        return belongs ? Text{"このサービスのもの", "it is"} : Text{"違う", "it is not"};
    }

    /// A waiver is one statement too: who approves it approves all of it. Entries that are taken for one have the same
    /// target (see mergelist.cpp).
    Waiver mergeOne(const Waiver &base, const Waiver &ours, const Waiver &theirs) const
    {
        return field({"免除", "the waiver"}, base, ours, theirs);
    }

    Action mergeOne(const Action &base, const Action &ours, const Action &theirs) const
    {
        const auto of = [&](const Text &name, auto member) {
            return field(Text{QStringLiteral("対応の%1"), QStringLiteral("the action's %1")}.arg(name),
                         base.*member, ours.*member, theirs.*member);
        };
        Action merged;
        merged.text = of({QStringLiteral("内容"), QStringLiteral("text")}, &Action::text);
        merged.owner = of({QStringLiteral("担当"), QStringLiteral("owner")}, &Action::owner);
        merged.link = of({QStringLiteral("リンク"), QStringLiteral("link")}, &Action::link);
        merged.due = of({QStringLiteral("期日"), QStringLiteral("due date")}, &Action::due);
        merged.done = of({QStringLiteral("完了"), QStringLiteral("done")}, &Action::done);
        return merged;
    }

    template<typename T>
    MergeSide sideFor(const Text &name, const T &base, const T &ours, const T &theirs, const QString &oursBy,
                      const QString &theirsBy) const
    {
        if (ours == theirs || theirs == base)
            return MergeSide::Ours;
        if (ours == base)
            return MergeSide::Theirs;
        return m_judge.decide({m_item, name, words::shown(base), words::shown(ours), words::shown(theirs), oursBy, theirsBy});
    }

    QString m_item;
    Judge &m_judge;
    Versions m_versions;
};

ItemReview mergeBlock(const ItemReview &base, const ItemReview &ours, const ItemReview &theirs, Judge &judge,
                      const Versions &versions = {})
{
    const Merger merger(ours.id, judge, versions);
    ItemReview merged;
    merged.id = ours.id;
    merged.title = ours.title;
    merged.team = merger.answer({QStringLiteral("チーム"), QStringLiteral("the team")}, base.team, ours.team,
                                theirs.team);
    merged.reviewer = merger.answer({QStringLiteral("レビュアー"), QStringLiteral("the reviewer")}, base.reviewer,
                                    ours.reviewer, theirs.reviewer);
    merged.waivers = merger.waivers(base, ours, theirs);
    merged.actions = merger.actions(base, ours, theirs);
    merged.doubt = theirs.doubt; // in a window, theirs is what stands in the file
    merged.place = theirs.place;
    return merged;
}

/// A block that is missing on one side says as much as an empty one.
ItemReview blockOf(const Review &side, const ItemReview &like)
{
    if (const ItemReview *block = side.item(like.id))
        return *block;
    ItemReview empty;
    empty.id = like.id;
    empty.title = like.title;
    return empty;
}

void mergeHead(Review &review, const Review &base, const Review &ours, const Review &theirs, Judge &judge)
{
    const Merger head({}, judge);
    review.serviceId = head.field({QStringLiteral("サービス"), QStringLiteral("the service")}, base.serviceId,
                                  ours.serviceId, theirs.serviceId);
    review.checklistId = head.field({QStringLiteral("チェックリスト"), QStringLiteral("the checklist")},
                                    base.checklistId, ours.checklistId, theirs.checklistId);
    review.checklistVersion =
        head.field({QStringLiteral("チェックリストの版"), QStringLiteral("the checklist version")},
                   base.checklistVersion, ours.checklistVersion, theirs.checklistVersion);
    review.stage = head.field({QStringLiteral("申請する段階"), QStringLiteral("the stage applied for")}, base.stage,
                              ours.stage, theirs.stage);
    review.monitors = head.monitors(base, ours, theirs);
}

/// What an answer of this side answers, where the merged review is of another version.
QString versionOf(const Review &side, const Review &merged)
{
    if (side.checklistId == merged.checklistId && side.checklistVersion == merged.checklistVersion)
        return {};
    return side.checklistId + u' '
        + (side.checklistVersion.isEmpty() ? noVersion.toString() : side.checklistVersion);
}

} // namespace

ItemReview mergeItem(const ItemReview &base, const ItemReview &ours, const ItemReview &theirs)
{
    const ChooseSide none;
    Judge judge{none};
    return mergeBlock(base, ours, theirs, judge);
}

MergedReview mergeWith(const Review &base, const Review &ours, const Review &theirs, const ChooseSide &choose)
{
    Judge judge{choose};
    MergedReview merged;
    mergeHead(merged.review, base, ours, theirs, judge);
    const Versions versions{versionOf(base, merged.review), versionOf(ours, merged.review),
                            versionOf(theirs, merged.review)};
    QSet<QString> seen;
    for (const Review *side : {&ours, &theirs}) {
        for (const ItemReview &block : side->items) {
            if (seen.contains(block.id))
                continue;
            seen.insert(block.id);
            ItemReview item =
                mergeBlock(blockOf(base, block), blockOf(ours, block), blockOf(theirs, block), judge, versions);
            const bool removed = base.item(block.id) && (!ours.item(block.id) || !theirs.item(block.id));
            if (!removed || !item.isEmpty())
                merged.review.items.push_back(std::move(item));
        }
    }
    merged.conflicts = std::move(judge.conflicts);
    return merged;
}

Partial<Review> mergeReviews(const Review &base, const Review &ours, const Review &theirs)
{
    MergedReview merged = mergeWith(base, ours, theirs);
    Partial<Review> result{std::move(merged.review), {}};
    for (const MergeConflict &conflict : merged.conflicts)
        result.problems.push_back(conflict.toProblem());
    return result;
}

} // namespace tenken
