// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/gob.h>

#include <QTest>
#include <QtEndian>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

constexpr qint64 t0 = 1795377433; // epoch seconds

/// Go's encoding/gob, as much of it as vegeta's Result needs.
namespace gob
{

QByteArray number(quint64 value)
{
    if (value < 0x80)
        return QByteArray(1, char(value));
    QByteArray bytes;
    for (; value > 0; value >>= 8)
        bytes.prepend(char(value & 0xff));
    return QByteArray(1, char(256 - bytes.size())) + bytes;
}

QByteArray integer(qint64 value)
{
    return number(value < 0 ? ~quint64(value) << 1 | 1 : quint64(value) << 1);
}

QByteArray string(const QByteArray &text)
{
    return number(quint64(text.size())) + text;
}

QByteArray message(const QByteArray &content)
{
    return number(quint64(content.size())) + content;
}

QByteArray common(const QByteArray &name, qint64 id)
{
    return '\1' + string(name) + '\1' + integer(id) + '\0';
}

struct Field {
    QByteArray name;
    qint64 type;
};

constexpr qint64 resultId = 65, timeId = 66, headerId = 68, stringsId = 67;

QByteArray structType(const QByteArray &name, qint64 id, const QList<Field> &fields)
{
    QByteArray list = number(quint64(fields.size()));
    for (const Field &field : fields)
        list += '\1' + string(field.name) + '\1' + integer(field.type) + '\0';
    return message(integer(-id) + '\3' + '\1' + common(name, id) + '\1' + list + QByteArray(2, '\0'));
}

QByteArray otherTypes()
{
    return message(integer(-timeId) + '\5' + '\1' + common("Time", timeId) + QByteArray(2, '\0'))
        + message(integer(-headerId) + '\4' + '\1' + common("Header", headerId) + '\1'
                  + integer(GobTypes::String) + '\1' + integer(stringsId) + QByteArray(2, '\0'))
        + message(integer(-stringsId) + '\2' + '\1' + common("[]string", stringsId) + '\1'
                  + integer(GobTypes::String) + QByteArray(2, '\0'));
}

QByteArray time(qint64 epochNs)
{
    QByteArray bytes(15, '\0');
    bytes[0] = 1;
    qToBigEndian(qint64(epochNs / 1'000'000'000 + 62'135'596'800), bytes.data() + 1);
    qToBigEndian(qint32(epochNs % 1'000'000'000), bytes.data() + 9);
    return string(bytes);
}

} // namespace gob

struct Hit {
    qint64 startMs = 0; ///< after t0
    int latencyMs = 20;
    int code = 200;
    QByteArray error = {};
    QByteArray attack = "step-100";
};

enum class Age { Old, Body, Attack, Newest };

QList<gob::Field> fieldsOf(Age age)
{
    QList<gob::Field> fields = {{"Code", GobTypes::Uint},    {"Timestamp", gob::timeId},
                                {"Latency", GobTypes::Int},  {"BytesOut", GobTypes::Uint},
                                {"BytesIn", GobTypes::Uint}, {"Error", GobTypes::String}};
    if (age >= Age::Body)
        fields.append({"Body", GobTypes::Bytes});
    if (age >= Age::Attack)
        fields = QList<gob::Field>{{"Attack", GobTypes::String}, {"Seq", GobTypes::Uint}} + fields;
    if (age >= Age::Newest)
        fields += {{"Method", GobTypes::String}, {"URL", GobTypes::String}, {"Headers", gob::headerId}};
    return fields;
}

/// A field that holds its zero value is left out, as Go does.
QByteArray gobResult(const Hit &hit, Age age)
{
    QByteArray value;
    int skipped = 0;
    for (const gob::Field &field : fieldsOf(age)) {
        QByteArray content;
        if (field.name == "Code")
            content = gob::number(quint64(hit.code));
        else if (field.name == "Timestamp")
            content = gob::time(t0 * 1'000'000'000 + hit.startMs * 1'000'000);
        else if (field.name == "Latency")
            content = gob::integer(hit.latencyMs * 1'000'000LL);
        else if (field.name == "Error" || field.name == "Attack")
            content = gob::string(field.name == "Error" ? hit.error : hit.attack);
        else if (field.name == "Body")
            content = gob::string("{\"ok\":true}");
        else if (field.name == "Headers")
            content =
                gob::number(1) + gob::string("Date") + gob::number(2) + gob::string("a") + gob::string("b");
        const bool zero = content.isEmpty() || content == QByteArray(1, '\0');
        if (zero) {
            ++skipped;
            continue;
        }
        value += gob::number(quint64(skipped) + 1) + content;
        skipped = 0;
    }
    return gob::message(gob::integer(gob::resultId) + value + '\0');
}

QByteArray gobFile(const QList<Hit> &hits, Age age = Age::Newest)
{
    QByteArray bytes = gob::structType("Result", gob::resultId, fieldsOf(age)) + gob::otherTypes();
    for (const Hit &hit : hits)
        bytes += gobResult(hit, age);
    return bytes;
}

QByteArray jsonFile(const QList<Hit> &hits)
{
    QByteArray bytes;
    for (const Hit &hit : hits) {
        bytes += R"({"attack":")" + hit.attack + R"(","seq":1,"code":)" + QByteArray::number(hit.code)
            + R"(,"timestamp":"2026-11-22T19:57:)" + QByteArray::number(13 + hit.startMs / 1000) + '.'
            + QByteArray::number(hit.startMs % 1000).rightJustified(3, '0') + R"(000001Z","latency":)"
            + QByteArray::number(hit.latencyMs * 1'000'000LL) + R"(,"bytes_out":0,"bytes_in":11,"error":")"
            + hit.error + R"(","body":"eyJvayI6dHJ1ZX0=","headers":{"Date":["x"]}})" + '\n';
    }
    return bytes;
}

