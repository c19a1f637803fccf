// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/paper.h>
#include <document/pdfrepair.h>

#include <QTest>
#include <QTimeZone>

using namespace tenken;

class TestPdfRepair : public QObject
{
    Q_OBJECT
private slots:
    void codePoints_data();
    void codePoints();
    void mapsAreRepairedInPlace();
    void glyphCodesStay();
    void datesAreOverwrittenInPlace();
    void links_data();
    void links();
};

void TestPdfRepair::codePoints_data()
{
    QTest::addColumn<uint>("from");
    QTest::addColumn<uint>("to");
    QTest::newRow("radical sun is 日") << 0x2F47u << 0x65E5u;
    QTest::newRow("radical use is 用") << 0x2F64u << 0x7528u;
    QTest::newRow("radical moon is 月") << 0x2F49u << 0x6708u;
    QTest::newRow("compatibility ideograph") << 0xF9D1u << 0x516Du;
    QTest::newRow("tab is a space") << 0x09u << 0x20u;
    QTest::newRow("日 stays") << 0x65E5u << 0x65E5u;
    QTest::newRow("a digit stays") << 0x37u << 0x37u;
}

void TestPdfRepair::codePoints()
{
    QFETCH(uint, from);
    QFETCH(uint, to);
    QCOMPARE(uint(readableCodePoint(from)), to);
}

void TestPdfRepair::mapsAreRepairedInPlace()
{
    QByteArray pdf = "begincmap\n1 beginbfchar\n<0001> <2F47>\n<0002> <0009>\nendbfchar\nendcmap\n";
    const qsizetype size = pdf.size();
    QCOMPARE(repairTextLayer(pdf), 2);
    QCOMPARE(pdf.size(), size);
    QVERIFY(pdf.contains("<0001> <65E5>"));
    QVERIFY(pdf.contains("<0002> <0020>"));
}

void TestPdfRepair::glyphCodesStay()
{
    // The first of a pair is a glyph's number and may look like a radical.
    QByteArray pdf = "begincmap\n1 beginbfchar\n<2F47> <0041>\nendbfchar\nendcmap\n<2F47> <2F47>";
    QCOMPARE(repairTextLayer(pdf), 0);
    QVERIFY(pdf.endsWith("<2F47> <2F47>"));
}

void TestPdfRepair::datesAreOverwrittenInPlace()
{
    QByteArray pdf = "/CreationDate (D:20261122101112Z)\n/ModDate (D:20261122101112Z)";
    const qsizetype size = pdf.size();
    setDates(pdf, QDateTime(QDate(2026, 11, 20), QTime(9, 12), QTimeZone::UTC));
    QCOMPARE(pdf.size(), size);
    QCOMPARE(pdf.count("D:20261120091200Z"), 2);
}

void TestPdfRepair::links_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("safe");
    QTest::newRow("plain") << "https://wiki.example.com/a#b" << "https://wiki.example.com/a#b";
    QTest::newRow("PDF syntax is encoded") << "https://e.com/x)/S/Launch/F(calc.exe" << "https://e.com/x%29/S/Launch/F%28calc.exe";
    QTest::newRow("a space makes it no link") << "https://e.com/x) /S /Launch" << "";
    QTest::newRow("script") << "javascript:alert(1)" << "";
    QTest::newRow("file") << "file:///etc/passwd" << "";
    QTest::newRow("credentials") << "https://user:secret@e.com/" << "";
    QTest::newRow("Japanese") << "https://e.com/手順" << "https://e.com/%E6%89%8B%E9%A0%86";
    QTest::newRow("no host") << "https:///x" << "";
    QTest::newRow("nothing") << "" << "";
}

void TestPdfRepair::links()
{
    QFETCH(QString, url);
    QFETCH(QString, safe);
    QCOMPARE(safeLink(url), safe);
}

QTEST_APPLESS_MAIN(TestPdfRepair)
#include "tst_pdfrepair.moc"
