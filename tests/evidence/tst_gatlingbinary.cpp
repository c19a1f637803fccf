// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QtEndian>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1700000000000;

template <typename Number>
QByteArray big(Number value)
{
    QByteArray bytes(sizeof(Number), 0);
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// Writes what Gatling writes, names once and then by number.
class Log
{
public:
    explicit Log(const QString &version = QStringLiteral("3.13.1"), qint64 start = t0)
    {
        bytes = QByteArray(1, 0) + string(version) + string("Simulation") + big(start) + string("") + big(2)
            + string("Users") + string("Admins") + big(1) + big(3) + "\1\2\3";
    }

    static QByteArray string(const QString &text)
    {
        if (text.isEmpty())
            return big(0);
        const QByteArray latin = text.toLatin1();
        if (QString::fromLatin1(latin) == text)
            return big(qint32(latin.size())) + latin + QByteArray(1, 0);
        const qint32 size = qint32(text.size() * 2);
        return big(size) + QByteArray(reinterpret_cast<const char *>(text.utf16()), size) + QByteArray(1, 1);
    }
    QByteArray cached(const QString &text)
    {
        if (const auto at = known.constFind(text); at != known.constEnd())
            return big(-*at);
        const qint32 number = qint32(known.size()) + 1;
        known.insert(text, number);
        return big(number) + string(text);
    }
    QByteArray names(const QStringList &groups)
    {
        QByteArray out = big(qint32(groups.size()));
        for (const QString &group : groups)
            out += cached(group);
        return out;
    }
    Log &request(qint32 start, qint32 end, const QString &error = {}, const QStringList &groups = {},
                 const QString &name = QStringLiteral("Home"))
    {
        bytes += '\1';
        bytes += names(groups);
        bytes += cached(name);
        bytes += big(start) + big(end) + QByteArray(1, error.isEmpty());
        bytes += cached(error);
        return *this;
    }
    Log &user(bool start, qint32 at)
    {
        bytes += '\2' + big(1) + QByteArray(1, start) + big(at);
        return *this;
    }
    Log &group(qint32 start, qint32 end, const QString &name)
    {
        bytes += '\3' + names({name}) + big(start) + big(end) + big(end - start) + '\1';
        return *this;
    }
    Log &error(const QString &message, qint32 at)
    {
        bytes += '\4' + cached(message) + big(at);
        return *this;
    }

    QByteArray bytes;

private:
    QHash<QString, qint32> known;
};

} // namespace

class TestGatlingBinary : public QObject
{
    Q_OBJECT

private slots:
    void everyRecord();
    void messages();
    void groupsAreNoRequests();
    void truncatedLastRecord();
    void damaged_data();
    void damaged();
    void withoutEnd();
    void longStrings();
    void mergesWithText();
    void openModel();
    void gzip();
    void realFiles_data();
    void realFiles();

private:
    Scratch m_scratch;
};

void TestGatlingBinary::everyRecord()
{
    Log log;
    log.user(true, 100).request(200, 1700).request(1700, 1790, "status 503").user(false, 1790);
    log.group(200, 1790, "Checkout").error("no feeder left", 1800);
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"gatling");
    QCOMPARE(run->toolVersion, u"3.13.1");
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->errorKinds.value("status 503"), 1);
    QCOMPARE(run->startSeconds, 1700000000.2);
    QCOMPARE(run->endSeconds, 1700000001.79);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    QCOMPARE(run->seconds.size(), 2U);
    QCOMPARE(run->seconds[0].arrivals, 1);
    QCOMPARE(run->seconds[0].users, 1.0);
    QCOMPARE(run->seconds[1].users, 0.0);
    QCOMPARE(run->seconds[1].completed, 2);
    QVERIFY(hasRemark(*run, "1 scenario errors"));
    QCOMPARE(run->remarks.size(), 1U);
}

void TestGatlingBinary::messages()
{
    Log log;
    log.request(0, 10, QStringLiteral("価格が違います"), {}, QStringLiteral("商品"));
    log.request(5, 15, QStringLiteral("délai dépassé"));
    log.request(6, 16, QStringLiteral("価格が違います"), {}, QStringLiteral("商品"));
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY(run);
    QCOMPARE(run->errorKinds.value(QStringLiteral("価格が違います")), 2); // UTF-16, then by number
    QCOMPARE(run->errorKinds.value(QStringLiteral("délai dépassé")), 1); // Latin-1
}

void TestGatlingBinary::groupsAreNoRequests()
{
    Log log;
    log.request(0, 10, {}, {"Checkout", "Pay"}).group(0, 10, "Checkout").group(0, 500, "Checkout");
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->latency.maxMs(), 10.0);
    QCOMPARE(run->labels.size(), 1U);
    QCOMPARE(run->labels[0].name, u"Checkout / Pay / Home");
}

