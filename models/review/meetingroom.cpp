// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meetingroom.h>

#include <review/meetingedit.h>
#include <review/minutes.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 longestTickMs = 10'000; ///< a machine that slept did not talk
constexpr int writeEverySeconds = 30;

} // namespace

MeetingRoom::MeetingRoom(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_clock.start();
    milliseconds = [this] { return m_clock.elapsed(); };
    wallClock = [] { return QDateTime::currentDateTime(); };
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &MeetingRoom::tick);
    m_writeLater.setSingleShot(true);
    m_writeLater.setInterval(0);
    connect(&m_writeLater, &QTimer::timeout, this, &MeetingRoom::write);
    connect(&session, &Session::outcomeChanged, this, [this] {
        if (m_running) {
            refreshAgenda();
            emit changed();
        }
    });
    connect(&session, &Session::readOnlyChanged, this, &MeetingRoom::changed);
}

MeetingRoom::~MeetingRoom()
{
    if (m_running)
        leave();
}

QDateTime MeetingRoom::now() const
{
    const QDateTime now = wallClock();
    return QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch()).toOffsetFromUtc(now.offsetFromUtc());
}

bool MeetingRoom::stale() const { return m_folder != m_session.folder(); }

void MeetingRoom::enter()
{
    if (!m_begun || m_meeting.closed || stale())
        prepare();
    m_running = true;
    m_lastTick = milliseconds();
    m_seconds.start();
    refreshAgenda();
    emit changed();
}

/// A meeting of today that has no minutes yet goes on, also after a crash.
void MeetingRoom::prepare()
{
    m_folder = m_session.folder();
    m_meeting = {};
    m_agenda = {};
    m_route.clear();
    m_at = -1;
    m_place = Place::Start;
    m_begun = m_paused = m_resumed = false;
    m_totalMs = 0;
    m_itemMs.clear();
    m_firstEdit = m_session.undoStack()->index();
    m_before.clear();
    for (const ItemStanding &is : m_session.outcome().items)
        m_before.insert(is.item->id, is.standing);
    const QDate today = now().date();
    if (auto unfinished = isReadOnly() ? std::nullopt : unfinishedMeeting(m_folder, today)) {
        std::tie(m_path, m_meeting) = std::move(*unfinished);
        m_resumed = true;
        m_totalMs = qint64(m_meeting.seconds) * 1000;
        for (const MeetingItem &i : m_meeting.items) {
            m_itemMs.insert(i.id, qint64(i.seconds) * 1000);
            m_agenda.entries.push_back({i.id, i.group});
            if (i.before)
                m_before.insert(i.id, *i.before);
        }
        for (const AgendaEntry &e : m_agenda.entries)
            m_route.append(e.itemId);
        for (const MeetingItem &i : m_meeting.items) {
            if (i.postponed)
                m_route.append(i.id);
        }
        return;
    }
    m_path = newMeetingPath(m_folder, today);
    const QStringList earlier = meetingFiles(m_folder);
    if (const auto last = earlier.isEmpty() ? failure({}) : readMeeting(m_folder, earlier.last())) {
        m_meeting.participants = last->meeting.participants;
        m_meeting.plannedMinutes = last->meeting.plannedMinutes;
    }
    if (m_meeting.participants.isEmpty() && !m_session.author().isEmpty())
        m_meeting.participants = {m_session.author()};
}

void MeetingRoom::begin()
{
    const Service &service = m_session.evidence().service;
    if (!m_resumed) {
        m_meeting.serviceId = service.id;
        m_meeting.serviceName = service.name;
        m_meeting.checklistId = m_session.checklist().id;
        m_meeting.checklistVersion = m_session.checklist().version;
        m_meeting.started = now();
        m_meeting.before = MeetingOutcome{m_session.outcome().decision, m_session.outcome().lead};
    }
    m_begun = true;
    m_lastTick = milliseconds();
    refreshAgenda();
    // A meeting that goes on does so where nothing was said yet.
    const auto open = std::ranges::find_if(m_agenda.entries, [this](const AgendaEntry &e) { return !isSettled(e.itemId) && !isPostponed(e.itemId); });
    show(m_agenda.entries.empty() ? -1 : open == m_agenda.entries.end() ? 0 : int(open - m_agenda.entries.begin()));
}

void MeetingRoom::leave()
{
    tick();
    m_running = false;
    m_seconds.stop();
    m_writeLater.stop();
    write();
}

Result<QString> MeetingRoom::close(Lang lang)
{
    tick();
    m_meeting.ended = now();
    refreshOutcome();
    const QString path = minutesPath(m_path);
    if (isReadOnly() || !m_begun)
        return failure({path, {}, refusal().words, {}});
    if (const auto saved = m_session.save(); !saved)
        return failure(saved.error());
    m_meeting.closed = true;
    if (const auto saved = saveMeeting(m_folder, m_path, m_meeting); !saved) {
        m_meeting.closed = false;
        return failure(saved.error());
    }
    const QByteArray text = minutesOf(m_meeting, m_path, lang).toUtf8();
    if (const auto written = writeAtomically(m_folder + u'/' + path, text); !written)
        return failure(written.error());
    emit changed();
    return path;
}

void MeetingRoom::reopen()
{
    m_meeting.closed = false;
    writeSoon();
    emit changed();
}

