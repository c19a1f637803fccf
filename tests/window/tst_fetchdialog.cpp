// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakedatadog.h"

#include <parts/style.h>
#include <window/fetchdialog.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

namespace
{

const QByteArray apiKey = "0123456789abcdef0123456789abcdef";
const QByteArray applicationKey = "fedcba9876543210fedcba9876543210fedcba98";
const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");

} // namespace

/// The dialog by its keys alone, against a Datadog in this process. With TENKEN_GALLERY=<folder> its pictures
/// are kept for looking.
class TestFetchDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void fetchesByKeyboard();
    void whatIsTurnedOffAndChanged();
    void escapeCancelsAndResumeFetchesTheRest();
    void withoutKeysNothingStarts();
    void keychainThatIsNotThere();
    void wrongKeysAreSaid();
    void copiesAsCurl();
    void everyFieldHasAName();
    void theModelIsAModel();
    void pictures_data();
    void pictures();

private:
    Service service() const;
    std::unique_ptr<FetchDialog> shown(Lang lang = Lang::En);
    static QPushButton *button(const FetchDialog &d, const char *name)
    {
        return d.findChild<QPushButton *>(QLatin1StringView(name));
    }
    static QString state(const FetchDialog &d)
    {
        return d.findChild<QLabel *>(QStringLiteral("state"))->text();
    }
    static QTableView *table(const FetchDialog &d) { return d.findChild<QTableView *>(); }
    static void focusOn(FetchDialog &d, const QWidget *wanted);
    static void press(FetchDialog &d, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &d, key, modifiers);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeDatadog> m_server;
};

void TestFetchDialog::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    useTenkenLook(false);
}

void TestFetchDialog::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog");
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    m_server->missingScopes = {"/api/v1/slo"};
    QVERIFY(m_server->listen());
    qputenv("DD_API_KEY", apiKey);
    qputenv("DD_APP_KEY", applicationKey);
    qputenv("DD_SITE", m_server->site().toUtf8());
}

void TestFetchDialog::cleanup()
{
    QCOMPARE(m_server->complaints(), QStringList());
}

Service TestFetchDialog::service() const
{
    QFile file(demo + "/readiness/service.yaml");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the demo service is not there");
    return readService(*YamlFile::parse(file.readAll(), QStringLiteral("readiness/service.yaml"))).value;
}

std::unique_ptr<FetchDialog> TestFetchDialog::shown(Lang lang)
{
    auto dialog = std::make_unique<FetchDialog>(service(), m_dir->path(), lang);
    dialog->show();
    if (!QTest::qWaitForWindowActive(dialog.get()))
        qWarning("the dialog did not get the focus");
    return dialog;
}

// As a person gets there: with Tab.
void TestFetchDialog::focusOn(FetchDialog &d, const QWidget *wanted)
{
    for (int i = 0; i < 80 && QApplication::focusWidget() != wanted; ++i)
        press(d, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), wanted);
}

