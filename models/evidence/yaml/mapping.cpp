// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/builder.h>

#include <algorithm>
#include <unordered_map>

namespace tenken {

namespace {

bool isScalar(const YamlNode *key) { return key->resolved()->kind == YamlNodeKind::Scalar; }

std::string_view textOf(const YamlNode *key) { return key->resolved()->scalar(); }

bool isMergeKey(const YamlNode *key)
{
    return key->kind == YamlNodeKind::Scalar && key->style == YamlStyle::Plain && key->scalar() == "<<";
}

QString shown(std::string_view key)
{
    const QString text = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    return text.size() > 60 ? text.first(60) + u'…' : text;
}

/// Small maps are compared pair by pair, which needs no memory.
bool mayHaveDuplicates(const std::vector<const YamlNode *> &entries)
{
    if (entries.size() > 2 * sortedMapEntries)
        return true;
    for (size_t i = 2; i < entries.size(); i += 2) {
        for (size_t j = 0; j < i; j += 2) {
            if (isScalar(entries[i]) && isScalar(entries[j]) && textOf(entries[i]) == textOf(entries[j]))
                return true;
        }
    }
    return false;
}

} // namespace

YamlBuilder::Nodes YamlBuilder::withoutDuplicates(const Nodes &entries)
{
    std::unordered_map<std::string_view, size_t> last; // key → where its last entry stands
    std::vector<bool> dropped(entries.size());
    for (size_t i = 0; i < entries.size(); i += 2) {
        if (!isScalar(entries[i]))
            continue;
        const auto [at, isNew] = last.try_emplace(textOf(entries[i]), i);
        if (isNew)
            continue;
        const QString first = Problem{m_file, Yaml(entries[at->second]).span(), {}, {}}.location();
        warn(entries[i],
             Text{"キー「%1」が2回あります。後の値を使います", "the key “%1” stands twice; the last one counts, as in kubectl"}
                 .arg(shown(textOf(entries[i]))),
             Text{"1つ目は %1 です。どちらかを消してください", "the first is at %1; remove one of them"}.arg(first));
        dropped[at->second] = true;
        at->second = i;
    }
    Nodes kept;
    kept.reserve(entries.size());
    for (size_t i = 0; i < entries.size(); i += 2) {
        if (!dropped[i])
            kept.insert(kept.end(), {entries[i], entries[i + 1]});
    }
    return kept;
}

/// Adds what `<<: value` brings and the map does not have yet: one map, or several of which the first wins.
void YamlBuilder::mergeInto(Nodes &entries, const YamlNode *value)
{
    const YamlNode *source = value->resolved();
    Nodes maps{source};
    if (source->kind == YamlNodeKind::Sequence)
        maps.assign(source->children, source->children + source->count);
    std::unordered_map<std::string_view, bool> known;
    for (size_t i = 0; i < entries.size(); i += 2)
        known.emplace(textOf(entries[i]), true);
    for (const YamlNode *element : maps) {
        const YamlNode *map = element->resolved();
        if (map->kind != YamlNodeKind::Map) {
            warn(element, {"マージキー(<<)の値がマップではありません", "the value of the merge key (<<) is not a map"},
                 {"`<<: *名前` のようにマップの別名を書いてください", "write an alias of a map, as in `<<: *name`"});
            continue;
        }
        for (uint32_t i = 0; i < map->count && !stopped(); ++i) {
            const YamlNode *key = map->children[2 * i];
            if (!known.emplace(textOf(key), true).second)
                continue;
            entries.insert(entries.end(), {key, map->children[2 * i + 1]});
            if (++m_nodes > m_limits.nodes)
                stop(value->begin, {"マージキー(<<)で増える値が多すぎます", "merge keys (<<) bring in too many values"},
                     {"値を直接書いてください", "write the values out"});
        }
    }
}

void YamlBuilder::finishMap(YamlNode *map, Nodes children, bool merges)
{
    const YamlNode *last = children.empty() ? nullptr : children.back();
    Nodes sources;
    if (merges) {
        Nodes own;
        for (size_t i = 0; i < children.size(); i += 2) {
            if (isMergeKey(children[i]))
                sources.push_back(children[i + 1]);
            else
                own.insert(own.end(), {children[i], children[i + 1]});
        }
        children = std::move(own);
    }
    if (mayHaveDuplicates(children))
        children = withoutDuplicates(children);
    for (const YamlNode *source : sources)
        mergeInto(children, source);
    map->count = static_cast<uint32_t>(children.size() / 2);
    if (map->count > sortedMapEntries) { // the same entries again, in the order of their keys
        std::vector<size_t> order(map->count);
        std::ranges::generate(order, [i = size_t(0)]() mutable { return 2 * i++; });
        std::ranges::sort(order, {}, [&](size_t i) {
            return std::pair(textOf(children[i]), !isScalar(children[i]));
        });
        children.reserve(2 * children.size());
        for (const size_t i : order)
            children.insert(children.end(), {children[i], children[i + 1]});
    }
    const uint32_t entries = map->count;
    storeChildren(map, children, last);
    map->count = entries;
}

void YamlBuilder::storeChildren(YamlNode *node, const Nodes &children, const YamlNode *last)
{
    node->count = static_cast<uint32_t>(children.size());
    if (!last)
        return;
    const size_t size = (children.size() + 1) * sizeof(const YamlNode *);
    auto **array = static_cast<const YamlNode **>(m_store.memory.allocate(size, alignof(const YamlNode *)));
    array[0] = last;
    std::ranges::copy(children, array + 1);
    node->children = array + 1;
}

} // namespace tenken
