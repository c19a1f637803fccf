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
constexpr qsizetype mostKinds = 100;

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

/// "503", and what JMeter writes where there was no answer: "Non HTTP response code: java.net.ConnectException".
void TaurusGroups::code(std::string_view text, double count)
{
    const auto number = parseNumber(text);
    text = trimmed(text);
    if (text.empty() || (number && (*number < 400 || *number >= 1000)))
        return;
    const QString kind = number ? QStringLiteral("HTTP %1").arg(int(*number)) : QString::fromUtf8(text.data(), qsizetype(text.size())).left(160);
    if (const qint64 failed = countFrom(count).value_or(0); failed > 0 && m_current->codes.size() < mostKinds)
        m_current->codes[kind] += failed;
}

void TaurusGroups::figure(std::string_view name, std::string_view param, double value)
{
    if (!m_current)
        return;
    LoadAggregate &figures = m_current->figures;
    const double percent = name == "perc" && value >= 0 ? parseNumber(param).value_or(-1) : -1;
    if (name == "throughput")
        figures.completed = countFrom(value).value_or(0);
    else if (name == "fail")
        figures.failed = countFrom(value).value_or(0);
    else if (name == "concurrency" && value > 0)
        figures.users = value;
    else if (name == "avg_rt" && value >= 0)
        figures.meanMs = value * 1000;
    else if (name == "rc")
        code(param, value);
    else if (percent == 0)
        figures.minMs = value * 1000;
    else if (percent > 0)
        addPercentile(figures, percent / 100, value * 1000);
    if (percent == 100)
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
        run.whole = m_sum.figures;
        if (m_sum.figures.failed > 0) // a tool may have codes of its own for what went well
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
