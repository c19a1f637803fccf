// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "fakedatadog/fakedatadog.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace
{

const QByteArray apiKey = "0123456789abcdef0123456789abcdef";
const QByteArray applicationKey = "fedcba9876543210fedcba9876543210fedcba98";
const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");
const QStringList week{"--from", "2026-11-12", "--to", "2026-11-19"};

} // namespace

/// `tenken snapshot` as people call it, against a Datadog in this process.
class TestSnapshotCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void fetches();
    void dryRunAsksNothing();
    void exitCodes_data();
    void exitCodes();
    void missingScope();
    void editsThePlan();
    void resumes();
    void json();

private:
    CliOutcome run(const QStringList &arguments, QProcessEnvironment environment);
    CliOutcome run(const QStringList &arguments) { return run(arguments, environment()); }
    QProcessEnvironment environment() const;
    QStringList snapshot(const QStringList &more = {}) const
    {
        return QStringList{"snapshot", m_folder, "--lang", "en"} + more;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<FakeDatadog> m_server;
};

void TestSnapshotCommand::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", demo, m_folder}), 0);
    QVERIFY(QDir(m_folder + "/readiness/datadog").removeRecursively());
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog");
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    QVERIFY(m_server->listen());
}

void TestSnapshotCommand::cleanup()
{
    QCOMPARE(m_server->complaints(), QStringList());
    QDirIterator it(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QByteArray bytes = fileText(it.next());
        QVERIFY2(!bytes.contains(apiKey) && !bytes.contains(applicationKey), qPrintable(it.filePath()));
    }
}

QProcessEnvironment TestSnapshotCommand::environment() const
{
    QProcessEnvironment e = QProcessEnvironment::systemEnvironment();
    e.insert("DD_API_KEY", apiKey);
    e.insert("DD_APP_KEY", applicationKey);
    e.insert("DD_SITE", m_server->site());
    e.insert("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    e.remove("DD_BEARER_TOKEN");
    return e;
}

// The server lives in this thread: it has to go on while the program runs.
CliOutcome TestSnapshotCommand::run(const QStringList &arguments, QProcessEnvironment environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(TENKEN_PROGRAM), arguments);
    if (!process.waitForStarted()
        || !QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 120'000))
        return {};
    CliOutcome outcome{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    if (outcome.out.contains(apiKey) || outcome.err.contains(apiKey) || outcome.out.contains(applicationKey))
        outcome.code = 99; // printed a key
    return outcome;
}

void TestSnapshotCommand::fetches()
{
    const CliOutcome o = run(snapshot(week));
    QVERIFY2(o.code == 0, o.err);
    QVERIFY(o.out.contains("request_rate") && o.out.contains("1,008 points (1 series)"));
    QVERIFY(o.out.contains("monitor_18240101"));
    QVERIFY(o.err.contains("from 2026-11-12T00:00:00 to 2026-11-19T00:00:00, reading only"));
    const QJsonObject index =
        QJsonDocument::fromJson(fileText(m_folder + "/readiness/datadog/snapshot.json")).object();
    QCOMPARE(index.value("format").toString(), QStringLiteral("tenken-datadog-snapshot"));
    QVERIFY(index.value("captured_by").toString().startsWith("tenken 0."));
    // What it wrote is what the check reads.
    const CliOutcome check = run({"check", m_folder, "--format", "json", "--lang", "en"});
    QVERIFY(check.code == 0 || check.code == 1);
    QVERIFY(!check.out.contains("snapshot.json:"));
}

void TestSnapshotCommand::dryRunAsksNothing()
{
    const CliOutcome o = run(snapshot({"--dry-run"}));
    QCOMPARE(o.code, 0);
    QVERIFY(o.out.contains("-H \"DD-API-KEY: $DD_API_KEY\""));
    QVERIFY(o.out.contains("# monitors: Monitors") && o.out.contains("/api/v2/query/timeseries"));
    QVERIFY(m_server->http().requests().empty());
    QVERIFY(!QFileInfo::exists(m_folder + "/readiness/datadog"));
}

void TestSnapshotCommand::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("wrong key") << QStringList{} << QByteArray("00000000000000000000000000000000") << 2
                               << QByteArray("wrong site, wrong key or missing scope");
    QTest::newRow("no key, no keychain")
        << QStringList{} << QByteArray() << 2 << QByteArray("There is no key");
    QTest::newRow("site") << QStringList{"--site", "two words"} << apiKey << 2
                          << QByteArray("cannot be read as a site");
    QTest::newRow("time") << QStringList{"--from", "yesterday"} << apiKey << 2
                          << QByteArray("The window is no date");
    QTest::newRow("order") << QStringList{"--from", "2026-11-19", "--to", "2026-11-12"} << apiKey << 2
                           << QByteArray("before its end");
    QTest::newRow("line") << QStringList{"--only", "monitor"} << apiKey << 2
                          << QByteArray("Did you mean monitors?");
    QTest::newRow("query") << QStringList{"--query", "slo=nonsense"} << apiKey << 2
                           << QByteArray("cannot be used");
    QTest::newRow("key in a query") << QStringList{"--query", "slo=api_key=1"} << apiKey << 2
                                    << QByteArray("cannot be used");
    QTest::newRow("resume") << QStringList{"--resume"} << apiKey << 2 << QByteArray("snapshot.json");
    QTest::newRow("resume with a window") << QStringList{"--resume", "--to", "2026-11-19"} << apiKey << 2
                                          << QByteArray("--resume fetches the rest");
    QTest::newRow("format") << QStringList{"--format", "xml"} << apiKey << 2
                            << QByteArray("--format takes one of");
}

void TestSnapshotCommand::exitCodes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, key);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QProcessEnvironment e = environment();
    e.insert("DD_API_KEY", key);
    const CliOutcome o = run(snapshot(arguments), e);
    QCOMPARE(o.code, code);
    QVERIFY2(o.err.contains(says), o.err);
    QVERIFY(!QFileInfo::exists(m_folder + "/readiness/datadog"));
    QVERIFY(m_server->http().requests().size() <= 1);
}

