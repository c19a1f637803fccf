// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/kepttext.h>
#include <review/reviewkeys.h>

namespace tenken {

/// Builds the lines of review.yaml. Every block has the same lines whether anything is said or not, so that
/// two people's first answers touch lines that git can tell apart.
class ReviewWriter
{
public:
    enum class Keep {
        Lines,  ///< what is not understood stands as it stood, comments included
        Values, ///< its values are written anew, where its lines cannot be taken over (anchors, flow style)
    };

    ReviewWriter(Yaml baseRoot, const QByteArray &baseText, Keep keep);
    QByteArray write(const Review &review);

private:
    void writeItem(const ItemReview &item, Yaml block);
    template<typename Kind>
    void writeAnswer(Yaml block, const Key &key, std::span<const Key> keys, const Answer<Kind> &answer);
    void writeWaiver(Yaml entry, const Waiver &waiver);
    void writeAction(Yaml entry, const Action &action);
    void writeMonitor(Yaml entry, const MonitorLink &link);
    template<typename Entry, typename WriteFields>
    void writeList(Yaml block, const Key &key, std::span<const Key> keys, const std::vector<Entry> &entries,
                   const std::vector<Entry> &before, WriteFields writeFields, int indent = 4);

    /// The entry of a known key: `lines` say what Tenken knows; a value it could not read stays while nothing
    /// has taken its place.
    void writeEntry(Yaml map, const Key &key, int indent, bool isEmpty, const QByteArrayList &lines);
    void writeValue(Yaml map, const Key &key, int indent, const QByteArray &value);
    void writeString(Yaml map, const Key &key, int indent, const QString &value);
    void writeLinks(Yaml map, const Key &key, int indent, const QStringList &links);
    void writeRelied(Yaml map, const Key &key, const std::vector<Relied> &relied);
    void writeUnknown(Yaml map, std::span<const Key> keys, int indent);
    void writeKept(Yaml value, const QByteArray &key, int indent);
    void writeComments(Yaml value, int indent);
    void add(int indent, const QByteArray &line);

    Yaml m_root;
    KeptText m_kept;
    Keep m_keep;
    Review m_before;
    QByteArrayList m_lines;
};

} // namespace tenken
