// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/selfassessmentpage.h>

#include <pages/answerbar.h>
#include <parts/style.h>
#include <review/session.h>

#include <QFile>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tenken;

/// What a team does before it asks for a review, on a copy of the demo service.
class TestSelfAssessmentPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void init();
    void cleanup();
    void listsOnlyWhatIsLeft();
    void answeringByKeyboard();
    void typingKeepsThePlace();
    void everythingSaidIsReady();
    void guideIsWrittenOnlyWhenAsked();
    void bothLanguages();

private:
    QTreeView &list() const { return *m_page->findChild<QTreeView *>(); }
    QString idAt(int row) const { return list().model()->index(row, 0).data(SelfTaskModel::ItemIdRole).toString(); }
    const ItemReview &review(const QString &id) const { return *m_session->review().item(id); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SelfAssessmentPage> m_page;
};

void TestSelfAssessmentPage::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    m_session = std::make_unique<Session>();
    m_page = std::make_unique<SelfAssessmentPage>(*m_session, Lang::En);
    m_page->resize(1400, 900);
    m_page->show();
    QSignalSpy loaded(m_session.get(), &Session::loaded);
    m_session->open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    m_session->setAuthor("Sato");
    QTRY_VERIFY(list().model()->rowCount() > 0);
}

void TestSelfAssessmentPage::cleanup()
{
    m_page.reset();
    m_session.reset();
    m_dir.reset();
}

void TestSelfAssessmentPage::listsOnlyWhatIsLeft()
{
    const SelfAssessment all = selfAssessmentOf(m_session->outcome());
    QCOMPARE(list().model()->rowCount(), int(all.tasks.size()));
    QVERIFY(int(all.tasks.size()) < all.items);
    QCOMPARE(idAt(0), all.tasks[0].standing->item->id);
    QCOMPARE(m_page->itemId(), idAt(0));
    QCOMPARE(m_page->isReady(), all.silent == 0);
}

void TestSelfAssessmentPage::answeringByKeyboard()
{
    list().setFocus();
    const QString id = m_page->itemId();
    QTest::keyClick(&list(), Qt::Key_4);
    QVERIFY(review(id).team.answer == TeamAnswer::NotYet);
    QTest::keyClick(&list(), Qt::Key_2);
    QVERIFY(review(id).team.answer == TeamAnswer::Fail);
    QTest::keyClick(&list(), Qt::Key_Down);
    QTRY_VERIFY(m_page->itemId() != id);
    QSignalSpy asked(m_page.get(), &SelfAssessmentPage::itemRequested);
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).toString(), m_page->itemId());
}

/// A note that makes the item complete must not take the field away from under it.
void TestSelfAssessmentPage::typingKeepsThePlace()
{
    const SelfAssessment all = selfAssessmentOf(m_session->outcome());
    const auto unknown = std::ranges::find_if(all.tasks, [](const SelfTask &t) {
        return t.standing->standing == Standing::Unknown || t.standing->standing == Standing::Unanswered;
    });
    QVERIFY(unknown != all.tasks.end());
    const QString id = unknown->standing->item->id;
    const int row = int(unknown - all.tasks.begin());
    list().setCurrentIndex(list().model()->index(row, 0));
    QTRY_COMPARE(m_page->itemId(), id);
    list().setFocus();
    QTest::keyClick(&list(), Qt::Key_1);
    QTest::keyClick(&list(), Qt::Key_N);
    auto *note = m_page->findChild<AnswerBar *>()->findChild<QPlainTextEdit *>();
    QTest::keyClicks(note, "12 seen in staging");
    QCOMPARE(review(id).team.note, "12 seen in staging");
    QCOMPARE(m_page->itemId(), id);
    QVERIFY(!selfAssessmentOf(m_session->outcome()).task(id));
    const int kept = list().currentIndex().row();
    QVERIFY(list().currentIndex().data(SelfTaskModel::DoneRole).toBool());
    // It goes when one goes on.
    const int rows = list().model()->rowCount();
    m_page->step(kept + 1 < rows ? 1 : -1);
    QTRY_COMPARE(list().model()->rowCount(), rows - 1);
    QVERIFY(m_page->itemId() != id);
}

void TestSelfAssessmentPage::everythingSaidIsReady()
{
    for (const ItemStanding &is : std::vector(m_session->outcome().items))
        m_session->setTeamAnswer(is.item->id, {});
    QTRY_VERIFY(!m_page->isReady());
    QStringList ids;
    for (const SelfTask &task : selfAssessmentOf(m_session->outcome()).tasks)
        ids.append(task.standing->item->id);
    for (const QString &id : ids)
        m_session->setTeamAnswer(id, {TeamAnswer::NotYet, {}, {}, {}, {}});
    QTRY_VERIFY(m_page->isReady());
}

void TestSelfAssessmentPage::guideIsWrittenOnlyWhenAsked()
{
    const QString path = m_folder + "/docs/oncall.md";
    QVERIFY(QFile::remove(path));
    QSignalSpy loaded(m_session.get(), &Session::loaded);
    m_session->reload();
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    QVERIFY(!QFile::exists(path));
    const auto *model = qobject_cast<SelfTaskModel *>(list().model());
    QTRY_VERIFY(model->rowOf("documentation.oncall") >= 0 || m_session->outcome().items.empty());
    list().setCurrentIndex(model->index(model->rowOf("documentation.oncall"), 0));
    QTRY_COMPARE(m_page->itemId(), "documentation.oncall");
    QPushButton *write = nullptr;
    QTRY_VERIFY([&] {
        for (QPushButton *button : m_page->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().contains("docs/oncall.md"))
                write = button;
        }
        return write != nullptr;
    }());
    QVERIFY(!QFile::exists(path)); // looking at it writes nothing
    write->click();
    QVERIFY(QFile::exists(path));
    QVERIFY(!write->isVisible());
}

void TestSelfAssessmentPage::bothLanguages()
{
    SelfAssessmentPage japanese(*m_session, Lang::Ja);
    QVERIFY(japanese.findChild<QTreeView *>()->model()->rowCount() > 0);
    QCOMPARE(japanese.findChild<QTreeView *>()->model()->headerData(0, Qt::Horizontal).toString(), QStringLiteral("すること"));
}

QTEST_MAIN(TestSelfAssessmentPage)
#include "tst_selfassessmentpage.moc"
