// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/trace.h>

#include <evidence/tracepath.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

Span shown(Yaml node)
{
    const Span key = node.keySpan();
    return !node.isScalar() && key.isValid() ? key : node.entrySpan();
}

/// Follows one rendered object back through a kustomization.
class Follower
{
public:
    Follower(const Kustomization &sources, Yaml object) : m_sources(sources), m_object(object) { findBase(); }

    std::optional<SourcePlace> place(const TracePath &path) const
    {
        if (m_base < 0)
            return {};
        std::optional<SourcePlace> found;
        const Yaml value = walkTracePath(m_object, path);
        const bool first = isIdentityPath(path) || value.isMap();
        for (size_t i = 0; i < m_sources.parts.size(); ++i) {
            const KustomizePart &part = m_sources.parts[i];
            if (int(i) != m_base && !applies(part))
                continue;
            const Yaml node = part.kind == KustomizePart::Kind::JsonPatch ? inOperations(part.node, path) : walkTracePath(part.node, path);
            if (!node)
                continue;
            found = placeIn(part, node);
            if (first)
                break;
        }
        const std::optional<SourcePlace> own = inFields(path, value);
        return own ? own : found;
    }

private:
    const KustomizeLevel &levelOf(const KustomizePart &part) const { return m_sources.levels[size_t(part.level)]; }

    static SourcePlace placeIn(const KustomizePart &part, Yaml node)
    {
        Span span = part.whole.isValid() ? part.whole : shown(node);
        if (!part.whole.isValid()) {
            span.line += part.lineOffset;
            span.endLine += part.lineOffset;
            span.column += part.columnOffset;
            span.endColumn += part.columnOffset;
        }
        return {part.file, span};
    }

    QString namespaceOf(const KustomizePart &part) const
    {
        QString nameSpace = part.node["metadata"]["namespace"].string();
        for (int level = part.level; level >= 0; level = m_sources.levels[size_t(level)].parent)
            nameSpace = m_sources.levels[size_t(level)].node["namespace"].stringOr(nameSpace);
        return nameSpace;
    }

    void findBase()
    {
        const QString kind = m_object["kind"].string(), name = m_object["metadata"]["name"].string();
        std::vector<int> exact, alike;
        for (size_t i = 0; i < m_sources.parts.size(); ++i) {
            const KustomizePart &part = m_sources.parts[i];
            if (part.kind != KustomizePart::Kind::Object || part.node["kind"].string() != kind)
                continue;
            const QStringList names = namesOf(m_sources, part);
            if (names.last() == name && namespaceOf(part) == m_object["metadata"]["namespace"].string())
                exact.push_back(int(i));
            else if (!names.first().isEmpty() && name.contains(names.first()))
                alike.push_back(int(i)); // renamed by a component, or with a hash
        }
        if (exact.size() == 1)
            m_base = exact.front();
        else if (exact.empty() && alike.size() == 1)
            m_base = alike.front();
        if (m_base >= 0)
            m_names = namesOf(m_sources, m_sources.parts[size_t(m_base)]) + QStringList{name};
    }

    /// Whether a level works on the object: it, or what a component is part of, gathers it.
    bool gathers(int level) const
    {
        while (level >= 0 && m_sources.levels[size_t(level)].component)
            level = m_sources.levels[size_t(level)].parent;
        for (int own = m_sources.parts[size_t(m_base)].level; own >= 0; own = m_sources.levels[size_t(own)].parent) {
            if (own == level)
                return true;
        }
        return false;
    }

    static bool matches(Yaml pattern, const QString &text)
    {
        if (!pattern.isScalar() || pattern.text().empty())
            return true;
        return QRegularExpression(QRegularExpression::anchoredPattern(pattern.string())).match(text).hasMatch();
    }

    bool applies(const KustomizePart &part) const
    {
        if (part.kind == KustomizePart::Kind::Object || !gathers(part.level))
            return false;
        const QString kind = m_object["kind"].string();
        if (part.target.isMap()) {
            return matches(part.target["kind"], kind)
                && std::ranges::any_of(m_names, [&](const QString &name) { return matches(part.target["name"], name); });
        }
        return part.node["kind"].string() == kind && m_names.contains(part.node["metadata"]["name"].string());
    }

    /// The value that an operation of a JSON patch writes at a path, or above it.
    static Yaml inOperations(Yaml operations, const TracePath &path)
    {
        Yaml found;
        for (const Yaml operation : operations.items()) {
            const std::string_view op = operation["op"].text();
            if (op != "add" && op != "replace")
                continue;
            const QStringList tokens = operation["path"].string().split(u'/').mid(1);
            if (tokens.size() > qsizetype(path.size()))
                continue;
            bool fits = true;
            for (qsizetype i = 0; i < tokens.size() && fits; ++i) {
                const TraceStep &step = path[size_t(i)];
                const QString token = QString(tokens[i]).replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
                fits = step.key.empty() ? token == u"-" || token == QString::number(step.index) : token.toStdString() == step.key;
            }
            if (!fits)
                continue;
            if (const Yaml value = walkTracePath(operation["value"], std::span(path).subspan(size_t(tokens.size()))))
                found = value;
        }
        return found;
    }

