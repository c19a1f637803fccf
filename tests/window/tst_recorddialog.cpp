// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/itempage.h>
#include <pages/recorddialog.h>
#include <parts/style.h>
#include <review/session.h>
#include <window/mainwindow.h>

#include <QApplication>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QDir>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace tenken;

/// The dialog that writes a record, by itself and from the window. With TENKEN_GALLERY=<folder> its pictures are
/// kept for looking.
class TestRecordDialog : public QObject
{
    Q_OBJECT

private:
    Evidence evidence() const
    {
        Evidence e;
        e.folder = m_dir->path();
        e.service = readService(*YamlFile::parse("format: tenken.service/1\nid: id-auth\nenvironments: [staging, production]\n"
                                                 "dependencies: [{id: users-db}, {id: session-cache}]\n", QStringLiteral("readiness/service.yaml"))).value;
        auto manifests = readManifests({YamlFile::parse("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec: {template: {spec: {containers: "
                                                        "[{name: app, image: 'registry.example/id-auth:1.42.0', resources: {limits: {memory: 1Gi}}}]}}}\n", QStringLiteral("k8s.yaml"))});
        e.manifests = std::make_shared<Manifests>(std::move(manifests.value));
        return e;
    }
    std::unique_ptr<RecordDialog> dialog(const QStringList &kinds, Lang lang = Lang::En) const
    {
        return std::make_unique<RecordDialog>(evidence(), Text{"ゾーンの喪失", "Zone loss"}, kinds, QStringLiteral("Sato"), lang);
    }
    static QPushButton *ok(const RecordDialog &dialog) { return dialog.findChild<QDialogButtonBox *>()->findChild<QPushButton *>(); }
    static void choose(const RecordDialog &dialog, const char *field, const QString &data)
    {
        auto *box = dialog.findChild<QComboBox *>(QLatin1StringView(field));
        QVERIFY(box && box->findData(data) >= 0);
        box->setCurrentIndex(box->findData(data));
    }
    static void type(const RecordDialog &dialog, const char *field, const QString &text)
    {
        auto *line = dialog.findChild<QLineEdit *>(QLatin1StringView(field));
        QVERIFY(line);
        line->setText(text);
    }
    QStringList records() const { return QDir(m_dir->filePath(QStringLiteral("readiness/tests"))).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_dir;

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        useTenkenLook(false);
    }
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void everyQuestionHasAName()
    {
        for (const TestKind &kind : testKinds()) {
            const auto d = dialog({QString::fromLatin1(kind.name)});
            for (const TestField *field : fieldsOf(QString::fromLatin1(kind.name))) {
                const auto *editor = d->findChild<QWidget *>(QLatin1StringView(field->path));
                QVERIFY2(editor, field->path);
                QCOMPARE(editor->accessibleName(), field->what.en);
                QVERIFY(editor->focusPolicy() & Qt::TabFocus);
            }
        }
    }

    void whatIsKnownIsFilledIn()
    {
        const auto d = dialog({QStringLiteral("zone-loss")});
        QCOMPARE(d->findChild<QLineEdit *>(QStringLiteral("image"))->text(), QStringLiteral("registry.example/id-auth:1.42.0"));
        QCOMPARE(d->findChild<QLineEdit *>(QStringLiteral("limits"))->text(), QStringLiteral("cpu=none, memory=1Gi"));
        QCOMPARE(d->findChild<QLineEdit *>(QStringLiteral("who"))->text(), QStringLiteral("Sato"));
        QCOMPARE(d->findChild<QComboBox *>(QStringLiteral("environment"))->count(), 3);
    }

    void onlyAnswersThatMayStandAreWritten()
    {
        const auto d = dialog({QStringLiteral("zone-loss")});
        QVERIFY(!ok(*d)->isEnabled()); // how did it end?
        choose(*d, "result", QStringLiteral("pass"));
        QVERIFY(ok(*d)->isEnabled());
        type(*d, "pods", QStringLiteral("six"));
        QVERIFY(!ok(*d)->isEnabled());
        type(*d, "pods", QStringLiteral("6"));
        type(*d, "outcome.errors", QStringLiteral("-3"));
        QVERIFY(!ok(*d)->isEnabled());
        type(*d, "outcome.errors", QStringLiteral("3"));
        QVERIFY(ok(*d)->isEnabled());
    }

