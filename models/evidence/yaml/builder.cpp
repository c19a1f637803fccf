// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml/builder.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr size_t mostWarnings = 100;

YamlStyle styleAt(std::string_view text, uint32_t at)
{
    switch (at < text.size() ? text[at] : '\0') {
    case '"':
    case '\'':
        return YamlStyle::Quoted;
    case '|':
    case '>':
        return YamlStyle::Block;
    default:
        return YamlStyle::Plain;
    }
}

/// Whether the value stands in the file byte for byte, so that it need not be copied.
bool standsAt(std::string_view text, size_t at, std::string_view value)
{
    return at + value.size() <= text.size() && text.substr(at, value.size()) == value;
}

} // namespace

YamlBuilder::YamlBuilder(YamlStore &store, const QString &file, const YamlLimits &limits)
    : m_store(store)
    , m_file(file)
    , m_limits(limits)
{
}

void YamlBuilder::stop(uint32_t offset, const Text &message, const Text &hint)
{
    if (stopped())
        return;
    const auto [line, column] = m_store.lineAndColumn(offset);
    errors.push_back({m_file, {line, column, line, column}, message, hint});
}

void YamlBuilder::warn(const YamlNode *node, const Text &message, const Text &hint)
{
    if (warnings.size() < mostWarnings)
        warnings.push_back({m_file, Yaml(node).span(), message, hint});
}

YamlNode *YamlBuilder::create(const Place &place, YamlNodeKind kind)
{
    if (++m_nodes > m_limits.nodes)
        stop(place.offset, Text{"値が %1 個を超えています", "holds more than %1 values"}.arg(m_limits.nodes),
             {"ファイルを分けてください", "split the file"});
    auto *node = new (m_store.memory.allocate(sizeof(YamlNode), alignof(YamlNode))) YamlNode;
    node->store = &m_store;
    node->kind = kind;
    node->begin = yamlPastProperties(m_store.bytes(), place.offset);
    node->indent = m_frames.empty() ? 0 : m_frames.back().childIndent;
    node->tag = tagNumber(place.tag);
    return node;
}

uint16_t YamlBuilder::tagNumber(std::string_view tag)
{
    constexpr size_t mostTags = 1000; // different ones; CloudFormation has about 20
    if (tag.empty())
        return 0;
    std::vector<std::string> &tags = m_store.tags;
    const size_t known = static_cast<size_t>(std::ranges::find(tags, tag) - tags.begin());
    if (known == tags.size() && tags.size() < mostTags)
        tags.emplace_back(tag);
    return known < tags.size() ? static_cast<uint16_t>(known) : 0;
}

bool YamlBuilder::isKeyNext() const
{
    const Frame &frame = m_frames.back();
    return frame.node->kind == YamlNodeKind::Map && (m_pending.size() - frame.firstPending) % 2 == 0;
}

void YamlBuilder::addWeight(const Weight &weight)
{
    if (m_frames.empty())
        return;
    Weight &sum = m_frames.back().weight;
    sum.nodes += weight.nodes;
    sum.height = std::max(sum.height, weight.height + 1);
}

void YamlBuilder::append(YamlNode *node, const Weight &weight)
{
    m_expanded += weight.nodes;
    if (m_expanded > m_limits.expandedNodes)
        stop(node->begin, Text{"別名(*)を展開すると値が %1 個を超えます", "aliases (*) stand for more than %1 values"}
                              .arg(m_limits.expandedNodes),
             {"別名を減らし、必要な値だけを書いてください", "use fewer aliases; write only the values that are needed"});
    if (static_cast<int>(m_frames.size()) + weight.height > m_limits.depth)
        stop(node->begin, Text{"入れ子が %1 段を超えています", "is nested deeper than %1 levels"}.arg(m_limits.depth),
             {"括弧の閉じ忘れがないか確かめてください", "check for brackets that are never closed"});
    if (m_frames.empty()) {
        m_root = node;
        return;
    }
    addWeight(weight);
    Frame &frame = m_frames.back();
    if (isKeyNext()) {
        if (node->kind == YamlNodeKind::Scalar && node->style == YamlStyle::Plain && node->scalar() == "<<")
            frame.merges = true;
    } else if (frame.node->kind == YamlNodeKind::Map) {
        node->key = m_pending.back();
    }
    m_pending.push_back(node);
}

void YamlBuilder::remember(size_t anchor, const YamlNode *node, const Weight &weight, bool closed)
{
    if (!anchor)
        return;
    if (m_anchors.size() <= anchor)
        m_anchors.resize(anchor + 1);
    m_anchors[anchor] = {node, weight, closed};
}

