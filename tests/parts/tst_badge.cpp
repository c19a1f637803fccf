// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/comparison.h>
#include <parts/type.h>

#include "parts/sheet.h"

#include <QTest>

using namespace tenken;

class TestBadge : public QObject
{
    Q_OBJECT
private slots:
    void sizes();
    void sizeGrowsWithTheFont();
    void everyGlyphShows_data();
    void everyGlyphShows();
    void failAloneIsFilled();
    void everyAnswerHasAGlyph();
    void segments_data();
    void segments();
    void hatchStaysInside();
    void comparison();
    void comparisonOfNothing();
    void typeScale();
};

void TestBadge::sizes()
{
    const QFont font = unitFontFor(Type::CaptionBold);
    const QSizeF word = badgeSize(font, QStringLiteral("不合格"));
    QCOMPARE(word.height(), 20.0);
    QCOMPARE(badgeSize(font, {}), QSizeF(24, 20)); // 6 + 12 + 6
    QVERIFY(word.width() > 24 + 4 + 30);
    QVERIFY(word.width() < 24 + 4 + 40);
    // A caption in points at 96 dpi is the same badge.
    QCOMPARE(badgeSize(fontFor(Type::CaptionBold, 10.5), {}), QSizeF(24, 20));
}

void TestBadge::sizeGrowsWithTheFont()
{
    const QSizeF small = badgeSize(unitFontFor(Type::CaptionBold), QStringLiteral("Fail"));
    const QSizeF great = badgeSize(unitFontFor(Type::CaptionBold, 2), QStringLiteral("Fail"));
    QCOMPARE(great.height(), 2 * small.height());
    QVERIFY(std::abs(great.width() - 2 * small.width()) <= 4);
}

void TestBadge::everyGlyphShows_data()
{
    QTest::addColumn<int>("glyph");
    QTest::addColumn<int>("side");
    for (int g = int(Glyph::Pass); g <= int(Glyph::NotYet); ++g)
        for (const int side : {11, 12, 16, 56})
            QTest::addRow("glyph %d at %d", g, side) << g << side;
}

void TestBadge::everyGlyphShows()
{
    QFETCH(int, glyph);
    QFETCH(int, side);
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        const QImage image = sheet({side + 8, side + 8}, *c, [&](QPainter &p, const QRectF &box) {
            drawGlyph(p, box.adjusted(4, 4, -4, -4), Glyph(glyph), *c);
        });
        QVERIFY(inkedPixels(image, c->base) >= side);
        // Nothing leaves its box by more than a softened edge.
        for (int i = 0; i < side + 8; ++i)
            for (const int edge : {0, 1, side + 6, side + 7}) {
                QCOMPARE(image.pixel(i, edge), c->base.rgb());
                QCOMPARE(image.pixel(edge, i), c->base.rgb());
            }
    }
}

void TestBadge::failAloneIsFilled()
{
    const Colours &c = lightColours();
    const auto filledShare = [&](Glyph g) {
        const QImage image = sheet({60, 20}, c, [&](QPainter &p, const QRectF &box) {
            p.setFont(unitFontFor(Type::CaptionBold));
            drawBadge(p, box, g, QStringLiteral("Word"), c);
        });
        const QRgb strong = toneOf(g, c).fill.rgb();
        int n = 0;
        for (int x = 0; x < 60; ++x)
            n += image.pixel(x, 2) == strong;
        return n;
    };
    QVERIFY(filledShare(Glyph::Fail) > 40);
    for (const Glyph g : {Glyph::Pass, Glyph::Warn, Glyph::Unknown, Glyph::Attested, Glyph::Reject, Glyph::Ask})
        QVERIFY(filledShare(g) < 10);
}

void TestBadge::everyAnswerHasAGlyph()
{
    QCOMPARE(glyphOf(Verdict::Fail), Glyph::Fail);
    QCOMPARE(glyphOf(Verdict::Unknown), Glyph::Unknown);
    QCOMPARE(glyphOf(TeamAnswer::NotYet), Glyph::NotYet);
    QCOMPARE(glyphOf(ReviewAnswer::Accept), Glyph::Pass);
    QCOMPARE(glyphOf(ReviewAnswer::Waive), Glyph::Waive);
    QCOMPARE(glyphOf(Standing::Unanswered), Glyph::Open);
    QCOMPARE(glyphOf(Decision::ConditionalGo), Glyph::Warn);
    for (int s = int(Standing::Pass); s <= int(Standing::Waived); ++s) {
        QVERIFY(!label(Standing(s)).ja.isEmpty());
        QVERIFY(!label(Standing(s)).en.isEmpty());
    }
}

