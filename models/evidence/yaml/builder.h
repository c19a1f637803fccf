// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml/node.h>

namespace tenken {

/// Makes the tree out of a parser's events, and keeps it within its limits. After the first error every
/// further event is ignored; the parser asks stopped() and ends.
class YamlBuilder
{
public:
    YamlBuilder(YamlStore &store, const QString &file, const YamlLimits &limits);

    /// Where a value stands and what was written in front of it. `anchor` 0 = none.
    struct Place {
        uint32_t offset = 0;
        size_t anchor = 0;
        std::string_view tag;
    };

    void scalar(const Place &place, std::string_view value);
    void null(const Place &place);
    void alias(uint32_t offset, size_t anchor);
    void beginCollection(const Place &place, YamlNodeKind kind, bool flow);
    void endCollection();
    void beginDocument();
    void endDocument();

    bool stopped() const { return !errors.empty(); }
    void stop(uint32_t offset, const Text &message, const Text &hint);

    std::vector<Yaml> documents;
    std::vector<Problem> errors;
    std::vector<Problem> warnings;

private:
    struct Weight {              ///< what an alias of a node stands for
        qint64 nodes = 1;
        int height = 1;
    };
    struct Anchor {
        const YamlNode *node = nullptr;
        Weight weight;
        bool closed = true;
    };
    struct Frame {
        YamlNode *node = nullptr;
        size_t firstPending = 0;
        size_t anchor = 0;
        uint32_t childIndent = 0;
        bool merges = false;     ///< a plain `<<` is among the keys
        Weight weight;
    };
    using Nodes = std::vector<const YamlNode *>; ///< of a map: key, value, key, value …

    YamlNode *create(const Place &place, YamlNodeKind kind);
    uint16_t tagNumber(std::string_view tag);
    void append(YamlNode *node, const Weight &weight);
    void addWeight(const Weight &weight);
    void remember(size_t anchor, const YamlNode *node, const Weight &weight, bool closed);
    bool isKeyNext() const;
    bool isWritten(const YamlNode *null) const;
    uint32_t implicitPlace(uint32_t offset) const;
    void finishMap(YamlNode *map, Nodes children, bool merges);
    void mergeInto(Nodes &entries, const YamlNode *value);
    Nodes withoutDuplicates(const Nodes &entries);
    void storeChildren(YamlNode *node, const Nodes &children, const YamlNode *last);
    void warn(const YamlNode *node, const Text &message, const Text &hint);

    YamlStore &m_store;
    QString m_file;
    YamlLimits m_limits;
    std::vector<Frame> m_frames;
    Nodes m_pending;                          ///< children of the open collections
    std::vector<Anchor> m_anchors;           ///< of the open document, by number
    const YamlNode *m_root = nullptr;        ///< of the open document
    qint64 m_nodes = 0;
    qint64 m_expanded = 0;
};

} // namespace tenken
