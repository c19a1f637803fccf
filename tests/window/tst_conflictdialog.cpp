// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/style.h>
#include <review/conflicttext.h>
#include <review/mergefile.h>
#include <review/session.h>
#include <window/conflictdialog.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QTimer>

using namespace tenken;

namespace {

constexpr int patience = 20'000;
const QString asked = QStringLiteral("release.pipeline-shared");

std::vector<MergeConflict> conflicts()
{
    return {
        {asked, {"チームの回答", "the team's answer"}, {}, {"合格", "Pass"}, {"不合格", "Fail"}, "A", "B"},
        {asked,
         {"チームのメモ", "the team's note"},
         sameText("before"),
         sameText("✓ ours"),
         sameText("token=hunter2hunter2"),
         "A",
         "B"},
        {{}, {"申請する段階", "the stage applied for"}, {}, sameText("1%"), sameText("10%"), {}, {}}};
}

QAbstractButton *accept(const QDialog &dialog)
{
    const auto *box = dialog.findChild<QDialogButtonBox *>();
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return button;
    }
    return nullptr;
}

} // namespace

/// Where two people answered the same: field by field, by keyboard, and nothing is lost.
class TestConflictDialog : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void keysChoose_data();
    void keysChoose();
    void everyOneHasToBeChosen();
    void choosingAgainReplaces();
    void saysBothValues();
    void opensForMarkersInTheFile();
    void opensWhenTheFileChangedBesideEdits();
    void savingAsksFirst();

private:
    void openService();
    QByteArray reviewFile() const;
    void writeReviewFile(const QByteArray &bytes) const;
    QByteArray answered(const QByteArray &base, TeamAnswer answer, const QString &by) const;
    /// Types into the conflict dialog as soon as it is there; `m_rows` is then how many fields it asked for.
    void answerDialog(const QString &keys);

    void save() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<MainWindow> m_window;
    int m_rows = 0;
};

void TestConflictDialog::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
}

void TestConflictDialog::keysChoose_data()
{
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QList<int>>("sides");
    const int o = int(MergeSide::Ours), t = int(MergeSide::Theirs), b = int(MergeSide::Base);
    QTest::newRow("ours") << "111" << QList<int>{o, o, o};
    QTest::newRow("theirs") << "222" << QList<int>{t, t, t};
    QTest::newRow("each") << "123" << QList<int>{o, t, b};
}

void TestConflictDialog::keysChoose()
{
    QFETCH(QString, keys);
    QFETCH(QList<int>, sides);
    for (const Lang lang : {Lang::Ja, Lang::En}) {
        ConflictDialog dialog(conflicts(), *builtinChecklist("zozotown"), true, lang);
        dialog.show();
        QTest::keyClicks(dialog.findChild<QTableWidget *>(), keys);
        QList<int> chosen;
        for (const MergeSide side : dialog.sides())
            chosen << int(side);
        QCOMPARE(chosen, sides);
    }
}

void TestConflictDialog::everyOneHasToBeChosen()
{
    ConflictDialog dialog(conflicts(), *builtinChecklist("zozotown"), true, Lang::En);
    dialog.show();
    auto *table = dialog.findChild<QTableWidget *>();
    const auto enabled = [&] { return accept(dialog) && accept(dialog)->isEnabled(); };
    QVERIFY(!enabled());
    QTest::keyClicks(table, "12");
    QVERIFY(!enabled());
    QTest::keyClicks(table, "2");
    QVERIFY(enabled());
}

void TestConflictDialog::choosingAgainReplaces()
{
    ConflictDialog dialog(conflicts(), *builtinChecklist("zozotown"), false, Lang::En);
    dialog.show();
    auto *table = dialog.findChild<QTableWidget *>();
    QTest::keyClicks(table, "111");
    QVERIFY(table->item(1, 2)->text().startsWith(QStringLiteral("✓ ✓ ours"))); // the sign and the words
    table->setCurrentCell(1, 0);
    QTest::keyClicks(table, "2");
    QVERIFY(dialog.sides()[1] == MergeSide::Theirs);
    QCOMPARE(table->item(1, 2)->text(), QStringLiteral("✓ ours — A"));
    QVERIFY(
        table->item(1, 3)->data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("chosen: ")));
}

void TestConflictDialog::saysBothValues()
{
    ConflictDialog dialog(conflicts(), *builtinChecklist("zozotown"), true, Lang::En);
    const auto *table = dialog.findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(table->item(0, 2)->text(), QStringLiteral("Pass — A"));
    QCOMPARE(table->item(0, 3)->text(), QStringLiteral("Fail — B"));
    QCOMPARE(table->item(0, 4)->text(), QStringLiteral("(nothing)"));
    QVERIFY(!table->item(1, 3)->text().contains(QStringLiteral("hunter2hunter2")));
    QCOMPARE(table->item(2, 0)->text(), QStringLiteral("Review"));
}

