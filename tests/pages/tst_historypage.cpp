// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historypage.h>

#include <pages/historyfeed.h>
#include <parts/style.h>
#include <review/session.h>

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QListView>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

/// What happened to a small service's review, in git and without.
class TestHistoryPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void init();
    void cleanup();
    void withoutHistoryTheWayIsShown();
    void revisionsAreComparedWithNow();
    void aChangeLeadsToItsItem();
    void twoRevisionsCompare();
    void whatCannotBeReadIsSaid();

private:
    void write(const QString &path, const QByteArray &bytes);
    void commit(const char *subject);
    void commitTwice();
    HistoryPage &show(Lang lang = Lang::En);
    QString words() const;
    QListView *timeline() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<HistoryFeed> m_feed;
    std::unique_ptr<HistoryPage> m_page;
};

void TestHistoryPage::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    write("readiness/service.yaml", "format: tenken.service/1\nid: cart\nname: Cart\nevidence:\n  manifests: [deploy]\n");
}

void TestHistoryPage::cleanup()
{
    m_page.reset();
    m_feed.reset();
    m_session.reset();
    m_dir.reset();
}

void TestHistoryPage::write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(m_dir->filePath(path)).path());
    QFile file(m_dir->filePath(path));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

void TestHistoryPage::commit(const char *subject)
{
    const auto git = [&](const QStringList &arguments) {
        QProcess process;
        process.setWorkingDirectory(m_dir->path());
        process.start("git", QStringList{"-c", "user.name=Sato", "-c", "user.email=s@example.com", "-c", "commit.gpgsign=false"} + arguments);
        QVERIFY(process.waitForFinished() && process.exitCode() == 0);
    };
    git({"init", "-q"});
    git({"add", "-A"});
    git({"commit", "-q", "-m", subject});
}

void TestHistoryPage::commitTwice()
{
    const auto deployment = [](const char *grace) {
        return QByteArray("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: cart}}\n"
                          "  template:\n    metadata: {labels: {app: cart}}\n    spec:\n      terminationGracePeriodSeconds: ")
            + grace + "\n      containers:\n        - {name: app, image: \"r.example.com/cart:1\", lifecycle: {preStop: {exec: {command: [sleep, \"15\"]}}}}\n";
    };
    const QByteArray review = "format: tenken.review/1\nservice: cart\nchecklist: zozotown\nchecklist-version: \"2.1\"\nitems:\n";
    write("deploy/cart.yaml", deployment("10"));
    write("readiness/review.yaml", review + "  documentation.oncall: {team: {answer: fail, by: Sato}}\n");
    commit("Begin the review");
    write("deploy/cart.yaml", deployment("60"));
    write("readiness/review.yaml", review + "  documentation.oncall: {team: {answer: pass, by: Sato}}\n");
    commit("Give the pods a minute");
}

HistoryPage &TestHistoryPage::show(Lang lang)
{
    m_session = std::make_unique<Session>();
    m_feed = std::make_unique<HistoryFeed>(*m_session);
    m_page = std::make_unique<HistoryPage>(*m_session, *m_feed, lang);
    m_page->resize(1200, 800);
    m_page->show();
    QSignalSpy read(m_page.get(), &HistoryPage::refreshed);
    m_session->open(m_dir->path());
    const bool done = QTest::qWaitFor([&] { return !read.isEmpty() && !m_page->isBusy(); }, 60'000);
    if (!done)
        QTest::qFail("the history was not read", __FILE__, __LINE__);
    QCoreApplication::processEvents();
    return *m_page;
}

QString TestHistoryPage::words() const
{
    QStringList all;
    for (const QLabel *label : m_page->findChildren<QLabel *>()) {
        if (label->isVisibleTo(m_page.get()))
            all << label->text();
    }
    return all.join(u'\n');
}

/// Not one of those that the choices drop down.
QListView *TestHistoryPage::timeline() const
{
    for (QListView *list : m_page->findChildren<QListView *>()) {
        if (qobject_cast<HistoryModel *>(list->model()))
            return list;
    }
    return nullptr;
}

void TestHistoryPage::withoutHistoryTheWayIsShown()
{
    show();
    QVERIFY(!timeline()->isVisible());
    QVERIFY2(words().contains("readiness/signed"), qPrintable(words()));
}

void TestHistoryPage::revisionsAreComparedWithNow()
{
    commitTwice();
    HistoryPage &page = show();
    QListView *list = timeline();
    QCOMPARE(list->model()->rowCount(), 2);
    QVERIFY(words().contains("0 items changed")); // the newest commit is what is there
    list->setCurrentIndex(list->model()->index(1, 0));
    QVERIFY(words().contains("Judging the commit"));
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), 30'000);
    QTRY_VERIFY2(words().contains("The service changed"), qPrintable(words()));
    QVERIFY(words().contains("cart.yaml changed"));
    QVERIFY(words().contains("People decided otherwise"));
    QVERIFY(!words().contains("Tenken changed"));
}

void TestHistoryPage::aChangeLeadsToItsItem()
{
    commitTwice();
    HistoryPage &page = show();
    QListView *list = timeline();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTRY_VERIFY2(words().contains("cart.yaml changed"), qPrintable(words()));
    QSignalSpy asked(&page, &HistoryPage::itemRequested);
    for (QLabel *label : page.findChildren<QLabel *>()) {
        if (label->accessibleName() == u"Graceful stop")
            emit label->linkActivated("#");
    }
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toString(), "resilience.graceful-stop");
}

void TestHistoryPage::twoRevisionsCompare()
{
    commitTwice();
    HistoryPage &page = show(Lang::Ja);
    const auto boxes = page.findChildren<QComboBox *>();
    QCOMPARE(boxes.size(), 2);
    QCOMPARE(boxes[0]->count(), 2);
    QCOMPARE(boxes[1]->count(), 3); // and now
    boxes[1]->setCurrentIndex(2);
    emit boxes[1]->activated(2);
    QTRY_VERIFY2(words().contains(QStringLiteral("サービスが変わった")), qPrintable(words()));
}

void TestHistoryPage::whatCannotBeReadIsSaid()
{
    commitTwice();
    write("readiness/signed/torn.pdf", "%PDF-1.6\nno more");
    show();
    QVERIFY2(words().contains("readiness/signed/torn.pdf"), qPrintable(words()));
    QVERIFY(words().contains("0 items changed"));
}

QTEST_MAIN(TestHistoryPage)
#include "tst_historypage.moc"
