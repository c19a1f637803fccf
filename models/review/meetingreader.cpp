// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meetingkeys.h>

#include <review/reviewkeys.h>
#include <review/standing.h>
#include <review/yamltext.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qsizetype mostEntries = 5'000; ///< of one list
constexpr qint64 mostSeconds = 7 * 24 * 3600;
const Text mendOrDrop{"直すか、消してください", "mend it or take it out"};

template<typename Kind, size_t Count>
std::optional<Kind> fromWord(const QString &word, const Kind (&kinds)[Count])
{
    for (const Kind kind : kinds) {
        if (toString(kind) == word)
            return kind;
    }
    return std::nullopt;
}

constexpr Standing standings[] = {Standing::Pass,    Standing::Attested,   Standing::Warn,          Standing::Fail,
                                  Standing::Unknown, Standing::Unanswered, Standing::NotApplicable, Standing::Waived};
constexpr Decision decisions[] = {Decision::Go, Decision::ConditionalGo, Decision::NoGo};

std::optional<Level> levelFrom(const QString &word)
{
    if (word == u"must" || word == u"should")
        return word == u"must" ? Level::Must : Level::Should;
    return std::nullopt;
}

class Reader
{
public:
    explicit Reader(const QString &file) : m_file(file) { }

    Meeting meeting(Yaml root)
    {
        Meeting m;
        m.kept = kept(root, meetingTopKeys);
        m.serviceId = line(root, "service");
        m.serviceName = text(root, "name");
        m.checklistId = line(root, "checklist");
        m.checklistVersion = line(root, "version");
        m.stage = text(root, "stage");
        m.started = time(root, "started");
        m.ended = time(root, "ended");
        m.closed = flag(root, "closed");
        m.plannedMinutes = int(number(root, "planned-minutes", 24 * 60).value_or(m.plannedMinutes));
        m.seconds = int(number(root, "seconds", mostSeconds).value_or(0));
        for (Yaml name : list(root, "participants", false))
            m.participants.append(name.string());
        m.before = outcome(root["before"]);
        m.after = outcome(root["after"]);
        for (Yaml entry : list(root, "items", true))
            m.items.push_back(item(entry));
        for (Yaml entry : list(root, "remaining", true)) {
            if (const auto standing = word(entry, "standing", [](const QString &s) { return fromWord(s, standings); }))
                m.remaining.push_back({line(entry, "id"), text(entry, "title"), *standing, text(entry, "why")});
        }
        return m;
    }

    std::vector<Problem> problems;
    bool lost = false;

private:
    void complain(Yaml value, const Text &hint = mendOrDrop)
    {
        const QString shown = value.isScalar() ? value.string().left(60) : QStringLiteral("…");
        lost = true;
        problems.push_back({m_file, value.span(), Text{"「%1」はここに書けません", "\"%1\" cannot stand here"}.arg(shown), hint});
    }

    /// The value when its shape is right; otherwise nothing, and that is said.
    Yaml good(Yaml map, const char *key, Shape shape)
    {
        const Yaml value = map[key];
        if (!value.exists() || value.isNull())
            return {};
        if (auto problem = complaint(shape, value, m_file)) {
            problems.push_back(std::move(*problem));
            lost = true;
            return {};
        }
        return value;
    }

    QString line(Yaml map, const char *key) { return good(map, key, Shape::Line).string(); }
    QDateTime time(Yaml map, const char *key) { return timeFrom(good(map, key, Shape::Time).string()); }
    QDate day(Yaml map, const char *key) { return dayFrom(good(map, key, Shape::Day).string()); }
    bool flag(Yaml map, const char *key) { return good(map, key, Shape::Flag).boolean().value_or(false); }

    std::optional<qint64> number(Yaml map, const char *key, qint64 most)
    {
        const Yaml value = map[key];
        if (!value.exists() || value.isNull())
            return std::nullopt;
        const auto number = value.integer();
        if (number && *number >= 0 && *number <= most)
            return number;
        complain(value, Text{"0 から %1 までの数です", "write a number from 0 to %1"}.arg(most));
        return std::nullopt;
    }

