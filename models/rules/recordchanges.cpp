// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/recordchanges.h>

#include <rules/environment.h>
#include <rules/findings.h>
#include <rules/loadtest_record.h>
#include <rules/replicas.h>
#include <rules/workloads.h>

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace tenken
{

namespace
{

struct Place {
    const Workload *workload;
    Container container;
};

/// Those that run the application: a record without names means these, not the sidecars.
std::vector<Place> mainOnes(const RuleContext &context)
{
    std::vector<Place> places;
    for (const Workload *w : servingWorkloads(context)) {
        for (const Container &container : mainContainers(context, *w))
            places.push_back({w, container});
    }
    return places;
}

std::vector<Place> named(const RuleContext &context, const QString &name)
{
    std::vector<Place> places;
    for (const Workload *w : servingWorkloads(context)) {
        for (const Container &container : w->appContainers()) {
            if (container.name == name)
                places.push_back({w, container});
        }
    }
    return places;
}

void setNow(RecordChange &change, const RuleContext &context, const Place &place, Yaml node)
{
    const Finding f = findingInTemplate(context, {}, *place.workload, place.container, node);
    change.file = f.file;
    change.now = f.span;
}

/// Whether an image's tag is (the start of) a commit's hash, and another one. Nothing: its tag is no hash.
std::optional<bool> isOfCommit(const QString &image, const QString &commit)
{
    static const QRegularExpression hash(QStringLiteral("^(?:sha-|g|v?[0-9.]+-(?:[0-9]+-)?g?)?([0-9a-f]{7,40})$"));
    const QRegularExpressionMatch match = hash.match(image.section(u'@', 0, 0).section(u':', -1));
    if (!match.hasMatch() || commit.size() < 7)
        return {};
    const QString tag = match.captured(1);
    return tag.startsWith(commit.toLower()) || commit.toLower().startsWith(tag);
}

void addImage(std::vector<RecordChange> &changes, const RuleContext &context, const TestRecord &record)
{
    const std::vector<Place> places = mainOnes(context);
    const auto addChange = [&](const QString &recorded, const Span &span, const Place &place) {
        const Yaml node = place.container.node["image"];
        RecordChange change{Text{"試験のイメージは %1 で、今は %2 です。", "The test ran %1; now it is %2."}.arg(recorded, node.string()),
                            span, {}, {}};
        setNow(change, context, place, node);
        changes.push_back(std::move(change));
    };
    const auto now = std::ranges::find_if(places, [](const Place &p) { return !p.container.node["image"].string().isEmpty(); });
    if (now == places.end())
        return;
    if (record.image) {
        if (runsImage(context, *record.image) == false)
            addChange(*record.image, record.image.span, *now);
    } else if (record.commit) {
        bool other = false;
        for (const Place &place : places) {
            const std::optional<bool> same = isOfCommit(place.container.node["image"].string(), *record.commit);
            if (same == true)
                return;
            other = other || same == false;
        }
        if (other)
            addChange(*record.commit, record.commit.span, *now);
    }
}

/// Nothing where the manifest's limit cannot be read (a variable that was not filled in).
std::optional<bool> isSame(const QString &recorded, Yaml limit)
{
    const bool none = !limit.exists() || limit.isNull();
    if (recorded.isEmpty())
        return none;
    if (recorded == u"none")
        return none;
    if (none)
        return false;
    const std::optional<double> now = parseQuantity(limit.text()), then = parseQuantity(recorded.toStdString());
    if (!now || !then)
        return {};
    return std::abs(*now - *then) <= 1e-9 * std::max(*now, *then);
}

bool hasLimits(const RecordedLimits &limits, const Container &container)
{
    const Yaml now = container.node["resources"]["limits"];
    return isSame(limits.cpu, now["cpu"]) != false && isSame(limits.memory, now["memory"]) != false;
}

QString inWords(const QString &cpu, const QString &memory)
{
    const QString none = QStringLiteral("none");
    return QStringLiteral("cpu %1, memory %2").arg(cpu.isEmpty() ? none : cpu, memory.isEmpty() ? none : memory);
}

void addLimits(std::vector<RecordChange> &changes, const RuleContext &context, const TestRecord &record)
{
    const std::vector<Place> main = mainOnes(context);
    for (const RecordedLimits &limits : record.limits) {
        const std::vector<Place> meant = limits.container.isEmpty() ? main : named(context, limits.container);
        if (main.empty() || std::ranges::any_of(meant, [&](const Place &p) { return hasLimits(limits, p.container); }))
            continue;
        if (meant.empty()) {
            changes.push_back({Text{"試験のコンテナ %1 は、今はありません。", "The container %1 of the test is gone."}.arg(limits.container),
                               limits.span, {}, {}});
            continue;
        }
        const Yaml now = meant.front().container.node["resources"]["limits"];
        RecordChange change{Text{"試験の limits は %1 で、今は %2 です。", "The test's limits were %1; now they are %2."}
                                .arg(inWords(limits.cpu, limits.memory), inWords(now["cpu"].string(), now["memory"].string())),
                            limits.span, {}, {}};
        setNow(change, context, meant.front(), now);
        changes.push_back(std::move(change));
    }
}

void addEnvironment(std::vector<RecordChange> &changes, const RuleContext &context, const TestRecord &record)
{
    const auto &environments = context.service().environments;
    if (!environments || !record.environment || std::ranges::contains(*environments, *record.environment, &ServiceEnvironment::id))
        return;
    changes.push_back({Text{"環境 %1 は service.yaml にありません。", "service.yaml has no environment %1."}.arg(*record.environment),
                       record.environment.span, context.service().file, environments.span});
}

} // namespace

std::vector<RecordChange> changesSince(const RuleContext &context, const TestRecord &record)
{
    std::vector<RecordChange> changes;
    addImage(changes, context, record);
    addLimits(changes, context, record);
    addEnvironment(changes, context, record);
    return changes;
}

} // namespace tenken
