// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

#include <cstdint>
#include <memory_resource>

namespace tenken {

/// What the nodes of one file share: the bytes, where its lines begin, and the memory they live in.
struct YamlStore {
    explicit YamlStore(const QByteArray &bytes);

    QByteArray text;                     ///< never written to: nodes point into it
    uint32_t start = 0;                  ///< after a byte order mark
    std::vector<uint32_t> lines;         ///< offset of the first byte of each line
    std::vector<std::string> tags;       ///< tags[0] is "none was written"
    std::pmr::monotonic_buffer_resource memory;

    std::string_view bytes() const { return {text.constData(), static_cast<size_t>(text.size())}; }
    std::pair<int, int> lineAndColumn(uint32_t offset) const; ///< from 1, columns in code points
    uint32_t columnBytes(uint32_t offset) const;              ///< from 0, in bytes: what indentation is compared with
};

enum class YamlNodeKind : uint8_t { Null, Scalar, Sequence, Map, Alias };
enum class YamlStyle : uint8_t { Plain, Quoted, Block, Flow, Implicit };

/// One node as it is written. Only the builder writes to it.
struct YamlNode {
    const YamlStore *store = nullptr;
    const YamlNode *key = nullptr;       ///< the key that leads here, in a map
    union {
        const char *text = nullptr;      ///< scalar: into the file or, where escapes were undone, the store's memory
        const YamlNode *const *children; ///< sequence: elements; map: key, value, key, value …; [-1] is the last as written
        const YamlNode *target;          ///< alias
    };
    uint32_t begin = 0;                  ///< offset of the first byte, after anchor and tag
    uint32_t count = 0;                  ///< bytes of a scalar, elements or entries of a collection
    uint32_t indent = 0;                 ///< 1 + column of the block collection around it, 0 at the root
    uint16_t tag = 0;
    YamlNodeKind kind = YamlNodeKind::Null;
    YamlStyle style = YamlStyle::Plain;

    const YamlNode *resolved() const { return kind == YamlNodeKind::Alias ? target : this; }
    std::string_view scalar() const
    {
        return kind == YamlNodeKind::Scalar ? std::string_view(text, count) : std::string_view();
    }
};

/// Above this many entries a map keeps its entries a second time, sorted by key.
inline constexpr uint32_t sortedMapEntries = 16;

uint32_t yamlEnd(const YamlNode &node);                          ///< offset one past the last byte
uint32_t yamlEndOfQuoted(std::string_view text, uint32_t at);    ///< of the scalar whose quote stands at `at`; 0 = never closed
uint32_t yamlPastProperties(std::string_view text, uint32_t at); ///< over `&anchor` and `!tag`
uint32_t yamlPastBlank(std::string_view text, uint32_t at);      ///< over spaces, line ends and comments

/// Plain scalars by the rules of the parser that Kubernetes uses (YAML 1.1 as in go-yaml 2).
std::optional<qint64> yamlInteger(std::string_view plain);
std::optional<double> yamlNumber(std::string_view plain);
std::optional<bool> yamlBoolean(std::string_view plain);
bool yamlIsNull(std::string_view plain);

} // namespace tenken
