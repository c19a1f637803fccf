// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/meetingroom.h>

#include <QPointer>
#include <QUndoCommand>

namespace tenken {

/// What a meeting wrote down of one item. Undone and redone together with the answer it belongs to; where the
/// meeting is gone it does nothing.
class MeetingEdit final : public QUndoCommand
{
public:
    MeetingEdit(MeetingRoom *room, MeetingItem before, MeetingItem after)
        : m_room(room), m_before(std::move(before)), m_after(std::move(after))
    {
    }

    void undo() override { apply(m_before); }
    void redo() override { apply(m_after); }

private:
    void apply(const MeetingItem &item)
    {
        if (m_room)
            m_room->apply(item);
    }

    QPointer<MeetingRoom> m_room;
    MeetingItem m_before, m_after;
};

} // namespace tenken