void YamlBuilder::scalar(const Place &place, std::string_view value)
{
    if (stopped())
        return;
    YamlNode *node = create(place, YamlNodeKind::Scalar);
    const std::string_view text = m_store.bytes();
    node->style = styleAt(text, node->begin);
    node->count = static_cast<uint32_t>(value.size());
    const uint32_t first = node->begin + (node->style == YamlStyle::Quoted ? 1 : 0);
    const bool quoteFollows = node->style != YamlStyle::Quoted
        || (first + value.size() < text.size() && text[first + value.size()] == text[node->begin]);
    if (value.empty() && node->style == YamlStyle::Plain) { // a tag with nothing after it
        node->style = YamlStyle::Implicit;
        node->begin = place.offset;
    }
    if (node->style != YamlStyle::Block && quoteFollows && standsAt(text, first, value)) {
        node->text = text.data() + first;
    } else {
        // yaml-cpp lets a quotation run into the end of the file; kubectl does not.
        if (node->style == YamlStyle::Quoted && !yamlEndOfQuoted(text, node->begin))
            return stop(node->begin, {"引用符が閉じられていません", "a quotation mark is never closed"},
                        {"引用符 (\" または ') を閉じてください", "close the quotation mark (\" or ')"});
        auto *copy = static_cast<char *>(m_store.memory.allocate(std::max<size_t>(value.size(), 1), 1));
        std::ranges::copy(value, copy);
        node->text = copy;
    }
    append(node, {});
    remember(place.anchor, node, {}, true);
}

/// Whether a null is there as a word. What the parser points at may be the next token instead: one that is
/// never indented deeper than the collection.
bool YamlBuilder::isWritten(const YamlNode *null) const
{
    const std::string_view text = m_store.bytes();
    const std::string_view rest = text.substr(std::min<size_t>(null->begin, text.size()));
    if (!rest.starts_with('~') && !rest.starts_with("null") && !rest.starts_with("Null") && !rest.starts_with("NULL"))
        return false;
    if (m_frames.empty() || isKeyNext())
        return true;
    const Frame &frame = m_frames.back();
    if (frame.node->kind == YamlNodeKind::Map && null->begin < yamlEnd(*m_pending.back()))
        return false;
    return frame.node->style == YamlStyle::Flow || m_store.columnBytes(null->begin) + 1 > frame.childIndent;
}

/// A null that is not written stands after the colon or the dash that asks for it.
uint32_t YamlBuilder::implicitPlace(uint32_t offset) const
{
    if (m_frames.empty() || isKeyNext())
        return offset;
    const Frame &frame = m_frames.back();
    const std::string_view text = m_store.bytes();
    const bool isFirst = m_pending.size() == frame.firstPending;
    const uint32_t before = isFirst ? frame.node->begin : yamlEnd(*m_pending.back());
    const uint32_t mark = yamlPastBlank(text, before);
    const bool isMap = frame.node->kind == YamlNodeKind::Map;
    if (mark < text.size() && text[mark] == (isMap ? ':' : '-'))
        return mark + 1;
    return isMap ? before : offset;
}

void YamlBuilder::null(const Place &place)
{
    if (stopped())
        return;
    YamlNode *node = create(place, YamlNodeKind::Null);
    if (isWritten(node)) {
        node->count = m_store.text[node->begin] == '~' ? 1 : 4;
    } else {
        node->style = YamlStyle::Implicit;
        node->begin = implicitPlace(place.offset);
    }
    append(node, {});
    remember(place.anchor, node, {}, true);
}

void YamlBuilder::alias(uint32_t offset, size_t anchor)
{
    if (stopped())
        return;
    YamlNode *node = create({offset, 0, {}}, YamlNodeKind::Alias);
    const Anchor known = anchor < m_anchors.size() ? m_anchors[anchor] : Anchor();
    if (!known.node || !known.closed) {
        stop(offset, {"別名(*)が自分自身を指しています", "the alias (*) stands for something that holds the alias itself"},
             {"名前を変えるか、値を書き写してください", "give the anchor another name, or write the value out"});
        return;
    }
    node->target = known.node;
    append(node, known.weight);
}

void YamlBuilder::beginCollection(const Place &place, YamlNodeKind kind, bool flow)
{
    if (stopped())
        return;
    YamlNode *node = create(place, kind);
    node->style = flow ? YamlStyle::Flow : YamlStyle::Plain;
    const std::string_view text = m_store.bytes();
    if (kind == YamlNodeKind::Map && text.substr(std::min<size_t>(node->begin, text.size()), 2) == "{{") {
        stop(node->begin, {"Helm のテンプレートです", "this is a Helm template"},
             {"`helm template` で展開した結果を渡してください", "render it with `helm template` and give the result"});
        return;
    }
    append(node, {});
    remember(place.anchor, node, {}, false);
    const uint32_t childIndent = flow ? node->indent : 1 + m_store.columnBytes(node->begin);
    m_frames.push_back({node, m_pending.size(), place.anchor, childIndent, false, {}});
}

void YamlBuilder::endCollection()
{
    if (stopped() || m_frames.empty())
        return;
    const Frame frame = m_frames.back();
    const auto first = m_pending.begin() + static_cast<qsizetype>(frame.firstPending);
    Nodes children(first, m_pending.end());
    m_pending.erase(first, m_pending.end());
    m_frames.pop_back();
    if (frame.node->kind == YamlNodeKind::Map)
        finishMap(frame.node, std::move(children), frame.merges);
    else
        storeChildren(frame.node, children, children.empty() ? nullptr : children.back());
    addWeight({frame.weight.nodes - 1, frame.weight.height});
    remember(frame.anchor, frame.node, frame.weight, true);
}

void YamlBuilder::beginDocument()
{
    m_frames.clear();
    m_pending.clear();
    m_anchors.clear();
    m_root = nullptr;
}

void YamlBuilder::endDocument()
{
    if (!stopped() && m_root && m_root->kind != YamlNodeKind::Null)
        documents.emplace_back(m_root);
}

} // namespace tenken
