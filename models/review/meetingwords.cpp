// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meetingroom.h>

#include <review/meetingedit.h>
#include <review/stamp.h>
#include <review/standing.h>

#include <algorithm>

namespace tenken {

namespace {

const Text takeBack{"U で取り消し、→ で次へ。", "U undoes it, → goes on."};

Text decided(ReviewAnswer answer)
{
    switch (answer) {
    case ReviewAnswer::Accept: return {"承認しました。", "Accepted."};
    case ReviewAnswer::Reject: return {"差し戻しました。", "Rejected."};
    case ReviewAnswer::Waive: return {"免除しました。", "Waived."};
    case ReviewAnswer::Ask: return {"質問にしました。N で質問の中身を書けます。", "Marked as a question. N writes what it is."};
    case ReviewAnswer::Open: break;
    }
    return {"回答を消しました。", "The answer is taken back."};
}

Text joined(const Text &a, const Text &b) { return {a.ja + b.ja, a.en + u' ' + b.en}; }

bool isUnmet(Standing s) { return s == Standing::Fail || s == Standing::Unknown || s == Standing::Unanswered; }

MeetingRoom::Said refused(const Text &words) { return {false, words}; }

} // namespace

MeetingRoom::Said MeetingRoom::refusal() const
{
    if (isReadOnly()) {
        return refused(m_session.lockOwner().isEmpty()
                           ? Text{"読み取り専用です。記録しません。", "Read-only: nothing is recorded."}
                           : Text{"%1 がこのレビューを開いています。ここでは記録しません。",
                                  "%1 has this review open. Nothing is recorded here."}.arg(m_session.lockOwner()));
    }
    if (!m_begun)
        return refused({"会議を始めてから決めます。", "Start the meeting first."});
    return refused({"決める項目がありません。", "There is no item to decide."});
}

MeetingItem *MeetingRoom::entry(const QString &itemId)
{
    const int at = m_agenda.indexOf(itemId);
    MeetingItem *known = m_meeting.item(itemId);
    const auto &items = m_session.outcome().items;
    const auto found = std::ranges::find_if(items, [&](const ItemStanding &is) { return is.item->id == itemId; });
    if (known || at < 0 || found == items.end())
        return known;
    MeetingItem item;
    item.id = itemId;
    item.title = found->item->title;
    item.level = found->item->level;
    item.group = m_agenda.entries[size_t(at)].group;
    item.before = m_before.value(itemId, found->standing);
    item.after = found->standing;
    if (found->result && found->result->machine) {
        item.machine = found->result->verdict;
        const auto decisive = std::ranges::find(found->result->findings, found->result->verdict, &Finding::verdict);
        if (decisive != found->result->findings.end())
            item.finding = decisive->reason;
    }
    if (found->review) {
        item.team = found->review->team.answer;
        item.teamBy = found->review->team.by;
        item.teamNote = found->review->team.note;
    }
    const auto later = std::ranges::find_if(m_meeting.items, [&](const MeetingItem &i) { return m_agenda.indexOf(i.id) > at; });
    return &*m_meeting.items.insert(later, std::move(item));
}

MeetingRoom::Said MeetingRoom::edit(const Text &words, const std::function<void(MeetingItem &)> &change,
                                    const std::function<void()> &inReview)
{
    const ItemStanding *is = current();
    if (isReadOnly() || !m_begun || !is || !is->review)
        return refusal();
    const QString id = is->item->id;
    const MeetingItem before = *entry(id);
    MeetingItem after = before;
    change(after);
    QUndoStack *stack = m_session.undoStack();
    m_meeting.closed = false;
    stack->beginMacro(id + u' ' + words.ja);
    if (inReview)
        inReview();
    stack->push(new MeetingEdit(this, before, after));
    stack->endMacro();
    return {true, words};
}

void MeetingRoom::apply(const MeetingItem &item)
{
    MeetingItem *mine = entry(item.id);
    if (!mine || stale())
        return;
    const bool back = item.postponed && !mine->postponed;
    const bool away = !item.postponed && mine->postponed;
    mine->decision = item.decision;
    mine->by = item.by;
    mine->note = item.note;
    mine->dissents = item.dissents;
    mine->waivers = item.waivers;
    mine->actions = item.actions;
    mine->postponed = item.postponed;
    const qsizetype first = qsizetype(m_agenda.entries.size());
    if (back && !m_route.mid(first).contains(item.id))
        m_route.append(item.id);
    // One that waits at the end need not come again; the one on the screen stays there.
    if (const qsizetype at = m_route.indexOf(item.id, first); away && at > m_at)
        m_route.removeAt(at);
    if (m_undoing && m_route.value(m_at) != item.id)
        m_at = int(m_route.indexOf(item.id)), m_place = Place::Item;
    refreshOutcome();
    writeSoon();
    emit changed();
}

bool MeetingRoom::needsReason(ReviewAnswer answer) const
{
    const ItemStanding *is = current();
    return answer == ReviewAnswer::Accept && is && is->result && is->result->machine
        && is->result->verdict == Verdict::Fail && is->review && is->review->reviewer.note.trimmed().isEmpty();
}

MeetingRoom::Said MeetingRoom::decide(ReviewAnswer answer)
{
    const ItemStanding *is = current();
    return decide(answer, is && is->review ? is->review->reviewer.note : QString());
}

MeetingRoom::Said MeetingRoom::decide(ReviewAnswer answer, const QString &note)
{
    const ItemStanding *is = current();
    if (!is || !is->review)
        return refusal();
    const QString id = is->item->id;
    const MeetingItem *item = m_meeting.item(id);
    if (item && item->decision == answer && is->review->reviewer.answer == answer && is->review->reviewer.note == note)
        return refused(joined(Text{"すでに「%1」です。", "Already: %1."}.arg(label(answer)), takeBack));
    auto changed = is->review->reviewer;
    changed.answer = answer;
    changed.note = writable(note.trimmed());
    changed.by.clear();
    changed.at = {};
    Said said = edit(decided(answer), [&](MeetingItem &i) {
        i.decision = answer;
        i.by = m_session.author();
        i.note = changed.note;
        i.postponed = false;
    }, [&] { m_session.setReviewAnswer(id, changed); });
    if (!said.done)
        return said;
    is = current();
    // Agreement does not make good what is missing: say so while everybody looks.
    if (answer == ReviewAnswer::Accept && is && isUnmet(is->standing))
        said.words = joined(said.words, Text{"項目は%1のままです。", "The item stays: %1."}.arg(label(is->standing)));
    said.words = joined(said.words, takeBack);
    return said;
}

MeetingRoom::Said MeetingRoom::waive(const Waiver &given)
{
    const ItemStanding *is = current();
    if (!is || !is->review)
        return refusal();
    if (!given.isComplete())
        return refused({"理由、代替策、申請、承認(別の人)、期限がそろうと免除できます。",
                        "Reason, control, requester, approver (another person) and expiry are all needed."});
    const QString id = is->item->id;
    Waiver waiver = given;
    for (QString *text : {&waiver.reason, &waiver.requester, &waiver.approver, &waiver.control})
        *text = writable(text->trimmed());
    auto waivers = is->review->waivers;
    waivers.push_back(waiver);
    auto answer = is->review->reviewer;
    answer.answer = ReviewAnswer::Waive;
    answer.by.clear();
    answer.at = {};
    Said said = edit(decided(ReviewAnswer::Waive), [&](MeetingItem &i) {
        i.decision = ReviewAnswer::Waive;
        i.by = m_session.author();
        i.waivers.push_back(waiver);
        i.postponed = false;
    }, [&] {
        m_session.setWaivers(id, waivers);
        m_session.setReviewAnswer(id, answer);
    });
    if (!said.done)
        return said;
    is = current();
    if (is && is->standing != Standing::Waived)
        said.words = joined(said.words, Text{"項目は%1のままです。", "The item stays: %1."}.arg(label(is->standing)));
    said.words = joined(said.words, takeBack);
    return said;
}

MeetingRoom::Said MeetingRoom::note(const QString &note)
{
    const ItemStanding *is = current();
    if (!is || !is->review)
        return refusal();
    const QString id = is->item->id, clean = writable(note.trimmed());
    if (is->review->reviewer.note == clean)
        return refused({"メモは変わっていません。", "The note is as it was."});
    auto answer = is->review->reviewer;
    answer.note = clean;
    answer.by.clear();
    answer.at = {};
    Said said = edit({"メモを書きました。", "Noted."}, [&](MeetingItem &i) {
        i.note = clean;
        i.by = m_session.author();
    }, [&] { m_session.setReviewAnswer(id, answer); });
    if (said.done)
        said.words = joined(said.words, takeBack);
    return said;
}

MeetingRoom::Said MeetingRoom::dissent(const Dissent &dissent)
{
    const Dissent clean{writable(dissent.who.simplified()), writable(dissent.what.trimmed())};
    if (clean.who.isEmpty() || clean.what.isEmpty())
        return refused({"だれの、どんな異論かを書きます。", "Say whose dissent it is, and what it is."});
    Said said = edit(Text{"%1 の異論を書きました。", "The dissent of %1 is written down."}.arg(clean.who),
                     [&](MeetingItem &i) { i.dissents.push_back(clean); });
    if (said.done)
        said.words = joined(said.words, takeBack);
    return said;
}

MeetingRoom::Said MeetingRoom::addAction(const Action &given)
{
    const ItemStanding *is = current();
    if (!is || !is->review)
        return refusal();
    Action action = given;
    for (QString *text : {&action.text, &action.owner, &action.link})
        *text = writable(text->trimmed());
    if (action.text.isEmpty())
        return refused({"することを書きます。", "Say what is to be done."});
    const QString id = is->item->id;
    auto actions = is->review->actions;
    actions.push_back(action);
    Said said = edit({"対応を書きました。", "The action is written down."},
                     [&](MeetingItem &i) { i.actions.push_back(action); }, [&] { m_session.setActions(id, actions); });
    if (said.done)
        said.words = joined(said.words, takeBack);
    return said;
}

MeetingRoom::Said MeetingRoom::postpone()
{
    const ItemStanding *is = current();
    if (!is)
        return refusal();
    const Text name = is->item->title;
    if (!isPostponed(is->item->id)) {
        if (const Said said = edit({"後に回しました。", "Postponed."}, [](MeetingItem &i) { i.postponed = true; }); !said.done)
            return said;
    }
    next();
    return {true, Text{"「%1」は後に回しました。議題の最後にもう一度出ます。U で取り消し。",
                       "“%1” is put off; it comes again at the end. U undoes it."}.arg(name)};
}

MeetingRoom::Said MeetingRoom::undo()
{
    QUndoStack *stack = m_session.undoStack();
    if (isReadOnly() || !m_begun)
        return refusal();
    if (stack->index() <= m_firstEdit || !stack->canUndo())
        return refused({"この会議で取り消せるものはありません。", "There is nothing of this meeting to undo."});
    tick();
    m_undoing = true;
    stack->undo();
    m_undoing = false;
    writeSoon();
    emit changed();
    return {true, {"取り消しました。Shift+U でやり直します。", "Undone. Shift+U does it again."}};
}

MeetingRoom::Said MeetingRoom::redo()
{
    QUndoStack *stack = m_session.undoStack();
    if (isReadOnly() || !m_begun)
        return refusal();
    if (!stack->canRedo())
        return refused({"やり直せるものはありません。", "There is nothing to do again."});
    tick();
    m_undoing = true;
    stack->redo();
    m_undoing = false;
    writeSoon();
    emit changed();
    return {true, joined({"やり直しました。", "Done again."}, takeBack)};
}

MeetingRoom::Said MeetingRoom::setPeople(const QStringList &participants, int plannedMinutes)
{
    if (isReadOnly())
        return refusal();
    m_meeting.participants.clear();
    for (const QString &name : participants)
        m_meeting.participants.append(writable(name));
    m_meeting.plannedMinutes = std::clamp(plannedMinutes, 1, 24 * 60);
    writeSoon();
    emit changed();
    return {true, Text{"参加者は %1 人です。", "Participants: %1."}.arg(m_meeting.participants.size())};
}

std::optional<MeetingRoom::Said> MeetingRoom::hindrance() const
{
    const ItemStanding *is = current();
    return isReadOnly() || !m_begun || !is || !is->review ? std::optional(refusal()) : std::nullopt;
}

Waiver MeetingRoom::proposedWaiver() const
{
    Waiver waiver;
    if (const ItemStanding *is = current(); is && is->review)
        waiver.requester = is->review->team.by;
    waiver.approver = waiver.requester == m_session.author() ? QString() : m_session.author();
    waiver.expires = now().date().addDays(14);
    return waiver;
}

} // namespace tenken
