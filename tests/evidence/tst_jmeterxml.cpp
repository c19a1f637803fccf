// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1700000000000;
const QByteArray begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n";
const QByteArray end = "</testResults>\n";

QByteArray attributes(qint64 at, int elapsed, bool ok = true, const QByteArray &label = "GET items",
                      const QByteArray &more = {})
{
    return "t=\"" + QByteArray::number(elapsed) + "\" it=\"0\" lt=\"1\" ct=\"0\" ts=\""
        + QByteArray::number(t0 + at) + "\" s=\"" + (ok ? "true" : "false") + "\" lb=\"" + label + "\" rc=\""
        + (ok ? "200" : "503") + "\" rm=\"" + (ok ? "OK" : "Busy")
        + "\" tn=\"step 1 1-1\" dt=\"text\" by=\"185\" ng=\"1\" na=\"4\"" + more;
}

QByteArray sample(qint64 at, int elapsed, bool ok = true, const QByteArray &inner = {})
{
    return "<httpSample " + attributes(at, elapsed, ok)
        + (inner.isEmpty() ? QByteArray("/>\n") : ">\n" + inner + "</httpSample>\n");
}

} // namespace

class TestJmeterXml : public QObject
{
    Q_OBJECT

private slots:
    void samples();
    void nested();
    void failedTransaction();
    void oldNames();
    void shapes_data();
    void shapes();
    void missingEnd_data();
    void missingEnd();
    void damage_data();
    void damage();
    void appendedDocuments();
    void encodings_data();
    void encodings();
    void hostile_data();
    void hostile();
    void acrossChunks();
    void nothingInside();
    void statistics();
    void statisticsBroken();
    void realFiles_data();
    void realFiles();

private:
    Scratch m_scratch;
};

void TestJmeterXml::samples()
{
    const QByteArray bytes = begin + sample(0, 1500) + sample(100, 20, false) + "<sample "
        + attributes(200, 30, false, "Shop &amp; Cart") + "/>\n" + end;
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"jmeter");
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errors, 2);
    QCOMPARE(run->errorKinds.value("503 Busy"), 2);
    QCOMPARE(run->startSeconds, t0 / 1000.0);
    QCOMPARE(run->endSeconds, t0 / 1000.0 + 1.5);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    QCOMPARE(run->seconds.size(), 2U);
    QCOMPARE(run->seconds[0].users, 4.0);
    QCOMPARE(run->seconds[1].completed, 1);
    QCOMPARE(run->labels.size(), 2U);
    QCOMPARE(run->labels[0].name, u"GET items");
    QCOMPARE(run->labels[1].name, u"Shop & Cart");
    QCOMPARE(run->labels[1].errors, 1);
    QVERIFY(run->remarks.empty());
    QVERIFY(run->levels.empty());
}

void TestJmeterXml::nested()
{
    const QByteArray page =
        sample(0, 50, true, sample(0, 20) + sample(20, 30, true, sample(25, 10) + sample(35, 5)));
    const QByteArray noisy =
        sample(100, 7, true,
               "<responseHeader class=\"java.lang.String\">HTTP/1.1 200 OK</responseHeader>\n"
               "<assertionResult><name>t</name><failure>false</failure></assertionResult>"
               "<java.net.URL>http://x/?a=1&amp;b=2</java.net.URL>");
    const auto run = readLoadTest(m_scratch.write("a.jtl", begin + page + noisy + end));
    QVERIFY(run);
    QCOMPARE(run->samples, 4); // 20, 10, 5 and 7: the sums of 50 and 30 ms are no requests
    QCOMPARE(run->latency.maxMs(), 20.0);
    QVERIFY(hasRemark(*run, "2 samples hold other samples"));
}

void TestJmeterXml::failedTransaction()
{
    const auto run = readLoadTest(m_scratch.write("a.jtl",
                                                  begin + sample(0, 50, false, sample(0, 20))
                                                      + sample(0, 50, false, sample(0, 20, false)) + end));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QCOMPARE(run->errors, 1);
    QVERIFY(hasRemark(*run, "1 of these failed although"));
}

void TestJmeterXml::oldNames()
{
    const auto run =
        readLoadTest(m_scratch.write("a.jtl",
                                     begin + "<sampleResult timeStamp=\"" + QByteArray::number(t0)
                                         + "\" dataType=\"text\" threadName=\"T 1-1\" label=\"Home\" "
                                           "time=\"240\" responseMessage=\"Gone\" "
                                           "responseCode=\"410\" success=\"false\"/>\n"
                                         + end));
    QVERIFY(run);
    QCOMPARE(run->samples, 1);
    QCOMPARE(run->errorKinds.value("410 Gone"), 1);
    QCOMPARE(run->latency.maxMs(), 240.0);
}

