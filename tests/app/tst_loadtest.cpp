// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tenken::test;

namespace
{

/// A Gatling log of steps of 15 s: 20 ms and a bit up to `capacity`, above it a queue that grows.
QByteArray gatling(const QList<int> &rates, double capacity, double factor = 1, const QByteArray &version = "3.10.5")
{
    QByteArray log = "RUN\tshop\tshop\t1795000000000\t \t" + version + "\n";
    quint32 random = 7;
    qint64 begin = 1795000000000;
    double queueMs = 0;
    for (const int rate : rates) {
        for (int i = 0; i < rate * 15; ++i) {
            random = random * 1664525 + 1013904223;
            const qint64 start = begin + qint64(i) * 1000 / rate;
            queueMs = qMax(0.0, queueMs + 1000.0 / capacity - 1000.0 / rate);
            const qint64 end = start + qint64(factor * (18 + (random >> 24) / 32.0) + queueMs);
            const QByteArray from = QByteArray::number(start), to = QByteArray::number(end);
            log += "USER\tS\tSTART\t" + from + "\nREQUEST\t\tGet\t" + from + '\t' + to + "\tOK\t \nUSER\tS\tEND\t" + to + '\n';
        }
        begin += 15'000;
    }
    return log;
}

const QList<int> stairs{60, 90, 120, 150, 180, 210};

} // namespace

/// `tenken loadtest`, as people call it.
class TestLoadtest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wrongUseNamesTheWayOut_data();
    void wrongUseNamesTheWayOut();
    void helpShowsEveryOption();
    void textMarksTheKnee();
    void columnsStandApart();
    void japanese();
    void languageMayComeFirst();
    void jsonForPrograms();
    void csvHasOneRowForEachStep();
    void optionsOfTheKnee();
    void givenSteps();
    void severalPodCounts();
    void sixPodCountsAreFitted();
    void podsOfOneTest();
    void comparison();
    void plots_data();
    void plots();
    void followsAFileUntilItRests();
    void nothingFromAFileReachesTheTerminal();

private:
    CliOutcome loadtest(const QStringList &arguments) const { return runTenken(QStringList{"loadtest", "--lang", "en"} + arguments, m_dir.path()); }
    QTemporaryDir m_dir;
};

void TestLoadtest::initTestCase()
{
    putFile(m_dir, "one.log", gatling(stairs, 165));
    putFile(m_dir, "slower.log", gatling(stairs, 165, 1.3));
    putFile(m_dir, "other.log", gatling({300, 400, 500}, 1000));
    for (const int pods : {1, 2, 4})
        putFile(m_dir, QStringLiteral("pods-%1.log").arg(pods), gatling({50 * pods, 80 * pods, 110 * pods, 140 * pods}, 100 * pods));
    putFile(m_dir, "no-test.txt", "Nothing to see here.\n");
}

void TestLoadtest::wrongUseNamesTheWayOut_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("no file") << QStringList{} << QStringList{"Name a load test"};
    QTest::newRow("no pods") << QStringList{"one.log", "--pods", "0"} << QStringList{"--pods", "1,2,3"};
    QTest::newRow("pods for files that are not there") << QStringList{"one.log", "--pods", "1,2"} << QStringList{"--pods", "2 numbers and 1 files"};
    QTest::newRow("steps") << QStringList{"one.log", "--steps", "fast"} << QStringList{"--steps", "100,150,200", "0-60:100"};
    QTest::newRow("steps beyond the test") << QStringList{"one.log", "--steps", "0-15:60,900-960:90"} << QStringList{"The test took"};
    QTest::newRow("ratio") << QStringList{"one.log", "--ratio", "0.5"} << QStringList{"--ratio", "default 3"};
    QTest::newRow("shortfall") << QStringList{"one.log", "--shortfall", "x"} << QStringList{"--shortfall", "default 5"};
    QTest::newRow("target") << QStringList{"one.log", "--target", "-1"} << QStringList{"--target", "milliseconds"};
    QTest::newRow("plot") << QStringList{"one.log", "--plot", "knee.bmp"} << QStringList{"--plot", ".svg"};
    QTest::newRow("plot to nowhere") << QStringList{"one.log", "--plot", "no/such/folder/knee.svg"} << QStringList{"knee.svg"};
    QTest::newRow("format") << QStringList{"one.log", "--format", "yaml"} << QStringList{"format"};
    QTest::newRow("no result file") << QStringList{"no-test.txt"} << QStringList{"no-test.txt"};
    QTest::newRow("missing file") << QStringList{"missing.log"} << QStringList{"missing.log"};
    QTest::newRow("compare with nothing") << QStringList{"one.log", "--compare", "missing.log"} << QStringList{"missing.log"};
    QTest::newRow("compare pod counts") << QStringList{"pods-1.log", "pods-2.log", "--compare", "one.log"} << QStringList{"--compare"};
}

