// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts/samples.h"

#include <items/loadstepmodel.h>
#include <pages/comparisonpanel.h>
#include <pages/label.h>
#include <pages/loadtestdetails.h>
#include <pages/loadtestfigures.h>
#include <pages/loadtestfollow.h>
#include <pages/loadtestpage.h>
#include <pages/loadtesttable.h>
#include <pages/loadtestwords.h>
#include <pages/missingevidence.h>
#include <pages/rowbutton.h>
#include <pages/whatifpanel.h>
#include <parts/pictureview.h>
#include <parts/style.h>
#include <review/session.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace tenken;

/// The page about load tests: what-if, comparison, tables and words.
class TestLoadTestPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void linesToWrite_data();
    void linesToWrite();
    void noLinesWithoutAChange();
    void slidersMoveThePlan();
    void eventsHaveTheirOwnPeak();
    void outOfReachIsNoNumber();
    void closingForgets();
    void comparesInTheBackground();
    void factsSayWhatIsKnown();
    void choiceTellsTestsApart();
    void tableCopiesAndShows();
    void figuresSayWhatTheRuleSays();
    void demoPage();
    void shownBeforeItIsFilled();
    void withoutTests();
    void gallery();

private:
    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>();
    std::unique_ptr<Session> openDemo();
};

namespace {

Service service()
{
    Service s;
    s.file = QStringLiteral("readiness/service.yaml");
    s.perPodRps.value = 140;
    s.perPodRps.span = {68, 3, 68, 15};
    for (const EventPlan &e : samples::capacity().events)
        s.events.push_back(e.event);
    s.events.back().span = {73, 5, 73, 60};
    s.overrides = {{QStringLiteral("performance.event-capacity"), QStringLiteral("headroom"), 0.2, QStringLiteral("it's needed"), {114, 5, 117, 9}}};
    return s;
}

/// As the rule makes it: events planned from their peaks.
CapacityPlan plan()
{
    CapacityPlan written = samples::capacity();
    CapacityPlan made = planCapacity(service().events, 140, {0.2, 3});
    made.minReplicas = written.minReplicas;
    made.maxReplicas = written.maxReplicas;
    return made;
}

const QString item = QStringLiteral("performance.event-capacity");

QSlider *slider(const QWidget &panel, const char *name)
{
    for (QSlider *s : panel.findChildren<QSlider *>())
        if (s->accessibleName() == QString::fromLatin1(name))
            return s;
    return nullptr;
}

QPushButton *button(const QWidget &panel, const char *text)
{
    for (QPushButton *b : panel.findChildren<QPushButton *>())
        if (b->text() == QString::fromUtf8(text))
            return b;
    return nullptr;
}

} // namespace

void TestLoadTestPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
}

