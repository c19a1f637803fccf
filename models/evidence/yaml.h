// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <optional>
#include <string_view>

namespace tenken {

struct YamlNode;

/// A handle to one node of a YAML (or JSON) file. It stays valid as long as its YamlFile lives, costs a
/// pointer, and may stand for "nothing": looking into nothing gives nothing, so paths can be chained
/// (`spec["template"]["spec"]`) and asked once at the end. Aliases are seen through; merge keys (`<<`)
/// are applied by operator[] and keys().
class Yaml
{
public:
    enum class Kind { Missing, Null, Scalar, Sequence, Map };

    Yaml() = default;
    explicit Yaml(const YamlNode *node) : m_node(node) { }

    Kind kind() const;
    bool exists() const { return m_node != nullptr; }
    explicit operator bool() const { return exists(); }
    bool isNull() const { return kind() == Kind::Null; }
    bool isScalar() const { return kind() == Kind::Scalar; }
    bool isSequence() const { return kind() == Kind::Sequence; }
    bool isMap() const { return kind() == Kind::Map; }

    Yaml operator[](std::string_view key) const;  ///< the value under a key of a map, else missing
    Yaml at(qsizetype index) const;               ///< the element of a sequence, else missing
    qsizetype size() const;                       ///< elements of a sequence or entries of a map, else 0
    QStringList keys() const;                     ///< of a map, in file order, merged ones last
    std::vector<Yaml> items() const;              ///< of a sequence; empty for anything else
    std::vector<std::pair<Yaml, Yaml>> entries() const; ///< key and value of a map, merged ones last

    std::string_view text() const;                ///< of a scalar as written, else empty
    QString string() const;                       ///< text() as QString
    QString stringOr(const QString &fallback) const;
    std::optional<qint64> integer() const;        ///< plain scalar that is an integer (YAML 1.1/1.2, also quoted digits are refused)
    std::optional<double> number() const;         ///< plain scalar that is a finite number
    std::optional<bool> boolean() const;          ///< true/false in the spellings Kubernetes accepts (sigs.k8s.io/yaml: YAML 1.1)
    bool isQuoted() const;
    std::string_view tag() const;                 ///< "!Ref" and the like; empty when none was written
    QStringList strings() const;                  ///< the scalars of a sequence; a lone scalar gives one

    Span span() const;                            ///< of the value
    Span keySpan() const;                         ///< of the key that leads to it; invalid in sequences and at the root
    Span entrySpan() const;                       ///< from the key (or the value, where there is none) to the value's end

    friend bool operator==(Yaml, Yaml) = default; ///< the same node, not equal text

private:
    const YamlNode *m_node = nullptr;
};

/// Bounds that keep a hostile file from eating the machine.
struct YamlLimits {
    qint64 bytes = 16 * 1024 * 1024;
    int depth = 200;
    qint64 nodes = 4'000'000;         ///< nodes of one file, aliases counted once
    qint64 expandedNodes = 10'000'000; ///< with every alias counted as what it stands for
};

/// One parsed file: its documents and what was wrong with it. A document that cannot be read ends the file;
/// the documents before it are kept and the problem says where it stopped.
class YamlFile
{
public:
    static std::shared_ptr<const YamlFile> parse(const QByteArray &text, const QString &name,
                                                 const YamlLimits &limits = {});
    ~YamlFile();

    const QString &name() const;
    const QByteArray &text() const;               ///< the bytes as read
    const std::vector<Yaml> &documents() const;   ///< empty documents are left out
    const std::vector<Problem> &errors() const;   ///< at most one that stopped the parser
    const std::vector<Problem> &warnings() const; ///< duplicate keys (the last one wins, as in kubectl), …

private:
    YamlFile();
    struct Private;
    std::unique_ptr<Private> d;
};

/// The name in `known` that was probably meant by `word` (edit distance ≤ 2, case folded), or nothing.
std::optional<QString> didYouMean(const QString &word, const QStringList &known);

/// One problem per key of `map` that is not in `known`, with a suggestion where one is near.
std::vector<Problem> unknownKeys(Yaml map, const QStringList &known, const QString &file);

} // namespace tenken
