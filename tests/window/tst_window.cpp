// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/checklistpane.h>
#include <pages/evidencepane.h>
#include <pages/itempage.h>
#include <pages/overviewpage.h>
#include <pages/remedybox.h>
#include <pages/wizard.h>
#include <pages/workspace.h>
#include <parts/style.h>
#include <review/session.h>
#include <window/mainwindow.h>

#include <QAccessible>
#include <QApplication>
#include <QFile>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tenken;

/// The window as a person uses it, on a copy of the demo service.
class TestWindow : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void answersByKeyboard();
    void lettersInANoteAreLetters();
    void undoTakesBack();
    void savesWhatWasTyped();
    void theItemSaysWhatVerdictsDoNot();
    void overviewListsRemarks();
    void everyPageInBothLanguagesAndSchemes();
    void narrowWindow();
    void everyFocusableWidgetHasAName();
    void readsAgainWhenAFileChanges();
    void secondWindowIsReadOnly();
    void wizardProposes();
    void brokenServiceSaysWhere();

private:
    QByteArray reviewFile() const;
    const ItemReview &answer(const QString &id) const { return *m_window->session().review().item(id); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<MainWindow> m_window;
    const QString m_item = QStringLiteral("resilience.timeouts");
};

void TestWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
}

void TestWindow::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    m_window = std::make_unique<MainWindow>(Lang::En);
    m_window->resize(1600, 1000);
    m_window->show();
    QSignalSpy loaded(&m_window->session(), &Session::loaded);
    m_window->open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    m_window->session().setAuthor("Suzuki");
    m_window->showItem(m_item);
    m_window->activateWindow(); // keys are the active window's
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30'000));
}

void TestWindow::cleanup()
{
    m_window->session().undoStack()->setClean();
    m_window.reset();
    m_dir.reset();
}

QByteArray TestWindow::reviewFile() const
{
    QFile file(m_folder + "/readiness/review.yaml");
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestWindow::answersByKeyboard()
{
    auto *tree = m_window->findChild<ChecklistPane *>()->findChild<QTreeView *>();
    tree->setFocus();
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Open);
    QTest::keyClick(tree, Qt::Key_1);
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Pass);
    QCOMPARE(answer(m_item).team.by, "Suzuki");
    QTest::keyClick(tree, Qt::Key_R);
    QVERIFY(answer(m_item).reviewer.answer == ReviewAnswer::Reject);
    const QString before = m_window->findChild<ItemPage *>()->itemId();
    QTest::keyClick(tree, Qt::Key_Down);
    QVERIFY(m_window->findChild<ItemPage *>()->itemId() != before);
    QVERIFY(m_window->isWindowModified());
}

void TestWindow::lettersInANoteAreLetters()
{
    auto *bar = m_window->findChild<ItemPage *>()->findChild<AnswerBar *>();
    bar->focusNote();
    auto *note = bar->findChild<QPlainTextEdit *>();
    QTest::keyClicks(note, "arq 12");
    QCOMPARE(note->toPlainText(), "arq 12");
    QVERIFY(answer(m_item).reviewer.answer == ReviewAnswer::Open);
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Open);
}

void TestWindow::undoTakesBack()
{
    auto *tree = m_window->findChild<QTreeView *>();
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_2);
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Fail);
    QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Open);
    QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(answer(m_item).team.answer == TeamAnswer::Fail);
}

void TestWindow::savesWhatWasTyped()
{
    auto *tree = m_window->findChild<QTreeView *>();
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_1);
    auto *bar = m_window->findChild<ItemPage *>()->findChild<AnswerBar *>();
    bar->focusNote();
    QTest::keyClicks(bar->findChild<QPlainTextEdit *>(), "measured on 11-05");
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!m_window->isWindowModified());
    QVERIFY(reviewFile().contains("measured on 11-05"));
}

void TestWindow::theItemSaysWhatVerdictsDoNot()
{
    Session &session = m_window->session();
    auto *strip = m_window->findChild<ItemPage *>()->findChild<Strip *>();
    const auto words = [&] { return strip->isVisible() ? strip->findChild<QLabel *>()->text() : QString(); };
    QVERIFY2(!words().contains("Waived"), qPrintable(words()));
    const QDate last = QDate::currentDate().addDays(7);
    session.setWaivers(m_item, {{"mesh waits", "Sato", "Suzuki", "one retry", last}});
    QTRY_VERIFY2(words().contains("Suzuki waives it until " + last.toString(Qt::ISODate)), qPrintable(words()));

    Meeting meeting;
    meeting.started = QDateTime::currentDateTime();
    MeetingItem item;
    item.id = m_item;
    item.dissents = {{"Tanaka", "one retry is one too many"}};
    meeting.items = {item};
    session.takeMeeting(meeting, "readiness/meetings/2026-11-20.yaml");
    QTRY_VERIFY2(words().contains("1 dissent"), qPrintable(words()));
    meeting.items.front().dissents.clear();
    session.takeMeeting(meeting, "readiness/meetings/2026-11-20.yaml");
    QTRY_VERIFY2(!words().contains("dissent"), qPrintable(words()));

    session.setTeamAnswer(m_item, {TeamAnswer::Pass, {}, {}, "Sato", QDateTime::currentDateTime()});
    QTRY_VERIFY2(words().contains("Write in the note why"), qPrintable(words()));
    session.setTeamAnswer(m_item, {TeamAnswer::Pass, "measured", {}, "Sato", QDateTime::currentDateTime()});
    QTRY_VERIFY2(!words().contains("Write in the note why"), qPrintable(words()));
}