void TestLoadtest::wrongUseNamesTheWayOut()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, says);
    const CliOutcome outcome = loadtest(arguments);
    QCOMPARE(outcome.code, 2);
    for (const QString &word : says)
        QVERIFY2(outcome.err.contains(word.toUtf8()), outcome.err);
    QVERIFY(outcome.out.isEmpty());
}

void TestLoadtest::helpShowsEveryOption()
{
    const CliOutcome outcome = loadtest({"--help"});
    QCOMPARE(outcome.code, 0);
    for (const char *option : {"--pods", "--steps", "--ratio", "--shortfall", "--target", "--compare", "--follow", "--format", "--plot", "--lang"})
        QVERIFY2(outcome.out.count(option) >= 2, option); // in the usage and in the list
}

void TestLoadtest::textMarksTheKnee()
{
    const CliOutcome outcome = loadtest({"one.log"});
    QVERIFY2(outcome.code == 0, outcome.err);
    const QString text = QString::fromUtf8(outcome.out);
    QVERIFY2(text.contains("gatling 3.10.5 · open model"), outcome.out);
    QVERIFY(text.contains("nearest rank"));
    QString marked;
    for (const QString &line : text.split(u'\n'))
        marked += line.startsWith(QStringLiteral(" ▶")) ? line : QString();
    QVERIFY2(marked.contains("150") && marked.contains("knee"), outcome.out);
    QCOMPARE(text.count(QStringLiteral(" ✗")), 2);
    QVERIFY(text.contains("Knee 150 req/s (between 150 and 180 req/s offered"));
    QVERIFY(text.contains("Signs: p95 rose"));
    QVERIFY(text.contains("200 draws of the seconds"));
    QVERIFY(text.contains("Second opinion (Kneedle)"));
}

// Long values do not run into their neighbours, and what a file does not tell is no 0.
void TestLoadtest::columnsStandApart()
{
    putFile(m_dir, "small.hgrm",
            "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
            "       0.020 0.000000000000          1           1.00\n"
            "       0.0388 0.500000000000         10           2.00\n"
            "       0.1234 0.950000000000         19          20.00\n"
            "       0.5678 1.000000000000         20            inf\n"
            "#[Mean    =        0.050, StdDeviation   =        0.020]\n"
            "#[Max     =        0.567, Total count    =           20]\n"
            "#[Buckets =           27, SubBuckets     =         2048]\n");
    const CliOutcome outcome = loadtest({"small.hgrm"});
    QVERIFY2(outcome.code == 0, outcome.err);
    const QList<QByteArray> lines = outcome.out.split('\n');
    const auto head = std::ranges::find_if(lines, [](const QByteArray &l) { return l.contains("offered"); });
    QVERIFY(head != lines.end() && head + 1 != lines.end());
    const QString row = QString::fromUtf8(*(head + 1));
    QVERIFY2(!row.contains(QRegularExpression(QStringLiteral("ms\\d"))), outcome.out);
    QVERIFY2(row.trimmed().startsWith(u'–'), outcome.out);
}

void TestLoadtest::languageMayComeFirst()
{
    const CliOutcome outcome = runTenken({"--lang", "en", "loadtest", "one.log"}, m_dir.path());
    QVERIFY2(outcome.code == 0, outcome.err);
    QVERIFY(outcome.out.contains("open model"));
    QCOMPARE(runTenken({"--lang=en", "loadtest", "one.log"}, m_dir.path()).code, 0);
    const CliOutcome unknown = runTenken({"--lang", "en", "lodtest"}, m_dir.path());
    QVERIFY2(unknown.code == 2 && unknown.err.contains("lodtest"), unknown.err);
}

void TestLoadtest::japanese()
{
    const QString text = QString::fromUtf8(loadtest({"one.log", "--lang", "ja"}).out);
    QVERIFY(text.contains(QStringLiteral("膝 150 req/s")));
    QVERIFY(text.contains(QStringLiteral("開いたモデル")));
}