QByteArray csvFile(const QList<Hit> &hits, int columns)
{
    QByteArray bytes;
    for (const Hit &hit : hits) {
        QByteArray error = hit.error;
        if (error.contains(',') || error.contains('"') || error.contains('\n'))
            error = '"' + error.replace("\"", "\"\"") + '"';
        QByteArrayList row = {QByteArray::number(t0 * 1'000'000'000 + hit.startMs * 1'000'000),
                              QByteArray::number(hit.code),
                              QByteArray::number(hit.latencyMs * 1'000'000LL),
                              "0",
                              "11",
                              error,
                              "eyJvayI6dHJ1ZX0=",
                              hit.attack,
                              "1",
                              "GET",
                              "http://x/",
                              "aGVhZGVycw=="};
        bytes += row.mid(0, columns).join(',') + '\n';
    }
    return bytes;
}

const QList<Hit> sixHits = {
    {2400, 30},
    {0, 20},
    {1200, 1500, 503, "503 Service Unavailable"},
    {200, 20, 301},
    {600, 90, 0, "Get \"http://x/\": dial tcp 10.0.0.1:4711->10.0.0.2:80: connect: connection refused"},
    {900, 25, 404},
};

} // namespace

class TestVegeta : public QObject
{
    Q_OBJECT

private slots:
    void encodings_data();
    void encodings();
    void attacksAreLevels();
    void attacksAtTheSameTime();
    void aSlowLastAnswer();
    void seriesOfFiles();
    void csvErrorsOverLines();
    void truncated_data();
    void truncated();
    void garbledMessages();
    void twoStreamsInOne();
    void otherValuesInTheStream();
    void gobNumbers();
    void damagedByPowerShell();
    void notVegeta_data();
    void notVegeta();
    void generated_data();
    void generated();
    void generatedAll_data();
    void generatedAll();

private:
    Scratch m_scratch;
};

void TestVegeta::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("attack");
    QTest::newRow("gob 12.8") << gobFile(sixHits) << "step-100";
    QTest::newRow("gob 8") << gobFile(sixHits, Age::Attack) << "step-100";
    QTest::newRow("gob 7") << gobFile(sixHits, Age::Body) << "results";
    QTest::newRow("gob 6") << gobFile(sixHits, Age::Old) << "results";
    QTest::newRow("JSON") << jsonFile([] {
        QList<Hit> hits = sixHits;
        for (Hit &hit : hits)
            hit.error.replace('"', "\\\"");
        return hits;
    }()) << "step-100";
    QTest::newRow("JSON with spaces") << jsonFile([] {
        QList<Hit> hits = sixHits;
        for (Hit &hit : hits)
            hit.error.replace('"', "\\\"");
        return hits;
    }()).replace("\":", "\": ").replace(",\"", ", \"") << "step-100";
    QTest::newRow("CSV 12") << csvFile(sixHits, 12) << "step-100";
    QTest::newRow("CSV 9") << csvFile(sixHits, 9) << "step-100";
    QTest::newRow("CSV 7") << csvFile(sixHits, 7) << "results";
    QTest::newRow("CSV 6") << csvFile(sixHits, 6) << "results";
    QTest::newRow("CSV gzip") << gzipped(csvFile(sixHits, 12)) << "step-100";
}