void TestGatlingBinary::truncatedLastRecord()
{
    Log log;
    log.request(0, 10).request(5, 20);
    const qsizetype whole = log.bytes.size();
    log.request(10, 40, "cut here");
    for (qsizetype size = whole + 1; size < log.bytes.size(); ++size) {
        const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes.left(size)));
        QVERIFY(run);
        QCOMPARE(run->samples, 2);
        QVERIFY(hasRemark(*run, "cut off"));
    }
    QVERIFY(readLoadTest(m_scratch.write("simulation.log", log.bytes.left(whole)))->remarks.empty());
}

void TestGatlingBinary::damaged_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("kind") << QByteArray("\7");
    QTest::newRow("a name not known yet") << '\1' + big(0) + big(-9);
    QTest::newRow("number 0") << '\1' + big(0) + big(0);
    QTest::newRow("a number left out") << '\1' + big(0) + big(77) + big(1) + "x\0";
    QTest::newRow("the least number") << '\1' + big(0) + big(std::numeric_limits<qint32>::min());
    QTest::newRow("negative length") << '\1' + big(0) + big(3) + big(-5);
    QTest::newRow("coder") << '\1' + big(0) + big(3) + big(1) + "x\5";
    QTest::newRow("negative count") << '\1' + big(-1);
    QTest::newRow("huge count") << '\1' + big(2'000'000'000);
    QTest::newRow("outcome") << '\1' + big(0) + big(-1) + big(1) + big(2) + '\7' + big(-2);
    QTest::newRow("user") << '\2' + big(-1) + '\1' + big(2);
}

void TestGatlingBinary::damaged()
{
    QFETCH(QByteArray, record);
    Log log;
    log.request(0, 10);
    const QByteArray begin = std::to_string(log.bytes.size()).c_str();
    const auto run =
        readLoadTest(m_scratch.write("simulation.log", log.bytes + record + QByteArray(64, '\1')));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
    QVERIFY(hasRemark(*run, "damaged from byte " + begin));
}

void TestGatlingBinary::withoutEnd()
{
    Log log;
    const quint64 never = quint64(std::numeric_limits<qint64>::min()) - quint64(t0);
    log.request(0, 10).request(100, qint32(quint32(never)));
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
    QVERIFY(hasRemark(*run, "1 requests have no end"));
}

void TestGatlingBinary::longStrings()
{
    Log log;
    log.request(0, 10, QString(300'000, u'x'))
        .request(10, 20, "short")
        .request(20, 30, QString(300'000, u'x'));
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errorKinds.size(), 2);
}

void TestGatlingBinary::mergesWithText()
{
    Log binary;
    binary.user(true, 0).request(0, 30).user(false, 30);
    const QByteArray text = "RUN\ts\ts\t" + QByteArray::number(t0) + "\t \t3.10.5\nUSER\tS\tSTART\t"
        + QByteArray::number(t0 + 500) + "\nREQUEST\t\tGet\t" + QByteArray::number(t0 + 500) + '\t'
        + QByteArray::number(t0 + 540) + "\tKO\tbroken\n";
    const auto run = readLoadTests({m_scratch.write("a.log", binary.bytes), m_scratch.write("b.log", text)});
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QCOMPARE(run->seconds.size(), 1U);
    QCOMPARE(run->seconds[0].arrivals, 2);
    QCOMPARE(run->latency.maxMs(), 40.0);
}

void TestGatlingBinary::openModel()
{
    Log log;
    for (int i = 0; i < 3000; ++i)
        log.user(true, i * 10).request(i * 10, i * 10 + 20).user(false, i * 10 + 20);
    const auto run = readLoadTest(m_scratch.write("simulation.log", log.bytes));
    QVERIFY(run);
    QCOMPARE(run->model, LoadModel::Open);
    QCOMPARE(run->seconds[10].arrivals, 100);
}

void TestGatlingBinary::gzip()
{
    Log log;
    log.request(0, 10);
    const auto run = readLoadTest(m_scratch.write("simulation.log.gz", gzipped(log.bytes)));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
}

void TestGatlingBinary::realFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("errors");
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("p50");
    QTest::addColumn<double>("max");
    QTest::newRow("3.13") << "known_stats_3.13_binary.log" << 105 << 1 << 87.0 << 106.0 << 368.0;
    QTest::newRow("3.14") << "taurus_gatling-6-314.log" << 39 << 0 << 51.0 << 224.0 << 494.0;
}

void TestGatlingBinary::realFiles()
{
    QFETCH(QString, file);
    const QString path = sharedLoadTest("real/gatling/" + file);
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QTEST(int(run->samples), "samples");
    QTEST(int(run->errors), "errors");
    QTEST(run->latency.minMs(), "min");
    QTEST(run->latency.maxMs(), "max");
    QFETCH(double, p50);
    QVERIFY(std::abs(run->latency.percentileMs(0.5) - p50) <= 0.005 * p50);
    if (file.startsWith("known"))
        QVERIFY(std::abs(run->latency.percentileMs(0.7) - 113) < 1);
}

QTEST_APPLESS_MAIN(TestGatlingBinary)
#include "tst_gatlingbinary.moc"
