// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/sourceedit.h>
#include <parts/sourceview.h>
#include <parts/style.h>

#include "parts/sheet.h"

#include <QScrollBar>
#include <QTest>

using namespace tenken;

namespace {

QByteArray lines(int count)
{
    QByteArray text;
    for (int i = 1; i <= count; ++i)
        text += "key" + QByteArray::number(i) + ": " + QByteArray::number(i) + "\n";
    return text;
}

SourceHighlight fail(int from, int to = 0) { return {{from, 1, to ? to : from, 9}, Verdict::Fail, QStringLiteral("30 s < 45 s")}; }
SourceHighlight share(int from, int to = 0) { return {{from, 1, to ? to : from, 9}, Verdict::NotApplicable, QStringLiteral("+20 s")}; }

} // namespace

class TestSourceView : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void foldsBetweenMarks_data();
    void foldsBetweenMarks();
    void marksAreSeen();
    void markSitsInTheUpperThird();
    void clickUnfolds();
    void bigFileIsWindowed();
    void oddFiles_data();
    void oddFiles();
    void linesAreEvenlyHigh();
    void lettersStayWithTheWindow();
    void contradiction_data();
    void contradiction();
    void followsThePalette();
};

void TestSourceView::foldsBetweenMarks_data()
{
    QTest::addColumn<QList<int>>("marks");
    QTest::addColumn<QStringList>("folds");
    QTest::newRow("as in the design") << QList<int>{41, 41, 57, 59} << QStringList{"46–55"};
    QTest::newRow("near: nothing to fold") << QList<int>{41, 41, 50, 50} << QStringList{};
    QTest::newRow("just enough") << QList<int>{10, 10, 20, 20} << QStringList{"15–18"};
    QTest::newRow("the contributing line comes first") << QList<int>{57, 57, 41, 41} << QStringList{"46–55"};
    QTest::newRow("one inside another") << QList<int>{10, 60, 30, 30, 90, 90} << QStringList{"65–88"};
    QTest::newRow("none") << QList<int>{} << QStringList{};
}

void TestSourceView::foldsBetweenMarks()
{
    QFETCH(QList<int>, marks);
    QFETCH(QStringList, folds);
    std::vector<SourceHighlight> highlights;
    for (qsizetype i = 0; i < marks.size(); i += 2)
        highlights.push_back(i == 0 ? fail(marks[0], marks[1]) : share(marks[i], marks[i + 1]));
    SourceView view;
    view.resize(600, 400);
    view.showSource(QStringLiteral("deploy.yaml"), lines(120), {}, highlights);
    QCOMPARE(view.foldedRanges(), folds);
    view.unfoldAll();
    QCOMPARE(view.foldedRanges(), QStringList());
}

void TestSourceView::marksAreSeen()
{
    const Colours &c = lightColours();
    SourceView view;
    view.resize(600, 480);
    view.showSource(QStringLiteral("deploy.yaml"), lines(120), QByteArray(64, 'a'), {fail(41), share(57, 59)});
    view.show();
    const QImage image = view.grab().toImage();
    for (const QColor &colour : {c.markFail, c.fail.mark, c.markNeutral, c.warn.mark, c.fail.fill, c.keyword})
        QVERIFY2(hasColour(image, colour), qPrintable(colour.name()));
    view.showSource(QStringLiteral("deploy.yaml"), lines(120), {}, {});
    const QImage plain = view.grab().toImage();
    QVERIFY(!hasColour(plain, c.markFail));
    QVERIFY(!hasColour(plain, c.markNeutral));
}

void TestSourceView::markSitsInTheUpperThird()
{
    SourceView view;
    view.resize(600, 480);
    view.show();
    for (const int line : {41, 200, 700}) {
        view.showSource(QStringLiteral("deploy.yaml"), lines(1000), {}, {fail(line)});
        const int above = line - view.topLine();
        QVERIFY2(above >= 2 && above <= 8, qPrintable(QString::number(above)));
    }
    view.showSource(QStringLiteral("deploy.yaml"), lines(1000), {}, {fail(2)});
    QCOMPARE(view.topLine(), 1);
    view.resize(600, 900); // the mark keeps its place until somebody scrolls
    view.showSource(QStringLiteral("deploy.yaml"), lines(1000), {}, {fail(500)});
    view.resize(600, 300);
    const int above = 500 - view.topLine();
    QVERIFY2(above >= 1 && above <= 5, qPrintable(QString::number(above)));
}

