// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/relied.h>

#include <evidence/sourcelines.h>
#include <evidence/trace.h>
#include <rules/rule.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr size_t mostEntries = 40;
constexpr qsizetype digits = 32;

/// Collects places; those that lie in one another become one.
class Places
{
public:
    explicit Places(const SourceLines &sources)
        : m_sources(sources)
    {
    }

    void add(const QString &file, const Span &span)
    {
        if (file.isEmpty() || m_sources.fileDigest(file).isEmpty())
            return;
        const std::pair lines =
            span.isValid() ? std::pair(span.line, std::max(span.line, span.endLine)) : std::pair(0, 0);
        auto &known = m_lines[file];
        if (!known.contains(lines))
            known.append(lines);
    }

    std::vector<Relied> all() const
    {
        std::vector<Relied> entries;
        for (const auto &[file, lines] : m_lines.asKeyValueRange())
            addFile(entries, file, lines);
        if (entries.size() <= mostEntries)
            return entries;
        entries.clear();
        for (const QString &file : m_lines.keys())
            entries.push_back({file, 0, 0, m_sources.fileDigest(file).left(digits), {}});
        if (entries.size() > mostEntries)
            entries = {{everyFile.toString(), 0, 0, m_sources.evidence().digest().left(digits), {}}};
        return entries;
    }

private:
    void addFile(std::vector<Relied> &entries, const QString &file, QList<std::pair<int, int>> lines) const
    {
        std::ranges::sort(lines);
        const QByteArray whole = m_sources.fileDigest(file).left(digits);
        std::vector<std::pair<int, int>> joined;
        for (const auto &[first, last] : lines) {
            if (first == 0) {
                entries.push_back({file, 0, 0, whole, {}});
                return;
            }
            if (!joined.empty() && first <= joined.back().second)
                joined.back().second = std::max(joined.back().second, last);
            else
                joined.emplace_back(first, last);
        }
        for (const auto &[first, last] : joined) {
            const QByteArray digest = m_sources.linesDigest(file, first, last).left(digits);
            if (digest.isEmpty())
                entries.push_back({file, 0, 0, whole, {}});
            else
                entries.push_back({file, first, last, whole, digest});
        }
    }

    const SourceLines &m_sources;
    QMap<QString, QList<std::pair<int, int>>> m_lines;
};

/// A load test says something of pods with these limits.
void addLimits(Places &places, const Evidence &evidence)
{
    if (!evidence.manifests)
        return;
    for (const Workload &workload : evidence.manifests->workloads) {
        if (!workload.isLongRunning())
            continue;
        for (const Container &container : workload.appContainers()) {
            const Yaml resources = container.node["resources"];
            if (!resources)
                continue;
            const auto source = evidence.manifests->sourceOf(workload.object.file, resources.entrySpan());
            places.add(source ? source->file : workload.object.file,
                       source ? source->span : resources.entrySpan());
        }
    }
}

} // namespace

bool restsOnLoadTests(const Item &item)
{
    return std::ranges::any_of(item.rules, [](const RuleUse &use) {
        const Rule *rule = findRule(use.rule);
        return rule && rule->needs == Rule::Source::LoadTests;
    });
}

QString placeOf(const Relied &relied)
{
    const QString name = relied.path.section(u'/', -1);
    if (relied.first < 1)
        return name;
    return relied.last > relied.first
        ? QStringLiteral("%1:%2–%3").arg(name).arg(relied.first).arg(relied.last)
        : QStringLiteral("%1:%2").arg(name).arg(relied.first);
}

std::vector<Relied> reliedNow(const Item &item, const ItemResult *result, const QStringList &links,
                              const Assessment &assessment)
{
    if (!assessment.sources)
        return {};
    Places places(*assessment.sources);
    for (const Finding &finding : result ? result->findings : std::vector<Finding>()) {
        places.add(finding.file, finding.span);
        for (const SourceMark &mark : finding.marks)
            places.add(mark.file, mark.span);
    }
    for (const QString &link : links)
        places.add(link, {});
    if (restsOnLoadTests(item))
        addLimits(places, assessment.sources->evidence());
    return places.all();
}

} // namespace tenken