void TestLoadtest::jsonForPrograms()
{
    const QJsonObject report = loadtest({"one.log", "--format", "json", "--pods", "3"}).json();
    QCOMPARE(report["format"].toString(), "tenken.loadtest/1");
    QCOMPARE(report["model"].toString(), "open");
    QCOMPARE(report["pods"].toInt(), 3);
    QCOMPARE(report["steps"].toArray().size(), 6);
    QCOMPARE(report["steps"][3]["verdict"].toString(), "knee");
    QCOMPARE(report["steps"][4]["verdict"].toString(), "past");
    QCOMPARE(report["steps"][0]["verdict"].toString(), "good");
    const QJsonObject knee = report["knee"].toObject();
    QVERIFY(qAbs(knee["throughput"].toDouble() - 150) < 2);
    QVERIFY(qAbs(knee["perPod"].toDouble() - 50) < 1);
    QCOMPARE(knee["percentile"].toString(), "p95");
    QVERIFY(knee["signs"].toArray().contains("latency"));
    QVERIFY(knee["users"].isNull());
    QCOMPARE(knee["spread"]["draws"].toInt(), 200);
    QVERIFY(report["steps"][0]["p95"].toDouble() > 15);
    QVERIFY(!report.contains("scaling"));
}

void TestLoadtest::csvHasOneRowForEachStep()
{
    const QByteArrayList rows = loadtest({"one.log", "--format", "csv"}).out.trimmed().split('\n');
    QCOMPARE(rows.size(), 7);
    const QByteArrayList head = rows[0].split(','), knee = rows[4].split(',');
    QCOMPARE(knee.size(), head.size());
    QCOMPARE(knee.back(), "knee");
    QCOMPARE(head.indexOf("offered"), 8);
    QVERIFY(qAbs(knee[8].toDouble() - 150) < 1);
    QVERIFY(knee[head.indexOf("users")].size() <= 8);
    QCOMPARE(knee[head.indexOf("pods")], "");
}

void TestLoadtest::optionsOfTheKnee()
{
    const auto offered = [&](const QStringList &options) {
        return qRound(loadtest(QStringList{"one.log", "--format", "json"} + options).json()["knee"][u"offered"].toDouble());
    };
    QCOMPARE(offered({}), 150);
    QCOMPARE(offered({"--ratio", "3", "--shortfall", "3"}), 150);
    QVERIFY(!loadtest({"one.log", "--format", "json", "--target", "60000", "--shortfall", "50"}).json()["knee"][u"reached"].toBool()
            || offered({"--target", "60000", "--shortfall", "50"}) >= 150);
    const QJsonObject strict = loadtest({"one.log", "--format", "json", "--target", "5"}).json()["knee"].toObject();
    QVERIFY(strict["throughput"].isNull()); // every step is above 5 ms
    QVERIFY(!strict["why"].toString().isEmpty());
}

void TestLoadtest::givenSteps()
{
    const QJsonObject byRate = loadtest({"one.log", "--format", "json", "--steps", "61,91,121,151,181,211"}).json();
    QCOMPARE(byRate["steps"][3]["offered"].toDouble(), 151.0);
    const QJsonObject bySeconds = loadtest({"one.log", "--format", "json", "--steps", "0-30:75,30-60:135,60-90:195"}).json();
    QCOMPARE(bySeconds["steps"].toArray().size(), 3);
    QCOMPARE(bySeconds["steps"][1]["offered"].toDouble(), 135.0);
    QCOMPARE(qRound(bySeconds["knee"]["offered"].toDouble()), 135);
}

void TestLoadtest::severalPodCounts()
{
    const QStringList files{"pods-4.log", "pods-1.log", "pods-2.log"};
    const QJsonObject report = loadtest(files + QStringList{"--format", "json"}).json();
    QCOMPARE(report["tests"].toArray().size(), 3);
    const QJsonArray points = report["scaling"]["points"].toArray();
    QCOMPARE(points.size(), 3);
    QCOMPARE(points[2]["pods"].toInt(), 4);
    QVERIFY(qAbs(points[2]["throughput"].toDouble() - 320) < 4);
    QVERIFY(report["scaling"]["linear"].toBool());
    QVERIFY(!report["scaling"].toObject().contains("usl"));
    const QByteArray text = loadtest(files).out;
    QVERIFY2(text.contains("Linear up to 4 pods") && text.contains("six pod counts"), text);
    // The same by option, in the order of the files.
    QCOMPARE(loadtest({"one.log", "other.log", "--pods", "2,4", "--format", "json"}).json()["scaling"][u"points"][1][u"pods"].toInt(), 4);
}

