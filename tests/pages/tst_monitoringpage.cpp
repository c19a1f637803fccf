// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/coveragewords.h>
#include <pages/coveragematrix.h>
#include <pages/label.h>
#include <pages/missingevidence.h>
#include <pages/monitordetails.h>
#include <pages/monitoringpage.h>
#include <pages/subtractionstrip.h>
#include <parts/chip.h>
#include <parts/pictureview.h>
#include <parts/sourceview.h>
#include <parts/style.h>
#include <review/session.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace tenken;
using namespace Qt::StringLiterals;

/// The page about monitors, as a person walks it.
class TestMonitoringPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void demoTellsItsStory();
    void stepsFilter();
    void keysWalkTheMatrix();
    void messagesByTab();
    void chartAndSource();
    void choiceOutlivesAReading();
    void itemsAreALinkAway();
    void aPersonsWordIsKept();
    void ambiguousFilesAreAskedOnce();
    void emptyStates_data();
    void emptyStates();
    void manyMonitorsDoNotFreeze();
    void everythingHasAName();
    void gallery();

private:
    QString copyOfDemo(const QString &name);
    std::unique_ptr<Session> open(const QString &folder);
    std::unique_ptr<MonitoringPage> pageOf(Session &session, Lang lang = Lang::En);

    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_demo;
};

