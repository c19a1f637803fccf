// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/manifests.h>
#include <evidence/roots.h>
#include <evidence/yaml.h>

#include <memory>

namespace tenken {

/// A file that goes into a rendering, as it was read.
struct RenderInput {
    SourceFile source;          ///< path with its root
    QByteArray bytes;
};

/// One kustomization.yaml and what it does to names. `parent` includes it; a component also changes what its parent
/// has gathered.
struct KustomizeLevel {
    QString file;
    Yaml node;
    int parent = -1;
    bool component = false;
};

/// An object or a patch as somebody wrote it.
struct KustomizePart {
    enum class Kind { Object, MergePatch, JsonPatch };
    Kind kind = Kind::Object;
    QString file;
    Yaml node;
    int level = 0;              ///< of the kustomization that lists it
    Yaml target;                ///< of a patch, where it has one
    int lineOffset = 0, columnOffset = 0; ///< of a patch written inside the kustomization
    Span whole;                 ///< valid: positions inside cannot be told, this is where it stands
};

/// A kustomization with all that it refers to, read without running anything.
struct Kustomization {
    std::vector<RenderInput> inputs;
    std::vector<std::shared_ptr<const YamlFile>> files;
    std::vector<KustomizeLevel> levels;     ///< the first is the overlay itself
    std::vector<KustomizePart> parts;         ///< in the order in which kustomize applies them
    std::vector<Problem> problems;          ///< anything here: it is not to be run
};

/// Reads a kustomization's folder. Refused, with the line: what is remote, what lies outside the root, plugins,
/// generators and transformers of its own, charts; too many or too large files.
Kustomization readKustomization(const QString &folder, const Roots &roots);

/// "kustomization.yaml" and the two other names kustomize knows.
const QStringList &kustomizationNames();

/// Whether kustomize might take a path for something to fetch.
bool looksRemote(const QString &path);

/// The files that a kustomization lists as patches: parts of objects, not objects.
QStringList patchFilesOf(const YamlFile &kustomization);

/// The name of an object as written, and after each level that renames it: patches may go by any of them.
QStringList namesOf(const Kustomization &kustomization, const KustomizePart &part);

/// What it would change in the objects that it gathers: patches and replica counts.
std::vector<UnappliedPatch> unappliedPatches(const Kustomization &kustomization);

} // namespace tenken