void TestLoadTestPage::linesToWrite_data()
{
    QTest::addColumn<CapacityWhatIf>("tried");
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("place");
    QTest::newRow("per pod") << CapacityWhatIf{.perPodRps = 162.5} << QStringLiteral("capacity:\n  per-pod: 162.5\n") << QStringLiteral("line 68 (per-pod)");
    QTest::newRow("an event") << CapacityWhatIf{.peakRps = {{QStringLiteral("new-year"), 9'000}}}
                              << QStringLiteral("capacity:\n  events:\n    - {id: new-year, peak: 9000}\n") << QStringLiteral("line 73 (new-year)");
    QTest::newRow("headroom, with the reason that is there")
        << CapacityWhatIf{.headroom = 0.35}
        << QStringLiteral("overrides:\n  - item: performance.event-capacity\n    parameter: headroom\n    value: 0.35\n    reason: 'it''s needed'\n")
        << QStringLiteral("line 114 (headroom)");
    QTest::newRow("an event that is not there") << CapacityWhatIf{.peakRps = {{QStringLiteral("gone"), 1}}} << QString() << QString();
}

void TestLoadTestPage::linesToWrite()
{
    QFETCH(CapacityWhatIf, tried);
    QFETCH(QString, yaml);
    QFETCH(QString, place);
    const WhatIfLines lines = whatIfLines(tried, service(), item, Lang::En);
    QCOMPARE(lines.yaml, yaml);
    QVERIFY2(lines.place.en.contains(place), qPrintable(lines.place.en));
    if (yaml.isEmpty())
        return;
    const auto file = YamlFile::parse(yaml.toUtf8(), QStringLiteral("service.yaml")); // what is to be pasted is YAML
    QVERIFY(file->errors().empty());
    QVERIFY(file->documents().front().isMap());
}

void TestLoadTestPage::noLinesWithoutAChange()
{
    QVERIFY(whatIfLines({}, service(), item, Lang::Ja).yaml.isEmpty());
    QVERIFY(whatIfLines({.headroom = 0.5}, service(), {}, Lang::Ja).yaml.isEmpty()); // a checklist without such an item
    Service odd = service();
    odd.events.back().id = QStringLiteral("a: b");
    QVERIFY(whatIfLines({.peakRps = {{QStringLiteral("a: b"), 2}}}, odd, item, Lang::En).yaml.contains(QStringLiteral("id: 'a: b'")));
    odd.overrides.clear();
    QVERIFY(whatIfLines({.headroom = 0.5}, odd, item, Lang::En).yaml.contains(QStringLiteral("reason: 'why this value'")));
    QCOMPARE(capacityItemOf({}), QString());
}

void TestLoadTestPage::slidersMoveThePlan()
{
    WhatIfPanel panel(Lang::En);
    panel.resize(700, 600);
    panel.show();
    panel.setPlan(plan(), service(), item);
    panel.setOpen(true);
    const int before = panel.plan().largestNeed();
    QSignalSpy changed(&panel, &WhatIfPanel::planChanged);
    QElapsedTimer timer;
    timer.start();
    slider(panel, "Throughput of one pod")->setValue(200);
    panel.view()->grab(); // drawn, too
    QVERIFY2(timer.elapsed() < 250, qPrintable(QString::number(timer.elapsed())));
    qInfo() << "a slider's move and the bars:" << timer.elapsed() << "ms";
    QCOMPARE(changed.count(), 1);
    QCOMPARE(*panel.tried().perPodRps, 280.0);
    QVERIFY(panel.plan().largestNeed() < before * 0.6);
    QCOMPARE(std::get<CapacityPlan>(panel.view()->picture()).largestNeed(), panel.plan().largestNeed());
    slider(panel, "Headroom")->setValue(50);
    QCOMPARE(*panel.tried().headroom, 0.5);
    button(panel, "Take over…")->click();
    bool seen = false;
    for (const Label *label : panel.findChildren<Label *>())
        seen |= label->isVisible() && label->text().contains(QStringLiteral("per-pod: 280"));
    QVERIFY(seen);
    button(panel, "Reset")->click();
    QVERIFY(!panel.tried().perPodRps && !panel.tried().headroom);
    QCOMPARE(panel.plan().largestNeed(), before);
    QCOMPARE(slider(panel, "Throughput of one pod")->value(), 100);
    QCOMPARE(slider(panel, "Headroom")->value(), 20);
    QVERIFY(!button(panel, "Take over…")->isEnabled());
}

void TestLoadTestPage::eventsHaveTheirOwnPeak()
{
    WhatIfPanel panel(Lang::En);
    panel.setPlan(plan(), service(), item);
    panel.setOpen(true);
    auto *events = panel.findChild<QComboBox *>();
    QCOMPARE(events->currentText(), QStringLiteral("New Year")); // the one that needs most
    slider(panel, "Peak of the event")->setValue(150);
    events->setCurrentIndex(0);
    QCOMPARE(slider(panel, "Peak of the event")->value(), 100);
    slider(panel, "Peak of the event")->setValue(300);
    QCOMPARE(panel.tried().peakRps.size(), 2);
    QCOMPARE(panel.tried().peakRps.value(QStringLiteral("normal")), 3'000.0);
    events->setCurrentIndex(3);
    QCOMPARE(slider(panel, "Peak of the event")->value(), 150);
    CapacityPlan fewer = plan();
    fewer.events.pop_back();
    panel.setPlan(fewer, service(), item); // read again: the event is gone, the other stays tried
    QCOMPARE(panel.tried().peakRps.keys(), QStringList{QStringLiteral("normal")});
    panel.setPlan({}, {}, {});
    QVERIFY(panel.tried().peakRps.isEmpty());
}

void TestLoadTestPage::outOfReachIsNoNumber()
{
    CapacityPlan p = plan();
    p.events.back().unreachable = true;
    p.events.back().peakPods = 1'000'000;
    p.events.back().mostRps = 6'500;
    const auto table = pictureTable(p, Lang::En);
    QVERIFY(!table.last().contains(QStringLiteral("1,000,000")));
    QVERIFY(table.last().contains(QStringLiteral("out of reach")));
    PictureView view;
    view.setLanguage(Lang::En);
    view.setPicture(p);
    QVERIFY2(view.accessibleDescription().contains(QStringLiteral("at most 6,500 req/s")), qPrintable(view.accessibleDescription()));
}

void TestLoadTestPage::closingForgets()
{
    WhatIfPanel panel(Lang::Ja);
    panel.setPlan(plan(), service(), item);
    panel.setOpen(true);
    panel.findChildren<QSlider *>().first()->setValue(50);
    QVERIFY(panel.tried().perPodRps);
    panel.setOpen(false);
    QVERIFY(!panel.tried().perPodRps); // what is not seen is not tried
}

void TestLoadTestPage::comparesInTheBackground()
{
    LoadTestPicture before = samples::loadTest(), after = samples::loadTest();
    before.steps = findSteps(*before.run);
    after.steps = findSteps(*after.run);
    before.id = QStringLiteral("v1");
    after.id = QStringLiteral("v2");
    ComparisonPanel panel(Lang::En);
    panel.setTests({after}, 0);
    QVERIFY(!panel.hasChoice());
    panel.setTests({before, after}, 1);
    QVERIFY(panel.hasChoice());
    QVERIFY(panel.view()->isHidden());
    panel.findChild<QComboBox *>()->setCurrentText(QStringLiteral("v1"));
    QVERIFY(panel.isComparing()); // the window goes on meanwhile
    QTRY_VERIFY_WITH_TIMEOUT(!panel.view()->isEmpty(), 30'000);
    QTRY_VERIFY(panel.view()->csv().contains(QStringLiteral("v1,v2")));
    QVERIFY2(panel.view()->accessibleDescription().contains(QStringLiteral("No difference")), qPrintable(panel.view()->accessibleDescription()));
    panel.findChild<QComboBox *>()->setCurrentIndex(0);
    QVERIFY(panel.view()->isHidden());
}

void TestLoadTestPage::factsSayWhatIsKnown()
{
    LoadTestPicture t = samples::loadTest();
    const auto names = [](const LoadTestPicture &test) {
        QStringList list;
        for (const TestFact &fact : factsOf(test))
            list << fact.name.en;
        return list;
    };
    QCOMPARE(names(t), QStringList{QStringLiteral("Percentiles")});
    t.knee.secondOpinion = 180;
    t.knee.spikes = {3, 99};
    t.knee.spread = KneeSpread{150, 170, 0.9, 1, 200};
    LoadTestRun run = *t.run;
    run.missing = {{"投入量", "the offered rate"}};
    run.errorKinds = {{QStringLiteral("500"), 3}, {QString(), 1}};
    t.run = std::make_shared<LoadTestRun>(run);
    QCOMPARE(names(t), (QStringList{QStringLiteral("Percentiles"), QStringLiteral("How sure the knee is"), QStringLiteral("Second opinion"),
                                    QStringLiteral("Spikes"), QStringLiteral("Errors by kind"), QStringLiteral("What the file cannot tell")}));
    QVERIFY(factsOf(t)[2].words.en.contains(QStringLiteral("disagrees")));
    QVERIFY(factsOf(t)[3].words.en.contains(QStringLiteral("100 req/s")));
    QVERIFY(factsOf(LoadTestPicture()).empty());
    LoadTestPicture unstated = samples::loadTest();
    for (LoadStep &s : unstated.steps)
        s.p99 = -1;
    QVERIFY(!latencyAt(unstated, 140).known); // never "−1 ms"
}

void TestLoadTestPage::choiceTellsTestsApart()
{
    LoadTestPicture t = samples::loadTest();
    LoadTest known;
    known.run = t.run;
    known.source.purpose = QStringLiteral("knee");
    known.source.files = {QStringLiteral("loadtest/a.log")};
    QCOMPARE(choiceCells(t, {known}, Lang::En)[3], QStringLiteral("knee"));
    t.id.clear();
    QCOMPARE(choiceCells(t, {known}, Lang::En)[0], QStringLiteral("loadtest/a.log"));
    QCOMPARE(choiceCells(t, {}, Lang::En)[3], QStringLiteral("any"));
}

void TestLoadTestPage::tableCopiesAndShows()
{
    LoadTestTable table(LoadStepModel::TrustedRole, LoadStepModel::KneeRole);
    LoadStepModel model;
    table.setFilled(&model);
    const int empty = table.sizeHint().height();
    model.show(samples::loadTest(), Lang::En);
    QVERIFY(table.sizeHint().height() >= empty + 10 * 24); // eleven rows instead of one
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    const QStringList csv = QApplication::clipboard()->text().split(u'\n');
    QVERIFY(csv[0].startsWith(QStringLiteral("Step,")));
    QCOMPARE(csv.size(), 13);
}

std::unique_ptr<Session> TestLoadTestPage::openDemo()
{
    const QString copy = m_folder->filePath(QStringLiteral("id-auth"));
    if (!QFileInfo::exists(copy))
        QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-r"), QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth"), copy});
    auto session = std::make_unique<Session>();
    QSignalSpy loaded(session.get(), &Session::loaded);
    session->open(copy);
    return loaded.wait(60'000) ? std::move(session) : nullptr;
}

/// A page without tests tells what to write - which is read as it stands - and who waits for it.
void TestLoadTestPage::withoutTests()
{
    const QTemporaryDir folder;
    const QString service = folder.filePath(QStringLiteral("readiness/service.yaml"));
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("readiness")));
    const auto write = [&](const QString &evidence) {
        QFile file(service);
        return file.open(QIODevice::WriteOnly) && file.write("format: tenken.service/1\nid: s\n" + evidence.toUtf8()) > 0;
    };
    QVERIFY(write({}));
    Session session;
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path());
    QVERIFY(loaded.wait(60'000));
    LoadTestPage page(session, Lang::En);
    page.resize(1'280, 800);
    page.show();
    auto *missing = page.findChild<MissingEvidence *>();
    QVERIFY(missing && missing->isVisible());
    QCOMPARE(missing->accessibleName(), QStringLiteral("There are no load tests."));
    QSignalSpy opened(&page, &LoadTestPage::itemRequested);
    const auto rows = missing->findChildren<RowButton *>();
    QCOMPARE_GE(rows.size(), 4); // throughput of a pod, scaling, peak, latency
    rows.first()->click();
    QCOMPARE(opened.count(), 1);
    QVERIFY(session.checklist().item(opened.first().first().toString()));

    for (auto *copy : missing->findChildren<QToolButton *>())
        copy->click();
    QVERIFY(write(QApplication::clipboard()->text()));
    session.reload();
    QVERIFY(loaded.wait(60'000));
    QCOMPARE(session.evidence().service.loadTests.size(), 1U);
    QVERIFY(session.evidence().warnings.empty());
    QTRY_COMPARE(missing->accessibleName(), QStringLiteral("None of the load tests (1) could be read."));
    QVERIFY(missing->accessibleDescription().contains(u"loadtest/step.jtl"));
}

/// With TENKEN_GALLERY=<folder> the page's pictures are kept for looking.
void TestLoadTestPage::gallery()
{
    const QString folder = qEnvironmentVariable("TENKEN_GALLERY");
    if (folder.isEmpty())
        QSKIP("TENKEN_GALLERY names no folder");
    const auto session = openDemo();
    QVERIFY(session);
    for (const bool dark : {false, true}) {
        useTenkenLook(dark);
        for (const QSize size : {QSize(1'280, 800), QSize(1'600, 1'000), QSize(2'560, 1'440)}) {
            LoadTestPage page(*session, dark ? Lang::En : Lang::Ja);
            page.resize(size);
            page.show();
            auto *panel = page.findChild<WhatIfPanel *>();
            panel->setOpen(size.width() != 1'280);
            panel->findChildren<QSlider *>().first()->setValue(130);
            auto *compare = page.findChild<ComparisonPanel *>();
            if (auto *others = compare->findChild<QComboBox *>(); others->count() > 1) {
                others->setCurrentIndex(1);
                QTRY_VERIFY_WITH_TIMEOUT(!compare->isComparing(), 60'000);
                QCoreApplication::processEvents();
            }
            page.widget()->resize(size.width(), page.widget()->sizeHint().height());
            QCoreApplication::processEvents();
            const QString name = QStringLiteral("%1/page-%2-%3.png").arg(folder).arg(size.width()).arg(dark ? "dark" : "light");
            QVERIFY(page.grab().save(name));
            QVERIFY(page.widget()->grab().save(QString(name).replace(".png", "-whole.png")));
        }
    }
    useTenkenLook(false);
}

// 1 % above the knee is counting, a test that stopped below it refutes nothing, and errors are a multiple of what was offered.
void TestLoadTestPage::figuresSayWhatTheRuleSays()
{
    LoadTestPicture test;
    test.pods = 1;
    test.declaredPerPod = 100.5;
    test.knee.usable = test.knee.reached = true;
    test.knee.throughput = 100;
    test.knee.offered = 102;
    test.knee.firstErrors = 204;
    const auto said = [&] {
        LoadTestFigures figures(Lang::En);
        figures.showTest(test);
        QStringList names;
        for (const QWidget *w : figures.findChildren<QWidget *>())
            names << w->accessibleName();
        return names.join(u'\n');
    };
    QVERIFY2(said().contains(u"101 % of the knee") || said().contains(u"100 % of the knee"), qPrintable(said()));
    QVERIFY2(said().contains(u"2.00 × the knee: not the capacity"), qPrintable(said()));
    test.knee.reached = false;
    QVERIFY2(said().contains(u"that load was not tried") || said().contains(u"within what was tried"), qPrintable(said()));
    QVERIFY(!said().contains(u"× the knee"));
    test.declaredPerPod = 150;
    QVERIFY2(said().contains(u"that load was not tried"), qPrintable(said()));
}

/// The panels with charts; a failed test says where two lie on each other.
static qsizetype panelsSideBySide(const LoadTestPage &page)
{
    std::vector<QRect> taken;
    for (const Panel *panel : page.findChildren<Panel *>()) {
        if (!panel->isVisible() || panel->findChildren<PictureView *>().isEmpty())
            continue;
        const QRect box(panel->mapTo(&page, QPoint()), panel->size());
        if (box.left() < 0 || box.right() >= page.width() || std::ranges::any_of(taken, [&](const QRect &other) { return box.intersects(other); })) {
            qWarning() << "out of its place:" << panel->accessibleName() << box;
            return 0;
        }
        taken.push_back(box);
    }
    return qsizetype(taken.size());
}

// Somebody turns to the page while its parts still wait for their turns.
void TestLoadTestPage::shownBeforeItIsFilled()
{
    const auto demo = openDemo();
    QVERIFY(demo);
    Session session;
    LoadTestPage page(session, Lang::En);
    page.resize(1600, 1000);
    auto *tests = page.findChild<QComboBox *>();
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(demo->folder());
    QVERIFY(loaded.wait(60'000));
    QElapsedTimer since;
    since.start();
    while (tests->count() == 0 && since.elapsed() < 60'000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    page.show();
    QCoreApplication::processEvents();
    QCOMPARE_GE(panelsSideBySide(page), 5);
}

void TestLoadTestPage::demoPage()
{
    const auto opened = openDemo();
    QVERIFY(opened);
    Session &session = *opened;
    const QString copy = session.folder();
    LoadTestPage page(session, Lang::En);
    page.resize(1600, 1000);
    page.show();
    QVERIFY(!session.assessment().loadTests.empty());
    for (const int width : {1'100, 1'280, 2'560}) {
        page.resize(width, 1'000);
        QCoreApplication::processEvents();
        QCOMPARE_GE(panelsSideBySide(page), 5);
    }
    auto *tests = page.findChild<QComboBox *>();
    for (int i = 0; i < tests->count(); ++i) {
        QElapsedTimer timer;
        timer.start();
        tests->setCurrentIndex(i);
        qInfo() << "choosing a test:" << timer.elapsed() << "ms";
        QVERIFY(page.findChild<LoadTestTable *>()->model()->rowCount() > 0);
    }
    auto *follow = page.findChild<LoadTestFollow *>();
    for (QToolButton *b : page.findChildren<QToolButton *>())
        if (b->text() == QStringLiteral("Follow") && b->isEnabled())
            b->click();
    QVERIFY(follow->isRunning());
    tests->setCurrentIndex(0);
    QVERIFY(!follow->isRunning()); // another test: not followed unasked
    QFile written(copy + QStringLiteral("/readiness/service.yaml"));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray before = written.readAll();
    auto *panel = page.findChild<WhatIfPanel *>();
    QTest::keyClick(&page, Qt::Key_I, Qt::ControlModifier);
    panel->setOpen(true);
    panel->findChildren<QSlider *>().first()->setValue(50);
    button(*panel, "Take over…")->click();
    written.seek(0);
    QCOMPARE(written.readAll(), before); // people write it
}

QTEST_MAIN(TestLoadTestPage)
#include "tst_loadtestpage.moc"