void TestVegeta::encodings()
{
    QFETCH(QByteArray, bytes);
    const auto run = readLoadTest(m_scratch.write("results.bin", bytes));
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->tool, u"vegeta");
    QCOMPARE(run->model, LoadModel::Open);
    QCOMPARE(run->samples, 6);
    QCOMPARE(run->errors, 3);
    QCOMPARE(run->errorKinds.value("503 Service Unavailable"), 1);
    QCOMPARE(run->errorKinds.value("network: connection refused"), 1);
    QCOMPARE(run->errorKinds.value("HTTP 404"), 1);
    QVERIFY(std::abs(run->startSeconds - double(t0)) < 1e-3);
    QVERIFY(std::abs(run->endSeconds - double(t0) - 2.7) < 1e-3);
    QCOMPARE(run->latency.maxMs(), 1500.0);
    QCOMPARE(run->seconds.size(), 3U);
    QCOMPARE(run->seconds[0].started, 4);
    QCOMPARE(run->seconds[2].completed, 2);
    QCOMPARE(run->levels.size(), 1U);
    QTEST(run->levels.front().name, "attack");
    QVERIFY(run->remarks.empty());
    QVERIFY(run->missing.empty());
}

void TestVegeta::attacksAreLevels()
{
    QList<Hit> hits;
    for (int i = 0; i < 100; ++i) { // vegeta encode takes its files in turn
        hits.append({i * 10, 5, 200, {}, "50rps"});
        hits.append({i * 10 + 4000, 5, 200, {}, "100rps"});
    }
    const auto run = readLoadTest(m_scratch.write("all.json", jsonFile(hits)));
    QVERIFY(run);
    QCOMPARE(run->levels.size(), 2U);
    QCOMPARE(run->levels[0].name, u"50rps");
    QCOMPARE(run->levels[0].offered, 50.0);
    QCOMPARE(run->levels[1].offered, 100.0);
    QVERIFY(std::abs(run->levels[1].start - double(t0) - 4) < 1e-3);
}

void TestVegeta::aSlowLastAnswer()
{
    QList<Hit> hits{{1990, 4000, 200, {}, "50rps"}}; // answered in the middle of the second attack
    for (int i = 0; i < 100; ++i) {
        hits.append({i * 20, 5, 200, {}, "50rps"});
        hits.append({i * 40 + 2100, 5, 200, {}, "25rps"});
    }
    const auto run = readLoadTest(m_scratch.write("all.json", jsonFile(hits)));
    QVERIFY(run);
    QCOMPARE(run->levels.size(), 2U);
    QCOMPARE(run->levels[0].name, u"50rps");
    QCOMPARE_LE(run->levels[0].end, run->levels[1].start);
}

void TestVegeta::attacksAtTheSameTime()
{
    const auto run = readLoadTest(m_scratch.write(
        "both.csv",
        csvFile({{0, 500, 200, {}, "a"}, {100, 500, 200, {}, "b"}, {900, 500, 200, {}, "a"}}, 12)));
    QVERIFY(run);
    QCOMPARE(run->levels.size(), 1U);
    QCOMPARE(run->levels[0].name, u"both");
}

