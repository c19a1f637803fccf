// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

// The public load-test files whose tools keep figures, not samples, with the numbers they state; and the files
// that are no results, with the words they are refused with.

namespace tenken::test
{

struct SummaryFile {
    const char *path;
    const char *tool;
    qint64 samples, errors;
    double users; ///< of its one level; -1: not stated
    double q, ms; ///< a percentile as the tool states it; -1: it states none, or none that can be trusted
};

constexpr SummaryFile summaryFiles[] = {
    {"real/iago/IagoResults.log", "iago", 204, 204, -1, 0.95, -1},
    {"real/locust/locust-workers.ldjson", "locust", 11145, 1183, -1, 0.95, -1},
    {"real/locust/locust-workers2.ldjson", "locust", 4485, 3985, -1, 0.95, -1},
    {"generated/wrk/c1.txt", "wrk", 289, 0, 1, 0.99, 46.9},
    {"generated/wrk/c12.txt", "wrk", 2368, 0, 12, 0.99, 70.97},
    {"generated/wrk/c128.txt", "wrk", 2344, 0, 128, 0.99, 401.75},
    {"generated/wrk/c16.txt", "wrk", 2317, 0, 16, 0.99, 83.52},
    {"generated/wrk/c2.txt", "wrk", 604, 0, 2, 0.99, 56.37},
    {"generated/wrk/c32.txt", "wrk", 2350, 0, 32, 0.99, 124.75},
    {"generated/wrk/c4.txt", "wrk", 1146, 0, 4, 0.99, 64.79},
    {"generated/wrk/c6.txt", "wrk", 1719, 0, 6, 0.99, 61.78},
    {"generated/wrk/c64.txt", "wrk", 2342, 0, 64, 0.99, 210.48},
    {"generated/wrk/c8.txt", "wrk", 2297, 0, 8, 0.99, 64.55},
    {"generated/usl/pods-1.txt", "wrk", 982, 0, 12, 0.99, 91.3},
    {"generated/usl/pods-10.txt", "wrk", 2958, 0, 120, 0.99, 265.45},
    {"generated/usl/pods-2.txt", "wrk", 1774, 0, 24, 0.99, 100.87},
    {"generated/usl/pods-3.txt", "wrk", 2363, 0, 36, 0.99, 111.27},
    {"generated/usl/pods-4.txt", "wrk", 2785, 0, 48, 0.99, 123.32},
    {"generated/usl/pods-5.txt", "wrk", 3005, 0, 60, 0.99, 140.91},
    {"generated/usl/pods-6.txt", "wrk", 3137, 0, 72, 0.99, 163.04},
    {"generated/usl/pods-7.txt", "wrk", 3150, 0, 84, 0.99, 183.6},
    {"generated/usl/pods-8.txt", "wrk", 3108, 0, 96, 0.99, 208.96},
    {"generated/usl/pods-9.txt", "wrk", 3051, 0, 108, 0.99, 237.3},
    {"real/wrk/WrkResultsQuick.wrk", "wrk", 1045, 0, 16, 0.99, -1},
    {"real/wrk/WrkResultsWithLatencyFlag.wrk", "wrk", 18, 0, 1, 0.99, 46.51},
    {"generated/ab/c1.txt", "ab", 277, 0, 1, 0.95, 40},
    {"generated/ab/c12.txt", "ab", 2355, 0, 12, 0.95, 58},
    {"generated/ab/c16.txt", "ab", 2310, 0, 16, 0.95, 67},
    {"generated/ab/c2.txt", "ab", 567, 0, 2, 0.95, 39},
    {"generated/ab/c32.txt", "ab", 2317, 0, 32, 0.95, 111},
    {"generated/ab/c4.txt", "ab", 1112, 0, 4, 0.95, 46},
    {"generated/ab/c6.txt", "ab", 1656, 0, 6, 0.95, 48},
    {"generated/ab/c64.txt", "ab", 2374, 0, 64, 0.95, 189},
    {"generated/ab/c8.txt", "ab", 2173, 0, 8, 0.95, 50},
    {"generated/h2load/step-100.txt", "h2load", 600, 0, 50, 0.95, -1},
    {"generated/h2load/step-150.txt", "h2load", 900, 0, 50, 0.95, -1},
    {"generated/h2load/step-200.txt", "h2load", 1200, 0, 50, 0.95, -1},
    {"generated/h2load/step-250.txt", "h2load", 1500, 0, 50, 0.95, -1},
    {"generated/h2load/step-300.txt", "h2load", 1800, 0, 50, 0.95, -1},
    {"generated/h2load/step-350.txt", "h2load", 2099, 0, 50, 0.95, -1},
    {"generated/h2load/step-400.txt", "h2load", 2320, 0, 50, 0.95, -1},
    {"generated/h2load/step-450.txt", "h2load", 2314, 0, 50, 0.95, -1},
    {"generated/h2load/step-500.txt", "h2load", 2334, 0, 50, 0.95, -1},
    {"generated/vegeta/step-100.report.json", "vegeta", 600, 0, -1, 0.95, 40.140164},
    {"generated/vegeta/step-150.report.json", "vegeta", 900, 0, -1, 0.95, 43.791423},
    {"generated/vegeta/step-200.report.json", "vegeta", 1200, 0, -1, 0.95, 46.067357},
    {"generated/vegeta/step-250.report.json", "vegeta", 1500, 0, -1, 0.95, 48.828679},
    {"generated/vegeta/step-300.report.json", "vegeta", 1800, 0, -1, 0.95, 48.859722},
    {"generated/vegeta/step-350.report.json", "vegeta", 2100, 0, -1, 0.95, 51.962185},
    {"generated/vegeta/step-400.report.json", "vegeta", 2400, 0, -1, 0.95, 212.577809},
    {"generated/vegeta/step-450.report.json", "vegeta", 2700, 0, -1, 0.95, 915.574067},
    {"generated/vegeta/step-500.report.json", "vegeta", 3000, 254, -1, 0.95, 1065.481207},
    {"generated/vegeta/step-350.report.txt", "vegeta", 2100, 0, -1, 0.95, 51.962},
    {"generated/vegeta/step-350.hdrplot.txt", "vegeta", 2100, 0, -1, 0.9, 44.86473},
    {"generated/autocannon/step-100.json", "autocannon", 611, 0, 100, 0.99, -1},
    {"generated/autocannon/step-150.json", "autocannon", 909, 0, 100, 0.99, -1},
    {"generated/autocannon/step-200.json", "autocannon", 1219, 0, 100, 0.99, -1},
    {"generated/autocannon/step-250.json", "autocannon", 1525, 0, 100, 0.99, -1},
    {"generated/autocannon/step-300.json", "autocannon", 1812, 0, 100, 0.99, -1},
    {"generated/autocannon/step-350.json", "autocannon", 2124, 0, 100, 0.99, -1},
    {"generated/autocannon/step-400.json", "autocannon", 2295, 0, 100, 0.99, -1},
    {"generated/autocannon/step-450.json", "autocannon", 2326, 0, 100, 0.99, -1},
    {"generated/autocannon/step-500.json", "autocannon", 2296, 0, 100, 0.99, -1},
    {"generated/artillery/report.json", "artillery", 16200, 569, -1, 0.95, 1043.3},
    {"generated/locust/step_stats.csv", "locust", 21236, 812, -1, 0.95, 1000},
    {"generated/locust/step_stats_history.csv", "locust", 20257, 628, -1, 0.95, -1},
    {"generated/hey/c8.summary.txt", "hey", 2295, 0, -1, 0.95, 47.5},
    {"generated/jmeter/jmeter.log", "jmeter", 5001, 0, -1, 0.95, -1},
    {"generated/jmeter/console.txt", "jmeter", 15158, 0, -1, 0.95, -1},
    {"generated/jmeter/console_nohdr.txt", "jmeter", 5001, 0, -1, 0.95, -1},
    {"generated/jmeter/console_semi.txt", "jmeter", 5067, 0, -1, 0.95, -1},
    {"generated/jmeter/console_xml.txt", "jmeter", 4981, 0, -1, 0.95, -1},
    {"real/jmeter/summary.log", "jmeter", 1257, 123, -1, 0.95, -1},
    {"real/jmeter/jmeter.log", "jmeter", 1000, 0, -1, 0.95, -1},
    {"real/locust/test_results_stats.csv", "locust", 71464, 10000, -1, 0.95, 570},
    {"real/taurus/TaurusXMLReport.xml", "taurus", 677, 11, 16, 0.95, 1293},
    {"real/taurus/TaurusXmlWithDuration.xml", "taurus", 59314, 29656, -1, 0.95, 1},
    {"real/artillery/ssms-buckets.json", "artillery", 3, 0, -1, 0.95, -1},
    {"generated/ab/c1.csv", "ab", 0, 0, -1, 0.95, 39.521},
    {"generated/ab/c2.csv", "ab", 0, 0, -1, 0.95, 39.764},
    {"generated/ab/c4.csv", "ab", 0, 0, -1, 0.95, 45.733},
    {"generated/ab/c6.csv", "ab", 0, 0, -1, 0.95, 47.843},
    {"generated/ab/c8.csv", "ab", 0, 0, -1, 0.95, 50.052},
    {"generated/ab/c12.csv", "ab", 0, 0, -1, 0.95, 57.556},
    {"generated/ab/c16.csv", "ab", 0, 0, -1, 0.95, 67.698},
    {"generated/ab/c32.csv", "ab", 0, 0, -1, 0.95, 110.736},
    {"generated/ab/c64.csv", "ab", 0, 0, -1, 0.95, 189.49},
};

struct RefusedFile {
    const char *path;
    const char *words; ///< in the English message or hint
};

constexpr RefusedFile refusedSummaries[] = {
    {"generated/artillery/console.txt", "artillery run --output report.json"},
    {"generated/locust/console.txt", "_stats_history.csv"},
    {"generated/locust/step_failures.csv", "_stats_history.csv"},
    {"generated/locust/step_exceptions.csv", "_stats_history.csv"},
    {"generated/locust/report.html.gz", "Locust's HTML report"},
    {"generated/vegeta/step-350.hist.txt", "vegeta report -type=json"},
    {"real/locust/locust_exceptions.csv", "_stats_history.csv"},
    {"real/autocannon/benchmark-results.json", "autocannon --json"},
    {"real/jmeter/emptyfile.jtl", "empty"},
};

} // namespace tenken::test
