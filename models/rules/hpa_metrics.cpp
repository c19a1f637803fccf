// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/hpa_metrics.h>

namespace tenken
{

namespace
{

Text percentName(const QString &resource, Yaml percent)
{
    return sameText(percent ? QStringLiteral("%1 %2 %").arg(resource, percent.string()) : resource);
}

ScalingMetric defaultMetric()
{
    return {ScalingMetric::Kind::Resource,
            QStringLiteral("cpu"),
            {},
            true,
            {"既定の cpu 80 %", "the default cpu 80 %"},
            {}};
}

ScalingMetric metricOf(Yaml entry)
{
    ScalingMetric m;
    m.node = entry;
    const QString type = entry["type"].string();
    const bool container = type == u"ContainerResource";
    if (type != u"Resource" && !container) {
        m.name = sameText(type.isEmpty() ? QStringLiteral("?") : type);
        return m;
    }
    const Yaml source = entry[container ? "containerResource" : "resource"];
    m.kind = container ? ScalingMetric::Kind::ContainerResource : ScalingMetric::Kind::Resource;
    m.resource = source["name"].string();
    m.container = source["container"].string();
    // v2beta1 wrote targetAverageUtilization beside the name; later versions a target with a type.
    const Yaml percent = source["targetAverageUtilization"] ? source["targetAverageUtilization"]
                                                            : source["target"]["averageUtilization"];
    m.needsRequests = percent.exists() || source["target"]["type"].text() == "Utilization";
    m.name = percentName(m.resource, percent);
    return m;
}

ScalingMetric triggerOf(Yaml trigger)
{
    ScalingMetric m;
    m.node = trigger;
    const QString type = trigger["type"].string();
    m.name = sameText(type);
    if (type != u"cpu" && type != u"memory")
        return m;
    const Yaml metadata = trigger["metadata"];
    m.resource = type;
    m.container = metadata["containerName"].string();
    m.kind = m.container.isEmpty() ? ScalingMetric::Kind::Resource : ScalingMetric::Kind::ContainerResource;
    // metricType took over from metadata.type; both default to Utilization.
    const QString kind =
        trigger["metricType"].stringOr(metadata["type"].stringOr(QStringLiteral("Utilization")));
    m.needsRequests = kind == u"Utilization";
    return m;
}

bool hasRequest(const Container &c, const QString &resource)
{
    const std::string key = resource.toStdString();
    for (const char *kind : {"requests", "limits"}) { // a request not written is copied from the limit
        const Yaml quantity = c.node["resources"][kind][key];
        if (!quantity)
            continue;
        const auto value = parseQuantity(quantity.text());
        return !value || *value > 0; // what cannot be read is pod-resources' to tell
    }
    return false;
}

} // namespace

std::vector<ScalingMetric> scalingMetrics(const KubeObject &autoscaler)
{
    const Yaml spec = autoscaler.node["spec"];
    std::vector<ScalingMetric> metrics;
    if (autoscaler.kind == u"ScaledObject") {
        for (const Yaml trigger : spec["triggers"].items())
            metrics.push_back(triggerOf(trigger));
        return metrics;
    }
    if (const Yaml percent = spec["targetCPUUtilizationPercentage"]; percent.exists()) // autoscaling/v1
        metrics.push_back({ScalingMetric::Kind::Resource,
                           QStringLiteral("cpu"),
                           {},
                           true,
                           percentName(QStringLiteral("cpu"), percent),
                           percent});
    for (const Yaml entry : spec["metrics"].items())
        metrics.push_back(metricOf(entry));
    if (metrics.empty())
        metrics.push_back(defaultMetric());
    return metrics;
}

QStringList containersWithoutRequest(const Workload &w, const ScalingMetric &metric)
{
    QStringList without;
    if (!metric.needsRequests)
        return without;
    for (const Container &c : w.containers) {
        const bool counts = metric.kind == ScalingMetric::Kind::ContainerResource
            ? c.name == metric.container
            : c.role != Container::Role::Init;
        if (counts && !hasRequest(c, metric.resource))
            without << c.name;
    }
    return without;
}

} // namespace tenken