void TestWindow::overviewListsRemarks()
{
    m_window->showPage("overview");
    const auto button = [&]() -> QPushButton * {
        for (QPushButton *b : m_window->findChild<OverviewPage *>()->findChildren<QPushButton *>()) {
            if (b->menu() && b->text().startsWith("Against the machine's fail"))
                return b;
        }
        return nullptr;
    };
    const auto listed = [&](const QString &title) {
        return button() && std::ranges::contains(button()->menu()->actions(), title, &QAction::text);
    };
    const QString title = m_window->session().checklist().item(m_item)->title.en;
    QVERIFY(!listed(title));
    m_window->session().setTeamAnswer(m_item, {TeamAnswer::Pass, "measured", {}, "Sato", QDateTime::currentDateTime()});
    QTRY_VERIFY(listed(title));
    m_window->session().undoStack()->undo();
    QTRY_VERIFY(!listed(title));
}

void TestWindow::everyPageInBothLanguagesAndSchemes()
{
    for (const bool dark : {false, true}) {
        m_window->setDark(dark);
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            m_window->setLanguage(lang);
            for (const char *page : {"overview", "item", "loadtest", "monitoring"}) {
                m_window->showPage(page);
                QCoreApplication::processEvents();
                const QImage image = m_window->grab().toImage();
                QSet<QRgb> colours;
                for (int y = 0; y < image.height(); y += 7) {
                    for (int x = 0; x < image.width(); x += 7)
                        colours.insert(image.pixel(x, y));
                }
                QVERIFY2(colours.size() > 20, page);
                QCOMPARE(image.pixelColor(2, image.height() / 2).lightness() < 128, dark);
            }
        }
    }
    m_window->setDark(false);
}

void TestWindow::narrowWindow()
{
    m_window->resize(1200, 760);
    QCoreApplication::processEvents();
    QVERIFY(!m_window->findChild<EvidencePane *>()->isVisible());
    m_window->resize(1600, 1000);
    QCoreApplication::processEvents();
    QVERIFY(m_window->findChild<EvidencePane *>()->isVisible());
}

void TestWindow::everyFocusableWidgetHasAName()
{
    QStringList nameless;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith(u"qt_"))
            continue;
        if (qobject_cast<QSplitterHandle *>(widget) || qobject_cast<QScrollBar *>(widget))
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (interface && interface->text(QAccessible::Name).isEmpty() && interface->text(QAccessible::Value).isEmpty())
            nameless << QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->parent()->metaObject()->className();
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void TestWindow::readsAgainWhenAFileChanges()
{
    QVERIFY(m_window->session().assessment().item("resilience.graceful-stop")->verdict == Verdict::Fail);
    m_window->session().setTeamAnswer(m_item, {TeamAnswer::NotYet, "typed before the change", {}, "Sato", QDateTime::currentDateTime()});
    QFile file(m_folder + "/deploy/base/deployment.yaml");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll().replace("terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 60");
    file.close();
    QSignalSpy loaded(&m_window->session(), &Session::loaded);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    QVERIFY(m_window->session().assessment().item("resilience.graceful-stop")->verdict == Verdict::Pass);
    QCOMPARE(answer(m_item).team.note, "typed before the change");
}

void TestWindow::secondWindowIsReadOnly()
{
    MainWindow second(Lang::En);
    QSignalSpy loaded(&second.session(), &Session::loaded);
    second.open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    QVERIFY(second.session().isReadOnly());
    QVERIFY(!second.session().lockOwner().isEmpty());
    QVERIFY(!m_window->session().isReadOnly());
}

void TestWindow::wizardProposes()
{
    QVERIFY(QDir(m_folder + "/readiness").removeRecursively());
    StartWizard wizard(m_folder, Lang::En);
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isSearching(), 60'000);
    const QString proposal = wizard.findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(proposal.contains("id: id-auth") && proposal.contains("deploy/"), qPrintable(proposal));
    QVERIFY(proposal.contains("gatling-1pod-step.log.gz") && proposal.contains("pods: 16"));
    QVERIFY(proposal.contains("role: oncall"));
    wizard.accept();
    QCOMPARE(wizard.result(), int(QDialog::Accepted));
    const auto evidence = readEvidence(m_folder);
    QVERIFY(evidence.has_value());
    QCOMPARE(evidence->unreadable.size(), 0u);
    QCOMPARE(evidence->loadTests.size(), 7u);
}

void TestWindow::brokenServiceSaysWhere()
{
    QFile file(m_folder + "/readiness/service.yaml");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("format: tenken.service/1\nid: [\n");
    file.close();
    Session session;
    QSignalSpy failed(&session, &Session::failed);
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty() || !loaded.isEmpty(), 60'000);
    const auto problem = failed.isEmpty() ? session.evidence().unreadable.at(0) : failed.at(0).at(0).value<Problem>();
    QVERIFY2(problem.file.endsWith("service.yaml") && problem.span.line >= 2, qPrintable(problem.toString(Lang::En)));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