namespace
{

SubtractionButton *stepOf(const QWidget &page, SubtractionStep::Kind kind, Reach reach = Reach::Someone)
{
    for (auto *button : page.findChildren<SubtractionButton *>()) {
        if (button->step().kind == kind && button->step().reach == reach)
            return button;
    }
    return nullptr;
}

QAbstractButton *buttonNamed(const QWidget &page, const QString &text)
{
    for (auto *button : page.findChildren<QAbstractButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

int columnNamed(const CoverageMatrix &matrix, const QString &part)
{
    for (int i = 0; i < matrix.model()->columnCount(); ++i) {
        if (matrix.model()->headerData(i, Qt::Horizontal).toString().contains(part))
            return i;
    }
    return -1;
}

} // namespace

void TestMonitoringPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
    m_demo = open(copyOfDemo(u"id-auth"_s));
    QVERIFY(m_demo);
}

QString TestMonitoringPage::copyOfDemo(const QString &name)
{
    const QString copy = m_folder.filePath(name);
    QProcess::execute(u"cp"_s, {u"-r"_s, QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth"), copy});
    return copy;
}

std::unique_ptr<Session> TestMonitoringPage::open(const QString &folder)
{
    auto session = std::make_unique<Session>();
    QSignalSpy loaded(session.get(), &Session::loaded);
    session->open(folder);
    return loaded.wait(60'000) ? std::move(session) : nullptr;
}

std::unique_ptr<MonitoringPage> TestMonitoringPage::pageOf(Session &session, Lang lang)
{
    auto page = std::make_unique<MonitoringPage>(session, lang);
    QSignalSpy refreshed(page.get(), &MonitoringPage::refreshed);
    page->resize(1'280, 704);
    page->show();
    return refreshed.count() > 0 || refreshed.wait(30'000) ? std::move(page) : nullptr;
}

void TestMonitoringPage::demoTellsItsStory()
{
    const auto page = pageOf(*m_demo);
    QVERIFY(page);
    const Coverage coverage = coverageOf(m_demo->evidence());
    const auto *all = stepOf(*page, SubtractionStep::Kind::All),
               *left = stepOf(*page, SubtractionStep::Kind::Left);
    QVERIFY(all && left);
    QCOMPARE(all->step().count, int(ownCount(coverage)));
    QVERIFY(left->step().count < all->step().count); // the 5xx alert reaches nobody
    int sum = left->step().count;
    for (auto *button : page->findChildren<SubtractionButton *>()) {
        if (button->step().kind == SubtractionStep::Kind::Less)
            sum += button->step().count;
    }
    QCOMPARE(sum, all->step().count);
    auto *matrix = page->findChild<CoverageMatrix *>();
    QCOMPARE(matrix->model()->rowCount(), int(coverage.needs.size()));
    QVERIFY(columnNamed(*matrix, u"cart"_s) < 0); // another service's
    // What is shown first is what is not covered.
    QVERIFY(matrix->model()
                ->headerData(matrix->currentIndex().row(), Qt::Vertical, CoverageModel::VerdictRole)
                .toInt()
            != int(Verdict::Pass));
}

void TestMonitoringPage::stepsFilter()
{
    const auto page = pageOf(*m_demo);
    auto *matrix = page->findChild<CoverageMatrix *>();
    const int all = matrix->model()->columnCount();
    auto *left = stepOf(*page, SubtractionStep::Kind::Left);
    left->setFocus();
    QTest::keyClick(left, Qt::Key_Return);
    QVERIFY(left->isChecked());
    QCOMPARE(matrix->model()->columnCount(), left->step().count);
    auto *nobody = stepOf(*page, SubtractionStep::Kind::Less, Reach::Nobody);
    QVERIFY(nobody);
    QTest::mouseClick(nobody, Qt::LeftButton);
    QVERIFY(!left->isChecked());
    QCOMPARE(matrix->model()->columnCount(), nobody->step().count);
    QTest::keyClick(nobody, Qt::Key_Space);
    QCOMPARE(matrix->model()->columnCount(), all);
    QVERIFY(!page->clearFilter());
    QTest::mouseClick(nobody, Qt::LeftButton);
    QVERIFY(page->clearFilter());
    QCOMPARE(matrix->model()->columnCount(), all);
}

void TestMonitoringPage::keysWalkTheMatrix()
{
    const auto page = pageOf(*m_demo);
    auto *matrix = page->findChild<CoverageMatrix *>();
    auto *details = page->findChild<MonitorDetails *>();
    matrix->setFocus();
    QTest::keyClick(matrix, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(matrix->currentIndex(), matrix->model()->index(0, 0));
    QTest::keyClick(matrix, Qt::Key_Right);
    QTest::keyClick(matrix, Qt::Key_Down);
    QCOMPARE(matrix->currentIndex(), matrix->model()->index(1, 1));
    const QString name = matrix->model()->headerData(1, Qt::Horizontal).toString();
    bool named = false;
    for (const QLabel *label : details->findChildren<QLabel *>())
        named = named || label->text() == name;
    QVERIFY2(named, qPrintable(name));
    QTest::keyClick(matrix, Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), details->tabs());
    page->cycleFocus(-1);
    QCOMPARE(QApplication::focusWidget(), matrix);
    page->cycleFocus(-1);
    const auto focused = [] { return qobject_cast<SubtractionButton *>(QApplication::focusWidget()); };
    QVERIFY2(focused(), QApplication::focusWidget() ? QApplication::focusWidget()->metaObject()->className() : "nothing");
    QCOMPARE(focused()->step().kind, SubtractionStep::Kind::All);
    QTest::keyClick(focused(), Qt::Key_Right);
    QCOMPARE(focused()->step().kind, SubtractionStep::Kind::Less);
    QTest::keyClick(focused(), Qt::Key_Left);
    QTest::keyClick(focused(), Qt::Key_Left); // there is none before the first
    QCOMPARE(focused()->step().kind, SubtractionStep::Kind::All);
}

void TestMonitoringPage::messagesByTab()
{
    const auto page = pageOf(*m_demo);
    auto *matrix = page->findChild<CoverageMatrix *>();
    auto *details = page->findChild<MonitorDetails *>();
    const int column = columnNamed(*matrix, u"[id-auth] 5xx"_s);
    QVERIFY(column >= 0);
    matrix->choose(0, column);
    details->focusTabs();
    QVERIFY(details->shownText().contains(u"oncall#5xx"_s));
    QVERIFY(!details->shownText().contains(u"@slack-identity-alerts"_s)); // it stands where recovery is told
    QVERIFY(!details->shownText().contains(u"is_alert"_s));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(details->tabs(), Qt::Key_Right);
    QVERIFY(details->shownText().contains(u"@slack-identity-alerts"_s));
    QTest::keyClick(details->tabs(), Qt::Key_Left);
    QVERIFY(!details->shownText().contains(u"oncall#5xx"_s)); // no data
}

void TestMonitoringPage::chartAndSource()
{
    const auto page = pageOf(*m_demo);
    auto *matrix = page->findChild<CoverageMatrix *>();
    auto *details = page->findChild<MonitorDetails *>();
    matrix->choose(0, columnNamed(*matrix, u"応答時間 p99"_s));
    details->tabs()->setCurrentIndex(4);
    auto *picture = details->findChild<PictureView *>();
    QVERIFY(picture->isVisible());
    const auto &series = std::get<SeriesPicture>(picture->picture());
    QCOMPARE(series.series.size(), 1u);
    QVERIFY(!series.thresholds.empty());
    QCOMPARE(series.thresholds[0].value, 200); // 0.2 s on a series in ms
    QVERIFY(!picture->isTableShown());
    page->toggleTable();
    QVERIFY(picture->isTableShown());
    page->toggleTable();
    details->tabs()->setCurrentIndex(5);
    auto *source = details->findChild<SourceView *>();
    QVERIFY(source->isVisible());
    QVERIFY(source->path().endsWith(u"monitors.json"_s));
    // A monitor whose metric was not fetched says so in place of a chart.
    details->tabs()->setCurrentIndex(4);
    matrix->choose(0, columnNamed(*matrix, u"セッションキャッシュ"_s));
    QVERIFY(std::get<SeriesPicture>(picture->picture()).instead.en.contains(u"no series"_s));
}

void TestMonitoringPage::choiceOutlivesAReading()
{
    const QString folder = copyOfDemo(u"again"_s);
    const auto session = open(folder);
    const auto page = pageOf(*session);
    auto *matrix = page->findChild<CoverageMatrix *>();
    matrix->choose(2, 3);
    const QString monitor = matrix->model()->headerData(3, Qt::Horizontal).toString();
    const QString need = matrix->model()->headerData(2, Qt::Vertical).toString();
    QSignalSpy refreshed(page.get(), &MonitoringPage::refreshed);
    session->reload();
    QVERIFY(refreshed.wait(60'000));
    QCOMPARE(matrix->model()->headerData(matrix->currentIndex().column(), Qt::Horizontal).toString(),
             monitor);
    QCOMPARE(matrix->model()->headerData(matrix->currentIndex().row(), Qt::Vertical).toString(), need);
}

void TestMonitoringPage::itemsAreALinkAway()
{
    const auto page = pageOf(*m_demo);
    QSignalSpy asked(page.get(), &MonitoringPage::itemRequested);
    auto *matrix = page->findChild<CoverageMatrix *>();
    matrix->choose(0, 0);
    for (auto *label : page->findChildren<Label *>()) {
        if (label->accessibleName() == u"Why"_s)
            emit label->linkActivated(coverageOf(m_demo->evidence()).needs[0].need.item);
    }
    QCOMPARE(asked.size(), 1);
    QVERIFY(m_demo->checklist().item(asked[0][0].toString()));
}

void TestMonitoringPage::aPersonsWordIsKept()
{
    const auto session = open(copyOfDemo(u"word"_s));
    const auto page = pageOf(*session);
    auto *matrix = page->findChild<CoverageMatrix *>();
    matrix->choose(0, columnNamed(*matrix, u"応答時間 p99"_s));
    auto *anothers = buttonNamed(*page, u"Another's"_s);
    QVERIFY(anothers && anothers->isEnabled());
    const auto own = [&] { return ownCount(coverageOf(session->evidence())); };
    const auto before = own();
    anothers->setFocus();
    QTest::keyClick(anothers, Qt::Key_Space);
    QCOMPARE(session->review().monitors.size(), 1u);
    QVERIFY(!session->review().monitors[0].belongs);
    QTRY_COMPARE_WITH_TIMEOUT(own(), before - 1, 60'000);
    session->undoStack()->undo();
    QVERIFY(session->review().monitors.empty());
    QTRY_COMPARE_WITH_TIMEOUT(own(), before, 60'000);
}

void TestMonitoringPage::ambiguousFilesAreAskedOnce()
{
    const QString folder = copyOfDemo(u"ambiguous"_s);
    QFile file(folder + u"/readiness/datadog/what.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[]") == 2);
    file.close();
    const auto session = open(folder);
    const auto page = pageOf(*session);
    QCOMPARE(session->evidence().datadog.ambiguous.size(), 1u);
    auto *choose = buttonNamed(*page, u"Choose"_s);
    QVERIFY(choose && choose->isVisible());
    QSignalSpy loaded(session.get(), &Session::loaded);
    choose->setFocus();
    QTest::keyClick(choose, Qt::Key_Space);
    QVERIFY(loaded.wait(60'000));
    QVERIFY(session->evidence().datadog.ambiguous.empty());
    QTRY_VERIFY_WITH_TIMEOUT(!buttonNamed(*page, u"Choose"_s), 60'000);
}

void TestMonitoringPage::emptyStates_data()
{
    QTest::addColumn<QByteArray>("monitors"); // of monitors.json; null: the snapshot is gone
    QTest::addColumn<QString>("words");
    QTest::newRow("no snapshot") << QByteArray() << u"There is no snapshot"_s;
    QTest::newRow("refused") << QByteArray(R"({"errors":["Forbidden"]})") << u"not the same as none"_s;
}

void TestMonitoringPage::emptyStates()
{
    QFETCH(QByteArray, monitors);
    QFETCH(QString, words);
    const QString folder =
        copyOfDemo(u"empty-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-')));
    if (monitors.isNull()) {
        QVERIFY(QDir(folder + u"/readiness/datadog"_s).removeRecursively());
    } else {
        QFile file(folder + u"/readiness/datadog/monitors.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(monitors);
    }
    const auto session = open(folder);
    QVERIFY(session);
    const auto page = pageOf(*session);
    QVERIFY(page);
    bool said = false;
    for (const MissingEvidence *empty : page->findChildren<MissingEvidence *>()) {
        for (const QLabel *label : empty->findChildren<QLabel *>())
            said = said || (label->isVisible() && label->text().contains(words));
    }
    QVERIFY(said);
    QVERIFY(!page->findChild<CoverageMatrix *>()->isVisible());
}

void TestMonitoringPage::manyMonitorsDoNotFreeze()
{
    auto evidence = std::make_shared<Evidence>(m_demo->evidence());
    const Monitor first = evidence->datadog.monitors.front();
    for (int i = 0; i < 1'000; ++i) {
        evidence->datadog.monitors.push_back(first);
        evidence->datadog.monitors.back().id = u"n%1"_s.arg(i);
        evidence->datadog.monitors.back().name = u"[id-auth] %1"_s.arg(i);
    }
    CoverageModel model;
    CoverageMatrix matrix(model, Lang::En);
    matrix.resize(900, 500);
    matrix.show();
    model.show(monitoringViewOf(evidence), Lang::En);
    model.setAllShown(true);
    QCOMPARE_GE(model.columnCount(), 1'000);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 50; ++i) {
        matrix.choose(i % model.rowCount(), i * 20);
        matrix.grab();
    }
    qInfo("one step through 1,000 monitors, drawn: %.1f ms", double(timer.elapsed()) / 50);
    QCOMPARE(matrix.viewport()->findChildren<QWidget *>().size(), 0); // no widget per cell
}

void TestMonitoringPage::everythingHasAName()
{
    const auto page = pageOf(*m_demo, Lang::Ja);
    QStringList nameless;
    for (const QWidget *widget : page->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
            || widget->objectName().startsWith(u"qt_"))
            continue;
        if (widget->inherits("QSplitterHandle") || widget->inherits("QScrollBar"))
            continue;
        QAccessibleInterface *interface =
            QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (interface && interface->text(QAccessible::Name).isEmpty())
            nameless << QString::fromLatin1(widget->metaObject()->className());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    const auto *step = stepOf(*page, SubtractionStep::Kind::Less, Reach::Nobody);
    QVERIFY(step->accessibleName().contains(u"宛先なし"_s));
}

/// With TENKEN_GALLERY=<folder> the page's pictures are kept for looking.
void TestMonitoringPage::gallery()
{
    const QString folder = qEnvironmentVariable("TENKEN_GALLERY");
    if (folder.isEmpty())
        QSKIP("TENKEN_GALLERY names no folder");
    for (const bool dark : {false, true}) {
        useTenkenLook(dark);
        for (const QSize size : {QSize(1'280, 704), QSize(2'560, 1'344)}) {
            for (const Lang lang : {Lang::Ja, Lang::En}) {
                const auto page = pageOf(*m_demo, lang);
                page->resize(size);
                page->findChild<QTabBar *>()->setCurrentIndex(lang == Lang::Ja ? 0 : 4);
                QTest::qWait(50);
                QVERIFY(page->grab().save(
                    u"%1/monitoring-%2-%3-%4.png"_s.arg(folder)
                        .arg(size.width())
                        .arg(dark ? u"dark"_s : u"light"_s, lang == Lang::Ja ? u"ja"_s : u"en"_s)));
            }
        }
    }
    useTenkenLook(false);
}

QTEST_MAIN(TestMonitoringPage)
#include "tst_monitoringpage.moc"