void TestVegeta::seriesOfFiles()
{
    QList<Hit> slow, fast;
    for (int i = 0; i < 60; ++i)
        slow.append({i * 100, 5, 200, {}, "step-10"});
    for (int i = 0; i < 120; ++i)
        fast.append({20'000 + i * 50, 5, 200, {}, "step-20"});
    const auto run =
        readLoadTests({m_scratch.write("b.gob", gobFile(fast)), m_scratch.write("a.gob", gobFile(slow))});
    QVERIFY(run);
    QCOMPARE(run->samples, 180);
    QCOMPARE(run->levels.size(), 2U);
    QCOMPARE(run->levels[0].offered, 10.0);
    QCOMPARE(run->levels[1].offered, 20.0);
}

void TestVegeta::csvErrorsOverLines()
{
    const auto run = readLoadTest(m_scratch.write(
        "a.csv", csvFile({{0, 20, 500, "bad, \"very\nbad\""}, {10, 20}, {20, 20, 500, "plain"}}, 12)));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->errorKinds.value("bad, \"very\nbad\""), 1);
    const auto stray = readLoadTest(m_scratch.write("b.csv",
                                                    csvFile({{0, 20}, {10, 20}}, 6)
                                                        + "1795377433000000000,200,5,0,0,\"open\n"
                                                        + csvFile({{20, 20}, {30, 20}}, 6)));
    QVERIFY(stray);
    QCOMPARE(stray->samples, 4);
    QCOMPARE(stray->skippedLines, 1);
}

void TestVegeta::truncated_data()
{
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<QByteArray>("more");
    const QList<Hit> two = {{0, 20}, {10, 30}};
    const QList<Hit> three = {{0, 20}, {10, 30}, {20, 40}};
    QTest::newRow("gob") << gobFile(two) << gobFile(three);
    QTest::newRow("JSON") << jsonFile(two) << jsonFile(three);
}

void TestVegeta::truncated()
{
    QFETCH(QByteArray, whole);
    QFETCH(QByteArray, more);
    for (qsizetype size = whole.size() + 1; size + 1 < more.size(); size += 3) {
        const auto run = readLoadTest(m_scratch.write("a.bin", more.left(size)));
        QVERIFY(run);
        QCOMPARE(run->samples, 2);
        QVERIFY(hasRemark(*run, "cut off"));
    }
}

void TestVegeta::garbledMessages()
{
    const QByteArray begin = gobFile({{0, 20}, {10, 30}});
    const QByteArrayList messages = {
        gob::message(gob::integer(99) + "what"), // a type nobody described
        gob::message(gob::integer(gob::resultId) + QByteArray(8, '\x7f')), // fields that do not exist
        gob::message(gob::integer(gob::resultId) + '\0'), // no time
        gob::message(gob::integer(std::numeric_limits<qint64>::min()) + "x"),
        gob::message(gob::integer(-70) + '\3' + QByteArray(4, '\x7f')),
        gob::message({}),
    };
    for (const QByteArray &message : messages) {
        const auto run =
            readLoadTest(m_scratch.write("a.gob", begin + message + gobResult({20, 40}, Age::Newest)));
        QVERIFY(run);
        QCOMPARE(run->samples, 3);
        QCOMPARE(run->skippedLines, 1);
    }
    // A length beyond the file's end.
    const auto cut =
        readLoadTest(m_scratch.write("a.gob", begin + QByteArray("\xf8\x7f\xff\xff\xff\xff\xff\xff\xff", 9)));
    QVERIFY(cut);
    QCOMPARE(cut->samples, 2);
    QVERIFY(hasRemark(*cut, "cut off"));
}

void TestVegeta::twoStreamsInOne()
{
    const auto run = readLoadTest(
        m_scratch.write("a.gob", gobFile({{0, 20}}, Age::Old) + gobFile({{10, 20}, {20, 20}}, Age::Newest)));
    QVERIFY(run);
    QCOMPARE(run->samples, 3);
    QCOMPARE(run->skippedLines, 0);
}

void TestVegeta::otherValuesInTheStream()
{
    GobTypes types;
    const QByteArray definition = gob::structType("T", 70,
                                                  {{"a", GobTypes::Bool},
                                                   {"b", GobTypes::Float},
                                                   {"c", GobTypes::Complex},
                                                   {"d", GobTypes::Interface},
                                                   {"e", 70},
                                                   {"f", GobTypes::Bytes}});
    GobCursor message(std::string_view(definition.data() + 1, size_t(definition.size()) - 1));
    qint64 id = 0;
    QVERIFY(message.signedInt(id) && id == -70 && types.define(70, message));
    const QByteArray inner = "\1\1" + QByteArray(1, '\0');
    const QByteArray value = "\1\1\1" + gob::number(0x1234) + "\1\1\2\1" + gob::string("main.T")
        + gob::integer(65) + gob::string("xyz") + '\1' + inner + '\1' + gob::string("bytes") + '\0';
    GobCursor at(std::string_view(value.data(), size_t(value.size())));
    QVERIFY(types.skip(70, at));
    QVERIFY(at.isAtEnd());
    for (qsizetype size = 0; size < value.size(); ++size) {
        GobCursor part(std::string_view(value.data(), size_t(size)));
        QVERIFY(!types.skip(70, part));
    }
    const QByteArray nested = QByteArray("\5").repeated(100); // itself in itself
    GobCursor deep(std::string_view(nested.data(), size_t(nested.size())));
    QVERIFY(!types.skip(70, deep));
}

void TestVegeta::gobNumbers()
{
    for (const qint64 value :
         {0LL, 1LL, -1LL, 63LL, -64LL, 64LL, 1'000'000'000'000LL, -1'000'000'000'000LL,
          std::numeric_limits<long long>::max(), std::numeric_limits<long long>::min()}) {
        const QByteArray bytes = gob::integer(value);
        GobCursor cursor(std::string_view(bytes.data(), size_t(bytes.size())));
        qint64 read = 7;
        QVERIFY(cursor.signedInt(read));
        QCOMPARE(read, value);
        QVERIFY(cursor.isAtEnd());
    }
    quint64 number = 0;
    GobCursor tooLong("\xf0__________________");
    QVERIFY(!tooLong.unsignedInt(number));
}

void TestVegeta::damagedByPowerShell()
{
    QByteArray bytes("\xFF\xFE", 2);
    for (const char c : gobFile(sixHits)) {
        const char16_t unit =
            quint8(c) < 0x80 ? char16_t(c) : char16_t(0xfffd); // bytes that are no text are lost
        bytes += char(unit & 0xff);
        bytes += char(unit >> 8);
    }
    const auto run = readLoadTest(m_scratch.write("results.bin", bytes));
    QVERIFY(!run);
    QVERIFY2(run.error().message.en.contains("damaged for good"), qPrintable(run.error().toString(Lang::En)));
    QVERIFY(run.error().hint.en.contains("-output"));
}

void TestVegeta::notVegeta_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("words only") << QByteArray("The \x06Result has a \x09Timestamp and a \x07Latency");
    QTest::newRow("other JSON") << QByteArray(R"({"timestamp":"2026-11-22T19:57:13Z","latency":4})");
    QTest::newRow("other numbers") << QByteArray("1795377433549551952,abc,27350400,0,11,\n");
    QTest::newRow("gob of something else") << gob::structType("Point", 65, {{"X", 2}, {"Y", 2}});
}