void TestJmeterXml::shapes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray body = sample(0, 20) + sample(20, 30);
    QTest::newRow("blank lines first") << "\n \r\n\n" + begin + body + end;
    QTest::newRow("no declaration") << "<testResults version=\"1.2\">" + body + end;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + begin + body + end;
    QTest::newRow("gzip") << gzipped(begin + body + end);
    QTest::newRow("comment") << begin + "<!-- a <sample --> " + body + end;
    QTest::newRow("text behind") << begin + body + end + "\n\n";
    QTest::newRow("control characters") << begin + QByteArray(body).replace("GET", "G\x01\x1bT") + end;
}

void TestJmeterXml::shapes()
{
    QFETCH(QByteArray, bytes);
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
    QVERIFY(run->remarks.empty());
}

void TestJmeterXml::missingEnd_data()
{
    QTest::addColumn<QByteArray>("tail");
    QTest::newRow("only the root") << QByteArray();
    QTest::newRow("in a tag") << sample(40, 20).left(50);
    QTest::newRow("in a sample") << QByteArray("<httpSample " + attributes(40, 20)
                                               + ">\n<responseData>hello");
    QTest::newRow("inside a transaction") << QByteArray("<sample " + attributes(40, 20) + ">\n");
    QTest::newRow("in the end itself") << end.left(6);
}

void TestJmeterXml::missingEnd()
{
    QFETCH(QByteArray, tail);
    const auto run = readLoadTest(m_scratch.write("a.jtl", begin + sample(0, 20) + sample(20, 30) + tail));
    QVERIFY(run);
    QCOMPARE(run->samples, 2);
    QVERIFY(hasRemark(*run, "</testResults> is missing"));
    QCOMPARE(run->skippedLines, 0);
}

void TestJmeterXml::damage_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("invalid UTF-8") << sample(40, 20).replace("GET", "\xC3\x28");
    QTest::newRow("reference to a character that XML forbids") << sample(40, 20).replace("GET", "&#x0;");
    QTest::newRow("ampersand") << sample(40, 20).replace("GET", "a & b");
    QTest::newRow("two writers in one line") << sample(40, 20).left(60);
    QTest::newRow("end of something else") << QByteArray("</other>\n");
    QTest::newRow("no time") << sample(40, 20).replace("ts=", "tx=");
    QTest::newRow("no outcome") << sample(40, 20).replace("s=\"true\"", "s=\"maybe\"");
    QTest::newRow("negative time") << sample(40, -20);
    QTest::newRow("huge time") << sample(40, 20).replace("t=\"20\"", "t=\"99999999999999999999\"");
    QTest::newRow("a tag that never ends") << QByteArray("<httpSample " + QByteArray(20'000, 'x') + "<");
}

void TestJmeterXml::damage()
{
    QFETCH(QByteArray, damaged);
    const auto run = readLoadTest(
        m_scratch.write("a.jtl", begin + sample(0, 20) + damaged + sample(60, 30) + sample(80, 40) + end));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->skippedLines, 1);
    QCOMPARE(run->latency.maxMs(), 40.0);
    QCOMPARE(run->remarks.size(), 1U);
}

void TestJmeterXml::appendedDocuments()
{
    const QByteArray one = begin + sample(0, 20) + end;
    const auto run = readLoadTest(m_scratch.write("a.jtl", one + one + one));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->skippedLines, 0);
    QVERIFY(run->remarks.empty());
}

void TestJmeterXml::encodings_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("label");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("商品");
    QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("caf\xE9");
    QTest::newRow("Shift_JIS") << QByteArray("Shift_JIS") << QByteArray("\x8F\xA4\x95\x69");
    QTest::newRow("unheard of") << QByteArray("x-klingon") << QByteArray("\xFF\xFE");
}

void TestJmeterXml::encodings()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, label);
    const QByteArray bytes = QByteArray(begin).replace("UTF-8", encoding)
        + sample(0, 20).replace("GET items", label) + "<oops>" + sample(20, 30).replace("GET items", label)
        + end;
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 2);
}

