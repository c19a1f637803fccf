// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewwriter.h>

#include <review/mergelist.h>
#include <review/reviewreader.h>
#include <review/yamltext.h>

#include <QLocale>

namespace tenken {

namespace {

const QByteArrayList &preamble()
{
    static const QByteArrayList lines{
        "# Tenken がこのファイルを書きます。読んで、git で共有してください。書式は checklists/review.md にあります。",
        "# Tenken writes this file: read it and share it with git. Its format: checklists/review.md.",
    };
    return lines;
}

/// For each entry that is to be written, where it stood in the file as read; -1 for a new one.
template<typename Entry>
std::vector<int> origins(const std::vector<Entry> &before, const std::vector<Entry> &entries)
{
    std::vector<int> origin(entries.size(), -1);
    const std::vector<int> became = counterparts(before, entries);
    for (size_t i = 0; i < became.size(); ++i) {
        if (became[i] >= 0)
            origin[size_t(became[i])] = int(i);
    }
    return origin;
}

} // namespace

ReviewWriter::ReviewWriter(Yaml baseRoot, const QByteArray &baseText, Keep keep)
    : m_root(baseRoot)
    , m_kept(baseText)
    , m_keep(keep)
    , m_before(reviewFrom(baseRoot, {}).value)
{
}

QByteArray ReviewWriter::write(const Review &review)
{
    m_lines = preamble();
    writeString(m_root, topKeys[0], 0, QStringLiteral("tenken.review/1"));
    writeString(m_root, topKeys[1], 0, review.serviceId);
    writeString(m_root, topKeys[2], 0, review.checklistId);
    writeString(m_root, topKeys[3], 0, review.checklistVersion);
    if (!review.stage.isEmpty() || m_root[topKeys[6].name].exists())
        writeString(m_root, topKeys[6], 0, review.stage);
    writeUnknown(m_root, topKeys, 0);
    // What few reviews have is written where it is said, or was written before.
    if (!review.monitors.empty() || m_root[topKeys[5].name].exists())
        writeList(m_root, topKeys[5], monitorKeys, review.monitors, m_before.monitors, &ReviewWriter::writeMonitor, 0);
    writeEntry(m_root, topKeys[4], 0, review.items.empty(), {"items:"});
    for (const ItemReview &item : review.items)
        writeItem(item, m_root["items"][item.id.toStdString()]);
    for (const QByteArray &comment : m_kept.below()) {
        if (!preamble().contains(comment))
            add(0, comment);
    }
    return m_lines.join('\n') + '\n';
}

void ReviewWriter::writeItem(const ItemReview &item, Yaml block)
{
    add(0, {});
    writeComments(block, 2);
    if (item.isEmpty() && complaint(Shape::Map, block, {})) {
        writeKept(block, yamlScalar(item.id), 2);
        return;
    }
    add(2, yamlScalar(item.id) + ':');
    writeString(block, itemKeys[0], 4, item.title);
    writeAnswer(block, itemKeys[1], teamKeys, item.team);
    writeAnswer(block, itemKeys[2], reviewerKeys, item.reviewer);
    const ItemReview *before = m_before.item(item.id);
    writeList(block, itemKeys[3], waiverKeys, item.waivers, before ? before->waivers : std::vector<Waiver>(),
              &ReviewWriter::writeWaiver);
    writeList(block, itemKeys[4], actionKeys, item.actions, before ? before->actions : std::vector<Action>(),
              &ReviewWriter::writeAction);
    writeUnknown(block, itemKeys, 4);
}

template<typename Kind>
void ReviewWriter::writeAnswer(Yaml block, const Key &key, std::span<const Key> keys,
                               const Answer<Kind> &answer)
{
    const Yaml map = block[key.name];
    const bool isEmpty = answer == Answer<Kind>();
    writeEntry(block, key, 4, isEmpty, {QByteArray(key.name) + ':'});
    if (isEmpty && complaint(key.shape, map, {}))
        return;
    writeString(map, keys[0], 6, toString(answer.answer));
    writeString(map, keys[1], 6, answer.note);
    writeLinks(map, keys[2], 6, answer.links);
    writeString(map, keys[3], 6, answer.by);
    writeValue(map, keys[4], 6, inIso(answer.at).toLatin1());
    writeString(map, keys[5], 6, answer.commit);
    writeString(map, keys[6], 6, answer.asked);
    writeRelied(map, keys[7], answer.relied);
    writeUnknown(map, keys, 6);
}

void ReviewWriter::writeWaiver(Yaml entry, const Waiver &waiver)
{
    writeString(entry, waiverKeys[0], 8, waiver.reason);
    writeString(entry, waiverKeys[1], 8, waiver.requester);
    writeString(entry, waiverKeys[2], 8, waiver.approver);
    writeString(entry, waiverKeys[3], 8, waiver.control);
    writeValue(entry, waiverKeys[4], 8, waiver.expires.toString(Qt::ISODate).toLatin1());
    // What few waivers have is written where it is said, or was written before.
    const QString *texts[] = {&waiver.link, &waiver.rule, &waiver.object, &waiver.container, &waiver.finding,
                              &waiver.parameter};
    for (size_t i = 0; i < std::size(texts); ++i) {
        if (!texts[i]->isEmpty() || entry[waiverKeys[5 + i].name].exists())
            writeString(entry, waiverKeys[5 + i], 8, *texts[i]);
    }
    if (waiver.value || entry[waiverKeys[11].name].exists())
        writeValue(entry, waiverKeys[11], 8, waiver.value ? QByteArray::number(*waiver.value, 'g', QLocale::FloatingPointShortest) : QByteArray());
}

void ReviewWriter::writeAction(Yaml entry, const Action &action)
{
    writeString(entry, actionKeys[0], 8, action.text);
    writeString(entry, actionKeys[1], 8, action.owner);
    writeValue(entry, actionKeys[2], 8, action.due.toString(Qt::ISODate).toLatin1());
    // A value that is neither true nor false was read as false, and stays while that is so.
    writeEntry(entry, actionKeys[3], 8, !action.done, {action.done ? "done: true" : "done: false"});
    writeString(entry, actionKeys[4], 8, action.link);
}

void ReviewWriter::writeMonitor(Yaml entry, const MonitorLink &link)
{
    writeString(entry, monitorKeys[0], 4, link.id);
    writeEntry(entry, monitorKeys[1], 4, link.unclear && !link.belongs, {link.belongs ? "belongs: true" : "belongs: false"});
    writeString(entry, monitorKeys[2], 4, link.by);
    writeValue(entry, monitorKeys[3], 4, inIso(link.at).toLatin1());
    writeString(entry, monitorKeys[4], 4, link.note);
}

template<typename Entry, typename WriteFields>
void ReviewWriter::writeList(Yaml block, const Key &key, std::span<const Key> keys,
                             const std::vector<Entry> &entries, const std::vector<Entry> &before,
                             WriteFields writeFields, int indent)
{
    writeEntry(block, key, indent, entries.empty(), {QByteArray(key.name) + ':'});
    const std::vector<int> origin = origins(before, entries);
    for (size_t i = 0; i < entries.size(); ++i) {
        const Yaml entry = origin[i] < 0 ? Yaml() : block[key.name].at(origin[i]);
        qsizetype first = m_lines.size();
        (this->*writeFields)(entry, entries[i]);
        writeUnknown(entry, keys, indent + 4);
        while (m_lines[first].trimmed().startsWith('#'))
            ++first;
        m_lines[first].replace(indent + 2, 2, "- ");
    }
}

void ReviewWriter::writeEntry(Yaml map, const Key &key, int indent, bool isEmpty, const QByteArrayList &lines)
{
    const Yaml value = map[key.name];
    writeComments(value, indent);
    if (isEmpty && complaint(key.shape, value, {})) {
        writeKept(value, key.name, indent);
        return;
    }
    const QByteArray comment = m_kept.behind(value);
    add(indent, comment.isEmpty() ? lines.front() : lines.front() + "  " + comment);
    // Text blocks bring their own indentation: it is part of how they are read.
    m_lines.append(lines.sliced(1));
}

void ReviewWriter::writeValue(Yaml map, const Key &key, int indent, const QByteArray &value)
{
    const QByteArray name = key.name;
    writeEntry(map, key, indent, value.isEmpty(), {value.isEmpty() ? name + ':' : name + ": " + value});
}

void ReviewWriter::writeString(Yaml map, const Key &key, int indent, const QString &value)
{
    writeEntry(map, key, indent, value.isEmpty(),
               key.shape == Shape::Note ? yamlText(key.name, value, indent)
                                        : QByteArrayList{yamlLine(key.name, value)});
}

void ReviewWriter::writeLinks(Yaml map, const Key &key, int indent, const QStringList &links)
{
    writeEntry(map, key, indent, links.isEmpty(), {QByteArray(key.name) + ':'});
    for (const QString &link : links)
        add(indent + 2, "- " + yamlScalar(link));
}

void ReviewWriter::writeRelied(Yaml map, const Key &key, const std::vector<Relied> &relied)
{
    static const std::vector<Relied> notRead{reliedFromString(QStringLiteral("?"))};
    const bool kept = relied == notRead && complaint(key.shape, map[key.name], {});
    QStringList lines;
    for (const Relied &r : relied)
        lines << toString(r);
    writeLinks(map, key, 6, kept ? QStringList() : lines);
}

void ReviewWriter::writeUnknown(Yaml map, std::span<const Key> keys, int indent)
{
    const QStringList known = namesOf(keys);
    for (const auto &[key, value] : map.entries()) {
        if (known.contains(key.string()))
            continue;
        writeComments(value, indent);
        writeKept(value, yamlFlow(key), indent);
    }
}

void ReviewWriter::writeKept(Yaml value, const QByteArray &key, int indent)
{
    const QByteArrayList lines = m_keep == Keep::Lines ? m_kept.entry(value) : QByteArrayList();
    if (lines.isEmpty())
        add(indent, key + ": " + yamlFlow(value));
    for (const QByteArray &line : lines)
        add(indent, line);
}

void ReviewWriter::writeComments(Yaml value, int indent)
{
    for (const QByteArray &comment : m_kept.above(value)) {
        if (!preamble().contains(comment))
            add(indent, comment);
    }
}

void ReviewWriter::add(int indent, const QByteArray &line)
{
    m_lines.append(line.isEmpty() ? line : QByteArray(indent, ' ') + line);
}

} // namespace tenken