void TestVegeta::notVegeta()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!readLoadTest(m_scratch.write("a", bytes)));
    QVERIFY(recogniseLoadTest(m_scratch.write("a", bytes)).isEmpty());
}

void TestVegeta::generated_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("errors");
    QTest::addColumn<double>("p50"); // by vegeta's own report
    QTest::addColumn<double>("p95");
    QTest::addColumn<double>("max");
    QTest::newRow("350") << 350 << 2100 << 0 << 23.298643 << 51.962185 << 93.282865;
    QTest::newRow("500") << 500 << 3000 << 254 << 676.963706 << 1065.481207 << 1112.448335;
}

void TestVegeta::generated()
{
    QFETCH(int, step);
    QFETCH(double, p50);
    QFETCH(double, p95);
    QFETCH(double, max);
    const QString path = sharedLoadTest(QStringLiteral("generated/vegeta/step-%1.gob").arg(step));
    if (!QFile::exists(path))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTest(path);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QTEST(int(run->samples), "samples");
    QTEST(int(run->errors), "errors");
    QVERIFY(std::abs(run->latency.maxMs() - max) < 0.001);
    QVERIFY(std::abs(run->latency.percentileMs(0.5) / p50 - 1) < 0.01);
    QVERIFY(std::abs(run->latency.percentileMs(0.95) / p95 - 1) < 0.01);
    QCOMPARE(run->levels.front().offered, step < 500 ? double(step) : run->levels.front().offered);
}

void TestVegeta::generatedAll_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("CSV") << "all.csv.gz";
    QTest::newRow("JSON") << "all.json.gz";
    QTest::newRow("gob") << "";
}

void TestVegeta::generatedAll()
{
    QFETCH(QString, file);
    QStringList paths;
    if (file.isEmpty()) {
        for (int step = 100; step <= 500; step += 50)
            paths += sharedLoadTest(QStringLiteral("generated/vegeta/step-%1.gob").arg(step));
    } else {
        paths = {sharedLoadTest("generated/vegeta/" + file)};
    }
    if (!QFile::exists(paths.front()))
        QSKIP("the shared load test data is not here");
    const auto run = readLoadTests(paths);
    QVERIFY2(run, qPrintable(run ? QString() : run.error().toString(Lang::En)));
    QCOMPARE(run->samples, 16200);
    QCOMPARE(run->errors, 254);
    QCOMPARE(run->levels.size(), 9U);
    for (int i = 0; i < 9; ++i)
        QCOMPARE(run->levels[size_t(i)].offered, 100.0 + 50 * i);
    QVERIFY(run->remarks.empty());
}

QTEST_APPLESS_MAIN(TestVegeta)
#include "tst_vegeta.moc"