void TestFetchDialog::fetchesByKeyboard()
{
    const auto d = shown();
    QSignalSpy fetched(d.get(), &FetchDialog::fetched);
    QCOMPARE(QApplication::focusWidget(), table(*d));
    focusOn(*d, button(*d, "start"));
    press(*d, Qt::Key_Space);
    QVERIFY(!d->findChild<QComboBox *>("site")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!fetched.isEmpty(), 60'000);
    QVERIFY2(state(*d).contains(" fetched.") && state(*d).endsWith("Not fetched: SLOs."),
             qPrintable(state(*d)));
    QVERIFY(QFileInfo::exists(m_dir->filePath("readiness/datadog/snapshot.json")));
    const QAbstractItemModel *model = table(*d)->model();
    QStringList results;
    for (int row = 0; row < model->rowCount(); ++row)
        results << model->index(row, FetchPlanModel::What).data().toString() + u' '
                + model->index(row, FetchPlanModel::Came).data().toString();
    QVERIFY(results.contains("Requests ✓ 1,008 points (1 series)")
            || results.filter(QRegularExpression("^Requests ✓ 1,00\\d points")).size() == 1);
    QCOMPARE(results.filter("SLOs ✗ 403 Wrong site, wrong key or missing scope.").size(), 1);
    QVERIFY(results.filter("Monitor ").size() > 3); // what the list led to
    QVERIFY(d->isVisible());
    press(*d, Qt::Key_Escape);
    QVERIFY(!d->isVisible());
}

void TestFetchDialog::whatIsTurnedOffAndChanged()
{
    const auto d = shown();
    QTableView *plan = table(*d);
    const QAbstractItemModel *model = plan->model();
    QCOMPARE(QApplication::focusWidget(), plan);
    // Everything off but the second line, whose query is typed anew.
    for (int row = 0; row < model->rowCount(); ++row) {
        if (row != 1)
            press(*d, Qt::Key_Space);
        press(*d, Qt::Key_Down);
    }
    for (int row = 0; row < model->rowCount(); ++row)
        QCOMPARE(model->index(row, 0).data(Qt::CheckStateRole).toInt(),
                 int(row == 1 ? Qt::Checked : Qt::Unchecked));
    press(*d, Qt::Key_Home, Qt::ControlModifier);
    press(*d, Qt::Key_Down);
    press(*d, Qt::Key_Right);
    press(*d, Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    QTest::keySequence(editor, QKeySequence::SelectAll);
    QTest::keyClicks(editor, "sum:my.errors{service:id-auth}");
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(model->index(1, FetchPlanModel::Query).data().toString(),
                 QStringLiteral("sum:my.errors{service:id-auth}"));
    // Another environment: what was changed by hand stays.
    d->findChild<QLineEdit *>("environment")->setText("staging");
    QCOMPARE(model->index(1, FetchPlanModel::Query).data().toString(),
             QStringLiteral("sum:my.errors{service:id-auth}"));
    QVERIFY(model->index(0, FetchPlanModel::Query).data().toString().contains("env:staging"));
    QCOMPARE(model->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QSignalSpy fetched(d.get(), &FetchDialog::fetched);
    button(*d, "start")->setFocus();
    press(*d, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!fetched.isEmpty(), 60'000);
    QCOMPARE(m_server->http().requests().size(), 2u);
    QCOMPARE(m_server->http().requests()[1].query("query"), QStringLiteral("sum:my.errors{service:id-auth}"));
    QVERIFY(model->index(1, FetchPlanModel::Came).data().toString().contains("no data"));
}

void TestFetchDialog::escapeCancelsAndResumeFetchesTheRest()
{
    FakeAnswer late = jsonAnswer("{}");
    late.delayMs = 30'000;
    m_server->script("/api/v1/dashboard/abc-def-ghi", {late});
    const auto d = shown();
    QVERIFY(!button(*d, "resume")->isEnabled()); // nothing was begun
    QSignalSpy fetched(d.get(), &FetchDialog::fetched);
    focusOn(*d, button(*d, "start"));
    press(*d, Qt::Key_Space);
    auto *progress = d->findChild<QProgressBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible() && progress->value() > 0
                                 && progress->value() == progress->maximum() - 1,
                             60'000);
    press(*d, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!fetched.isEmpty(), 30'000);
    QVERIFY(d->isVisible());
    QVERIFY2(state(*d).startsWith("Cancelled."), qPrintable(state(*d)));
    const size_t before = m_server->http().requests().size();
    QVERIFY(button(*d, "resume")->isEnabled());
    focusOn(*d, button(*d, "resume"));
    press(*d, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(fetched.size(), 2, 60'000);
    QVERIFY(m_server->http().requests().size()
            <= before + 6); // the check, the SLO that may not be read, and what was under way
    QCOMPARE(m_server->requestsOf("/api/v1/monitor").size(), 1u);
}

void TestFetchDialog::withoutKeysNothingStarts()
{
    qunsetenv("DD_API_KEY");
    const auto d = shown();
    QVERIFY(!button(*d, "start")->isEnabled());
    bool said = false;
    for (const QLabel *label : d->findChildren<QLabel *>())
        said = said || label->text().contains("DD_API_KEY and DD_APP_KEY (or DD_BEARER_TOKEN) are not set.");
    QVERIFY(said);
}

void TestFetchDialog::keychainThatIsNotThere()
{
    const auto d = shown();
    auto *source = d->findChild<QComboBox *>("source");
    source->setFocus();
    press(*d, Qt::Key_Down);
    QVERIFY(!button(*d, "start")->isEnabled());
    const auto says = [&](const char *text) {
        return std::ranges::any_of(d->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->text().contains(QLatin1StringView(text));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says("keychain"), 30'000);
    press(*d, Qt::Key_Up);
    QVERIFY(button(*d, "start")->isEnabled());
}

void TestFetchDialog::wrongKeysAreSaid()
{
    m_server->apiKey = "another";
    const auto d = shown();
    QSignalSpy fetched(d.get(), &FetchDialog::fetched);
    button(*d, "start")->click();
    QTRY_VERIFY_WITH_TIMEOUT(state(*d).contains("wrong site, wrong key or missing scope"), 30'000);
    QVERIFY(fetched.isEmpty() && !QFileInfo::exists(m_dir->filePath("readiness")));
    QVERIFY(button(*d, "start")->isEnabled());
}

void TestFetchDialog::copiesAsCurl()
{
    const auto d = shown();
    focusOn(*d, button(*d, "copy"));
    press(*d, Qt::Key_Space);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.startsWith("curl ") && text.contains("$DD_API_KEY"));
    QVERIFY(!text.contains(QString::fromLatin1(apiKey)));
    QVERIFY(m_server->http().requests().empty());
}

void TestFetchDialog::everyFieldHasAName()
{
    for (const Lang lang : {Lang::Ja, Lang::En}) {
        const auto d = shown(lang);
        for (const QWidget *w : d->findChildren<QWidget *>()) {
            if (!w->isVisible() || !(w->focusPolicy() & Qt::TabFocus) || qobject_cast<const QLabel *>(w)
                || w->objectName().startsWith("qt_"))
                continue;
            const auto *b = qobject_cast<const QPushButton *>(w);
            QVERIFY2(!w->accessibleName().isEmpty() || (b && !b->text().isEmpty())
                         || qobject_cast<const QComboBox *>(w->parent()),
                     qPrintable(w->objectName() + w->metaObject()->className()));
        }
        for (const QLineEdit *line : d->findChildren<QLineEdit *>())
            QVERIFY(!line->text().contains(QString::fromLatin1(apiKey)));
    }
}

void TestFetchDialog::theModelIsAModel()
{
    FetchPlanModel model(Lang::En);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    FetchWishes wishes;
    wishes.window = defaultWindow(QDateTime::currentDateTime());
    const FetchPlan plan = fetchPlan(service(), wishes);
    model.setPlan(plan);
    QCOMPARE(model.rowCount(), int(plan.requests.size()));
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!model.setData(model.index(2, FetchPlanModel::Query), "", Qt::EditRole));
    model.setRunning(true);
    QVERIFY(!model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    FetchRow row;
    row.state = FetchRow::State::Failed;
    row.status = 404;
    row.came = {"x", "gone"};
    model.setRow(0, row); // the first that is asked for is the second line
    QCOMPARE(model.index(1, FetchPlanModel::Came).data().toString(), QStringLiteral("✗ 404 gone"));
    row.label = {"多", "More\n"};
    model.setRow(int(plan.requests.size()) + 1, row);
    QCOMPARE(model.rowCount(), int(plan.requests.size()) + 3);
    QCOMPARE(model.index(model.rowCount() - 1, 0).data().toString(), QStringLiteral("More␊"));
    QVERIFY(!model.index(model.rowCount() - 1, 0).data(Qt::CheckStateRole).isValid());
}

void TestFetchDialog::pictures_data()
{
    QTest::addColumn<Lang>("lang");
    QTest::addColumn<bool>("dark");
    QTest::newRow("ja-light") << Lang::Ja << false;
    QTest::newRow("en-dark") << Lang::En << true;
    QTest::newRow("en-light") << Lang::En << false;
    QTest::newRow("ja-dark") << Lang::Ja << true;
}

void TestFetchDialog::pictures()
{
    QFETCH(Lang, lang);
    QFETCH(bool, dark);
    useTenkenLook(dark);
    const auto d = shown(lang);
    QSignalSpy fetched(d.get(), &FetchDialog::fetched);
    const QPixmap before = d->grab();
    button(*d, "start")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!fetched.isEmpty(), 60'000);
    table(*d)->scrollToBottom();
    const QPixmap after = d->grab();
    QVERIFY(!before.isNull() && !after.isNull());
    if (const QString folder = qEnvironmentVariable("TENKEN_GALLERY"); !folder.isEmpty()) {
        QVERIFY(before.save(folder + "/fetch-" + QTest::currentDataTag() + "-plan.png"));
        QVERIFY(after.save(folder + "/fetch-" + QTest::currentDataTag() + "-done.png"));
    }
    useTenkenLook(false);
}

QTEST_MAIN(TestFetchDialog)
#include "tst_fetchdialog.moc"
