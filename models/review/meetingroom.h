// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meeting.h>
#include <review/session.h>

#include <QElapsedTimer>
#include <QTimer>

namespace tenken {

/// A meeting that goes on: where it is, its clock, and what people say. Answers, waivers and actions are the
/// session's edits; what belongs to the meeting alone goes on the same undo stack, so that one key takes either
/// back. Everything is on disk a moment after it was said.
class MeetingRoom final : public QObject
{
    Q_OBJECT
public:
    enum class Place { Start, Item, End };

    explicit MeetingRoom(Session &session, QObject *parent = nullptr);
    ~MeetingRoom() override;

    // Coming and going.
    void enter();                            ///< takes up today's unfinished meeting, else prepares a new one
    void begin();
    void leave();                            ///< the clock stands still; all is kept
    Result<QString> close(Lang lang);        ///< ends it, writes the minutes, answers their path
    void reopen();                           ///< it was not the end after all
    bool isResumed() const { return m_resumed; }

    // Where it is.
    Place place() const { return m_place; }
    const Agenda &agenda() const { return m_agenda; }
    const Meeting &meeting() const { return m_meeting; }
    const QString &path() const { return m_path; }
    int position() const;                    ///< in the agenda; -1 when no item is shown
    const ItemStanding *current() const;     ///< null when no item is shown
    bool isSettled(const QString &itemId) const;
    bool isPostponed(const QString &itemId) const;
    int returning() const;                   ///< postponed items that come again
    void next();
    void previous();
    void goTo(const QString &itemId);
    void goToEnd();

    // The clock.
    void pause(bool paused);
    bool isPaused() const { return m_paused; }
    int itemSeconds() const;
    int itemTarget() const;
    int totalSeconds() const { return int(m_totalMs / 1000); }
    void tick();                             ///< called every second while it goes on
    std::function<qint64()> milliseconds;    ///< a clock that only goes forward
    std::function<QDateTime()> wallClock;

    // What people say; each is one undo step, and answers what it did in words.
    struct Said {
        bool done = false;
        Text words;
    };
    bool isReadOnly() const { return m_session.isReadOnly(); }
    Said decide(ReviewAnswer answer);        ///< accepting over a machine's fail needs `note` first: see needsReason()
    Said decide(ReviewAnswer answer, const QString &note);
    bool needsReason(ReviewAnswer answer) const;
    Said waive(const Waiver &waiver);
    Said note(const QString &note);
    Said dissent(const Dissent &dissent);
    Said addAction(const Action &action);
    Said postpone();                         ///< and goes on to the next
    Said undo();
    Said redo();
    Said setPeople(const QStringList &participants, int plannedMinutes);
    std::optional<Said> hindrance() const;   ///< why nothing can be said now; before anybody types in vain
    Waiver proposedWaiver() const;           ///< who asks and who may approve, as far as known

signals:
    void changed();                          ///< anything but the clock
    void ticked();
    void trouble(const tenken::Problem &problem); ///< could not be saved

private:
    friend class MeetingEdit;
    MeetingItem *entry(const QString &itemId);  ///< made where there is none
    void prepare();
    void show(int routeIndex);
    void refreshAgenda();
    void refreshOutcome();
    Said edit(const Text &words, const std::function<void(MeetingItem &)> &change, const std::function<void()> &inReview = {});
    void apply(const MeetingItem &item);        ///< by undo and redo
    void write();
    void writeSoon() { m_writeLater.start(); }
    bool stale() const;                         ///< it was of another service
    Said refusal() const;
    QDateTime now() const;

    Session &m_session;
    Agenda m_agenda;
    Meeting m_meeting;
    QString m_path, m_folder;
    Place m_place = Place::Start;
    QStringList m_route;                        ///< items in the order they are shown: the agenda, then those put off
    int m_at = -1;                              ///< in the route
    bool m_begun = false, m_running = false, m_paused = false, m_resumed = false, m_undoing = false;
    int m_firstEdit = 0;                        ///< of the undo stack: what was done before is not ours
    QHash<QString, Standing> m_before;          ///< how items stood when it began
    QHash<QString, qint64> m_itemMs;
    qint64 m_totalMs = 0, m_lastTick = 0;
    QElapsedTimer m_clock;
    QTimer m_seconds, m_writeLater;
};

} // namespace tenken
