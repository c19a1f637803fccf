// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/badge.h>
#include <parts/comparison.h>
#include <parts/charts.h>
#include <parts/type.h>

#include "parts/samples.h"
#include "parts/sheet.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace tenken;

/// Every part once, in both schemes and languages. With TENKEN_GALLERY=<folder> the pictures are kept for looking;
/// always they are checked for not being blank.
class Gallery : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenFont(); }
    void badges();
    void pictures_data();
    void pictures();

private:
    void keep(const QImage &image, const Colours &colours, const QString &name);
};

void Gallery::keep(const QImage &image, const Colours &colours, const QString &name)
{
    QVERIFY2(inkedPixels(image, colours.base) > 200, qPrintable(name));
    const QString folder = qEnvironmentVariable("TENKEN_GALLERY");
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
}

void Gallery::badges()
{
    const QStringList ja{"合格", "注意", "不合格", "不明", "対象外", "申告", "差し戻し", "免除", "質問", "要再確認", "未回答", "未実施"};
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        const QImage image = sheet({560, 420}, *c, [&](QPainter &p, const QRectF &) {
            for (int i = 0; i < ja.size(); ++i) {
                const Glyph g = Glyph(i);
                const qreal y = 10 + i * 28;
                p.setFont(unitFontFor(Type::CaptionBold));
                drawBadge(p, {10, y, 100, 20}, g, ja[i], *c);
                drawGlyph(p, {130, y + 3, 14, 14}, g, *c);
                drawGlyph(p, {160, y + 1, 18, 18}, g, *c);
                drawGlyph(p, {200, y - 3, 26, 26}, g, *c);
                p.setFont(unitFontFor(Type::CaptionBold, 1.8));
                drawBadge(p, {250, y - 8, 100, 36}, g, i % 2 ? QString() : ja[i], *c);
                if (i < 3)
                    drawGlyph(p, {440, 10 + i * 64.0, 56, 56}, g, *c);
            }
            SectionCount n;
            n.pass = 10, n.warn = 1, n.fail = 3, n.unknown = 2, n.notApplicable = 1;
            drawSegments(p, {10, 356, 96, 8}, n, *c);
            drawSegments(p, {130, 352, 300, 16}, n, *c);
            drawComparison(p, {10, 380, 112, 20}, {30, 45, Comparison::Relation::AtLeast, "s"}, Verdict::Fail, *c);
            drawComparison(p, {140, 380, 112, 20}, {30, 120, Comparison::Relation::AtMost, "s"}, Verdict::Pass, *c);
            drawComparison(p, {270, 380, 112, 20}, {20, 8, Comparison::Relation::AtLeast, "s"}, Verdict::Warn, *c);
        }, 2);
        keep(image, *c, QStringLiteral("badges-") + (c->dark ? "dark" : "light"));
    }
}

void Gallery::pictures_data()
{
    QTest::addColumn<std::shared_ptr<Picture>>("picture");
    QTest::addColumn<QSize>("size");
    const auto row = [](const char *name, Picture picture, QSize size) {
        QTest::newRow(name) << std::make_shared<Picture>(std::move(picture)) << size;
    };
    row("timeline", samples::stop(), {592, 0});
    row("timeline-narrow", samples::stop(), {420, 0});
    row("rollout", samples::rollout(), {592, 0});
    row("zoneloss", samples::zones(), {592, 0});
    row("knee", samples::loadTest(), {904, 0});
    row("capacity", samples::capacity(), {632, 0});
    row("scaling", samples::scaling(), {632, 0});
    row("series", samples::series(), {592, 0});
}

void Gallery::pictures()
{
    QFETCH(std::shared_ptr<Picture>, picture);
    QFETCH(QSize, size);
    for (const Colours *c : {&lightColours(), &darkColours()})
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            const PictureStyle style{c, lang, 1, {}};
            const int height = int(pictureHeight(*picture, size.width(), style));
            const QImage image = sheet({size.width() + 32, height + 32}, *c, [&](QPainter &p, const QRectF &box) {
                drawPicture(p, box.adjusted(16, 16, -16, -16), *picture, style);
            }, 1.5);
            keep(image, *c, QString::fromLatin1(QTest::currentDataTag()) + (c->dark ? "-dark" : "-light")
                     + (lang == Lang::Ja ? "-ja" : "-en"));
        }
}

QTEST_MAIN(Gallery)
#include "tst_gallery.moc"
