// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/blocks.h>
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/k6point.h>

#include <QTest>

#include <random>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1700000000000;
const QByteArray header = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
                          "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect";

QByteArray jtlRow(int i, const QByteArray &message = "OK")
{
    const bool ok = i % 11 != 0;
    return QByteArray::number(t0 + i * 37 - i % 5 * 900) + ',' + QByteArray::number(10 + i * 7 % 190) + ",GET "
        + QByteArray::number(i % 7) + (ok ? ",200," : ",503,") + message + ",Group 1-1,text," + (ok ? "true" : "false")
        + ",,185,120," + QByteArray::number(i % 9) + ',' + QByteArray::number(i % 9) + ",http://example.test/,9,0,1";
}

/// Rows with everything that makes the place of a border matter.
QByteArray awkwardJtl(const QByteArray &lineEnd)
{
    QByteArray text = header + lineEnd;
    for (int i = 0; i < 400; ++i) {
        text += jtlRow(i) + lineEnd;
        if (i % 29 == 3)
            text += jtlRow(i, "\"two" + lineEnd + "lines, \"\"quoted\"\"" + lineEnd + lineEnd + "and more\"") + lineEnd;
        if (i % 31 == 4)
            text += jtlRow(i, "\"" + QByteArray::number(i) + ", busy\"") + lineEnd;
        if (i % 53 == 5)
            text += jtlRow(i, "5\" disk") + lineEnd;
        if (i % 67 == 6)
            text += "what is this" + lineEnd + lineEnd;
        if (i % 97 == 7)
            text += "1700000000000,60,Buy,200,\"Number of samples in transaction : 2\",G,,true,,370,240,4,4,null,18,0,2"
                + lineEnd;
        if (i == 200)
            text += header + lineEnd + jtlRow(-9'000'000) + lineEnd + jtlRow(90'000'000) + lineEnd;
    }
    return text + jtlRow(401).left(40);
}

/// Rows for several requests each, among single ones, on two days and at a garbage time before both.
QByteArray batches()
{
    QByteArray text = "timeStamp,elapsed,label,responseCode,success,allThreads,SampleCount,ErrorCount\n86400000,9,b,,true,1,7,0\n";
    for (int i = 0; i < 300; ++i) {
        const qint64 start = t0 + i * 700 + (i % 50 == 9 ? 86'400'000 : 0);
        text += QByteArray::number(start) + ",900,a,503," + (i % 7 ? "true," : "false,") + QByteArray::number(i % 9) + ','
            + QByteArray::number(1 + i % 4 * 10) + ',' + QByteArray::number(i % 2) + '\n';
    }
    return text;
}

QByteArray strayQuotes()
{
    QByteArray text = header + '\n';
    for (int i = 0; i < 2500; ++i)
        text += jtlRow(i, i == 700 ? "\"never closed" : "OK") + '\n';
    return text + jtlRow(2, "\"nor this one") + '\n' + jtlRow(3) + '\n';
}

QByteArray k6Point(const QByteArray &metric, int ms, const QByteArray &value, const QByteArray &tags, bool old)
{
    const QByteArray time = "2026-11-12T20:00:" + QByteArray::number(10 + ms / 1000) + '.'
        + QByteArray::number(ms % 1000).rightJustified(3, '0') + "+09:00";
    const QByteArray data = R"("data":{"time":")" + time + R"(","value":)" + value + R"(,"tags":)" + tags + '}';
    return old ? R"({"type":"Point",)" + data + R"(,"metric":")" + metric + "\"}\n"
               : R"({"metric":")" + metric + R"(","type":"Point",)" + data + "}\n";
}

QByteArray awkwardK6(bool old)
{
    QByteArray text;
    for (int i = 0; i < 300; ++i) {
        const QByteArray tags = i % 13 == 1 ? R"({"error":"時間切れ","expected_response":"false","name":"ログイン"})"
            : i % 17 == 2                   ? R"({"expected_response":"true","name":"a\/b","status":"200"})"
            : i % 19 == 3                   ? "null"
                                            : R"({"expected_response":"true","status":"200","url":"http://a/)"
                    + QByteArray::number(i % 4) + "\"}";
        if (i == 7)
            text += R"({"type":"Metric","data":{"name":"http_req_duration"},"metric":"http_req_duration"})" "\n";
        text += k6Point("http_reqs", i * 60, "1", tags, old) + k6Point("http_req_duration", i * 60, "2" + QByteArray::number(i) + ".75", tags, old)
            + k6Point("http_req_blocked", i * 60, i % 3 == 0 ? "700.5" : "0", tags, old)
            + k6Point("http_req_failed", i * 60, "0", tags, old);
        if (i % 10 == 0)
            text += k6Point("vus", i * 60, QByteArray::number(i % 7), "{}", old) + k6Point("iterations", i * 60, "1", "{}", old)
                + k6Point("iteration_duration", i * 60, "61.25", "{}", old);
        if (i % 90 == 5)
            text += "{\"metric\":\"vus\",\"type\":\"Point\",garbage\n" + k6Point("dropped_iterations", i * 60, "2", "{}", old);
    }
    return text + k6Point("http_req_duration", 60, "1", "{}", old).left(70);
}

