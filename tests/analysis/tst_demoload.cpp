// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/knee.h>
#include <analysis/scaling.h>
#include <evidence/loadtest/reader.h>

#include <QTest>

#include <cmath>

using namespace tenken;

namespace
{

struct DemoTest {
    const char *file;
    int pods;
    LoadModel model;
};

constexpr DemoTest demoTests[] = {
    {"gatling-1pod-step.log.gz", 1, LoadModel::Open},   {"k6-2pod.json.gz", 2, LoadModel::Open},
    {"gatling-4pod.log.gz", 4, LoadModel::Open},        {"gatling-6pod.log.gz", 6, LoadModel::Open},
    {"jmeter-8pod.jtl.gz", 8, LoadModel::Closed},       {"jmeter-12pod.jtl.gz", 12, LoadModel::Closed},
    {"gatling-16pod-peak.log.gz", 16, LoadModel::Open},
};

/// What the generator was told: tests/generator/README.md.
double truth(int pods)
{
    return 160.0 * pods / (1 + 0.003 * (pods - 1) + 1e-5 * pods * (pods - 1));
}

Result<LoadTestRun> demoRun(const char *file)
{
    return readLoadTest(QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth/loadtest/") + file);
}

} // namespace

class TestDemoLoad : public QObject
{
    Q_OBJECT

private slots:
    void onePod();
    void peakIsHeld();
    void scaling();
};

void TestDemoLoad::onePod()
{
    const auto run = demoRun(demoTests[0].file);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QVERIFY(run->remarks.empty());
    const auto steps = findSteps(*run);
    QCOMPARE(steps.size(), 11U);
    QVERIFY(std::abs(steps[0].p50 - 16) < 1.5);
    QVERIFY(std::abs(steps[3].p99 - 60) < 6);
    const Knee knee = findKnee(steps, run->model);
    QVERIFY(knee.reached);
    QVERIFY(std::abs(knee.throughput - 160) < 1);
    QVERIFY(std::abs(knee.firstBad - 180) < 1);
    QVERIFY(std::abs(knee.firstErrors - 220) < 1);
    QCOMPARE(knee.confidence, Confidence::High);
}

void TestDemoLoad::peakIsHeld()
{
    const auto run = demoRun(demoTests[6].file);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    const auto steps = findSteps(*run);
    QVERIFY(std::ranges::any_of(steps, [](const LoadStep &step) {
        return std::abs(step.offered - 2200) < 5 && step.end - step.start > 40 && step.errors == 0;
    }));
}

void TestDemoLoad::scaling()
{
    std::vector<ScalingPoint> points;
    for (const DemoTest &test : demoTests) {
        const auto run = demoRun(test.file);
        QVERIFY2(run, test.file);
        QCOMPARE(run->model, test.model);
        const Knee knee = findKnee(findSteps(*run), run->model);
        QVERIFY2(knee.usable && knee.reached, test.file);
        QVERIFY2(std::abs(knee.throughput / truth(test.pods) - 1) < 0.01, test.file);
        points.push_back({test.pods, knee.throughput});
    }
    const Scaling scaling = analyseScaling(points);
    QVERIFY(scaling.fit);
    QCOMPARE_GT(scaling.fit->r2, 0.999);
    for (const int pods : {1, 8, 16, 24})
        QVERIFY2(std::abs(scaling.fit->at(pods) / truth(pods) - 1) < 0.03, qPrintable(QString::number(pods)));
    QVERIFY(std::abs(scaling.fit->alpha - 0.003) < 3 * scaling.fit->alphaError + 1e-4);
    QVERIFY(std::ranges::all_of(scaling.efficiency, [](double e) { return e > 0.94 && e < 1.01; }));
}

QTEST_APPLESS_MAIN(TestDemoLoad)
#include "tst_demoload.moc"
