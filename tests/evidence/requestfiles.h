// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/summaryfiles.h>

// The public load-test files whose tools keep every request or its histogram, with the numbers that other
// programs find in them; and what lies beside them and is no result.

namespace tenken::test
{

struct RequestFile {
    const char *path;
    const char *tool;
    qint64 samples, errors;
    double maxMs; ///< -1: not looked at
};

constexpr RequestFile requestFiles[] = {
    {"generated/ab/c1.tsv", "ab", 277, 0, 58},
    {"generated/ab/c12.tsv", "ab", 2355, 0, 95},
    {"generated/ab/c16.tsv", "ab", 2310, 0, 133},
    {"generated/ab/c2.tsv", "ab", 567, 0, 95},
    {"generated/ab/c32.tsv", "ab", 2317, 0, 153},
    {"generated/ab/c4.tsv", "ab", 1112, 0, 105},
    {"generated/ab/c6.tsv", "ab", 1656, 0, 122},
    {"generated/ab/c64.tsv", "ab", 2374, 0, 226},
    {"generated/ab/c8.tsv", "ab", 2173, 0, 84},
    {"real/ab/ab.tsv", "ab", 10, 0, 247},
    {"generated/h2load/step-100.log", "h2load", 600, 0, 204.026},
    {"generated/h2load/step-150.log", "h2load", 900, 0, 181.662},
    {"generated/h2load/step-200.log", "h2load", 1200, 0, 169.169},
    {"generated/h2load/step-250.log", "h2load", 1500, 0, 190.92},
    {"generated/h2load/step-300.log", "h2load", 1800, 0, 206.213},
    {"generated/h2load/step-350.log", "h2load", 2099, 0, 178.921},
    {"generated/h2load/step-400.log", "h2load", 2320, 0, 230.141},
    {"generated/h2load/step-450.log", "h2load", 2314, 0, 218.772},
    {"generated/h2load/step-500.log", "h2load", 2334, 0, 264.112},
    {"generated/hey/c1.csv", "hey", 282, 0, 63.8},
    {"generated/hey/c12.csv", "hey", 2350, 0, 87.3},
    {"generated/hey/c16.csv", "hey", 2310, 0, 115.5},
    {"generated/hey/c2.csv", "hey", 588, 0, 93.4},
    {"generated/hey/c20-q15-300rps.csv", "hey", 1798, 0, 102.1},
    {"generated/hey/c32.csv", "hey", 2335, 0, 162.2},
    {"generated/hey/c4.csv", "hey", 1122, 0, 117.1},
    {"generated/hey/c6.csv", "hey", 1705, 0, 102.4},
    {"generated/hey/c64.csv", "hey", 2411, 0, 241.5},
    {"generated/hey/c8.csv", "hey", 2275, 0, 92.9},
    {"generated/vegeta/step-100.gob", "vegeta", 600, 0, 94.626856},
    {"generated/vegeta/step-150.gob", "vegeta", 900, 0, 78.68041},
    {"generated/vegeta/step-200.gob", "vegeta", 1200, 0, 119.451549},
    {"generated/vegeta/step-250.gob", "vegeta", 1500, 0, 83.961948},
    {"generated/vegeta/step-300.gob", "vegeta", 1800, 0, 84.146276},
    {"generated/vegeta/step-350.gob", "vegeta", 2100, 0, 93.282865},
    {"generated/vegeta/step-400.gob", "vegeta", 2400, 0, 257.340737},
    {"generated/vegeta/step-450.gob", "vegeta", 2700, 0, 989.631793},
    {"generated/vegeta/step-500.gob", "vegeta", 3000, 254, 1112.448335},
    {"generated/vegeta/all.csv.gz", "vegeta", 16200, 254, 1112.448335},
    {"generated/vegeta/all.json.gz", "vegeta", 16200, 254, 1112.448335},
    {"real/jmeter/JMeterResults.jtl", "jmeter", 8, 0, 15902},
    {"real/jmeter/JMeterResultsMultiThread.jtl", "jmeter", 5, 0, 1581},
    {"real/jmeter/JMeterResultsRandomUri.jtl", "jmeter", 4, 0, 14720},
    {"real/jmeter/JMeterResultsTenSamples.jtl", "jmeter", 10, 0, 10},
    {"real/jmeter/many-errors-empty-responses.jtl", "jmeter", 42, 42, 378},
    {"real/jmeter/plugins_short_xml.jtl", "jmeter", 174, 174, 10160},
    {"real/jmeter/sample_log1.jtl", "jmeter", 10000, 0, 21782},
    {"real/jmeter/whitespace-followed-by-xml.jtl", "jmeter", 8, 0, 15902},
    {"generated/jmeter/result_xml.jtl", "jmeter", 4981, 0, 227},
    {"generated/jmeter/result_csv.jtl", "jmeter", 15158, -1, -1},
    {"generated/jmeter/result_noheader.jtl", "jmeter", 5001, -1, -1},
    {"generated/jmeter/result_semicolon_date.jtl", "jmeter", 5067, -1, -1},
    {"real/gatling/known_stats_3.13_binary.log", "gatling", 105, 1, 368},
    {"real/gatling/taurus_gatling-6-314.log", "gatling", 39, 0, 494},
    {"real/gatling/known_stats_v2.2.5.log", "gatling", 8, -1, -1},
    {"real/gatling/known_stats_v3.4.2.log", "gatling", 8, -1, -1},
    {"real/gatling/simulation-1.log.gz", "gatling", 2464, -1, -1},
    {"real/gatling/simulation-small-v3.2.log", "gatling", 2, -1, -1},
    {"real/gatling/simulation-small-v3.3.log", "gatling", 2, -1, -1},
    {"real/gatling/simulation-small-v3.4.log", "gatling", 31, -1, -1},
    {"real/gatling/simulation-small-v3.log", "gatling", 2, -1, -1},
    {"real/gatling/simulation-small.log", "gatling", 2, -1, -1},
    {"real/gatling/simulation-v3.2.log.gz", "gatling", 16095, -1, -1},
    {"real/gatling/simulation-v3.5.log.gz", "gatling", 16095, -1, -1},
    {"real/gatling/simulation.log.2.gz", "gatling", 2571, -1, -1},
    {"real/gatling/taurus_gatling-2-000.log", "gatling", 5, -1, -1},
    {"real/gatling/taurus_gatling-3-000.log", "gatling", 243, -1, -1},
    {"real/gatling/taurus_gatling-331-000.log", "gatling", 100, -1, -1},
    {"real/gatling/taurus_gatling-351-000.log", "gatling", 220, -1, -1},
    {"real/hdrhistogram/example1.txt", "hdrhistogram", 475109, 0, -1},
    {"real/hdrhistogram/jHiccup-2.0.1.logV0.hlog", "hdrhistogram", 61256, 0, 1577.058},
    {"real/hdrhistogram/jHiccup-2.0.7S.logV2.hlog", "hdrhistogram", 48761, 0, 1803.551},
    {"real/hdrhistogram/tagged-Log.logV2.hlog", "hdrhistogram", -1, 0, -1},
    {"real/jmeter/HTMLReportFalseTestFile.csv", "jmeter", -1, -1, -1},
    {"real/jmeter/JENKINS-16627_CSV_instead_of_XML.jtl", "jmeter", -1, -1, -1},
    {"real/jmeter/JMeterCsvResults.csv", "jmeter", 3, -1, -1},
    {"real/jmeter/JMeterCsvResults2.csv", "jmeter", 3, -1, -1},
    {"real/jmeter/JMeterCsvResults3.csv", "jmeter", 3, -1, -1},
    {"real/jmeter/kpi1.jtl", "jmeter", -1, -1, -1},
    {"real/jmeter/plugins_short_csv.jtl", "jmeter", 150, -1, -1},
    {"real/jmeter/slow-stdev.jtl", "jmeter", 599, -1, -1},
    {"real/jmeter/unicode.jtl", "jmeter", -1, -1, -1},
    {"real/locust/locust-kpi.jtl", "jmeter", -1, -1, -1},
};

constexpr RefusedFile otherFiles[] = {
    {"real/jmeter/BatchTestLocal.csv", "not one of a load test"},
    {"real/jmeter/tranctl.jtl", "not one request"}, // only a transaction
    {"real/fortio/benchmark.csv", "fortio"},
    {"real/tsung/tsung.log", "tsung"},
};

/// Names of files that belong to the server under test or to the plan of the test, in any folder.
constexpr const char *noResults[] = {"server_start.txt", "server_truth*.csv", "server_n*.txt",
                                     "step*.yml",        "step*.jmx",         "*.py",
                                     "usl.tsv",          "steps.tsv",         "MANIFEST.tsv",
                                     "oracledb.csv",     "raytracer.csv",     "specsdm91.csv"};

} // namespace tenken::test
