// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/nodegroups.h>

#include <analysis/fields.h>
#include <analysis/nodegroupreaders.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

bool isProviderLabel(const QString &key)
{
    static const QRegularExpression domains(
        QStringLiteral("(^|\\.)(kubernetes\\.io|k8s\\.io|k8s\\.aws|amazonaws\\.com|karpenter\\.sh|eksctl\\.io)/"));
    return domains.match(key).hasMatch();
}

std::optional<QStringList> NodeGroup::zones() const
{
    const auto it = labels.constFind(zoneLabel);
    return it == labels.constEnd() ? std::nullopt : it->named();
}

namespace {

// "m7i-flex" → category m, generation 7.
QString matched(const QString &family, int group)
{
    static const QRegularExpression form(QStringLiteral("^([a-z]+)(\\d+)"));
    return form.match(family).captured(group);
}

QString valueOf(const InstanceType &t, const QString &key)
{
    if (key == u"node.kubernetes.io/instance-type" || key == u"beta.kubernetes.io/instance-type")
        return t.name;
    if (key == u"kubernetes.io/arch" || key == u"beta.kubernetes.io/arch")
        return t.architecture;
    if (key == u"karpenter.k8s.aws/instance-family")
        return t.family();
    if (key == u"karpenter.k8s.aws/instance-size")
        return t.size();
    if (key == u"karpenter.k8s.aws/instance-cpu")
        return QString::number(qint64(t.vcpu));
    if (key == u"karpenter.k8s.aws/instance-memory")
        return QString::number(qint64(t.memory));
    if (key == u"karpenter.k8s.aws/instance-category")
        return matched(t.family(), 1);
    if (key == u"karpenter.k8s.aws/instance-generation")
        return matched(t.family(), 2);
    return {};
}

} // namespace

bool suits(const InstanceType &t, const QMap<QString, LabelValues> &labels)
{
    for (const auto &[key, values] : labels.asKeyValueRange()) {
        const QString own = valueOf(t, key);
        if (!own.isEmpty() && !values.has(own))
            return false;
    }
    return true;
}

void addDerivedLabels(NodeGroup &group)
{
    static const QStringList nodeKeys{QStringLiteral("node.kubernetes.io/instance-type"), QStringLiteral("kubernetes.io/arch"),
                                      QStringLiteral("beta.kubernetes.io/instance-type"), QStringLiteral("beta.kubernetes.io/arch")};
    static const QStringList karpenterKeys{
        QStringLiteral("karpenter.k8s.aws/instance-family"),   QStringLiteral("karpenter.k8s.aws/instance-size"),
        QStringLiteral("karpenter.k8s.aws/instance-cpu"),      QStringLiteral("karpenter.k8s.aws/instance-memory"),
        QStringLiteral("karpenter.k8s.aws/instance-category"), QStringLiteral("karpenter.k8s.aws/instance-generation")};
    const bool certain = !group.open && group.unknownTypes.isEmpty() && !group.types.empty();
    for (const QString &key : group.isKarpenter() ? nodeKeys + karpenterKeys : nodeKeys) {
        QStringList values;
        for (const InstanceType &t : group.types)
            values << valueOf(t, key);
        if (certain && !group.labels.contains(key))
            group.labels.insert(key, LabelValues::of(values));
    }
    const QString os = QStringLiteral("kubernetes.io/os");
    if (!group.labels.contains(os))
        group.labels.insert(os, LabelValues::of({QStringLiteral("linux")}));
    const auto zones = group.zones();
    const QString region = QStringLiteral("topology.kubernetes.io/region");
    static const QRegularExpression form(QStringLiteral("^([a-z]+(?:-[a-z]+)+-\\d+)[a-z]$"));
    if (zones && !zones->isEmpty() && !group.labels.contains(region)) {
        QStringList regions;
        for (const QString &zone : *zones)
            regions << form.match(zone).captured(1);
        if (!regions.contains(QString()))
            group.labels.insert(region, LabelValues::of(regions));
    }
}

std::vector<NodeGroup> nodeGroups(const Manifests &manifests, const Service &service)
{
    std::vector<NodeGroup> groups;
    for (const NodeGroupSource &source : service.nodeGroups)
        groups.push_back(declaredGroup(source, service));
    for (const KubeObject &object : manifests.objects) {
        if (object.kind == u"ClusterConfig" && object.group() == u"eksctl.io")
            std::ranges::move(eksctlGroups(object), std::back_inserter(groups));
        else if (object.kind == u"NodePool" && object.group() == u"karpenter.sh")
            groups.push_back(karpenterGroup(object, manifests));
    }
    for (NodeGroup &group : groups)
        addDerivedLabels(group);
    return groups;
}

} // namespace tenken
