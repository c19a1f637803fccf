// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/colours.h>

#include <QTest>

using namespace tenken;

class TestColours : public QObject
{
    Q_OBJECT
private slots:
    void textReads_data();
    void textReads();
    void marksShow_data();
    void marksShow();
    void ratiosOfTheDesign();
    void paletteFollowsTheScheme_data();
    void paletteFollowsTheScheme();
    void everythingIsOpaque();
    void inkOnBars();
};

namespace {

struct Named {
    const char *name;
    const Colours *colours;
};
const Named schemes[] = {{"light", &lightColours()}, {"dark", &darkColours()}};

} // namespace

void TestColours::textReads_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    for (const auto &[scheme, c] : schemes) {
        const auto row = [&](const char *what, const QColor &ink, const QColor &ground) {
            QTest::addRow("%s: %s %s on %s", scheme, what, qPrintable(ink.name()), qPrintable(ground.name()))
                << ink << ground;
        };
        for (const QColor &ground : {c->base, c->window, c->selection, c->alt}) {
            row("text", c->text, ground);
            row("text-2", c->text2, ground);
            row("text-3", c->text3, ground);
            row("accent", c->accent, ground);
        }
        for (const ToneColours *tone : {&c->pass, &c->warn, &c->fail, &c->unknown}) {
            row("verdict", tone->text, c->base);
            row("verdict", tone->text, tone->tint);
            row("on fill", tone->onFill, tone->fill);
        }
        row("n/a", c->notApplicable.text, c->base);
        row("marked", c->text, c->markNeutral);
        row("marked", c->text, c->markFail);
        row("marked", c->text2, c->markNeutral);
        row("on accent", c->onAccent, c->accent);
        for (const QColor &code : {c->keyword, c->string, c->number, c->comment}) {
            row("code", code, c->base);
            row("code", code, c->markNeutral);
            row("code", code, c->markFail);
        }
        row("p99", c->p99, c->base);
        row("p95", c->p95, c->base);
    }
}

void TestColours::textReads()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(QString::number(contrast(ink, ground))));
}

void TestColours::marksShow_data()
{
    QTest::addColumn<QColor>("mark");
    QTest::addColumn<QColor>("ground");
    for (const auto &[scheme, c] : schemes) {
        const auto row = [&](const char *what, const QColor &mark) {
            QTest::addRow("%s: %s", scheme, what) << mark << c->base;
        };
        row("pass", c->pass.mark);
        row("warn", c->warn.mark);
        row("fail", c->fail.mark);
        row("unknown", c->unknown.mark);
        row("border", c->border);
        row("axis", c->axis);
        row("p50", c->p50);
        row("p95", c->p95);
        row("p99", c->p99);
        row("reference", c->reference);
    }
}

void TestColours::marksShow()
{
    QFETCH(QColor, mark);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(mark, ground) >= 3, qPrintable(QString::number(contrast(mark, ground))));
}

/// The figures that resources/design.md prints, to a tenth.
void TestColours::ratiosOfTheDesign()
{
    const auto is = [](const QColor &a, const QColor &b, double ratio) {
        return std::abs(contrast(a, b) - ratio) < 0.06;
    };
    const Colours &l = lightColours(), &d = darkColours();
    QVERIFY(is(l.text, l.base, 16.8) && is(l.text, l.window, 15.2) && is(l.text, l.selection, 13.9));
    QVERIFY(is(l.text3, l.base, 5.7) && is(l.accent, l.base, 8.6) && is(l.fail.onFill, l.fail.fill, 6.7));
    QVERIFY(is(l.pass.text, l.pass.tint, 5.9) && is(l.warn.text, l.warn.tint, 6.3) && is(l.unknown.text, l.unknown.tint, 6.5));
    QVERIFY(is(d.text, d.base, 13.8) && is(d.text, d.window, 14.9) && is(d.text, d.selection, 10.4));
    QVERIFY(is(d.text3, d.base, 6.3) && is(d.accent, d.base, 8.3) && is(d.fail.onFill, d.fail.fill, 7.6));
    QVERIFY(is(d.pass.text, d.pass.tint, 7.2) && is(d.warn.text, d.warn.tint, 8.0) && is(d.unknown.text, d.unknown.tint, 7.1));
}

void TestColours::paletteFollowsTheScheme_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestColours::paletteFollowsTheScheme()
{
    QFETCH(bool, dark);
    const Colours &c = dark ? darkColours() : lightColours();
    const QPalette palette = paletteFor(c);
    QCOMPARE(&coloursFor(palette), &c);
    QCOMPARE(c.dark, dark);
    QCOMPARE(palette.color(QPalette::Window), c.window);
    QCOMPARE(palette.color(QPalette::HighlightedText), c.text);
    QCOMPARE(palette.color(QPalette::Highlight), c.selection);
    QCOMPARE(palette.color(QPalette::Accent), c.accent);
    QVERIFY(contrast(palette.color(QPalette::Disabled, QPalette::Text), c.base) >= 4.5);
}

void TestColours::everythingIsOpaque()
{
    for (const auto &[scheme, c] : schemes) {
        for (const QColor &colour :
             {c->window, c->base, c->alt, c->sunken, c->line, c->border, c->text, c->text2, c->text3, c->accent,
              c->onAccent, c->selection, c->markNeutral, c->markFail, c->keyword, c->string, c->number, c->comment,
              c->grid, c->axis, c->p50, c->p95, c->p99, c->reference, c->beyond, c->confidenceBand, c->barNeutral,
              c->barLight, c->barStrong, c->barDeep}) {
            QVERIFY2(colour.isValid(), scheme);
            QCOMPARE(colour.alpha(), 255);
        }
        for (const ToneColours *t :
             {&c->pass, &c->warn, &c->fail, &c->unknown, &c->notApplicable, &c->ask, &c->open})
            for (const QColor &colour : {t->text, t->tint, t->mark, t->fill, t->onFill})
                QCOMPARE(colour.isValid() ? colour.alpha() : 0, 255);
    }
}

void TestColours::inkOnBars()
{
    for (const auto &[scheme, c] : schemes)
        for (const QColor &bar : {c->barNeutral, c->barLight, c->barStrong, c->barDeep, c->fail.fill})
            QVERIFY2(contrast(inkOn(bar, *c), bar) >= 4.5,
                     qPrintable(QStringLiteral("%1 %2: %3").arg(scheme, bar.name()).arg(contrast(inkOn(bar, *c), bar))));
}

QTEST_APPLESS_MAIN(TestColours)
#include "tst_colours.moc"