void TestLoadtest::sixPodCountsAreFitted()
{
    QStringList files;
    for (int pods = 1; pods <= 6; ++pods) {
        const double capacity = 100.0 * pods / (1 + 0.05 * (pods - 1));
        const QString name = QStringLiteral("fit-%1pods.log").arg(pods);
        putFile(m_dir, name, gatling({int(capacity * 0.5), int(capacity * 0.7), int(capacity * 0.95), int(capacity * 1.3)}, capacity));
        files << name;
    }
    const QJsonObject usl = loadtest(files + QStringList{"--format", "json"}).json()["scaling"][u"usl"].toObject();
    QVERIFY2(qAbs(usl["alpha"].toDouble() - 0.05) < 0.015, qPrintable(QString::number(usl["alpha"].toDouble())));
    QVERIFY(usl["beta"].toDouble() >= 0);
    QVERIFY(usl["r2"].toDouble() > 0.99);
    QVERIFY(loadtest(files).out.contains("USL: α 0.0"));
}

void TestLoadtest::podsOfOneTest()
{
    QVERIFY(loadtest({"one.log", "--pods", "3"}).out.contains("50 req/s per pod"));
    QVERIFY(loadtest({"pods-2.log"}).out.contains("80 req/s per pod")); // the name says so
    QVERIFY(!loadtest({"one.log"}).out.contains("per pod"));
}

void TestLoadtest::comparison()
{
    const CliOutcome slower = loadtest({"slower.log", "--compare", "one.log"});
    QVERIFY2(slower.out.contains("Compared: one.log → slower.log"), slower.out);
    QVERIFY2(slower.out.contains("p95 is slower by"), slower.out);
    const QJsonObject report = loadtest({"slower.log", "--compare", "one.log", "--format", "json"}).json()["comparison"].toObject();
    QCOMPARE(report["latency"]["outcome"].toString(), "higher");
    QVERIFY(report["latency"]["low"].toDouble() > 0.2 && report["latency"]["high"].toDouble() < 0.4);
    QCOMPARE(report["levels"].toArray().size(), 6);
    QVERIFY(loadtest({"one.log", "--compare", "one.log"}).out.contains("No difference shown"));
    QVERIFY(loadtest({"other.log", "--compare", "one.log"}).out.contains("Not comparable"));
}

void TestLoadtest::plots_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("svg") << QStringList{"one.log"} << "knee.svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << QStringList{"one.log"} << "knee.pdf" << QByteArray("%PDF-1");
    QTest::newRow("png") << QStringList{"one.log"} << "knee.png" << QByteArray("\x89PNG");
    QTest::newRow("comparison") << QStringList{"slower.log", "--compare", "one.log"} << "compared.svg" << QByteArray("<?xml");
    QTest::newRow("scaling") << QStringList{"pods-1.log", "pods-2.log", "pods-4.log"} << "scaling.svg" << QByteArray("<?xml");
}

void TestLoadtest::plots()
{
    QFETCH(QStringList, files);
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    const CliOutcome outcome = loadtest(files + QStringList{"--plot", name});
    QVERIFY2(outcome.code == 0, outcome.err);
    QVERIFY(outcome.out.contains("Knee"));
    const QByteArray bytes = fileText(m_dir.filePath(name));
    QVERIFY(bytes.startsWith(begins));
    QVERIFY(bytes.size() > 5000);
    if (name.endsWith(".svg")) {
        QVERIFY(bytes.contains("<path") || bytes.contains("<polyline"));
        QVERIFY(!bytes.contains("data:image")); // vector throughout
    }
}

void TestLoadtest::followsAFileUntilItRests()
{
    const QByteArray log = gatling(stairs, 165);
    const QString path = putFile(m_dir, "growing.log", log.first(log.size() / 2));
    QProcess process;
    process.setWorkingDirectory(m_dir.path());
    process.start(QStringLiteral(TENKEN_PROGRAM), {"loadtest", "growing.log", "--follow", "--lang", "en"});
    QVERIFY(process.waitForStarted());
    QByteArray text;
    QTRY_VERIFY_WITH_TIMEOUT((process.waitForReadyRead(100), text += process.readAllStandardOutput(), text.contains("gatling")), 20'000);
    QVERIFY2(text.contains("No knee"), text); // half of the test is below it
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(log.sliced(log.size() / 2));
    file.close();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().contains("Knee 150 req/s"));
    QCOMPARE(loadtest({"one.log", "other.log", "--follow"}).code, 2);
}

void TestLoadtest::nothingFromAFileReachesTheTerminal()
{
    putFile(m_dir, "rude.log", gatling(stairs, 165, 1, "3.10.5\x1b[31mred"));
    for (const char *format : {"text", "json", "csv"})
        QVERIFY2(!loadtest({"rude.log", "--format", format}).out.contains('\x1b'), format);
}

QTEST_GUILESS_MAIN(TestLoadtest)
#include "tst_loadtest.moc"
