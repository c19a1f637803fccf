// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/planninglaw.h>
#include <analysis/scaling.h>

#include <QFile>
#include <QTest>

#include <cmath>

using namespace tenken;

namespace
{

using Table = QList<std::pair<double, double>>;

// Gunther 2007, SPEC SDM91: scripts/h over the load.
const Table specsdm91 = {{1, 64.9},     {18, 995.9},   {36, 1652.4}, {72, 1853.2},
                         {108, 1828.9}, {144, 1775.0}, {216, 1702.2}};
const Table raytracer = {{1, 20},   {4, 78},   {8, 130},  {12, 170}, {16, 190}, {20, 200},
                         {24, 210}, {28, 230}, {32, 260}, {48, 280}, {64, 310}};
const Table synthetic = {{1, 1}, {2, 1.8868}, {4, 3.0769}, {6, 3.5294}, {8, 3.5398}, {10, 3.3557}};

Table cisco()
{
    const double x[] = {955.16,   1878.91,  2688.01,  3548.68,  4315.54,  5130.43,  5931.37, 6531.08,
                        7219.8,   7867.61,  8278.71,  8646.7,   9047.84,  9426.55,  9645.37, 9897.24,
                        10097.6,  10240.5,  10532.39, 10798.52, 11151.43, 11518.63, 11806,   12089.37,
                        12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39};
    Table table;
    for (const double v : x)
        table.emplace_back(table.size() + 1, v);
    return table;
}

std::optional<UslFit> fit(const Table &table)
{
    std::vector<double> n, x;
    for (const auto &[load, throughput] : table) {
        n.push_back(load);
        x.push_back(throughput);
    }
    return fitUsl(n, x);
}

/// Equal to four significant digits of the published number.
bool four(double value, double published)
{
    return std::abs(value - published) <= 5e-4 * std::abs(published) + 1e-12;
}

std::vector<ScalingPoint> points(const Table &table)
{
    std::vector<ScalingPoint> result;
    for (const auto &[pods, throughput] : table)
        result.push_back({int(pods), throughput});
    return result;
}

} // namespace

class TestScaling : public QObject
{
    Q_OBJECT

private slots:
    void truthSets_data();
    void truthSets();
    void standardErrors();
    void predictions();
    void oracleDatabase();
    void tooFewPoints();
    void nonsensePoints_data();
    void nonsensePoints();
    void perfectlyLinear();
    void efficiencyTable();
    void lastPodAddsLittle();
    void severalTestsOfOnePodCount();
    void scaleDoesNotMatter();
    void publishedBounds();
    void residualsAndBand();
    void beyondWhatWasMeasured();
    void coherencyThatIsNotShownIsNotPlannedWith();
    void linearOrNot_data();
    void linearOrNot();
};

void TestScaling::truthSets_data()
{
    QTest::addColumn<Table>("table");
    QTest::addColumn<double>("alpha");
    QTest::addColumn<double>("beta");
    QTest::addColumn<double>("gamma");
    QTest::addColumn<double>("peak"); // 0: none
    QTest::newRow("specsdm91") << specsdm91 << 0.0277285 << 0.0001044 << 89.995233 << 96.5194;
    QTest::newRow("raytracer: no negative coherency") << raytracer << 0.05777078 << 0.0 << 21.84884 << 0.0;
    QTest::newRow("raytracer, first six")
        << raytracer.first(6) << 0.0244440 << 0.00162681 << 20.856046 << 24.4882;
    QTest::newRow("cisco") << cisco() << 0.026715945 << 0.00076909392 << 995.64878 << 35.5735;
    QTest::newRow("cisco, first ten") << cisco().first(10) << 0.0170028 << 0.00044654 << 938.379 << 46.9184;
    QTest::newRow("synthetic") << synthetic << 0.02 << 0.02 << 1.0 << 7.0;
}

void TestScaling::truthSets()
{
    QFETCH(Table, table);
    QFETCH(double, alpha);
    QFETCH(double, beta);
    QFETCH(double, gamma);
    QFETCH(double, peak);
    const auto usl = fit(table);
    QVERIFY(usl);
    const auto text = [&] {
        return qPrintable(QStringLiteral("%1 %2 %3")
                              .arg(usl->alpha, 0, 'g', 9)
                              .arg(usl->beta, 0, 'g', 9)
                              .arg(usl->gamma, 0, 'g', 9));
    };
    QVERIFY2(four(usl->alpha, alpha), text());
    QVERIFY2(four(usl->beta, beta), text());
    QVERIFY2(four(usl->gamma, gamma), text());
    QCOMPARE(usl->peakPods().has_value(), peak > 0);
    if (peak > 0)
        QVERIFY2(four(*usl->peakPods(), peak), qPrintable(QString::number(*usl->peakPods(), 'g', 9)));
}