QByteArray awkwardGatling()
{
    QByteArray text = "RUN\tS\ts\t1700000000000\t \t3.10.5\n";
    for (int i = 0; i < 500; ++i) {
        const QByteArray at = QByteArray::number(t0 + i * 23), end = QByteArray::number(t0 + i * 23 + i * 7 % 300);
        text += "USER\tS\tSTART\t" + at + "\nREQUEST\t" + (i % 3 == 0 ? "group a,b" : "") + "\tGet\t" + at + '\t' + end
            + (i % 9 == 0 ? "\tKO\tstatus " + QByteArray::number(i % 40) : QByteArray("\tOK\t ")) + (i % 5 == 0 ? "\r\n" : "\n")
            + "USER\tS\tEND\t" + end + '\n';
        if (i % 71 == 3)
            text += "noise\nREQUEST\t\tGet\t5\t6\tOK\t \nREQUEST\t\tlater\t4700000001500\t4700000001600\tOK\t \n";
        if (i % 99 == 4)
            text += "ERROR\tno attribute\t1700000001150\nREQUEST\t\tWS\t1700000001500\t-9223372036854775808\tKO\tunmatched\n";
    }
    return text + "REQUEST\t\tGet\t17000";
}

Result<LoadTestRun> readWith(const QString &path, BlockOptions options)
{
    ByteInput input(path);
    if (Result<void> opened = input.open(); !opened)
        return failure(opened.error());
    LineReader lines(input);
    const LoadTestFormat *format = loadTestFormatOf(lines.head());
    if (!format || !format->parser)
        return failure({});
    Result<LoadTestRun> run = readRecords(lines, format->parser(lines.head()), options);
    if (run)
        run->remarks.push_back(Text{"too long: %1", "too long: %1"}.arg(lines.tooLong()));
    return run;
}

} // namespace

class TestBlocks : public QObject
{
    Q_OBJECT

private slots:
    void piecesAndThreadsDoNotMatter_data();
    void piecesAndThreadsDoNotMatter();
    void awkwardFilesAreUnderstood();
    void largeFilesAreReadInPieces();
    void cancelledAtOnce();
    void k6AtSightIsAsStrict_data();
    void k6AtSightIsAsStrict();
    void k6AtSightOnDamagedLines();

private:
    Scratch m_scratch;
};

void TestBlocks::piecesAndThreadsDoNotMatter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("JTL") << awkwardJtl("\n");
    QTest::newRow("JTL, CRLF") << awkwardJtl("\r\n");
    QTest::newRow("JTL, quotes that nothing closes") << strayQuotes();
    QTest::newRow("JTL, a line of 3 MB") << header + '\n' + jtlRow(1) + '\n' + QByteArray(3'000'000, 'x') + '\n' + jtlRow(2)
            + '\n' + QByteArray("bad\n");
    QTest::newRow("JTL of a statistical sender") << batches();
    QTest::newRow("k6") << awkwardK6(false);
    QTest::newRow("k6, metric last") << awkwardK6(true);
    QTest::newRow("Gatling") << awkwardGatling();
    QTest::newRow("Gatling, CR alone at a border") << awkwardGatling().replace("\r\n", "\r\n\r\n");
}