void TestSourceView::clickUnfolds()
{
    SourceView view;
    view.resize(600, 480);
    view.show();
    view.showSource(QStringLiteral("deploy.yaml"), lines(120), {}, {fail(41), share(57)});
    auto *edit = view.findChild<SourceEdit *>();
    const QTextBlock row = edit->document()->findBlockByNumber(45);
    QVERIFY(row.isVisible());
    QVERIFY(!row.next().isVisible());
    QTextCursor cursor(row);
    const QPoint at = edit->cursorRect(cursor).center();
    QTest::mouseClick(edit->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(view.foldedRanges().isEmpty());
    QVERIFY(row.next().isVisible());
    // Asking for a hidden line opens what hides it.
    view.showSource(QStringLiteral("deploy.yaml"), lines(120), {}, {fail(41), share(57)});
    view.scrollToLine(50);
    QVERIFY(view.foldedRanges().isEmpty());
}

void TestSourceView::bigFileIsWindowed()
{
    SourceView view;
    view.resize(600, 480);
    view.show();
    QElapsedTimer timer;
    timer.start();
    view.showSource(QStringLiteral("all.yaml"), lines(200'000), {}, {fail(100'000)});
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(view.firstShownLine(), 98'000);
    QCOMPARE(view.findChild<SourceEdit *>()->document()->blockCount(), 4'001);
    QVERIFY(std::abs(100'000 - view.topLine()) < 10);
    view.showSource(QStringLiteral("all.yaml"), lines(200'000), {}, {fail(199'999)});
    QCOMPARE(view.firstShownLine(), 196'000);
    view.showSource(QStringLiteral("all.yaml"), lines(4'001), {}, {fail(4'000)});
    QCOMPARE(view.firstShownLine(), 1); // small enough to be whole
}

void TestSourceView::oddFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("blocks");
    QTest::newRow("empty") << QByteArray() << 1;
    QTest::newRow("no last line end") << QByteArray("a: 1\nb: 2") << 2;
    QTest::newRow("CRLF") << QByteArray("a: 1\r\nb: 2\r\n") << 2;
    QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF" "a: 1\n") << 1;
    QTest::newRow("not UTF-8") << QByteArray("a: \xFF\xFE\n") << 1;
    QTest::newRow("one line of 5 MB") << QByteArray(5'000'000, 'x') << 1;
}

void TestSourceView::oddFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(int, blocks);
    SourceView view;
    view.resize(600, 300);
    view.show();
    view.showSource(QStringLiteral("odd.yaml"), text, {}, {fail(41)}); // a mark past the end of the file
    QCOMPARE(view.findChild<SourceEdit *>()->document()->blockCount(), blocks);
    QVERIFY(view.findChild<SourceEdit *>()->document()->characterCount() < 10'000);
    view.grab();
    view.clear();
    QVERIFY(view.path().isEmpty());
}

void TestSourceView::linesAreEvenlyHigh()
{
    SourceView view;
    view.resize(600, 300);
    view.show();
    view.showSource(QStringLiteral("a.yaml"), "a: 1\n# 認証は 250m で 120 req/s\nb: 2\nc: 3\n", {}, {});
    auto *edit = view.findChild<SourceEdit *>();
    const auto top = [&](int block) { return edit->cursorRect(QTextCursor(edit->document()->findBlockByNumber(block))).center().y(); };
    QVERIFY(std::abs((top(1) - top(0)) - (top(2) - top(1))) <= 3);
    QCOMPARE(top(3) - top(2), 20);
}

void TestSourceView::lettersStayWithTheWindow()
{
    SourceView view;
    view.resize(600, 300);
    view.show();
    view.showSource(QStringLiteral("a.yaml"), lines(10), {}, {});
    auto *edit = view.findChild<SourceEdit *>();
    QKeyEvent letter(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"));
    QApplication::sendEvent(edit, &letter);
    QVERIFY(!letter.isAccepted());
    QVERIFY(!edit->testAttribute(Qt::WA_InputMethodEnabled));
}

void TestSourceView::contradiction_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("shown");
    QTest::newRow("at least") << "≥ 45 s" << int(Verdict::Fail) << "30 s < 45 s";
    QTest::newRow("at most") << "≤ 20 s" << int(Verdict::Fail) << "30 s > 20 s";
    QTest::newRow("more than") << "> 30 s" << int(Verdict::Fail) << "30 s ≤ 30 s";
    QTest::newRow("less than") << "< 30 s" << int(Verdict::Fail) << "30 s ≥ 30 s";
    QTest::newRow("pass contradicts nothing") << "≥ 20 s" << int(Verdict::Pass) << "30 s";
    QTest::newRow("words") << "設定" << int(Verdict::Fail) << "30 s";
}

void TestSourceView::contradiction()
{
    QFETCH(QString, wanted);
    QFETCH(int, verdict);
    QFETCH(QString, shown);
    Finding finding;
    finding.verdict = Verdict(verdict);
    finding.measured = sameText(QStringLiteral("30 s"));
    finding.wanted = sameText(wanted);
    finding.comparison = Comparison{30, 45, Comparison::Relation::AtLeast, QStringLiteral("s")};
    QCOMPARE(shortComparison(finding, Lang::Ja), shown);
    finding.file = QStringLiteral("a.yaml");
    finding.span = {3, 1, 3, 5};
    finding.marks = {{QStringLiteral("a.yaml"), {9, 1, 9, 5}, sameText("+20 s")}, {QStringLiteral("b.yaml"), {1, 1, 1, 2}, {}}};
    const auto marks = highlightsOf(finding, Lang::En);
    QCOMPARE(marks.size(), size_t(2)); // the one in another file is not of this view
    QCOMPARE(marks[0].note, shown);
    QCOMPARE(marks[1].verdict, Verdict::NotApplicable);
}

void TestSourceView::followsThePalette()
{
    SourceView view;
    view.resize(500, 300);
    view.showSource(QStringLiteral("a.yaml"), lines(40), QByteArray(64, '0'), {fail(10)});
    view.show();
    view.setPalette(paletteFor(darkColours()));
    const QImage dark = view.grab().toImage();
    QVERIFY(hasColour(dark, darkColours().markFail));
    QVERIFY(hasColour(dark, darkColours().base));
    QVERIFY(!hasColour(dark, lightColours().base));
    QVERIFY(hasColour(dark, darkColours().keyword));
}

QTEST_MAIN(TestSourceView)
#include "tst_sourceview.moc"