void TestConflictDialog::openService()
{
    m_window.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    m_window = std::make_unique<MainWindow>(Lang::En);
    m_window->show();
    QSignalSpy loaded(&m_window->session(), &Session::loaded);
    m_window->open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), patience);
}

QByteArray TestConflictDialog::reviewFile() const
{
    QFile file(m_folder + "/readiness/review.yaml");
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestConflictDialog::writeReviewFile(const QByteArray &bytes) const
{
    QFile file(m_folder + "/readiness/review.yaml");
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size());
}

QByteArray TestConflictDialog::answered(const QByteArray &base, TeamAnswer answer, const QString &by) const
{
    const Session &session = m_window->session();
    Review review = parseReview(base, session.evidence().service, session.checklist())->review;
    Answer<TeamAnswer> &team = review.item(asked)->team;
    team = {answer, "said by " + by, {}, by, QDateTime(QDate(2026, 11, 20), QTime(10, 0), QTimeZone::UTC)};
    return writeReview(review, base);
}

void TestConflictDialog::answerDialog(const QString &keys)
{
    m_rows = 0;
    auto *timer = new QTimer(m_window.get());
    connect(timer, &QTimer::timeout, this, [this, keys, timer] {
        QWidget *modal = QApplication::activeModalWidget();
        auto *dialog = qobject_cast<ConflictDialog *>(modal);
        if (auto *box = qobject_cast<QMessageBox *>(modal)) { // nothing that these tests expect
            qWarning("%s: %s", qPrintable(box->text()), qPrintable(box->informativeText()));
            box->close();
        }
        if (!dialog)
            return;
        timer->deleteLater();
        auto *table = dialog->findChild<QTableWidget *>();
        m_rows = table->rowCount();
        if (keys.isEmpty())
            return dialog->reject();
        QTest::keyClicks(table, keys);
        accept(*dialog)->click();
    });
    timer->start(20);
}

void TestConflictDialog::save() const
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Save))
            return action->trigger();
    }
}

void TestConflictDialog::opensForMarkersInTheFile()
{
    openService();
    const QByteArray base = reviewFile();
    const auto merged =
        mergeFiles(base, answered(base, TeamAnswer::Fail, "A"), answered(base, TeamAnswer::NotYet, "B"));
    QVERIFY(merged && hasConflictMarkers(merged->bytes));
    answerDialog("21"); // their answer, our note
    writeReviewFile(merged->bytes);
    QTRY_VERIFY_WITH_TIMEOUT(m_rows > 0 && !m_window->session().areConflictsInFile(), patience);
    QCOMPARE(m_rows, 2);
    const QByteArray text = reviewFile();
    QVERIFY2(!hasConflictMarkers(text), text.constData());
    QVERIFY(text.contains("said by A") && !text.contains("said by B"));
    QVERIFY(m_window->session().review().item(asked)->team.answer == TeamAnswer::NotYet);
    QVERIFY(!m_window->session().isReadOnly());
    m_window.reset();
}

void TestConflictDialog::opensWhenTheFileChangedBesideEdits()
{
    openService();
    Session &session = m_window->session();
    const QByteArray base = reviewFile();
    session.setTeamAnswer(asked, {TeamAnswer::Fail, "mine", {}, "A", QDateTime::currentDateTime()});
    answerDialog("2");
    writeReviewFile(answered(base, TeamAnswer::NotYet, "B"));
    QTRY_VERIFY_WITH_TIMEOUT(m_rows == 1 && session.conflicts().empty(), patience);
    QVERIFY(session.review().item(asked)->team.answer == TeamAnswer::NotYet);
    QCOMPARE(session.review().item(asked)->team.note, QStringLiteral("said by B"));
    QVERIFY(session.isModified());
    session.undoStack()->undo(); // the choice is one step
    QCOMPARE(session.review().item(asked)->team.note, QStringLiteral("mine"));
    session.undoStack()->setClean();
    QVERIFY(session.save());
    m_window.reset();
}

void TestConflictDialog::savingAsksFirst()
{
    openService();
    Session &session = m_window->session();
    const QByteArray base = reviewFile();
    session.setTeamAnswer(asked, {TeamAnswer::Fail, "mine", {}, "A", QDateTime::currentDateTime()});
    answerDialog({}); // later
    const QByteArray theirs = answered(base, TeamAnswer::NotYet, "B");
    writeReviewFile(theirs);
    QTRY_VERIFY_WITH_TIMEOUT(m_rows == 1, patience);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    answerDialog({}); // still later: nothing is written
    save();
    QTRY_COMPARE(m_rows, 1);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QCOMPARE(reviewFile(), theirs);
    answerDialog("2");
    save();
    QTRY_VERIFY(m_rows == 1 && session.conflicts().empty());
    QCOMPARE(reviewFile(), theirs);
    QVERIFY(session.review().item(asked)->team.answer == TeamAnswer::NotYet);
    m_window.reset();
}

QTEST_MAIN(TestConflictDialog)
#include "tst_conflictdialog.moc"
