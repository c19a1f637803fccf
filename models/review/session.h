// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/dissent.h>
#include <review/merge.h>
#include <review/reviewfile.h>

#include <QObject>
#include <QUndoStack>

#include <memory>

namespace tenken {

/// The open review of one service: reads and judges in the background, holds the answers, saves them.
/// The only QObject below the item models. Lives in the GUI thread; every getter is cheap.
class Session : public QObject
{
    Q_OBJECT
public:
    enum class State { Empty, Loading, Ready, Failed };

    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    void open(const QString &folder); ///< cancels what is under way; unsaved edits must have been dealt with
    void reload(); ///< reads the evidence again; answers being edited are kept and merged
    void cancel();                      ///< the old values stay

    State state() const;
    QString folder() const;
    bool isReadOnly() const;            ///< another window holds the lock, or review.yaml cannot be read
    QString lockOwner() const;          ///< who, when read-only: "sato@host (pid 4711)"
    bool isModified() const;
    int unsavedEdits() const;
    QDateTime readAt() const;

    const Evidence &evidence() const;
    const Checklist &checklist() const;
    const Assessment &assessment() const; ///< with the review's waivers taken in
    const Review &review() const;
    const Outcome &outcome() const;     ///< worked out again after every edit
    const std::vector<Problem> &reviewProblems() const;
    const std::vector<StatedDissent> &dissents() const; ///< of the service's meetings
    void takeMeeting(const Meeting &meeting, const QString &path); ///< what was said in one that is going on

    QUndoStack *undoStack();
    QString author() const;             ///< git's user.name, else the login name
    void setAuthor(const QString &name);

    /// Edits: each is one undo step; fast typing into the same note is one step.
    void setTeamAnswer(const QString &itemId, const Answer<TeamAnswer> &answer);
    void setReviewAnswer(const QString &itemId, const Answer<ReviewAnswer> &answer);
    void setWaivers(const QString &itemId, const std::vector<Waiver> &waivers);
    void setActions(const QString &itemId, const std::vector<Action> &actions);
    /// Answers the same again, on what stands there now: a stale answer is fresh.
    void confirmTeamAnswer(const QString &itemId);
    void confirmReviewAnswer(const QString &itemId);
    void setStage(const QString &stageId);   ///< the roll-out stage that is applied for; empty: the last
    void moveToChecklist();                  ///< answers this version of the checklist from now on
    /// Says that a monitor is this service's, or is not; nothing takes that back. What is shown is judged again.
    void setMonitorLink(const QString &monitorId, std::optional<bool> belongs, const QString &note = {});

    /// Writes review.yaml atomically. If it changed on disk meanwhile, both sides are merged first; where
    /// both changed the same, nothing is written and the Problem tells the other's value: saving again writes
    /// ours.
    Result<void> save();
    /// What both sides changed, and not alike: git left it in the file, or it changed on disk beside edits here.
    std::vector<MergeConflict> conflicts() const;
    bool areConflictsInFile() const;    ///< git's markers: until a side of each is chosen, the file cannot be read
    /// Takes a side of each, in their order. In the file: writes it without markers. Else it is one undo step.
    Result<void> resolveConflicts(const std::vector<MergeSide> &sides);
    void takeLock();                    ///< after the other window closed; re-reads the file

signals:
    void stateChanged(tenken::Session::State state);
    void progress(const tenken::ReadingStep &step);
    void loaded();                      ///< new evidence and assessment
    void cancelled();
    void failed(const tenken::Problem &problem);
    void itemChanged(const QString &itemId); ///< an answer, waiver or action of it
    void outcomeChanged();
    void modifiedChanged(bool modified);
    void readOnlyChanged(bool readOnly);
    /// The file changed on disk and was taken in; it says where both sides changed the same, or why the file
    /// cannot be read now (the edits stay here).
    void merged(const std::vector<tenken::Problem> &conflicts);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tenken