    /// One text for both languages, or one each.
    Text text(Yaml map, const char *key)
    {
        const Yaml value = map[key];
        if (value.isMap())
            return {line(value, "ja"), line(value, "en")};
        return sameText(line(map, key));
    }

    template<typename Parse>
    auto word(Yaml map, const char *key, Parse parse) -> decltype(parse(QString()))
    {
        const Yaml value = map[key];
        if (!value.exists() || value.isNull())
            return std::nullopt;
        const auto found = value.isScalar() ? parse(value.string()) : std::nullopt;
        if (!found)
            complain(value);
        return found;
    }

    std::vector<Yaml> list(Yaml map, const char *key, bool ofMaps)
    {
        std::vector<Yaml> entries;
        for (Yaml entry : good(map, key, ofMaps ? Shape::List : Shape::Links).items()) {
            if (qsizetype(entries.size()) == mostEntries) {
                complain(entry, Text{"多くて %1 件です", "at most %1 entries are read"}.arg(mostEntries));
                break;
            }
            entries.push_back(entry);
        }
        return entries;
    }

    KeptKeys kept(Yaml map, const QStringList &known)
    {
        KeptKeys kept;
        for (Problem &problem : unknownKeys(map, known, m_file))
            problems.push_back(std::move(problem));
        for (const auto &[key, value] : map.entries()) {
            if (!known.contains(key.string()))
                kept.emplace_back(yamlFlow(key), yamlFlow(value));
        }
        return kept;
    }

    std::optional<MeetingOutcome> outcome(Yaml map)
    {
        const auto decision = word(map, "decision", [](const QString &s) { return fromWord(s, decisions); });
        if (!decision)
            return std::nullopt;
        return MeetingOutcome{*decision, text(map, "why")};
    }

    MeetingItem item(Yaml entry)
    {
        MeetingItem i;
        i.kept = kept(entry, meetingItemKeys);
        i.id = line(entry, "id");
        i.title = text(entry, "title");
        i.level = word(entry, "level", levelFrom).value_or(Level::Must);
        i.group = word(entry, "group", agendaGroupFromString).value_or(AgendaGroup::Rest);
        i.seconds = int(number(entry, "seconds", mostSeconds).value_or(0));
        i.machine = word(entry, "machine", verdictFromString);
        i.finding = text(entry, "finding");
        i.team = word(entry, "team", teamAnswerFromString).value_or(TeamAnswer::Open);
        i.teamBy = line(entry, "team-by");
        i.teamNote = line(entry, "team-note");
        i.decision = word(entry, "decision", reviewAnswerFromString).value_or(ReviewAnswer::Open);
        i.by = line(entry, "by");
        i.note = line(entry, "note");
        for (Yaml dissent : list(entry, "dissents", true))
            i.dissents.push_back({line(dissent, "who"), line(dissent, "what")});
        for (Yaml waiver : list(entry, "waivers", true)) {
            Waiver w;
            w.reason = line(waiver, "reason");
            w.requester = line(waiver, "requester");
            w.approver = line(waiver, "approver");
            w.control = line(waiver, "control");
            w.expires = day(waiver, "expires");
            i.waivers.push_back(std::move(w));
        }
        for (Yaml action : list(entry, "actions", true))
            i.actions.push_back({line(action, "text"), line(action, "owner"), line(action, "link"), day(action, "due")});
        i.postponed = flag(entry, "postponed");
        const auto standing = [](const QString &s) { return fromWord(s, standings); };
        i.before = word(entry, "before", standing);
        i.after = word(entry, "after", standing);
        return i;
    }

    QString m_file;
};

} // namespace

MeetingFile meetingFrom(Yaml root, const QString &file)
{
    Reader reader(file);
    MeetingFile read;
    read.meeting = reader.meeting(root);
    read.problems = std::move(reader.problems);
    read.whole = !reader.lost;
    return read;
}

} // namespace tenken