void TestJmeterXml::hostile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("entities that grow") << QByteArray(
        "<?xml version=\"1.0\"?><!DOCTYPE testResults [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n"
        "<testResults>&b;</testResults>");
    QTest::newRow("entity from a file") << QByteArray(
        "<!DOCTYPE testResults [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><testResults>&a;</testResults>");
    QTest::newRow("deep") << begin + QByteArray("<a>").repeated(100'000);
    QTest::newRow("deep samples") << begin + ("<sample " + attributes(0, 1) + ">").repeated(400);
    QTest::newRow("samples cut off") << begin + QByteArray("<httpSample ").repeated(10'000);
    QTest::newRow("quotes") << begin + QByteArray("<httpSample t=\"").repeated(10'000);
}

void TestJmeterXml::hostile()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!readLoadTest(m_scratch.write("a.jtl", bytes)));
}

void TestJmeterXml::acrossChunks()
{
    QByteArray bytes = begin;
    for (int i = 0; i < 3000; ++i)
        bytes += i % 10 == 9 ? "<oops & " + QByteArray(i % 37, 'y') : sample(i, 20);
    const auto run = readLoadTest(m_scratch.write("a.jtl", bytes + end));
    QVERIFY(run);
    QCOMPARE(run->samples, 2700);
    QCOMPARE(run->skippedLines, 300);
}

void TestJmeterXml::nothingInside()
{
    const auto run = readLoadTest(m_scratch.write("a.jtl", begin + end));
    QVERIFY(!run);
    QVERIFY(run.error().message.en.contains("not one request"));
}

void TestJmeterXml::statistics()
{
    const QByteArray json =
        R"({"Total":{"transaction":"Total","sampleCount":400,"errorCount":8,"errorPct":2.0,
        "meanResTime":33.5,"medianResTime":20.0,"minResTime":2.0,"maxResTime":907.0,"pct1ResTime":80.0,
        "pct2ResTime":339.2,"pct3ResTime":800.5,"throughput":40.0,"receivedKBytesPerSec":1,"sentKBytesPerSec":1},
        "Home":{"transaction":"Home","sampleCount":100,"errorCount":0},
        "Cart":{"transaction":"Cart","sampleCount":300,"errorCount":8}})";
    const auto run = readLoadTest(m_scratch.write("statistics.json", json));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"jmeter");
    QCOMPARE(run->samples, 400);
    QCOMPARE(run->errors, 8);
    QVERIFY(run->whole);
    QCOMPARE(run->whole->percentileMs(0.95), std::optional(339.2));
    QCOMPARE(run->whole->percentileMs(0.5), std::optional(20.0));
    QCOMPARE(run->whole->maxMs, 907.0);
    QCOMPARE(run->whole->end, 10.0); // 400 requests at 40 a second
    QCOMPARE(run->labels.size(), 2U);
    QCOMPARE(run->labels[0].name, u"Cart");
    QCOMPARE(run->labels[0].errors, 8);
    QVERIFY(run->percentileMeaning.en.contains("interpolation"));
    QVERIFY(hasRemark(*run, "90 %, 95 % and 99 %"));
}

void TestJmeterXml::statisticsBroken()
{
    for (const QByteArray &json : {QByteArray(R"({"Total":{"sampleCount":4,"pct1ResTime":5)"),
                                   QByteArray(R"({"Home":{"sampleCount":4,"pct1ResTime":5}})"),
                                   QByteArray(R"({"Total":{"sampleCount":-4,"pct1ResTime":"x"}})")}) {
        const auto run = readLoadTest(m_scratch.write("statistics.json", json));
        QVERIFY(!run);
    }
}

void TestJmeterXml::realFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("errors");
    QTest::newRow("2.13") << "generated/jmeter/result_xml.jtl" << 4981 << 0;
    QTest::newRow("eight") << "real/jmeter/JMeterResults.jtl" << 8 << 0;
    QTest::newRow("blank first") << "real/jmeter/whitespace-followed-by-xml.jtl" << 8 << 0;
    QTest::newRow("ten") << "real/jmeter/JMeterResultsTenSamples.jtl" << 10 << 0;
    QTest::newRow("threads") << "real/jmeter/JMeterResultsMultiThread.jtl" << 5 << 0;
}

void TestJmeterXml::realFiles()
{
    QFETCH(QString, file);
    const QString path = sharedLoadTest(file);
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QTEST(int(run->samples), "samples");
    QTEST(int(run->errors), "errors");
    QCOMPARE(run->skippedLines, 0);
    QVERIFY(run->remarks.empty());
    if (file.startsWith("generated")) { // by the summariser: Avg 58, Min 1, Max 227
        QCOMPARE(run->latency.minMs(), 1.0);
        QCOMPARE(run->latency.maxMs(), 227.0);
        QCOMPARE(int(run->latency.meanMs()), 58);
    }
}

QTEST_APPLESS_MAIN(TestJmeterXml)
#include "tst_jmeterxml.moc"