void TestSnapshotCommand::missingScope()
{
    m_server->missingScopes = {"/api/v1/slo"};
    const CliOutcome o = run(snapshot({"--only", "slo,monitors"}));
    QCOMPARE(o.code, 1);
    QVERIFY2(o.out.contains("403") && o.out.contains("missing scope"), o.out);
}

void TestSnapshotCommand::editsThePlan()
{
    const CliOutcome o = run(
        snapshot({"--only", "cpu,memory", "--without", "memory", "--query",
                  "cpu=avg:container.cpu.usage{service:id-auth}", "--output", m_dir->filePath("elsewhere")}));
    QVERIFY2(o.code == 0, o.err);
    const auto queries = m_server->requestsOf("/api/v1/query");
    QCOMPARE(queries.size(), 1u);
    QCOMPARE(queries[0].query("query"), QStringLiteral("avg:container.cpu.usage{service:id-auth}"));
    QVERIFY(o.out.contains("no data for this query"));
    QVERIFY(QFileInfo::exists(m_dir->filePath("elsewhere/snapshot.json")));
}

void TestSnapshotCommand::resumes()
{
    m_server->script("/api/v1/dashboard/abc-def-ghi", {rateLimited("3000")});
    const CliOutcome first = run(snapshot({"--only", "monitors,dashboard"}));
    QCOMPARE(first.code, 1);
    QVERIFY2(first.err.contains("Rate-limited: ") && first.err.contains("--resume"), first.err);
    const size_t before = m_server->requestsOf("/api/v1/monitor").size();
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog"); // an hour later
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    QVERIFY(m_server->listen());
    const CliOutcome rest =
        run(snapshot({"--only", "monitors,dashboard", "--resume", "--site", m_server->site()}));
    QVERIFY2(rest.code == 0, rest.err);
    QCOMPARE(before, 1u);
    QVERIFY(m_server->requestsOf("/api/v1/monitor").empty());
    QVERIFY(rest.out.contains("kept"));
}

void TestSnapshotCommand::json()
{
    const CliOutcome o = run(snapshot(QStringList{"--only", "monitors,cpu", "--format", "json"} + week));
    QCOMPARE(o.code, 0);
    const QJsonObject root = o.json();
    QCOMPARE(root.value("end").toString(), QStringLiteral("done"));
    QCOMPARE(root.value("fetched").toInt(), root.value("wanted").toInt());
    QCOMPARE(root.value("responses").toArray().at(0).toObject().value("purpose").toString(),
             QStringLiteral("cpu"));
    QVERIFY(root.value("from").toString().startsWith("2026-11-12T00:00:00"));
}

QTEST_GUILESS_MAIN(TestSnapshotCommand)
#include "tst_snapshot.moc"
