// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakehttp.h"

#include <window/smokedialog.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

/// Sending smoke requests from the window. With TENKEN_GALLERY=<folder> its pictures are kept for looking.
class TestSmokeDialog : public QObject
{
    Q_OBJECT

private:
    Evidence evidence(bool requests = true) const
    {
        Evidence e;
        e.folder = m_dir->path();
        const QByteArray url = m_server->url(QStringLiteral("/")).toEncoded();
        const QByteArray environments = "environments:\n- id: staging\n  smoke: [{id: health, url: '" + url + "healthz'}, {id: broken, url: '" + url + "broken'}, {id: token, url: '"
            + url + "token', headers: {Authorization: 'Bearer ${TENKEN_TEST_NOT_SET}'}}]\n- id: production\n  smoke: [{id: health, url: '" + url + "healthz'}]\n- id: silent\n  smoke: [{id: s, url: '" + url + "silent'}]\n";
        e.service = readService(*YamlFile::parse("format: tenken.service/1\nid: id-auth\n" + (requests ? environments : QByteArray()), QStringLiteral("readiness/service.yaml"))).value;
        e.manifests = std::make_shared<Manifests>();
        return e;
    }
    template<typename T>
    static T *part(const QDialog &dialog, const char *name) { return dialog.findChild<T *>(QLatin1StringView(name)); }
    static QString cell(const QDialog &dialog, int row, int column) { return part<QTableWidget>(dialog, "requests")->item(row, column)->text(); }
    static QString state(const QDialog &dialog) { return part<QLabel>(dialog, "state")->text(); }
    QStringList records() const { return QDir(m_dir->filePath(QStringLiteral("readiness/tests"))).entryList(QDir::Files | QDir::Hidden); }
    static void keep(QWidget &widget, const char *name)
    {
        if (const QString folder = qEnvironmentVariable("TENKEN_GALLERY"); !folder.isEmpty())
            widget.grab().save(folder + QStringLiteral("/smoke-%1.png").arg(QLatin1StringView(name)));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeHttp> m_server;

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("readiness"))));
        m_server = std::make_unique<FakeHttp>([](const FakeRequest &r) -> FakeAnswer {
            if (r.path() == u"/silent")
                return {.delivery = FakeAnswer::Delivery::Silent};
            return {.status = r.path() == u"/broken" ? 500 : 200};
        });
        QVERIFY(m_server->listen());
    }

    void nothingIsSentBeforehand()
    {
        SmokeDialog dialog(evidence(), QStringLiteral("Sato"), Lang::En);
        dialog.setVisible(true);
        QCOMPARE(part<QTableWidget>(dialog, "requests")->rowCount(), 3);
        QCOMPARE(cell(dialog, 0, 0), QStringLiteral("health"));
        QVERIFY(cell(dialog, 0, 1).startsWith(QStringLiteral("GET http://127.0.0.1")));
        QCOMPARE(part<QLineEdit>(dialog, "who")->text(), QStringLiteral("Sato"));
        QVERIFY2(state(dialog).contains(QStringLiteral("TENKEN_TEST_NOT_SET")), qPrintable(state(dialog)));
        QVERIFY(part<QPushButton>(dialog, "start")->isEnabled());
        QVERIFY(part<QCheckBox>(dialog, "confirm")->isHidden());
        QTest::qWait(0);
        QVERIFY(m_server->requests().empty());
    }

    void answersAreShownAndRecorded()
    {
        SmokeDialog dialog(evidence(), QStringLiteral("Sato"), Lang::En);
        QSignalSpy recorded(&dialog, &SmokeDialog::recorded);
        dialog.setVisible(true);
        QTest::keyClick(part<QPushButton>(dialog, "start"), Qt::Key_Space);
        QTRY_COMPARE(recorded.count(), 1);
        QCOMPARE(cell(dialog, 0, 2), QStringLiteral("✓ pass"));
        QCOMPARE(cell(dialog, 0, 3), QStringLiteral("200"));
        QCOMPARE(cell(dialog, 1, 2), QStringLiteral("✗ fail"));
        QCOMPARE(cell(dialog, 2, 2), QStringLiteral("– not sent"));
        QVERIFY2(state(dialog).contains(QStringLiteral("1 of 3 requests passed. Recorded in readiness/tests/smoke-staging-")), qPrintable(state(dialog)));
        QCOMPARE(records().size(), 1);
        QVERIFY(dialog.written().endsWith(records().front()));
        keep(dialog, "en");
    }

    void productionIsConfirmed()
    {
        SmokeDialog dialog(evidence(), {}, Lang::Ja);
        dialog.setVisible(true);
        part<QComboBox>(dialog, "environment")->setCurrentIndex(1);
        auto *confirm = part<QCheckBox>(dialog, "confirm");
        QVERIFY(confirm->isVisible());
        QVERIFY2(confirm->text().contains(QStringLiteral("1 件の要求を 127.0.0.1")), qPrintable(confirm->text()));
        QVERIFY(!part<QPushButton>(dialog, "start")->isEnabled());
        QTest::keyClick(confirm, Qt::Key_Space);
        QVERIFY(part<QPushButton>(dialog, "start")->isEnabled());
        keep(dialog, "ja");
        QTest::keyClick(part<QPushButton>(dialog, "start"), Qt::Key_Space);
        QTRY_COMPARE(records().size(), 1);
        QVERIFY(!part<QPushButton>(dialog, "start")->isEnabled()); // each run is confirmed for itself
    }

    void escapeCancelsAndRecordsNothing()
    {
        SmokeDialog dialog(evidence(), {}, Lang::En);
        dialog.setVisible(true);
        part<QComboBox>(dialog, "environment")->setCurrentIndex(2);
        QTest::keyClick(part<QPushButton>(dialog, "start"), Qt::Key_Space);
        QTRY_COMPARE(m_server->requests().size(), size_t(1));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QTRY_COMPARE(cell(dialog, 0, 2), QStringLiteral("– not sent"));
        QVERIFY(dialog.isVisible());
        QVERIFY(records().isEmpty());
        QVERIFY(state(dialog).contains(QStringLiteral("Cancelled")));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void wrongAnswersAreNotRecorded()
    {
        SmokeDialog dialog(evidence(), {}, Lang::En);
        dialog.setVisible(true);
        part<QLineEdit>(dialog, "pods")->setText(QStringLiteral("many"));
        QVERIFY(!part<QPushButton>(dialog, "start")->isEnabled());
        QVERIFY(state(dialog).contains(QStringLiteral("Number of Pods")));
        part<QLineEdit>(dialog, "pods")->setText(QStringLiteral("6"));
        QVERIFY(part<QPushButton>(dialog, "start")->isEnabled());
        QVERIFY(!state(dialog).contains(QStringLiteral("Number of Pods")));
    }

    void withoutRequests()
    {
        SmokeDialog dialog(evidence(false), {}, Lang::En);
        dialog.setVisible(true);
        QVERIFY(!part<QPushButton>(dialog, "start")->isEnabled());
        QVERIFY(state(dialog).contains(QStringLiteral("There are no requests")));
    }
};

QTEST_MAIN(TestSmokeDialog)
#include "tst_smokedialog.moc"