    void itWritesANewFileEachTime()
    {
        for (int i = 0; i < 2; ++i) {
            const auto d = dialog({QStringLiteral("zone-loss")});
            d->findChild<QDateTimeEdit *>(QStringLiteral("started"))->setDateTime(QDateTime(QDate(2026, 11, 5), QTime(14, 0)));
            choose(*d, "environment", QStringLiteral("staging"));
            choose(*d, "result", QStringLiteral("pass"));
            type(*d, "outcome.zone", QStringLiteral("a"));
            d->findChild<QPlainTextEdit *>(QStringLiteral("notes"))->setPlainText(QStringLiteral("one\ntwo"));
            ok(*d)->click();
            QCOMPARE(d->result(), int(QDialog::Accepted));
            QCOMPARE(d->written(), i == 0 ? QStringLiteral("readiness/tests/2026-11-05-zone-loss.yaml") : QStringLiteral("readiness/tests/2026-11-05-zone-loss-2.yaml"));
        }
        QCOMPARE(records().size(), 2);
        QFile file(m_dir->filePath(QStringLiteral("readiness/tests/2026-11-05-zone-loss.yaml")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const TestReading reading = readTestRecord(*YamlFile::parse(file.readAll(), QStringLiteral("a.yaml")));
        QVERIFY(reading.errors.empty() && reading.warnings.empty());
        QCOMPARE(*reading.record.notes, QStringLiteral("one\ntwo"));
        QCOMPARE(reading.record.started->date(), QDate(2026, 11, 5));
    }

    void anotherKindKeepsWhatWasTyped()
    {
        const auto d = dialog({QStringLiteral("liveness"), QStringLiteral("dependency-down")});
        type(*d, "outcome.liveness", QStringLiteral("normal=200"));
        type(*d, "pods", QStringLiteral("4"));
        auto *kind = d->findChild<QComboBox *>();
        kind->setCurrentIndex(1);
        QCOMPARE(d->draft().kind, QStringLiteral("dependency-down"));
        QCOMPARE(d->findChild<QLineEdit *>(QStringLiteral("pods"))->text(), QStringLiteral("4"));
        QCOMPARE(d->findChild<QLineEdit *>(QStringLiteral("outcome.liveness"))->text(), QStringLiteral("normal=200"));
        QVERIFY(d->findChild<QComboBox *>(QStringLiteral("outcome.contained")));
    }

    void aFileThatCannotBeWrittenKeepsTheDialogOpen()
    {
        QFile inTheWay(m_dir->filePath(QStringLiteral("readiness")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const auto d = dialog({QStringLiteral("zone-loss")});
        d->show();
        choose(*d, "result", QStringLiteral("fail"));
        ok(*d)->click();
        QVERIFY(d->isVisible());
        QCOMPARE(d->written(), QString());
    }

    void fromTheWindow()
    {
        const QString folder = m_dir->filePath(QStringLiteral("id-auth"));
        QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", folder}), 0);
        MainWindow window(Lang::En);
        window.resize(1600, 1000);
        window.show();
        QSignalSpy loaded(&window.session(), &Session::loaded);
        window.open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
        window.showItem(QStringLiteral("resilience.mixed-versions"));
        const auto before = window.session().evidence().records.size();
        auto *page = window.findChild<ItemPage *>();
        const auto button = [&] {
            for (QToolButton *b : page->findChildren<QToolButton *>()) {
                if (b->text() == QStringLiteral("Record a test…"))
                    return b;
            }
            return static_cast<QToolButton *>(nullptr);
        }();
        QVERIFY(button && button->isVisibleTo(page));
        bool asked = false;
        QTimer::singleShot(200, &window, [&] {
            auto *d = qobject_cast<RecordDialog *>(QApplication::activeModalWidget());
            QVERIFY(d);
            asked = true;
            QCOMPARE(d->draft().kind, QStringLiteral("rollout-under-load"));
            choose(*d, "result", QStringLiteral("pass"));
            type(*d, "outcome.errors", QStringLiteral("2"));
            ok(*d)->click();
        });
        loaded.clear();
        page->recordTest();
        QVERIFY(asked);
        QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
        QCOMPARE(window.session().evidence().records.size(), before + 1);
        QCOMPARE(toString(window.session().assessment().item(QStringLiteral("resilience.mixed-versions"))->verdict), QStringLiteral("fail"));
        window.showItem(QStringLiteral("release.lint"));
        QVERIFY(!button->isVisibleTo(page));
        page->recordTest(); // asks nothing where no record answers
        window.session().undoStack()->setClean();
    }

    void picture_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("english");
        for (const bool dark : {false, true}) {
            for (const bool english : {false, true})
                QTest::addRow("%s-%s", dark ? "dark" : "light", english ? "en" : "ja") << dark << english;
        }
    }
    void picture()
    {
        QFETCH(bool, dark);
        QFETCH(bool, english);
        useTenkenLook(dark);
        for (const char *kind : {"zone-loss", "dependency-down"}) {
            const auto d = dialog({QString::fromLatin1(kind)}, english ? Lang::En : Lang::Ja);
            d->show();
            choose(*d, "result", QStringLiteral("pass"));
            type(*d, "outcome.errors", QLatin1StringView(kind) == QLatin1StringView("zone-loss") ? QStringLiteral("37") : QStringLiteral("many"));
            QVERIFY(QTest::qWaitForWindowExposed(d.get()));
            const QImage image = d->grab().toImage();
            QVERIFY(image.width() >= 600);
            const auto *content = d->findChild<QScrollArea *>();
            QVERIFY(!content->horizontalScrollBar()->isVisible());
            if (const QString folder = qEnvironmentVariable("TENKEN_GALLERY"); !folder.isEmpty())
                QVERIFY(image.save(QStringLiteral("%1/record-%2-%3.png").arg(folder, QLatin1StringView(kind), QLatin1StringView(QTest::currentDataTag()))));
        }
        useTenkenLook(false);
    }
};

QTEST_MAIN(TestRecordDialog)
#include "tst_recorddialog.moc"