int MeetingRoom::position() const { return m_place == Place::Item ? m_agenda.indexOf(m_route.value(m_at)) : -1; }

const ItemStanding *MeetingRoom::current() const
{
    if (m_place != Place::Item)
        return nullptr;
    const auto &items = m_session.outcome().items;
    const auto found = std::ranges::find_if(items, [&](const ItemStanding &is) { return is.item->id == m_route.value(m_at); });
    return found == items.end() ? nullptr : &*found;
}

bool MeetingRoom::isSettled(const QString &itemId) const
{
    const MeetingItem *item = m_meeting.item(itemId);
    return item && item->isSettled();
}

bool MeetingRoom::isPostponed(const QString &itemId) const
{
    const MeetingItem *item = m_meeting.item(itemId);
    return item && item->postponed;
}

int MeetingRoom::returning() const { return std::max(0, int(m_route.size() - qsizetype(m_agenda.entries.size()))); }

void MeetingRoom::refreshAgenda()
{
    const QString at = m_route.value(m_at);
    const QStringList again = m_route.mid(qsizetype(m_agenda.entries.size()));
    const bool second = m_at >= int(m_agenda.entries.size());
    QSet<QString> settled;
    for (const MeetingItem &i : m_meeting.items)
        settled.insert(i.id); // what was on the screen stays where it was
    m_agenda = agendaOf(m_session.outcome(), m_agenda, settled);
    m_route.clear();
    for (const AgendaEntry &e : m_agenda.entries)
        m_route.append(e.itemId);
    const qsizetype first = m_route.size();
    for (const QString &id : again) {
        if (m_agenda.indexOf(id) >= 0)
            m_route.append(id);
    }
    m_at = at.isEmpty() ? -1 : int(m_route.indexOf(at, second ? first : 0));
    if (m_place == Place::Item && m_at < 0)
        m_place = Place::End;
    refreshOutcome();
}

void MeetingRoom::refreshOutcome()
{
    const Outcome &outcome = m_session.outcome();
    if (!m_begun || outcome.items.empty())
        return;
    m_meeting.after = MeetingOutcome{outcome.decision, outcome.lead};
    m_meeting.remaining = openPoints(outcome, m_session.checklist().decision);
    for (const ItemStanding &is : outcome.items) {
        if (MeetingItem *item = m_meeting.item(is.item->id))
            item->after = is.standing;
    }
    m_meeting.seconds = totalSeconds();
    for (MeetingItem &item : m_meeting.items)
        item.seconds = int(m_itemMs.value(item.id) / 1000);
}

void MeetingRoom::show(int routeIndex)
{
    tick();
    m_at = routeIndex;
    const bool there = routeIndex >= 0 && routeIndex < int(m_route.size());
    m_place = there ? Place::Item : routeIndex < 0 && !m_begun ? Place::Start : Place::End;
    if (there)
        entry(m_route[routeIndex]);
    if (m_begun)
        writeSoon();
    emit changed();
}

void MeetingRoom::next()
{
    if (m_begun && m_place == Place::Item)
        show(m_at + 1);
}

void MeetingRoom::previous()
{
    if (m_begun && m_place == Place::End)
        show(int(m_route.size()) - 1);
    else if (m_begun && m_place == Place::Item && m_at > 0)
        show(m_at - 1);
}

void MeetingRoom::goTo(const QString &itemId)
{
    if (const qsizetype at = m_route.indexOf(itemId); m_begun && at >= 0)
        show(int(at));
}

void MeetingRoom::goToEnd()
{
    if (m_begun)
        show(int(m_route.size()));
}

void MeetingRoom::pause(bool paused)
{
    tick();
    m_paused = paused;
    emit changed();
}

int MeetingRoom::itemSeconds() const { return m_place == Place::Item ? int(m_itemMs.value(m_route.value(m_at)) / 1000) : 0; }

int MeetingRoom::itemTarget() const
{
    const int at = position();
    return at < 0 ? 0 : paceOf(m_agenda, m_meeting.plannedMinutes).of(m_agenda.entries[size_t(at)].group);
}

void MeetingRoom::tick()
{
    const qint64 at = milliseconds(), passed = std::clamp<qint64>(at - m_lastTick, 0, longestTickMs);
    m_lastTick = at;
    if (!m_running || !m_begun || m_paused || m_meeting.closed)
        return;
    const qint64 before = m_totalMs;
    m_totalMs += passed;
    if (m_place == Place::Item)
        m_itemMs[m_route.value(m_at)] += passed;
    if (before / 1000 / writeEverySeconds != m_totalMs / 1000 / writeEverySeconds)
        writeSoon();
    emit ticked();
}

void MeetingRoom::write()
{
    m_writeLater.stop();
    if (!m_begun || isReadOnly() || stale())
        return;
    if (m_session.isModified()) {
        if (const auto saved = m_session.save(); !saved)
            emit trouble(saved.error());
    }
    refreshOutcome();
    if (m_meeting.isEmpty() && !m_resumed && !QFileInfo::exists(m_folder + u'/' + m_path))
        return; // nothing that anybody would miss
    if (!m_meeting.closed)
        m_meeting.ended = now();
    if (const auto saved = saveMeeting(m_folder, m_path, m_meeting); !saved)
        emit trouble(saved.error());
}

} // namespace tenken
