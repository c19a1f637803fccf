// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/seriespicture.h>

#include <algorithm>

namespace tenken
{

SeriesPicture inContext(SeriesPicture picture, const Evidence &evidence)
{
    picture.timeZone = evidence.datadog.timeZone;
    for (size_t i = 0; i < picture.series.size(); ++i) {
        for (SeriesThreshold t : thresholdsOn(picture.series[i], evidence.datadog.monitors)) {
            t.series = i;
            picture.thresholds.push_back(std::move(t));
        }
    }
    for (const LoadTest &test : evidence.loadTests) {
        if (!test.run || !test.run->knowsWhen() || test.run->endSeconds <= test.run->startSeconds)
            continue;
        const bool meanwhile = std::ranges::any_of(picture.series, [&](const MetricSeries &s) {
            return !s.points.empty() && test.run->startSeconds <= s.points.back().first
                && test.run->endSeconds >= s.points.front().first;
        });
        if (meanwhile)
            picture.windows.push_back({test.run->startSeconds, test.run->endSeconds, test.source.id});
    }
    std::ranges::sort(picture.windows, {}, &TimeWindow::from);
    return picture;
}

} // namespace tenken
