// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <QRandomGenerator>
#include <QTest>

using namespace tenken;

/// Reading PDFs that anybody may have written.
class TestPdfFile : public QObject
{
    Q_OBJECT
private slots:
    void valuesAreReadAndWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("null") << QByteArray("null") << QByteArray("null");
        QTest::newRow("number") << QByteArray("-0.50 ") << QByteArray("-0.50");
        QTest::newRow("name") << QByteArray("/A#2FB]") << QByteArray("/A#2FB");
        QTest::newRow("string") << QByteArray("(a(b)\\)c)") << QByteArray("(a(b)\\)c)");
        QTest::newRow("hex") << QByteArray("<fe ff>") << QByteArray("<fe ff>");
        QTest::newRow("reference") << QByteArray("12  0\nR ") << QByteArray("12 0 R");
        QTest::newRow("two numbers") << QByteArray("[12 0]") << QByteArray("[ 12 0 ]");
        QTest::newRow("no reference") << QByteArray("[12 0 Rx]") << QByteArray();
        QTest::newRow("dictionary") << QByteArray("<</A 1/B[true(x)]/C<</D/E>>>>")
                                    << QByteArray("<< /A 1 /B [ true (x) ] /C << /D /E >> >>");
        QTest::newRow("comment") << QByteArray("% x\n<</A%)\n1>>") << QByteArray("<< /A 1 >>");
        QTest::newRow("open string") << QByteArray("(abc") << QByteArray();
        QTest::newRow("string that ends in a backslash") << QByteArray("(abc\\") << QByteArray();
        QTest::newRow("open array") << QByteArray("[1 2") << QByteArray();
        QTest::newRow("open dictionary") << QByteArray("<</A 1") << QByteArray();
        QTest::newRow("key without value") << QByteArray("<</A>>") << QByteArray();
        QTest::newRow("key that is no name") << QByteArray("<<1 2>>") << QByteArray();
        QTest::newRow("generation other than 0") << QByteArray("[3 1 R]") << QByteArray();
        QTest::newRow("two equal keys") << QByteArray("<</A 1/B 2/A 3>>") << QByteArray();
        QTest::newRow("a key with an escape") << QByteArray("<</N#61mes 1>>") << QByteArray();
        QTest::newRow("nothing") << QByteArray("  ") << QByteArray();
        QTest::newRow("too deep") << QByteArray(100, '[') << QByteArray();
    }

    void valuesAreReadAndWritten()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        qsizetype at = 0;
        const auto value = readPdfValue(text, at);
        QCOMPARE(value ? value->written() : QByteArray(), written);
    }

    void stringsAreUnderstood()
    {
        qsizetype at = 0;
        const QByteArray text = "(a\\n\\050\\\\\\\nb)";
        QCOMPARE(readPdfValue(text, at)->string(), QByteArray("a\n(\\b"));
        QCOMPARE(pdfText(QByteArray::fromHex("feff70b9691c")), QByteArray("点検"));
        QCOMPARE(PdfValue::text("a(b)\\").written(), QByteArray("(a\\(b\\)\\\\)"));
        QCOMPARE(PdfValue::text("a(b)\\").string(), QByteArray("a(b)\\"));
    }

    void entriesAreFoundAndSet()
    {
        qsizetype at = 0;
        auto value = *readPdfValue("<</A 1/B 2>>", at);
        QCOMPARE(value.find("A")->integer(), std::optional<qint64>(1));
        QVERIFY(!value.find("C"));
        value.set("A", PdfValue::number(4));
        QCOMPARE(value.written(), QByteArray("<< /B 2 /A 4 >>"));
    }

    void aPageIsFound()
    {
        const auto file = PdfFile::read(made::page("Hello"));
        QVERIFY(file.has_value());
        QCOMPARE(*file->pages(), std::vector<int>{3});
        const auto content = file->object(4);
        QVERIFY(content && content->isStream); // its length is a reference
        QVERIFY(file->content(*content)->contains("(Hello) Tj"));
        QVERIFY(file->attachments()->empty());
    }

    void hostileFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = made::page("x");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("no table") << QByteArray("%PDF-1.6\n");
        QTest::newRow("table far away") << QByteArray("%PDF-1.6\nstartxref\n9999999999\n%%EOF");
        QTest::newRow("a number too long")
            << QByteArray("%PDF-1.6\nstartxref\n99999999999999999999999\n%%EOF");
        QTest::newRow("cut in the table") << good.first(good.indexOf("trailer"));
        QTest::newRow("a billion entries")
            << QByteArray("%PDF-1.6\nxref\n0 999999999\ntrailer<<>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("sizes that overflow")
            << QByteArray("%PDF-1.6\nxref\n9999999999 9999999999\ntrailer<<>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("a circle") << QByteArray(
            "%PDF-1.6\nxref\n0 0\ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("a negative table")
            << QByteArray("%PDF-1.6\nxref\n0 0\ntrailer<</Size 1/Prev -4>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("a hybrid table")
            << QByteArray("%PDF-1.6\nxref\n0 0\ntrailer<</Size 1/XRefStm 4>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("encrypted") << QByteArray(
            "%PDF-1.6\nxref\n0 0\ntrailer<</Size 1/Encrypt 4 0 R>>\nstartxref\n9\n%%EOF\n");
        QByteArray many = "%PDF-1.6\nxref\n0 400000\n" + QByteArray("0 0 f ").repeated(400'000);
        for (int i = 0; i < 5; ++i)
            many += "0 400000\n" + QByteArray("0 0 f ").repeated(400'000);
        QTest::newRow("millions of entries") << many + "trailer<</Size 1>>\nstartxref\n9\n%%EOF\n";
        QTest::newRow("no size") << QByteArray("%PDF-1.6\nxref\n0 0\ntrailer<<>>\nstartxref\n9\n%%EOF\n");
        QTest::newRow("a huge size") << QByteArray(
            "%PDF-1.6\nxref\n0 0\ntrailer<</Size 999999999>>\nstartxref\n9\n%%EOF\n");
    }

    void hostileFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto file = PdfFile::read(bytes);
        QVERIFY(!file);
        QVERIFY(!file.error().message.ja.isEmpty() && !file.error().message.en.isEmpty());
    }

    void hostileObjectsAreRefused()
    {
        // Pages that contain themselves, a length that leads to itself or past the end, a stream as a length.
        QVERIFY(!PdfFile::read(made::pdf({"<</Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]>>"}))->pages());
        const auto file = *PdfFile::read(
            made::pdf({"<</Length 1 0 R>>\nstream\nx\nendstream", "<</Length 99999>>\nstream\nx\nendstream",
                       "<</Length 4 0 R>>\nstream\nx\nendstream", "<</Length 3 0 R>>\nstream\nx\nendstream",
                       "<</Length -1>>\nstream\nx\nendstream", "<</Length 1>>\nstream\nx\nendstream"}));
        for (int number = 1; number <= 5; ++number)
            QVERIFY2(!file.object(number), qPrintable(QString::number(number)));
        QVERIFY(file.object(6).has_value());
        QVERIFY(!file.object(0) && !file.object(7) && !file.object(-1));
        QVERIFY(!file.catalog() || !file.pages());
    }

    void aBombIsNotInflated()
    {
        const QByteArray bomb = qCompress(QByteArray(80 * 1024 * 1024, '\0'), 9).sliced(4);
        const auto file =
            *PdfFile::read(made::pdf({"<</Filter/FlateDecode/Length " + QByteArray::number(bomb.size())
                                      + ">>\nstream\n" + bomb + "\nendstream"}));
        QVERIFY(!file.content(*file.object(1)));
    }

    void manySmallBombsAreNotInflated()
    {
        const QByteArray bomb = qCompress(QByteArray(60 * 1024 * 1024, '\0'), 9).sliced(4);
        QByteArray names = "<</Names[";
        for (int i = 0; i < 20; ++i)
            names += "(f" + QByteArray::number(i) + ")<</EF<</F 3 0 R>>>>";
        const auto file =
            *PdfFile::read(made::pdf({"<</Names<</EmbeddedFiles 2 0 R>>>>", names + "]>>",
                                      "<</Filter/FlateDecode/Length " + QByteArray::number(bomb.size())
                                          + ">>\nstream\n" + bomb + "\nendstream"}));
        QCOMPARE(int(file.fileNames()->size()), 20);
        const auto files = file.attachments();
        QVERIFY(!files && files.error().message.en.contains(QStringLiteral("too large")));
    }

    void noFlippedByteCrashes()
    {
        const QByteArray good = made::body();
        QRandomGenerator random(7);
        int readable = 0;
        for (int i = 0; i < 3000; ++i) {
            QByteArray bytes = good;
            for (int flips = 0; flips < 1 + i % 4; ++flips)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            if (i % 7 == 0)
                bytes.truncate(random.bounded(int(bytes.size())));
            const auto container = readContainer(bytes);
            readable += container.has_value();
        }
        QVERIFY(readable > 100);
    }

    void statesOfAFileAreFound()
    {
        const QByteArray one = made::page("x");
        PdfUpdate update(*PdfFile::read(one));
        update.add(PdfValue::number(1));
        const QByteArray two = update.save();
        QCOMPARE(pdfRevisions(two), (std::vector<qsizetype>{two.size(), one.size()}));
        QCOMPARE(PdfFile::read(two, one.size())->bytes(), one);
        QVERIFY(pdfRevisions("nothing").empty());
    }
};

QTEST_APPLESS_MAIN(TestPdfFile)
#include "tst_pdffile.moc"
