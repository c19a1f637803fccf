// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/kustomization.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

QString textOf(Yaml node)
{
    return node.isScalar() ? node.string() : QString();
}

/// A change, and which objects it picks: as kustomize matches them, anchored regular expressions; empty: any.
struct Change {
    QString file;
    Span span;
    QString kind, name;
};

/// A merge patch without a target names its object itself, by its plain name.
Change changeOf(const KustomizePart &part)
{
    Change change{part.file, part.whole.isValid() ? part.whole : part.node.span(), {}, {}};
    change.span.line += part.lineOffset;
    change.span.endLine += part.lineOffset;
    if (part.target.isMap()) {
        change.kind = textOf(part.target["kind"]);
        change.name = textOf(part.target["name"]);
    } else {
        change.kind = QRegularExpression::escape(textOf(part.node["kind"]));
        change.name = QRegularExpression::escape(textOf(part.node["metadata"]["name"]));
    }
    return change;
}

std::vector<Change> changesOf(const Kustomization &kustomization)
{
    std::vector<Change> changes;
    for (const KustomizePart &part : kustomization.parts) {
        if (part.kind != KustomizePart::Kind::Object)
            changes.push_back(changeOf(part));
    }
    for (const KustomizeLevel &level : kustomization.levels) {
        for (const char *key : {"transformers", "replacements"}) {
            if (level.node[key].size() > 0) // may change anything
                changes.push_back({level.file, level.node[key].keySpan(), {}, {}});
        }
        for (const Yaml entry : level.node["replicas"].items()) {
            changes.push_back({level.file, entry.span(),
                               QStringLiteral("Deployment|ReplicaSet|StatefulSet|ReplicationController"),
                               QRegularExpression::escape(textOf(entry["name"]))});
        }
    }
    return changes;
}

bool fits(const QString &pattern, const QString &text)
{
    return pattern.isEmpty() || QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

} // namespace

std::vector<UnappliedPatch> unappliedPatches(const Kustomization &kustomization)
{
    std::vector<UnappliedPatch> patches;
    for (const Change &change : changesOf(kustomization)) {
        for (const KustomizePart &part : kustomization.parts) {
            if (part.kind != KustomizePart::Kind::Object)
                continue;
            const QString kind = textOf(part.node["kind"]);
            const QStringList names = namesOf(kustomization, part);
            if (fits(change.kind, kind)
                && std::ranges::any_of(names, [&](const QString &name) { return fits(change.name, name); }))
                patches.push_back({change.file, change.span, part.file, kind, names.first()});
        }
    }
    return patches;
}

} // namespace tenken
