// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/edits.h>
#include <review/lock.h>
#include <review/openreview.h>
#include <review/reading.h>
#include <review/session.h>
#include <review/watch.h>

namespace tenken {

struct Session::Private {
    explicit Private(Session *session)
        : q(session)
    {
    }

    void setState(State now);
    void show(const LoadedPointer &now);
    void showAgain(const LoadedPointer &now);
    void fail(const Problem &problem);
    void workOut(); ///< the outcome refers to what is shown: anew before anybody hears of a change
    void judgeAgain();                   ///< where people said something else of the monitors
    void tell();                         ///< that answers, and so the outcome, changed
    void takeFromDisk();
    void announce(const OpenReview::Incoming &incoming);
    void edit(EditItem::Field field, const QString &itemId, const std::function<void(ItemReview &)> &change);
    template<typename Kind>
    Answer<Kind> resting(const QString &itemId, const Answer<Kind> &before, Answer<Kind> after, bool again = false) const;
    void editReview(const Text &name, const Review &after);
    Problem readOnlyProblem() const;
    bool isReadOnly() const { return !lock.isHeld() || open.isLocked(); }

    Session *q;
    State state = State::Empty;
    QString folder;                      ///< of what is shown
    QString asked;                       ///< of what is being read
    bool startOver = false;              ///< when that is read, edits of before are gone
    LoadedPointer loaded = std::make_shared<Loaded>();
    OpenReview open;
    Assessment assessment;               ///< of `loaded`, with the review's waivers taken in
    LoadedPointer waivedOf;              ///< what that was made from, and with which waivers
    std::vector<std::pair<QString, Waiver>> waived;
    Outcome outcome;
    std::vector<StatedDissent> dissents;
    std::vector<Problem> problems;
    QString author;                      ///< as set; else git's
    bool wasModified = false;
    bool wasReadOnly = true;
    Reading reading;
    Watch watch;
    ReviewLock lock;
    QUndoStack stack;                    ///< last: its commands refer to `open`
};

} // namespace tenken
