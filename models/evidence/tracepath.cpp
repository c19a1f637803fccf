// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/tracepath.h>

#include <algorithm>

namespace tenken {

namespace {

bool startsAt(const Span &span, const Span &at)
{
    return span.isValid() && span.line == at.line && span.column == at.column;
}

/// What tells elements of a list apart when kustomize merges them.
constexpr const char *mergeKeys[] = {"name", "mountPath", "containerPort", "port", "topologyKey", "devicePath", "ip", "key"};

Yaml elementLike(Yaml list, const TraceStep &step)
{
    for (const char *key : mergeKeys) {
        const Yaml wanted = step.element[key];
        if (!wanted.isScalar())
            continue;
        for (const Yaml item : list.items()) {
            if (item[key].isScalar() && item[key].text() == wanted.text())
                return item;
        }
        return {};
    }
    if (step.element.isScalar()) {
        for (const Yaml item : list.items()) {
            if (item.isScalar() && item.text() == step.element.text())
                return item;
        }
        return {};
    }
    return list.at(step.index);
}

} // namespace

bool findTracePath(Yaml node, const Span &at, TracePath &path)
{
    const auto within = [&](Yaml child) {
        const Span s = child.entrySpan();
        return s.isValid() && s.line <= at.line && at.line <= s.endLine;
    };
    for (const auto &[key, value] : node.entries()) {
        if (!within(value))
            continue;
        path.push_back({key.string().toStdString(), 0, {}});
        if (findTracePath(value, at, path) || startsAt(value.keySpan(), at) || startsAt(value.span(), at))
            return true;
        path.pop_back();
    }
    qsizetype index = 0;
    for (const Yaml item : node.items()) {
        if (within(item)) {
            path.push_back({{}, index, item});
            if (findTracePath(item, at, path) || startsAt(item.span(), at))
                return true;
            path.pop_back();
        }
        ++index;
    }
    return false;
}

Yaml walkTracePath(Yaml node, std::span<const TraceStep> path)
{
    for (const TraceStep &step : path)
        node = step.key.empty() ? elementLike(node, step) : node[step.key];
    return node;
}

bool isIdentityPath(const TracePath &path)
{
    const std::string &last = path.back().key;
    if (path.size() == 1)
        return last == "kind" || last == "apiVersion";
    return last == "name" || last == "namespace"
        || (path[path.size() - 2].key.empty() && std::ranges::contains(mergeKeys, last));
}

} // namespace tenken
