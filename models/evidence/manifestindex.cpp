// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/manifestindex.h>

#include <algorithm>

namespace tenken {

namespace {

QString pairKey(const QString &key, const QString &value) { return key + u'=' + value; }

/// A pair that pods must have to be selected; empty where there is none to go by.
QString requiredPair(const KubeObject &object)
{
    const Yaml selector = object.node["spec"]["selector"];
    const Yaml pairs = object.kind == u"Service" ? selector : selector["matchLabels"];
    const auto entries = pairs.entries();
    return entries.empty() ? QString() : pairKey(entries.front().first.string(), entries.front().second.string());
}

void addSelecting(ManifestIndex &index, const KubeObject &object, size_t position)
{
    const QString pair = requiredPair(object);
    if (pair.isEmpty())
        index.unselective.push_back(position);
    else
        index.selecting[pair].push_back(position);
}

} // namespace

std::shared_ptr<const ManifestIndex> ManifestIndex::of(const Manifests &manifests)
{
    auto index = std::make_shared<ManifestIndex>();
    index->objects = manifests.objects.size();
    for (size_t i = 0; i < manifests.objects.size(); ++i) {
        const KubeObject &object = manifests.objects[i];
        index->kinds[object.kind].push_back(i);
        if (object.kind == u"HorizontalPodAutoscaler" || object.kind == u"ScaledObject")
            index->scalers[object.node["spec"]["scaleTargetRef"]["name"].string()].push_back(i);
        if (object.kind == u"Service" || object.kind == u"PodDisruptionBudget")
            addSelecting(*index, object, i);
    }
    for (size_t i = 0; i < manifests.files.size(); ++i) {
        const QString &name = manifests.files[i]->name();
        if (!index->files.contains(name))
            index->files.insert(name, i);
    }
    return index;
}

ManifestIndex::Positions ManifestIndex::maySelect(const QMap<QString, QString> &labels) const
{
    Positions found = unselective;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it) {
        const Positions those = selecting.value(pairKey(it.key(), it.value()));
        found.insert(found.end(), those.begin(), those.end());
    }
    std::ranges::sort(found);
    return found;
}

} // namespace tenken
