// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/jmeterfields.h>
#include <evidence/loadtest/parse.h>

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

using namespace tenken;

namespace
{

using Fields = std::vector<std::string>;

/// One character at a time: what the fast ways have to agree with.
Fields plainly(std::string_view line, char delimiter)
{
    Fields fields(1);
    for (const char c : line) {
        if (c == delimiter)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

/// The same where a field may stand in quotes; what stands between its last quote and the delimiter is dropped.
Fields plainlyUnquoted(std::string_view line, char delimiter)
{
    enum { Begins, Plain, Quoted, Closed } state = Begins;
    Fields fields(1);
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == delimiter && state != Quoted) {
            fields.emplace_back();
            state = Begins;
        } else if (line[i] == '"' && state == Begins) {
            state = Quoted;
        } else if (line[i] == '"' && state == Quoted && i + 1 < line.size() && line[i + 1] == '"') {
            fields.back() += line[++i];
        } else if (line[i] == '"' && state == Quoted) {
            state = Closed;
        } else if (state != Closed) {
            fields.back() += line[i];
            state = state == Begins ? Plain : state;
        }
    }
    return fields;
}

Fields firstOf(Fields fields, size_t most)
{
    fields.resize(std::min(fields.size(), most));
    return fields;
}

std::string padded(std::string text)
{
    text.reserve(text.size() + 64);
    text.append(64, ','); // what stands there must not be taken for the text's own
    text.resize(text.size() - 64);
    return text;
}

/// Short lines and long ones, so that every place in a step of 64 bytes is met.
std::string randomLine(std::mt19937 &random, std::string_view letters, size_t most)
{
    std::string line(random() % most, ' ');
    for (char &c : line)
        c = letters[random() % letters.size()];
    return line;
}

} // namespace

class TestFields : public QObject
{
    Q_OBJECT

private slots:
    void firstLines();
    void lineEnds_data();
    void lineEnds();
    void moreFieldsThanThereIsRoomFor();
    void fieldsOfALine();
    void quotedFields();
    void quotes();
    void moreQuotesThanThereIsRoomFor();
    void integers_data();
    void integers();
    void integersOfAnyLength();
};

void TestFields::firstLines()
{
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::string line = randomLine(random, i % 2 == 0 ? "ab,c,d" : "ab,\"\r", 200);
        const size_t content = line.ends_with('\r') ? line.size() - 1 : line.size();
        const std::string text = padded(line + "\n" + randomLine(random, "x,\n\"", 100));
        FieldEnds ends;
        const size_t wanted = random() % 20;
        const FirstLine first = ends.split(text, ',', wanted);
        QCOMPARE(first.end, content);
        QCOMPARE(first.next, line.size() + 1);
        QCOMPARE(first.quoted, line.contains('"'));
        const Fields expected = plainly(line.substr(0, content), ',');
        QCOMPARE_GE(ends.count(), std::min(expected.size(), wanted == 0 ? FieldEnds::most : wanted));
        QCOMPARE_LE(ends.count(), expected.size());
        for (size_t f = 0; f < ends.count(); ++f)
            QCOMPARE(std::string(ends.field(text.data(), f)), expected[f]);
    }
}

void TestFields::lineEnds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("next");
    QTest::newRow("line break") << QByteArray("a,b\nc") << 3 << 4;
    QTest::newRow("with carriage return") << QByteArray("a,b\r\nc") << 3 << 5;
    QTest::newRow("carriage return within") << QByteArray("a\rb\nc") << 3 << 4;
    QTest::newRow("the text ends") << QByteArray("a,b") << 3 << 3;
    QTest::newRow("the text ends with a carriage return") << QByteArray("a,b\r") << 3 << 4;
    QTest::newRow("an empty line") << QByteArray("\nc") << 0 << 1;
    QTest::newRow("nothing but a carriage return") << QByteArray("\r\nc") << 0 << 2;
    for (const int length : {62, 63, 64, 65, 127, 128, 129}) {
        const QByteArray line(length, 'x');
        QTest::addRow("%d bytes", length) << line + '\n' + line << length << length + 1;
        QTest::addRow("%d bytes, the text ends", length) << line << length << length;
        QTest::addRow("%d bytes, carriage return", length) << line + "\r\n" << length << length + 2;
    }
}

void TestFields::lineEnds()
{
    QFETCH(QByteArray, text);
    QFETCH(int, end);
    QFETCH(int, next);
    FieldEnds ends;
    const std::string behind = padded(text.toStdString());
    const FirstLine first = ends.split(behind, ',', 0);
    QCOMPARE(first.end, size_t(end));
    QCOMPARE(first.next, size_t(next));
    QVERIFY(!first.quoted);
}

void TestFields::moreFieldsThanThereIsRoomFor()
{
    const std::string text = padded(std::string(500, ',') + "\"\nnext");
    FieldEnds ends;
    const FirstLine first = ends.split(text, ',', 0);
    QCOMPARE(ends.count(), FieldEnds::most);
    QCOMPARE(first.next, 502U);
    QVERIFY(first.quoted);
    for (size_t i = 0; i < ends.count(); ++i)
        QVERIFY(ends.field(text.data(), i).empty());
}