    /// `images`, `replicas` and `namespace` of the kustomizations, the outermost last to have its way.
    std::optional<SourcePlace> inFields(const TracePath &path, Yaml value) const
    {
        for (size_t i = 0; i < m_sources.levels.size(); ++i) { // the first is the outermost
            if (!gathers(int(i)))
                continue;
            const KustomizeLevel &level = m_sources.levels[i];
            Yaml entry;
            if (path.size() == 2 && path[0].key == "spec" && path[1].key == "replicas")
                entry = replicasIn(level.node, value);
            else if (path.back().key == "image")
                entry = imageIn(level.node, value.string());
            else if (path.size() == 2 && path[0].key == "metadata" && path[1].key == "namespace")
                entry = level.node["namespace"];
            if (entry)
                return SourcePlace{level.file, shown(entry)};
        }
        return {};
    }

    Yaml replicasIn(Yaml level, Yaml value) const
    {
        for (const Yaml entry : level["replicas"].items()) {
            if (m_names.contains(entry["name"].string()) && entry["count"].text() == value.text())
                return entry["count"];
        }
        return {};
    }

    static Yaml imageIn(Yaml level, const QString &image)
    {
        for (const Yaml entry : level["images"].items()) {
            const QString name = entry["newName"].stringOr(entry["name"].string());
            const QString rest = image.startsWith(name) ? image.sliced(name.size()) : QStringLiteral("?");
            if (const Yaml digest = entry["digest"]; digest && rest.endsWith(digest.string()))
                return digest;
            if (const Yaml tag = entry["newTag"]; tag && rest == u':' + tag.string())
                return tag;
            if (entry["newName"] && (rest.isEmpty() || rest.startsWith(u':') || rest.startsWith(u'@')))
                return entry["newName"];
        }
        return {};
    }

    const Kustomization &m_sources;
    Yaml m_object;
    int m_base = -1;
    QStringList m_names;
};

} // namespace

Trace::Trace(std::shared_ptr<const YamlFile> rendered, Kustomization sources)
    : m_rendered(std::move(rendered))
    , m_sources(std::move(sources))
{
}

Trace::Trace(std::shared_ptr<const YamlFile> rendered, std::vector<RenderInput> templates)
    : m_rendered(std::move(rendered))
    , m_templates(std::move(templates))
{
}

std::optional<SourcePlace> Trace::source(const Span &rendered) const
{
    if (!rendered.isValid())
        return {};
    if (!m_templates.empty())
        return inTemplate(rendered);
    for (const Yaml document : m_rendered->documents()) {
        if (rendered.line < document.span().line || rendered.line > document.span().endLine)
            continue;
        TracePath path;
        if (findTracePath(document, rendered, path) && !path.empty()) {
            const Follower follower(m_sources, document);
            for (; !path.empty(); path.pop_back()) { // a field that kustomize made: where it was put
                if (const auto place = follower.place(path))
                    return place;
            }
        }
    }
    return {};
}

std::optional<SourcePlace> Trace::inTemplate(const Span &rendered) const
{
    const QByteArrayList lines = m_rendered->text().split('\n');
    QString file;
    for (int i = std::min(rendered.line, int(lines.size())) - 1; i >= 0 && file.isEmpty(); --i) {
        if (lines[i].startsWith("# Source: "))
            file = QString::fromUtf8(lines[i].sliced(10)).section(u'/', 1).trimmed(); // without the chart's name
    }
    static const QRegularExpression entry(QStringLiteral("^\\s*(?:- )?([\\w./-]+):"));
    const QString key = entry.match(QString::fromUtf8(lines.value(rendered.line - 1))).captured(1);
    const auto found = std::ranges::find_if(m_templates, [&](const RenderInput &t) { return !file.isEmpty() && t.source.path.endsWith(u'/' + file); });
    if (key.isEmpty() || found == m_templates.end())
        return {};
    SourcePlace place{found->source.path, {}};
    int number = 0;
    for (const QByteArray &line : found->bytes.split('\n')) {
        ++number;
        const auto match = entry.match(QString::fromUtf8(line));
        if (match.captured(1) != key)
            continue;
        if (place.span.isValid())
            return {}; // it stands there twice: which one cannot be told
        const int column = int(match.capturedStart(1)) + 1;
        place.span = {number, column, number, int(QString::fromUtf8(line).size()) + 1};
    }
    return place.span.isValid() ? std::optional(place) : std::nullopt;
}

} // namespace tenken
