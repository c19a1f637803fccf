// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/dissent.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qsizetype mostMeetings = 500; ///< the newest; a service that meets every week has ten years of them

} // namespace

Partial<std::vector<StatedDissent>> readDissents(const QString &folder)
{
    Partial<std::vector<StatedDissent>> read;
    const QStringList files = meetingFiles(folder);
    for (const QString &path : files.mid(std::max<qsizetype>(0, files.size() - mostMeetings))) {
        auto meeting = readMeeting(folder, path);
        if (!meeting) {
            read.problems.push_back(std::move(meeting.error()));
            continue;
        }
        if (!meeting->whole)
            std::ranges::move(meeting->problems, std::back_inserter(read.problems));
        read.value = withMeeting(std::move(read.value), meeting->meeting, path);
    }
    return read;
}

std::vector<StatedDissent> withMeeting(std::vector<StatedDissent> known, const Meeting &meeting, const QString &path)
{
    std::erase_if(known, [&](const StatedDissent &stated) {
        const MeetingItem *item = meeting.item(stated.item);
        return stated.meeting == path || (item && item->isSettled());
    });
    for (const MeetingItem &item : meeting.items) {
        for (const Dissent &said : item.dissents)
            known.push_back({item.id, said, meeting.started.date(), path});
    }
    return known;
}

} // namespace tenken