void TestFields::fieldsOfALine()
{
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        const std::string line = randomLine(random, "ab\t\tc", 120);
        std::array<std::string_view, 12> room;
        const size_t most = 1 + random() % room.size();
        const size_t count = splitFields(line, '\t', std::span(room).first(most));
        QCOMPARE(Fields(room.begin(), room.begin() + count), firstOf(plainly(line, '\t'), most));
    }
}

void TestFields::quotedFields()
{
    std::mt19937 random(23);
    JtlFields fields(',');
    for (int i = 0; i < 40'000; ++i) {
        const std::string line = randomLine(random, i % 4 == 0 ? "ab,c,d" : "a,b,\"\"", i % 7 == 0 ? 400 : 60);
        const Fields expected = firstOf(plainlyUnquoted(line, ','), FieldEnds::most);
        const size_t wanted = random() % 20;
        const std::string text = padded(line);
        const bool enough = i % 2 == 0 ? fields.split(std::string(line), wanted) : fields.splitPadded({text.data(), line.size()}, wanted);
        QCOMPARE(enough, expected.size() >= wanted);
        QCOMPARE_GE(fields.size(), std::min(expected.size(), wanted == 0 ? FieldEnds::most : wanted));
        QCOMPARE_LE(fields.size(), expected.size());
        for (size_t f = 0; f < fields.size(); ++f)
            QCOMPARE(std::string(fields[f]), expected[f]);
    }
}

void TestFields::quotes()
{
    std::mt19937 random(13);
    int plain = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string line = randomLine(random, "ab\":,}{ ~", 180);
        const char odd[] = {'\\', '\t', '\x1f', '\x7f', '\x80', '\xff', '\0'};
        const bool spoilt = i % 3 == 0 && !line.empty();
        if (spoilt)
            line[random() % line.size()] = odd[random() % std::size(odd)];
        const bool expected = std::ranges::none_of(line, [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x80 || c == '\\';
        });
        QuotePlaces quotes;
        const std::string text = padded(line);
        QCOMPARE(quotes.find({text.data(), line.size()}), expected);
        if (!expected)
            continue;
        ++plain;
        QCOMPARE(quotes.count(), size_t(std::ranges::count(line, '"')));
        for (size_t i = 0, behind = 0; i < quotes.count(); behind = quotes[i++] + 1)
            QCOMPARE(quotes[i], line.find('"', behind));
    }
    QCOMPARE_GT(plain, 10'000);
}

void TestFields::moreQuotesThanThereIsRoomFor()
{
    QuotePlaces quotes;
    const std::string most = padded(std::string(QuotePlaces::most, '"')), more = padded(std::string(1000, '"'));
    QVERIFY(quotes.find(most));
    QCOMPARE(quotes.count(), QuotePlaces::most);
    QVERIFY(!quotes.find(more));
    QVERIFY(quotes.find(most)); // nothing is left of the line before
    QCOMPARE(quotes[0], 0U);
}

void TestFields::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isInteger");
    QTest::addColumn<qint64>("value");
    for (const qint64 value : {qint64(0), qint64(7), qint64(12345678), qint64(1700000000000), qint64(99999999999999999),
                               std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min(), qint64(-1),
                               qint64(10), qint64(98), qint64(100), qint64(907), qint64(1000), qint64(-12), qint64(-123)})
        QTest::addRow("%lld", static_cast<long long>(value)) << QByteArray::number(value) << true << value;
    QTest::newRow("zeros before it") << QByteArray("0000000000000000000000012") << true << qint64(12);
    for (const char *text : {"", "-", "+1", "1 ", " 1", "1.5", "12345678x", "x12345678", "1234567:", "1234567/",
                             "1700000000\xb2" "00", "9223372036854775808", "99999999999999999999", "1e3", "--1",
                             "1-", "a", "1a", "a1", "12a", "1a2", "a12", "+12", "1.2", " 12", "12 ", "\xb2" "1", ":1", "1/"})
        QTest::addRow("not: %s", text) << QByteArray(text) << false << qint64(0);
}

void TestFields::integers()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isInteger);
    QFETCH(qint64, value);
    qint64 got = 0;
    QCOMPARE(parseInteger({text.data(), size_t(text.size())}, got), isInteger);
    if (isInteger)
        QCOMPARE(got, value);
}

void TestFields::integersOfAnyLength()
{
    std::mt19937_64 random(17);
    for (int digits = 1; digits <= 18; ++digits) {
        for (int i = 0; i < 200; ++i) {
            std::string text(size_t(digits), '0');
            for (char &c : text)
                c = char('0' + random() % 10);
            qint64 got = -1;
            QVERIFY(parseInteger(text, got));
            QCOMPARE(got, QByteArray::fromStdString(text).toLongLong());
            text[random() % text.size()] = "/:;aA \xff"[random() % 7];
            QVERIFY(!parseInteger(text, got));
        }
    }
}

QTEST_APPLESS_MAIN(TestFields)
#include "tst_fields.moc"
