// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/jtlbatches.h>

namespace tenken
{

void settleBatches(LoadTestRun &run, qint64 rows)
{
    if (rows == 0)
        return;
    run.latency = {};
    for (LoadSecond &second : run.seconds)
        second.latency = {};
    run.labels.clear();
    run.labelsBeyondCap = 0;
    run.remarks.push_back(Text{
        "%1 行はそれぞれ複数のリクエストの合計です（SampleCount）。件数とエラーはその数で数えました。",
        "%1 rows stand for several requests each (SampleCount): requests and errors are counted by them."}
                              .arg(rows));
    run.missing.push_back(
        {QStringLiteral("個々のリクエストの遅延はこのファイルにありません。jmeter.properties の "
                        "mode=Standard で取り直してください。"),
         QStringLiteral("Latencies of single requests are not in this file: test again with mode=Standard in "
                        "jmeter.properties.")});
}

} // namespace tenken
