// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meetingkeys.h>

#include <review/reviewkeys.h>
#include <review/standing.h>
#include <review/yamltext.h>

namespace tenken {

namespace {

/// Builds the lines of a meeting's file. What is empty is left out: nobody merges these files.
class Writer
{
public:
    QByteArray write(const Meeting &m)
    {
        raw(0, "# Tenken がこのファイルを書きます。会議一回の記録です。書式は checklists/meetings.md にあります。");
        raw(0, "# Tenken writes this file: the record of one meeting. Its format: checklists/meetings.md.");
        line(0, "format", QLatin1String(meetingFormat));
        line(0, "service", m.serviceId);
        text(0, "name", m.serviceName);
        line(0, "checklist", m.checklistId);
        line(0, "version", m.checklistVersion);
        text(0, "stage", m.stage);
        plain(0, "started", inIso(m.started));
        plain(0, "ended", inIso(m.ended));
        plain(0, "closed", m.closed ? QStringLiteral("true") : QString());
        plain(0, "planned-minutes", QString::number(m.plannedMinutes));
        plain(0, "seconds", QString::number(m.seconds));
        if (!m.participants.isEmpty())
            raw(0, "participants:");
        for (const QString &name : m.participants)
            raw(2, "- " + yamlScalar(name));
        outcome("before", m.before);
        outcome("after", m.after);
        keep(0, m.kept);
        if (!m.items.empty())
            raw(0, "items:");
        for (const MeetingItem &i : m.items)
            entry(2, [&] { item(i); });
        if (!m.remaining.empty())
            raw(0, "remaining:");
        for (const OpenPoint &point : m.remaining) {
            entry(2, [&] {
                line(4, "id", point.id);
                text(4, "title", point.title);
                plain(4, "standing", toString(point.standing));
                text(4, "why", point.why);
            });
        }
        return m_lines.join('\n') + '\n';
    }

private:
    void raw(int indent, const QByteArray &line) { m_lines.append(QByteArray(indent, ' ') + line); }

    /// Words that are safe as they stand: numbers, days, the words of answers.
    void plain(int indent, const QByteArray &key, const QString &value)
    {
        if (!value.isEmpty())
            raw(indent, key + ": " + value.toUtf8());
    }

    void line(int indent, const QByteArray &key, const QString &value)
    {
        if (!value.isEmpty())
            raw(indent, yamlLine(key, value));
    }

    void note(int indent, const QByteArray &key, const QString &value)
    {
        if (!value.contains(u'\n'))
            return line(indent, key, value);
        const QByteArrayList lines = yamlText(key, value, indent);
        raw(indent, lines.front());
        m_lines.append(lines.sliced(1)); // they bring their indentation
    }

    void text(int indent, const QByteArray &key, const Text &value)
    {
        if (value.isEmpty())
            return;
        if (value.ja == value.en)
            return note(indent, key, value.ja);
        raw(indent, key + ':');
        note(indent + 2, "ja", value.ja);
        note(indent + 2, "en", value.en);
    }

    void outcome(const QByteArray &key, const std::optional<MeetingOutcome> &outcome)
    {
        if (!outcome)
            return;
        raw(0, key + ':');
        plain(2, "decision", toString(outcome->decision));
        text(2, "why", outcome->why);
    }

    /// An entry of a list: its first line carries the dash. An empty one is "- {}".
    template<typename Fields>
    void entry(int indent, Fields fields)
    {
        const qsizetype first = m_lines.size();
        fields();
        if (m_lines.size() == first)
            raw(indent, "- {}");
        else
            m_lines[first].replace(indent, 2, "- ");
    }

    void keep(int indent, const KeptKeys &kept)
    {
        for (const auto &[key, value] : kept)
            raw(indent, key + ": " + value);
    }

    void item(const MeetingItem &i)
    {
        line(4, "id", i.id);
        text(4, "title", i.title);
        plain(4, "level", i.level == Level::Must ? QStringLiteral("must") : QStringLiteral("should"));
        plain(4, "group", toString(i.group));
        plain(4, "seconds", QString::number(i.seconds));
        plain(4, "machine", i.machine ? toString(*i.machine) : QString());
        text(4, "finding", i.finding);
        plain(4, "team", toString(i.team));
        line(4, "team-by", i.teamBy);
        note(4, "team-note", i.teamNote);
        plain(4, "before", i.before ? toString(*i.before) : QString());
        plain(4, "decision", toString(i.decision));
        line(4, "by", i.by);
        note(4, "note", i.note);
        list("dissents", i.dissents, [this](const Dissent &d) {
            line(8, "who", d.who);
            note(8, "what", d.what);
        });
        list("waivers", i.waivers, [this](const Waiver &w) {
            note(8, "reason", w.reason);
            line(8, "requester", w.requester);
            line(8, "approver", w.approver);
            note(8, "control", w.control);
            plain(8, "expires", w.expires.toString(Qt::ISODate));
        });
        list("actions", i.actions, [this](const Action &a) {
            note(8, "text", a.text);
            line(8, "owner", a.owner);
            plain(8, "due", a.due.toString(Qt::ISODate));
            line(8, "link", a.link);
        });
        plain(4, "postponed", i.postponed ? QStringLiteral("true") : QString());
        plain(4, "after", i.after ? toString(*i.after) : QString());
        keep(4, i.kept);
    }

    template<typename Entry, typename Fields>
    void list(const QByteArray &key, const std::vector<Entry> &entries, Fields fields)
    {
        if (!entries.empty())
            raw(4, key + ':');
        for (const Entry &e : entries)
            entry(6, [&] { fields(e); });
    }

    QByteArrayList m_lines;
};

} // namespace

QByteArray writeMeeting(const Meeting &meeting) { return Writer().write(meeting); }

} // namespace tenken