void TestScaling::standardErrors()
{
    const auto usl = fit(specsdm91);
    QVERIFY(usl);
    QVERIFY(four(usl->alphaError, 0.0091217));
    QVERIFY(std::abs(usl->betaError - 0.0000199) < 0.00000005);
    QVERIFY(four(usl->gammaError, 14.2134894));
    QVERIFY(four(usl->r2, 0.98956));

    const auto noCoherency = fit(raytracer);
    QCOMPARE(noCoherency->beta, 0.0);
    QCOMPARE(noCoherency->betaError, 0.0);
    QCOMPARE_GT(noCoherency->alphaError, 0.0);
}

void TestScaling::predictions()
{
    const auto usl = fit(cisco());
    QVERIFY(four(usl->at(1), 995.648772));
    QVERIFY(four(usl->at(20), 11063.633126));
    QVERIFY(four(usl->at(35), 12341.745655));
    const auto spec = fit(specsdm91);
    const double published[] = {90, 1078, 1541, 1850, 1879, 1822, 1646};
    for (qsizetype i = 0; i < specsdm91.size(); ++i)
        QCOMPARE(std::round(spec->at(specsdm91[i].first)), published[i]);
}

void TestScaling::oracleDatabase()
{
    QFile file(QStringLiteral(TENKEN_SHARED_DATA "/loadtest/usl/oracledb.csv"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("the shared load-test files are not on this machine");
    Table table;
    file.readLine();
    while (!file.atEnd()) {
        const auto fields = file.readLine().trimmed().split(',');
        table.emplace_back(fields[1].toDouble(), fields[6].toDouble());
    }
    QCOMPARE(table.size(), 360);
    const auto usl = fit(table);
    QVERIFY(usl);
    QVERIFY(four(usl->alpha, 0.4413716));
    QVERIFY(four(usl->beta, 0.0452983));
    QVERIFY(four(usl->gamma, 3.386079));
    QVERIFY(std::abs(usl->r2 - 0.586) < 0.0005);
}

void TestScaling::tooFewPoints()
{
    QVERIFY(!fit(synthetic.first(5)));
    QVERIFY(fit(synthetic));
    QVERIFY(!fit({}));
    QVERIFY(!analyseScaling(points({{1, 100}, {2, 190}, {4, 360}})).fit);
}

void TestScaling::nonsensePoints_data()
{
    QTest::addColumn<Table>("table");
    QTest::newRow("all at one load") << Table{{2, 10}, {2, 11}, {2, 10}, {2, 12}, {2, 10}, {2, 10}};
    QTest::newRow("zero throughput") << Table{{1, 0}, {2, 11}, {3, 10}, {4, 12}, {5, 10}, {6, 10}};
    QTest::newRow("negative load") << Table{{-1, 5}, {2, 11}, {3, 10}, {4, 12}, {5, 10}, {6, 10}};
    QTest::newRow("not a number") << Table{{1, NAN}, {2, 11}, {3, 10}, {4, 12}, {5, 10}, {6, 10}};
}

void TestScaling::nonsensePoints()
{
    QFETCH(Table, table);
    QVERIFY(!fit(table));
}

void TestScaling::perfectlyLinear()
{
    const Scaling scaling =
        analyseScaling(points({{1, 160}, {2, 320}, {4, 640}, {6, 960}, {8, 1280}, {12, 1920}}));
    QVERIFY(scaling.fit);
    QVERIFY(scaling.fit->alpha < 1e-9);
    QVERIFY(scaling.fit->beta < 1e-9);
    QVERIFY(four(scaling.fit->gamma, 160));
    QVERIFY(four(scaling.fit->r2, 1));
    QCOMPARE(scaling.lastMarginalShare, 1.0);

    const Scaling better =
        analyseScaling(points({{1, 100}, {2, 210}, {3, 330}, {4, 450}, {5, 600}, {6, 750}}));
    QCOMPARE(better.fit->alpha, 0.0); // better than linear: still no negative coefficient
    QCOMPARE(better.fit->beta, 0.0);
}

void TestScaling::efficiencyTable()
{
    const Scaling scaling = analyseScaling(points({{4, 360}, {1, 100}, {2, 190}}));
    QCOMPARE(scaling.points[0].pods, 1);
    QCOMPARE(scaling.efficiency, (std::vector{1.0, 0.95, 0.9}));
    QCOMPARE(scaling.lastMarginalShare, 0.85); // 85 a pod where the first gave 100

    const Scaling fromTwo = analyseScaling(points({{2, 200}, {4, 380}}));
    QCOMPARE(fromTwo.efficiency, (std::vector{1.0, 0.95}));
    QVERIFY(analyseScaling({}).points.empty());
    QCOMPARE(analyseScaling(points({{3, 90}})).efficiency, std::vector{1.0});
}

void TestScaling::lastPodAddsLittle()
{
    const Scaling scaling = analyseScaling(points({{1, 100}, {2, 198}, {3, 205}}));
    QCOMPARE(scaling.lastMarginalShare, 0.07);
}

void TestScaling::severalTestsOfOnePodCount()
{
    const Scaling scaling = analyseScaling(points({{2, 180}, {1, 90}, {2, 190}, {1, 100}, {0, 50}, {3, 0}}));
    QCOMPARE(scaling.points.size(), 2U);
    QCOMPARE(scaling.points[0].throughput, 100.0);
    QCOMPARE(scaling.points[1].throughput, 190.0);
}

void TestScaling::scaleDoesNotMatter()
{
    Table scaled = cisco();
    for (auto &[n, x] : scaled)
        x *= 1e6;
    const auto usl = fit(scaled);
    QVERIFY(four(usl->alpha, 0.026715945));
    QVERIFY(four(usl->gamma, 995.64878e6));
}

// specsdm91: limit 3246, optimum 36.06, residual standard error 82.8 on 4 degrees of freedom.
void TestScaling::publishedBounds()
{
    const auto usl = fit(specsdm91);
    QVERIFY(four(*usl->limit(), 3245.589));
    QVERIFY(four(*usl->optimum(), 36.06401));
    QVERIFY(four(*usl->peakPods(), 96.51956));
    QVERIFY(std::abs(usl->residualError - 82.8) < 0.05);
    QCOMPARE(usl->degreesOfFreedom, 4);
    QVERIFY(four(*fit(raytracer)->limit(), 378.2));
    QVERIFY(four(fit(raytracer)->residualError, 9.3357));
    QVERIFY(!fit(raytracer)->peakPods());
    const double efficiency[] = {.7211, .6148, .5100, .2860, .1882, .1370, .0876};
    for (qsizetype i = 0; i < specsdm91.size(); ++i) {
        const double measured = specsdm91[i].second / (specsdm91[i].first * usl->gamma);
        QVERIFY(std::abs(measured - efficiency[i]) < 0.00006);
    }
}

void TestScaling::residualsAndBand()
{
    const auto usl = fit(cisco());
    QVERIFY(four(usl->errorAt(1), usl->gammaError)); // X(1) = γ
    QCOMPARE_GT(usl->bandAt(32), 1.96 * usl->errorAt(32));
    QCOMPARE_LT(usl->bandAt(32), 2.2 * usl->errorAt(32));
    QCOMPARE_GT(usl->errorAt(64), 2 * usl->errorAt(32)); // further out, less is known
    const auto spec = fit(specsdm91);
    QVERIFY(four(spec->bandAt(50), 2.7764 * spec->errorAt(50))); // Student's t, 4 degrees of freedom
    const auto bound = fit(raytracer);
    QCOMPARE(bound->covariance[1][1], 0.0);
    QCOMPARE_GT(bound->errorAt(40), 0.0);
}

void TestScaling::beyondWhatWasMeasured()
{
    const auto ten = fit(cisco().first(10)); // their peak lies at 46.9; the true one at 35.6
    QVERIFY(four(*ten->peakPods(), 46.9) || std::abs(*ten->peakPods() - 46.9) < 0.05);
    QCOMPARE(ten->mostMeasured, 10.0);
    QVERIFY(ten->extrapolates(*ten->peakPods()));
    QVERIFY(!ten->extrapolates(10));
    QCOMPARE(fit(cisco())->mostMeasured, 32.0);
}

// β 7e-5 ± 6e-5 would put a peak at 119 pods, where sixteen were tested.
void TestScaling::coherencyThatIsNotShownIsNotPlannedWith()
{
    const auto measured = points({{1, 160}, {2, 319}, {4, 634}, {6, 946}, {8, 1249}, {12, 1862}, {16, 2444}});
    QVERIFY(fitUsl(measured)->peakPods());
    const auto law = planningLaw(measured);
    QVERIFY(law);
    QVERIFY(!law->peakPods());
    QVERIFY(law->alpha > 0.002 && law->alpha < 0.004);
    QVERIFY(planningLaw(points(cisco()))->peakPods()); // shown: kept
    QCOMPARE(planningLaw(points(raytracer))->beta, 0.0);
    QVERIFY(!planningLaw(points({{1, 100}, {2, 190}})));
}

void TestScaling::linearOrNot_data()
{
    QTest::addColumn<Table>("table");
    QTest::addColumn<bool>("linear");
    QTest::addColumn<int>("upTo");
    QTest::newRow("one count") << Table{{1, 100}} << false << 0;
    QTest::newRow("linear") << Table{{1, 100}, {2, 199}, {4, 395}} << true << 4;
    QTest::newRow("exactly at both bounds") << Table{{1, 100}, {2, 180}} << true << 2;
    QTest::newRow("efficiency 0.89") << Table{{1, 100}, {2, 190}, {3, 267}} << false << 2;
    QTest::newRow("the last pod adds 70 %") << Table{{1, 100}, {2, 200}, {3, 270}} << false << 2;
    QTest::newRow("efficiencies 1.00 .985 .984 .985 .967 .862: to 5 pods, not to 6")
        << Table{{1, 200}, {2, 394}, {3, 590.4}, {4, 788}, {5, 967}, {6, 1034.4}} << false << 5;
}

void TestScaling::linearOrNot()
{
    QFETCH(Table, table);
    const Scaling scaling = analyseScaling(points(table));
    QTEST(scaling.isLinear(), "linear");
    QTEST(scaling.linearUpTo(), "upTo");
    QCOMPARE(scaling.mostTested(), int(table.back().first));
}

QTEST_APPLESS_MAIN(TestScaling)
#include "tst_scaling.moc"
