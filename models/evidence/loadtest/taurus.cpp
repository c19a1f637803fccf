// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/summary.h>
#include <evidence/loadtest/taurus.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr size_t mostLabels = 100;

} // namespace

void TaurusGroups::begin(std::string_view label)
{
    m_current = nullptr;
    if (label.empty() && !m_hasSum) {
        m_hasSum = true;
        m_current = &m_sum;
    } else if (m_labels.size() < mostLabels) {
        m_current = &m_labels.emplace_back();
        m_current->label = QString::fromUtf8(label.data(), qsizetype(label.size())).left(200);
    }
}

void TaurusGroups::figure(std::string_view name, double param, double value)
{
    if (!m_current)
        return;
    LoadAggregate &figures = m_current->figures;
    if (name == "throughput")
        figures.completed = countFrom(value).value_or(0);
    else if (name == "fail")
        figures.failed = countFrom(value).value_or(0);
    else if (name == "concurrency" && value > 0)
        figures.users = value;
    else if (name == "avg_rt" && value >= 0)
        figures.meanMs = value * 1000;
    else if (name == "perc" && param == 0)
        figures.minMs = value * 1000;
    else if (name == "perc" && value >= 0)
        addPercentile(figures, param / 100, value * 1000);
    else if (name == "rc" && param >= 400 && param < 1000)
        m_current->codes[QStringLiteral("HTTP %1").arg(int(param))] += countFrom(value).value_or(0);
    if (name == "perc" && param == 100)
        figures.maxMs = value * 1000;
}

LoadTestRun TaurusGroups::finish(double seconds)
{
    LoadTestRun run;
    run.tool = QStringLiteral("taurus");
    run.hasClock = false;
    run.latencyMeaning = QStringLiteral("as the tool that Taurus ran measured it");
    run.percentileMeaning = {QStringLiteral("Taurus の定義: ms に丸めた HdrHistogram"),
                             QStringLiteral("Taurus' own: HdrHistogram rounded to milliseconds")};
    if (m_hasSum) {
        run.whole = std::move(m_sum.figures);
        run.errorKinds = std::move(m_sum.codes);
    }
    for (const auto &[label, figures, codes] : m_labels)
        run.labels.push_back({label, figures.completed, std::min(figures.failed, figures.completed), {}, {}});
    std::ranges::stable_sort(run.labels, std::greater(), &LoadLabel::samples);
    if (run.whole)
        run.whole->end = std::clamp(seconds, 0.0, 1e7);
    if (run.whole && run.whole->users > 0)
        run.model = LoadModel::Closed;
    if (run.whole && run.whole->end > 0)
        addStretch(run, *run.whole);
    else
        run.missing.push_back(durationMissing());
    run.missing.push_back({QStringLiteral("段ごとの値は最終結果にありません。Taurus が動かしたツールの結果（kpi.jtl など）を指定してください。"),
                           QStringLiteral("Figures of each level are not in the final stats: name the result of the tool "
                                          "that Taurus ran, such as kpi.jtl.")});
    settleSummary(run);
    return run;
}

} // namespace tenken
