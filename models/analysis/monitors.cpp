// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
#include <analysis/servicemention.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

ServiceNames serviceNames(const QString &serviceId, const QStringList &aliases)
{
    ServiceNames result;
    QStringList words;
    for (const QString &alias : QStringList{serviceId} + aliases) {
        if (alias.isEmpty())
            continue;
        (alias.contains(u':') ? result.tags : result.names) << alias.toLower();
        if (!alias.contains(u':'))
            words << QRegularExpression::escape(alias);
    }
    // No name at all must match nothing.
    result.word.setPattern(words.isEmpty() ? u"(?!)"_s
                                           : u"(?<![\\w-])(?:%1)(?![\\w-])"_s.arg(words.join(u'|')));
    result.word.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    return result;
}

Belongs belongsTo(const Monitor &monitor, const QString &serviceId, const QStringList &aliases)
{
    return belongsTo(monitor, parseMonitorQuery(monitor), serviceNames(serviceId, aliases));
}

Belongs belongsTo(const Monitor &monitor, const MonitorQuery &query, const ServiceNames &names)
{
    if (names.isEmpty())
        return Belongs::No;
    std::vector<Mention> mentions;
    for (const QueryPart &part : query.watched())
        mentions.push_back(mentionIn(part, names));
    const bool excluded = std::ranges::find(mentions, Mention::Excluded) != mentions.end();
    if (excluded || environmentOf(monitor, query) == WatchedEnvironment::Other)
        return Belongs::No;
    const bool watched =
        !mentions.empty() && std::ranges::all_of(mentions, [](Mention m) { return m == Mention::This; });
    const bool tagged = std::ranges::any_of(monitor.tags, [&](const QString &tag) {
        const QString lower = tag.toLower();
        return (lower.startsWith(u"service:") && names.isService(lower.sliced(8)))
            || names.tags.contains(lower);
    });
    if (watched || tagged)
        return Belongs::Yes;
    // Many look at everything, each by itself: they are its candidates where they tell of requests or jobs.
    const auto told = signalsOf(query);
    const bool tells =
        std::ranges::any_of(told, [](Signal s) { return s != Signal::Other && s != Signal::HighLoad; });
    const bool partly = std::ranges::contains(mentions, Mention::This)
        || (tells && std::ranges::contains(mentions, Mention::Perhaps));
    const bool named = names.word.match(monitor.name).hasMatch()
        || names.word.match(monitor.message).hasMatch() || names.word.match(monitor.query).hasMatch();
    return partly || named ? Belongs::NameOnly : Belongs::No;
}

bool watchesAnother(const Monitor &monitor, const QString &serviceId, const QStringList &aliases)
{
    return watchesAnother(parseMonitorQuery(monitor), serviceNames(serviceId, aliases));
}

bool watchesAnother(const MonitorQuery &query, const ServiceNames &names)
{
    return std::ranges::any_of(query.watched(),
                               [&](const QueryPart &p) { return mentionIn(p, names) == Mention::Another; });
}

std::vector<const Monitor *> constituentsOf(const Monitor &composite, const std::vector<Monitor> &all,
                                            QStringList *missing)
{
    std::vector<const Monitor *> result;
    for (const QString &id : composite.constituents) {
        const auto it = std::ranges::find_if(all, [&](const Monitor &m) { return m.id == id; });
        if (it != all.end())
            result.push_back(&*it);
        else if (missing)
            missing->push_back(id);
    }
    return result;
}

} // namespace tenken
