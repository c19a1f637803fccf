// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/session_p.h>

#include <review/checklistmove.h>
#include <review/mergelist.h>
#include <review/relied.h>
#include <review/stale.h>
#include <review/stamp.h>

#include <algorithm>

namespace tenken {

void Session::Private::edit(EditItem::Field field, const QString &itemId,
                            const std::function<void(ItemReview &)> &change)
{
    const ItemReview *now = open.review.item(itemId);
    if (!now || isReadOnly())
        return;
    ItemReview after = *now;
    change(after);
    if (after == *now)
        return;
    stack.push(new EditItem(field, &open.review, after, [this](const QString &id) {
        workOut();
        emit q->itemChanged(id);
        tell();
    }));
}

/// What an answer rests on is what its author saw when it was given; a note added later changes nothing of
/// that.
template<typename Kind>
Answer<Kind> Session::Private::resting(const QString &itemId, const Answer<Kind> &before, Answer<Kind> after,
                                       bool again) const
{
    after.commit = before.commit;
    after.asked = before.asked;
    after.relied = before.relied;
    if (after.answer == before.answer && !again)
        return after;
    after.commit.clear();
    after.asked.clear();
    after.relied.clear();
    const Item *item = loaded->checklist.item(itemId);
    if (!item || after.answer == Kind::Open)
        return after;
    after.commit = loaded->evidence.gitCommit;
    after.asked = questionDigest(*item);
    after.relied = reliedNow(*item, assessment.item(itemId), after.links, assessment);
    return after;
}

void Session::Private::editReview(const Text &name, const Review &after)
{
    if (q->isReadOnly() || after == open.review)
        return;
    stack.push(new EditReview(name, &open.review, after, [this](const QStringList &changed) {
        workOut();
        for (const QString &id : changed)
            emit q->itemChanged(id);
        tell();
    }));
}

void Session::setTeamAnswer(const QString &itemId, const Answer<TeamAnswer> &answer)
{
    d->edit(EditItem::Field::TeamAnswer, itemId, [&](ItemReview &item) {
        item.team = d->resting(itemId, item.team, stamped(item.team, answer, author()));
    });
}

void Session::setReviewAnswer(const QString &itemId, const Answer<ReviewAnswer> &answer)
{
    d->edit(EditItem::Field::ReviewAnswer, itemId,
            [&](ItemReview &item) {
                item.reviewer = d->resting(itemId, item.reviewer, stamped(item.reviewer, answer, author()));
            });
}

void Session::confirmTeamAnswer(const QString &itemId)
{
    d->edit(EditItem::Field::TeamAnswer, itemId, [&](ItemReview &item) {
        item.team = d->resting(itemId, item.team, stampedAgain(item.team, author()), true);
    });
}

void Session::confirmReviewAnswer(const QString &itemId)
{
    d->edit(EditItem::Field::ReviewAnswer, itemId, [&](ItemReview &item) {
        item.reviewer = d->resting(itemId, item.reviewer, stampedAgain(item.reviewer, author()), true);
    });
}

void Session::setStage(const QString &stageId)
{
    Review after = review();
    after.stage = writable(stageId);
    d->editReview({"申請する段階", "stage applied for"}, after);
}

void Session::moveToChecklist()
{
    d->editReview({"チェックリストの版", "checklist version"}, movedTo(review(), checklist()));
}

void Session::setWaivers(const QString &itemId, const std::vector<Waiver> &waivers)
{
    d->edit(EditItem::Field::Waivers, itemId, [&](ItemReview &item) {
        // A key that Tenken does not know stays in the file with its entry: changing other words takes nothing back.
        const std::vector<Waiver> before = std::exchange(item.waivers, waivers);
        const std::vector<int> became = counterparts(before, waivers);
        for (size_t i = 0; i < became.size(); ++i) {
            if (became[i] >= 0 && before[i].unclear)
                item.waivers[size_t(became[i])].unclear = true;
        }
        for (Waiver &waiver : item.waivers) {
            for (QString *text :
                 {&waiver.reason, &waiver.requester, &waiver.approver, &waiver.control, &waiver.link,
                  &waiver.rule, &waiver.object, &waiver.container, &waiver.finding, &waiver.parameter})
                *text = writable(*text);
        }
    });
}

void Session::setActions(const QString &itemId, const std::vector<Action> &actions)
{
    d->edit(EditItem::Field::Actions, itemId, [&](ItemReview &item) {
        item.actions = actions;
        for (Action &action : item.actions) {
            for (QString *text : {&action.text, &action.owner, &action.link})
                *text = writable(*text);
        }
    });
}

void Session::setMonitorLink(const QString &monitorId, std::optional<bool> belongs, const QString &note)
{
    if (d->isReadOnly() || monitorId.isEmpty())
        return;
    std::optional<MonitorLink> link;
    if (belongs)
        link = stampedWord(monitorId, *belongs, author(), note);
    const auto &said = review().monitors;
    const auto known = std::ranges::find(said, monitorId, &MonitorLink::id);
    const bool same = belongs ? known != said.end() && known->belongs == *belongs && known->note == link->note
                              : known == said.end();
    if (same)
        return;
    d->stack.push(new EditMonitor(&d->open.review, monitorId, link, [this] {
        d->workOut();
        d->tell();
    }));
}

} // namespace tenken
