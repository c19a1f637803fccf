// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewreader.h>

#include <review/reviewkeys.h>

#include <algorithm>

namespace tenken {

namespace {

class Reader
{
public:
    explicit Reader(QString file)
        : m_file(std::move(file))
    {
    }

    Review review(Yaml root)
    {
        Review review;
        const Yaml top = checked(root, topKeys);
        review.serviceId = line(top, "service");
        review.checklistId = line(top, "checklist");
        review.checklistVersion = line(top, "version");
        review.stage = line(top, "stage");
        for (Yaml entry : good(top, "monitors", Shape::List).items())
            review.monitors.push_back(monitor(checked(entry, monitorKeys)));
        for (const auto &[key, block] : top["items"].entries()) {
            review.items.push_back(item(key.string(), block));
            review.items.back().place = {key.span()};
        }
        return review;
    }

    std::vector<Problem> problems;

private:
    /// Reports what is wrong below a map; values that are wrong are passed over by `good`.
    Yaml checked(Yaml map, std::span<const Key> keys)
    {
        for (Problem &problem : unknownKeys(map, namesOf(keys), m_file))
            problems.push_back(std::move(problem));
        for (const Key &key : keys) {
            if (auto problem = complaint(key.shape, map[key.name], m_file))
                problems.push_back(std::move(*problem));
        }
        return map;
    }

    Yaml good(Yaml map, const char *name, Shape shape) const
    {
        const Yaml value = map[name];
        return value.isNull() || complaint(shape, value, m_file) ? Yaml() : value;
    }

    QString line(Yaml map, const char *name) const { return good(map, name, Shape::Line).string(); }
    QDate day(Yaml map, const char *name) const { return dayFrom(good(map, name, Shape::Day).string()); }

    Yaml part(Yaml map, const char *name, std::span<const Key> keys)
    {
        const Yaml value = good(map, name, Shape::Map);
        return value ? checked(value, keys) : value;
    }

    ItemReview item(const QString &id, Yaml block)
    {
        ItemReview item;
        item.id = id;
        if (auto problem = complaint(Shape::Map, block, m_file)) {
            problems.push_back(std::move(*problem));
            item.doubt.block = true;
            return item;
        }
        if (!block.isMap())
            return item;
        checked(block, itemKeys);
        item.doubt = doubtIn(block);
        item.title = line(block, "title");
        const Yaml team = part(block, "team", teamKeys);
        item.team.answer = teamAnswerFromString(good(team, "answer", Shape::TeamWord).string())
                               .value_or(TeamAnswer::Open);
        readRest(team, item.team);
        const Yaml reviewer = part(block, "reviewer", reviewerKeys);
        item.reviewer.answer = reviewAnswerFromString(good(reviewer, "answer", Shape::ReviewWord).string())
                                   .value_or(ReviewAnswer::Open);
        readRest(reviewer, item.reviewer);
        for (Yaml entry : good(block, "waivers", Shape::List).items())
            item.waivers.push_back(waiver(checked(entry, waiverKeys)));
        for (Yaml entry : good(block, "actions", Shape::List).items())
            item.actions.push_back(action(checked(entry, actionKeys)));
        return item;
    }

    /// Something that nearly has the name of one of these, and says something.
    static bool hasNear(Yaml map, const QStringList &names, std::span<const Key> keys)
    {
        const QStringList known = namesOf(keys);
        return std::ranges::any_of(map.entries(), [&](const auto &entry) {
            const QString key = entry.first.string();
            return !known.contains(key) && !entry.second.isNull() && didYouMean(key, names);
        });
    }

    /// What stands there and cannot be read may be a rejection: nobody can tell.
    Doubt doubtIn(Yaml block) const
    {
        const Yaml team = block["team"], reviewer = block["reviewer"];
        const QStringList answer{QStringLiteral("answer")};
        const auto lost = [&](Yaml said, Shape shape) {
            return complaint(Shape::Map, said, m_file) || complaint(shape, said["answer"], m_file);
        };
        return {lost(team, Shape::TeamWord), lost(reviewer, Shape::ReviewWord),
                hasNear(block, {QStringLiteral("team"), QStringLiteral("reviewer")}, itemKeys)
                    || hasNear(team, answer, teamKeys) || hasNear(reviewer, answer, reviewerKeys)};
    }

    template<typename Kind>
    void readRest(Yaml map, Answer<Kind> &answer) const
    {
        answer.note = line(map, "note");
        for (Yaml link : good(map, "links", Shape::Links).items())
            answer.links.append(link.string());
        answer.by = line(map, "by");
        answer.at = timeFrom(good(map, "at", Shape::Time).string());
        answer.commit = line(map, "commit");
        answer.asked = line(map, "asked");
        for (Yaml entry : good(map, "relied", Shape::Links).items())
            answer.relied.push_back(reliedFromString(entry.string()));
        // What it rested on was written, and cannot be read any more: nobody can tell that it is unchanged.
        if (answer.relied.empty() && complaint(Shape::Links, map["relied"], m_file))
            answer.relied.push_back(reliedFromString(QStringLiteral("?")));
    }

    Waiver waiver(Yaml entry) const
    {
        return {line(entry, "reason"), line(entry, "requester"), line(entry, "approver"),
                line(entry, "control"), day(entry, "expires"), line(entry, "link"),
                line(entry, "rule"), line(entry, "object"), line(entry, "container"), line(entry, "finding"),
                line(entry, "parameter"), good(entry, "value", Shape::Number).number(), isUnclear(entry), {entry.span()}};
    }

    /// A misspelt or unreadable target must not turn a waiver of one finding into one of the whole item, and a key that
    /// Tenken does not know may narrow it too, or take it back (`environment`, `revoked`).
    bool isUnclear(Yaml entry) const
    {
        static const QStringList targets{QStringLiteral("rule"),    QStringLiteral("object"),
                                         QStringLiteral("container"), QStringLiteral("finding"),
                                         QStringLiteral("parameter"), QStringLiteral("value")};
        const QStringList known = namesOf(waiverKeys);
        return std::ranges::any_of(entry.keys(), [&](const QString &key) {
            const Yaml value = entry[key.toStdString()];
            if (!known.contains(key))
                return true;
            return targets.contains(key) && !value.isNull()
                && complaint(key == u"value" ? Shape::Number : Shape::Line, value, m_file).has_value();
        });
    }

    MonitorLink monitor(Yaml entry) const
    {
        const auto belongs = good(entry, "belongs", Shape::Flag).boolean();
        MonitorLink link{line(entry, "id"), belongs.value_or(false), line(entry, "by"),
                         timeFrom(good(entry, "at", Shape::Time).string()), line(entry, "note")};
        link.unclear = link.id.isEmpty() || !belongs;
        return link;
    }

    Action action(Yaml entry) const
    {
        return {line(entry, "text"), line(entry, "owner"), line(entry, "link"), day(entry, "due"),
                good(entry, "done", Shape::Flag).boolean().value_or(false)};
    }

    QString m_file;
};

} // namespace

Partial<Review> reviewFrom(Yaml root, const QString &file)
{
    Reader reader(file);
    Partial<Review> read;
    read.value = reader.review(root);
    read.problems = std::move(reader.problems);
    return read;
}

} // namespace tenken
