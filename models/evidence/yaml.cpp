// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml.h>

#include <evidence/numbers.h>
#include <evidence/yaml/builder.h>
#include <evidence/yaml/node.h>
#include <evidence/yaml/reader.h>

#include <algorithm>

namespace tenken {

Yaml::Kind Yaml::kind() const
{
    if (!m_node)
        return Kind::Missing;
    switch (m_node->resolved()->kind) {
    case YamlNodeKind::Scalar:
        return Kind::Scalar;
    case YamlNodeKind::Sequence:
        return Kind::Sequence;
    case YamlNodeKind::Map:
        return Kind::Map;
    case YamlNodeKind::Null:
    case YamlNodeKind::Alias: // resolved: an alias never stands for an alias
        break;
    }
    return Kind::Null;
}

Yaml Yaml::operator[](std::string_view key) const
{
    if (!isMap())
        return {};
    const YamlNode *map = m_node->resolved();
    const auto isKey = [&](uint32_t entry, const YamlNode *const *entries) {
        const YamlNode *node = entries[2 * entry]->resolved();
        return node->kind == YamlNodeKind::Scalar && node->scalar() == key;
    };
    if (map->count <= sortedMapEntries) {
        for (uint32_t i = 0; i < map->count; ++i) {
            if (isKey(i, map->children))
                return Yaml(map->children[2 * i + 1]);
        }
        return {};
    }
    const YamlNode *const *sorted = map->children + 2 * size_t(map->count);
    uint32_t low = 0;
    for (uint32_t high = map->count; low < high;) {
        const uint32_t middle = low + (high - low) / 2;
        if (sorted[2 * middle]->resolved()->scalar() < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < map->count && isKey(low, sorted) ? Yaml(sorted[2 * low + 1]) : Yaml();
}

Yaml Yaml::at(qsizetype index) const
{
    if (!isSequence() || index < 0 || index >= size())
        return {};
    return Yaml(m_node->resolved()->children[index]);
}

qsizetype Yaml::size() const
{
    return isSequence() || isMap() ? m_node->resolved()->count : 0;
}

QStringList Yaml::keys() const
{
    QStringList keys;
    for (const auto &[key, value] : entries())
        keys.append(key.string());
    return keys;
}

std::vector<Yaml> Yaml::items() const
{
    std::vector<Yaml> items;
    if (!isSequence())
        return items;
    items.reserve(static_cast<size_t>(size()));
    for (qsizetype i = 0; i < size(); ++i)
        items.emplace_back(m_node->resolved()->children[i]);
    return items;
}

std::vector<std::pair<Yaml, Yaml>> Yaml::entries() const
{
    std::vector<std::pair<Yaml, Yaml>> entries;
    if (!isMap())
        return entries;
    const YamlNode *map = m_node->resolved();
    entries.reserve(map->count);
    for (uint32_t i = 0; i < map->count; ++i)
        entries.emplace_back(Yaml(map->children[2 * i]), Yaml(map->children[2 * i + 1]));
    return entries;
}

std::string_view Yaml::text() const
{
    return m_node ? m_node->resolved()->scalar() : std::string_view();
}

QString Yaml::string() const
{
    const std::string_view view = text();
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString Yaml::stringOr(const QString &fallback) const
{
    return isScalar() ? string() : fallback;
}

namespace {

/// The text of a plain scalar, or of one that a tag like !!int makes a number; empty for strings.
std::string_view typedText(const YamlNode *node, std::string_view type)
{
    if (!node)
        return {};
    node = node->resolved();
    const std::string_view tag = node->store->tags[node->tag];
    constexpr std::string_view core = "tag:yaml.org,2002:";
    if (tag.starts_with(core))
        return tag.substr(core.size()) == type ? node->scalar() : std::string_view();
    const bool plain = node->style == YamlStyle::Plain && tag.empty();
    return plain ? node->scalar() : std::string_view();
}

} // namespace

std::optional<qint64> Yaml::integer() const
{
    return yamlInteger(typedText(m_node, "int"));
}

std::optional<double> Yaml::number() const
{
    if (const std::optional<double> number = yamlNumber(typedText(m_node, "float")))
        return number;
    return yamlNumber(typedText(m_node, "int"));
}

std::optional<bool> Yaml::boolean() const
{
    return yamlBoolean(typedText(m_node, "bool"));
}

bool Yaml::isQuoted() const
{
    if (!isScalar())
        return false;
    const YamlStyle style = m_node->resolved()->style;
    return style == YamlStyle::Quoted || style == YamlStyle::Block;
}

std::string_view Yaml::tag() const
{
    if (!m_node)
        return {};
    const YamlNode *node = m_node->resolved();
    return node->store->tags[node->tag];
}

QStringList Yaml::strings() const
{
    if (isScalar())
        return {string()};
    QStringList strings;
    for (const Yaml item : items()) {
        if (item.isScalar())
            strings.append(item.string());
    }
    return strings;
}

namespace {

Span spanBetween(const YamlNode &node, uint32_t begin, uint32_t end)
{
    const auto [line, column] = node.store->lineAndColumn(begin);
    const auto [endLine, endColumn] = node.store->lineAndColumn(std::max(begin, end));
    return {line, column, endLine, endColumn};
}

} // namespace

Span Yaml::span() const
{
    return m_node ? spanBetween(*m_node, m_node->begin, yamlEnd(*m_node)) : Span();
}

Span Yaml::keySpan() const
{
    return m_node && m_node->key ? Yaml(m_node->key).span() : Span();
}

Span Yaml::entrySpan() const
{
    if (!m_node || !m_node->key)
        return span();
    return spanBetween(*m_node, m_node->key->begin, yamlEnd(*m_node));
}

struct YamlFile::Private {
    Private(const QByteArray &bytes, const QString &file)
        : name(file)
        , store(bytes)
    {
    }

    QString name;
    YamlStore store;
    std::vector<Yaml> documents;
    std::vector<Problem> errors;
    std::vector<Problem> warnings;

    void take(YamlBuilder &&builder)
    {
        documents = std::move(builder.documents);
        errors = std::move(builder.errors);
        warnings = std::move(builder.warnings);
    }

    void read(const YamlLimits &limits)
    {
        const uint32_t first = yamlPastBlank(store.bytes(), store.start);
        if (first < store.text.size() && (store.text[first] == '{' || store.text[first] == '[')) {
            YamlBuilder json(store, name, limits);
            if (readJsonEvents(store, json))
                return take(std::move(json));
        }
        YamlBuilder yaml(store, name, limits);
        readYamlEvents(store, yaml);
        take(std::move(yaml));
    }
};

YamlFile::YamlFile() = default;
YamlFile::~YamlFile() = default;

std::shared_ptr<const YamlFile> YamlFile::parse(const QByteArray &text, const QString &name, const YamlLimits &limits)
{
    const std::shared_ptr<YamlFile> file(new YamlFile);
    constexpr qint64 addressable = 1 << 30; // offsets have 32 bits
    if (text.size() > std::min(limits.bytes, addressable)) {
        file->d = std::make_unique<Private>(QByteArray(), name);
        const auto mebibytes = [](qint64 bytes) {
            return formatWithUnit(static_cast<double>(bytes) / (1024 * 1024), QStringLiteral("MiB"));
        };
        file->d->errors.push_back({name, {},
                                   Text{"%1 あり、上限の %2 を超えています", "has %1, more than the limit of %2"}
                                       .arg(mebibytes(text.size()), mebibytes(limits.bytes)),
                                   {"ファイルを分けてください", "split the file"}});
        return file;
    }
    file->d = std::make_unique<Private>(text, name);
    if (std::optional<Problem> problem = yamlEncodingProblem(file->d->store, name))
        file->d->errors.push_back(std::move(*problem));
    else
        file->d->read(limits);
    return file;
}

const QString &YamlFile::name() const { return d->name; }
const QByteArray &YamlFile::text() const { return d->store.text; }
const std::vector<Yaml> &YamlFile::documents() const { return d->documents; }
const std::vector<Problem> &YamlFile::errors() const { return d->errors; }
const std::vector<Problem> &YamlFile::warnings() const { return d->warnings; }

} // namespace tenken
