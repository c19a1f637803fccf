// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/coverage.h>
#include <analysis/coverageparts.h>

#include <algorithm>
#include <array>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

Text leftOut(Reach why)
{
    switch (why) {
    case Reach::Draft:
        return {"下書き", "drafts"};
    case Reach::Silenced:
        return {"無期限の消音", "muted without end"};
    case Reach::Paused:
        return {"試験が停止中", "of paused tests"};
    case Reach::Broken:
        return {"元の監視がない", "without their constituents"};
    case Reach::Nobody:
        return {"宛先なし", "without a receiver"};
    case Reach::Unclear:
        return {"行き先が不明", "that go where cannot be told"};
    case Reach::Someone:
        break;
    }
    return {"警報が人に届く", "reach people on alert"};
}

std::vector<Subtraction> subtractionOf(const Coverage &coverage)
{
    static constexpr std::array order = {Reach::Draft,  Reach::Silenced, Reach::Paused, Reach::Broken,
                                         Reach::Nobody, Reach::Unclear,  Reach::Someone};
    std::vector<Subtraction> steps;
    for (const Reach why : order) {
        Subtraction step{why, leftOut(why), {}};
        for (const MonitorReading *r : coverage.own()) {
            if (r->reach == why)
                step.monitors.push_back(r);
        }
        if (!step.monitors.empty() || why == Reach::Someone)
            steps.push_back(std::move(step));
    }
    return steps;
}

template <typename Wanted>
std::vector<const MonitorReading *> readingsWith(const Coverage &coverage, Wanted wanted)
{
    std::vector<const MonitorReading *> found;
    for (const auto &r : coverage.readings) {
        if (wanted(*r))
            found.push_back(r.get());
    }
    return found;
}

} // namespace

std::vector<const MonitorReading *> Coverage::own() const
{
    return readingsWith(*this, [](const MonitorReading &r) { return r.belongs == Belongs::Yes; });
}

std::vector<const MonitorReading *> Coverage::candidates() const
{
    return readingsWith(*this, [](const MonitorReading &r) { return r.belongs == Belongs::NameOnly; });
}

const MonitorReading *Coverage::of(const Monitor &monitor) const
{
    const auto it =
        std::ranges::find_if(readings, [&](const auto &r) { return r->monitor == &monitor; });
    return it == readings.end() ? nullptr : it->get();
}

const NeedCoverage *Coverage::need(const QString &id) const
{
    const auto it = std::ranges::find_if(needs, [&](const NeedCoverage &n) { return n.need.id == id; });
    return it == needs.end() ? nullptr : &*it;
}

std::vector<Route> MonitorReading::slackRoutes() const
{
    std::vector<Route> slack;
    std::ranges::copy_if(routes, std::back_inserter(slack),
                         [](const Route &r) { return r.handle.kind == Handle::Kind::Slack; });
    return slack;
}

Coverage coverageOf(const Evidence &evidence)
{
    Coverage coverage;
    const DatadogSnapshot &snapshot = evidence.datadog;
    coverage.complete = snapshot.monitorsComplete;
    coverage.readable = !snapshot.monitors.empty() || snapshot.monitorsComplete;
    MonitorReader reader(evidence);
    for (const Monitor &m : snapshot.monitors) {
        if (auto reading = reader.read(m))
            coverage.readings.push_back(std::move(reading));
    }
    coverage.needs = needsOf(evidence, coverage, reader);
    coverage.steps = subtractionOf(coverage);
    return coverage;
}

} // namespace tenken