void TestBadge::segments_data()
{
    QTest::addColumn<QList<int>>("counts"); // pass, warn, fail, unknown, n/a
    QTest::addColumn<QList<bool>>("shown");
    QTest::newRow("all") << QList<int>{31, 8, 7, 5, 1} << QList<bool>{true, true, true, true, true};
    QTest::newRow("one of a thousand") << QList<int>{999, 0, 1, 0, 0} << QList<bool>{true, false, true, false, false};
    QTest::newRow("nothing") << QList<int>{0, 0, 0, 0, 0} << QList<bool>{false, false, false, false, false};
    QTest::newRow("only fails") << QList<int>{0, 0, 3, 0, 0} << QList<bool>{false, false, true, false, false};
}

void TestBadge::segments()
{
    QFETCH(QList<int>, counts);
    QFETCH(QList<bool>, shown);
    const Colours &c = lightColours();
    SectionCount n;
    n.pass = counts[0], n.warn = counts[1], n.fail = counts[2], n.unknown = counts[3], n.notApplicable = counts[4];
    const QImage image = sheet({96, 8}, c, [&](QPainter &p, const QRectF &box) { drawSegments(p, box, n, c); });
    const QColor marks[] = {c.pass.mark, c.warn.mark, c.fail.mark, c.unknown.mark, c.notApplicable.mark};
    for (int i = 0; i < 5; ++i) {
        int width = 0;
        for (int x = 0; x < 96; ++x) {
            bool here = false;
            for (int y = 0; y < 8; ++y)
                here |= image.pixel(x, y) == marks[i].rgb();
            width += here;
        }
        QCOMPARE(width > 0, shown[i]);
        if (shown[i] && i != 3)
            QVERIFY2(width >= 3, qPrintable(QString::number(width))); // 4 px less softened edges
    }
    if (n.total() == 0)
        QVERIFY(hasColour(image, c.sunken)); // an empty track, not nothing
}

void TestBadge::hatchStaysInside()
{
    const Colours &c = lightColours();
    const QImage image = sheet({60, 30}, c, [&](QPainter &p, const QRectF &) {
        drawHatch(p, QRectF(10, 10, 40, 10), c.fail.mark);
        drawHatch(p, QRectF(10, 10, 0, 10), c.fail.mark);  // empty: nothing
        drawHatch(p, QRectF(10, 10, 40, 10), c.fail.mark, 0); // would never end
    });
    QVERIFY(inkedPixels(image.copy(10, 10, 40, 10), c.base) > 50);
    QCOMPARE(inkedPixels(image, c.base), inkedPixels(image.copy(10, 10, 40, 10), c.base));
}

void TestBadge::comparison()
{
    const Colours &c = lightColours();
    Comparison grace{30, 45, Comparison::Relation::AtLeast, QStringLiteral("s")};
    QCOMPARE(comparisonEnd(grace), 60.0);
    const QImage image = sheet({120, 20}, c, [&](QPainter &p, const QRectF &box) {
        drawComparison(p, box, grace, Verdict::Fail, c);
    });
    QCOMPARE(image.pixel(30, 10), c.fail.mark.rgb());   // 30 of 60
    QCOMPARE(image.pixel(58, 10), c.fail.mark.rgb());
    QCOMPARE(image.pixel(70, 10), c.sunken.rgb());      // the track
    QCOMPARE(image.pixel(90, 4), c.text.rgb());         // the tick at 45
    QCOMPARE(image.pixel(70, 4), c.base.rgb());
}

void TestBadge::comparisonOfNothing()
{
    QCOMPARE(comparisonEnd({0, 0, Comparison::Relation::Equal, {}}), 1.0);
    QCOMPARE(comparisonEnd({-3, -1, Comparison::Relation::AtMost, {}}), 1.0);
    const Colours &c = lightColours();
    const QImage image = sheet({120, 20}, c, [&](QPainter &p, const QRectF &box) {
        drawComparison(p, box, {qQNaN(), 1, Comparison::Relation::AtMost, {}}, Verdict::Unknown, c);
        drawComparison(p, {}, {1, 1, Comparison::Relation::AtMost, {}}, Verdict::Pass, c);
    });
    QCOMPARE(inkedPixels(image, c.base), 0);
}

void TestBadge::typeScale()
{
    QCOMPARE(unitsOf(Type::Body), 14.0);
    QCOMPARE(unitsOf(Type::Caption), 12.0);
    QCOMPARE(unitFontFor(Type::Decision).pixelSize(), 40);
    QCOMPARE(unitFontFor(Type::Title, 2).pixelSize(), 32);
    QCOMPARE(fontFor(Type::KeyFigure, 10.5).pointSizeF(), 21.0);
    QVERIFY(fontFor(Type::Body).pointSizeF() >= 10.5);
    QCOMPARE(fontFor(Type::Code).families().first(), QStringLiteral("JetBrains Mono"));
    QCOMPARE(unitFontFor(Type::Body, 1, {QStringLiteral("VL Gothic")}).families().first(), QStringLiteral("VL Gothic"));
    QVERIFY(!fontFor(Type::Question).italic());
}

QTEST_MAIN(TestBadge)
#include "tst_badge.moc"