void TestBlocks::piecesAndThreadsDoNotMatter()
{
    QFETCH(QByteArray, text);
    const QString path = m_scratch.write("result", text);
    const auto whole = readWith(path, {.blockBytes = 16 * 1024 * 1024, .threads = 1});
    QVERIFY(whole);
    QCOMPARE_GT(whole->samples, 1);
    const QStringList expected = everythingIn(*whole);
    for (const size_t bytes : {size_t(13), size_t(1000), size_t(4099), size_t(70'000)}) {
        if (bytes < 1000 && text.size() > 100'000)
            continue;
        for (const int threads : {1, 3}) {
            const auto run = readWith(path, {.blockBytes = bytes, .threads = threads});
            QVERIFY(run);
            const QStringList got = everythingIn(*run);
            for (qsizetype i = 0; i < std::min(got.size(), expected.size()); ++i)
                QCOMPARE(got[i], expected[i]);
            QCOMPARE(got.size(), expected.size());
        }
    }
}

void TestBlocks::awkwardFilesAreUnderstood()
{
    const auto jtl = readLoadTest(m_scratch.write("a.jtl", awkwardJtl("\n")));
    QVERIFY(jtl);
    QCOMPARE(jtl->samples, 400 + 14 + 13 + 8);
    QCOMPARE(jtl->errorKinds.value("503 two\nlines, \"quoted\"\n\nand more"), 1);
    QVERIFY(hasRemark(*jtl, "transaction"));
    QVERIFY(hasRemark(*jtl, "cut off"));
    QVERIFY(hasRemark(*jtl, "7 lines could not be read and are left out (first: line 15)"));
    QCOMPARE(jtl->labels.size(), 7U);

    const auto stray = readLoadTest(m_scratch.write("b.jtl", strayQuotes()));
    QVERIFY(stray);
    QCOMPARE(stray->samples, 2500);
    QVERIFY(hasRemark(*stray, "2 lines could not be read and are left out (first: line 702)"));

    const auto gatling = readLoadTest(m_scratch.write("c.log", awkwardGatling()));
    QVERIFY(gatling);
    QCOMPARE(gatling->samples, 500);
    QStringList names;
    for (const LoadLabel &label : gatling->labels)
        names << label.name;
    QCOMPARE(names, QStringList({"Get", "group a / b / Get"}));

    const auto k6 = readLoadTest(m_scratch.write("d.json", awkwardK6(false)));
    QVERIFY(k6);
    QCOMPARE(k6->samples, 300);
    QCOMPARE(k6->errorKinds.value("時間切れ"), 23);
    QVERIFY(std::ranges::find(k6->labels, "ログイン", &LoadLabel::name) != k6->labels.end());
    QVERIFY(std::ranges::find(k6->labels, "http://a/2", &LoadLabel::name) != k6->labels.end());
}

void TestBlocks::largeFilesAreReadInPieces()
{
    QByteArray text = header + '\n';
    for (int i = 0; i < 60'000; ++i)
        text += jtlRow(i) + '\n';
    const auto plain = readLoadTest(m_scratch.write("a.jtl", text));
    QVERIFY(plain);
    QCOMPARE(plain->samples, 60'000);
    const auto one = readWith(m_scratch.write("a.jtl", text), {.threads = 1});
    QVERIFY(one);
    for (const QByteArray &packed : {gzipped(text), zstdPacked(text), utf16(text)}) {
        auto run = readLoadTest(m_scratch.write("packed", packed));
        QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
        run->remarks.clear();
        run->file = plain->file;
        QCOMPARE(everythingIn(*run), everythingIn(*plain));
    }
    QCOMPARE(one->latency.buckets(), plain->latency.buckets());
}

void TestBlocks::cancelledAtOnce()
{
    QByteArray text = header + '\n';
    for (int i = 0; i < 200'000; ++i)
        text += jtlRow(i) + '\n';
    for (const QByteArray &bytes : {text, gzipped(text)}) {
        const QString path = m_scratch.write("a.jtl", bytes);
        QElapsedTimer since;
        const auto run = readLoadTest(path, [&](qint64 done, qint64) {
            if (done < bytes.size() / 2)
                return true;
            since.start();
            return false;
        });
        QVERIFY(!run);
        QVERIFY(run.error().message.isEmpty());
        QCOMPARE_LT(since.elapsed(), 400); // 100 ms on a machine with nothing else to do, without optimisation too
    }
}

void TestBlocks::k6AtSightIsAsStrict_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("atSight");
    const QByteArray usual =
        R"({"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-12T20:00:01.588062439+09:00","value":22.138498,"tags":{"expected_response":"true","name":"n","status":"200","url":"u"}}})";
    const auto with = [&](const char *before, const char *after) { return QByteArray(usual).replace(before, after); };
    QTest::newRow("usual") << usual << true;
    QTest::newRow("no tags") << with(R"("tags":{"expected_response":"true","name":"n","status":"200","url":"u"})", R"("tags":{})") << true;
    QTest::newRow("null tags") << with(R"({"expected_response":"true","name":"n","status":"200","url":"u"})", "null") << false;
    QTest::newRow("tags missing") << with(R"(,"tags":{"expected_response":"true","name":"n","status":"200","url":"u"})", "") << true;
    QTest::newRow("a tag twice") << with(R"("name":"n")", R"("name":"n","name":"m")") << true;
    QTest::newRow("a number as tag") << with(R"("name":"n")", R"("name":7)") << false;
    QTest::newRow("escape") << with(R"("name":"n")", R"("name":"a\u0062c")") << false;
    QTest::newRow("Japanese") << with(R"("name":"n")", "\"name\":\"会員登録\"") << false;
    QTest::newRow("broken UTF-8") << with(R"("name":"n")", "\"name\":\"\xE4\xBC\"") << false;
    QTest::newRow("tab in a string") << with(R"("name":"n")", "\"name\":\"a\tb\"") << false;
    QTest::newRow("metadata") << with("}}}", R"(},"metadata":{"vu":1}}})") << false;
    QTest::newRow("exponent") << with("22.138498", "1e3") << false;
    QTest::newRow("17 digits") << with("22.138498", "0.30000000000000004") << false;
    QTest::newRow("15 digits") << with("22.138498", "123456.789012345") << true;
    QTest::newRow("whole") << with("22.138498", "22") << true;
    QTest::newRow("negative") << with("22.138498", "-0.5") << true;
    QTest::newRow("leading zero") << with("22.138498", "022") << false;
    QTest::newRow("no digits behind the point") << with("22.138498", "22.") << false;
    QTest::newRow("infinite") << with("22.138498", "1e999") << false;
    QTest::newRow("a string for a number") << with("22.138498", R"("22")") << false;
    QTest::newRow("blanks") << with(R"("value":)", R"("value": )") << false;
    QTest::newRow("time without zone") << with("+09:00", "") << false;
    QTest::newRow("time without fraction") << with(".588062439", "") << true;
    QTest::newRow("no such month") << with("2026-11", "2026-13") << false;
    QTest::newRow("something behind") << with("}}}", "}}} x") << false;
}

void TestBlocks::k6AtSightIsAsStrict()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, atSight);
    const QByteArray padded = line + QByteArray(64, '\0');
    const std::string_view text(padded.data(), size_t(line.size()));
    K6PointReader first, second;
    K6Point quick, strict;
    QCOMPARE(first.readAtSight(text, true, quick), atSight);
    const bool sound = second.readStrictly(text, true, strict);
    if (!atSight)
        return;
    QVERIFY(sound);
    QCOMPARE(quick.timeUs, strict.timeUs);
    QCOMPARE(quick.value, strict.value);
    for (const auto field : {&K6Point::time, &K6Point::expected, &K6Point::status, &K6Point::error, &K6Point::name, &K6Point::url})
        QCOMPARE(quick.*field, strict.*field);
}

// Whatever is read at sight a JSON parser reads too, and alike: on 40,000 damaged lines.
void TestBlocks::k6AtSightOnDamagedLines()
{
    const QByteArray usual =
        R"({"metric":"http_req_blocked","type":"Point","data":{"time":"2026-11-12T20:00:01.5Z","value":22.13,"tags":{"name":"n","status":"200"}}})";
    std::mt19937 random(7);
    K6PointReader first, second;
    int seen = 0;
    for (int i = 0; i < 40'000; ++i) {
        QByteArray line = usual;
        const qsizetype at = qsizetype(random() % quint32(line.size()));
        switch (random() % 4) {
        case 0: line[at] = char(random() % 256); break;
        case 1: line.remove(at, 1 + qsizetype(random() % 3)); break;
        case 2: line.insert(at, line.mid(qsizetype(random() % quint32(line.size())), 1 + qsizetype(random() % 4))); break;
        default: line[at] = R"("{}:,.0\)"[random() % 8]; break;
        }
        const QByteArray padded = line + QByteArray(64, '\0');
        const std::string_view text(padded.data(), size_t(line.size()));
        for (const bool tags : {true, false}) {
            K6Point quick, strict;
            if (!first.readAtSight(text, tags, quick))
                continue;
            ++seen;
            QVERIFY2(second.readStrictly(text, tags, strict), line.constData());
            QVERIFY2(quick.timeUs == strict.timeUs && quick.value == strict.value && quick.status == strict.status
                         && quick.name == strict.name,
                     line.constData());
        }
    }
    QCOMPARE_GT(seen, 1000);
}

QTEST_APPLESS_MAIN(TestBlocks)
#include "tst_blocks.moc"
