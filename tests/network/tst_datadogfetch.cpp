// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakedatadog.h"

#include <evidence/datadog/snapshot.h>
#include <network/datadogfetch.h>

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;
using namespace std::chrono_literals;
using Delivery = FakeAnswer::Delivery;
using End = FetchSummary::End;

namespace
{

const QByteArray apiKey = "0123456789abcdef0123456789abcdef";
const QByteArray applicationKey = "fedcba9876543210fedcba9876543210fedcba98";
const QByteArray token = "ddpat_abcdefghijklmnopqrstuvwxyz0123";
const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");
const QString monitorPath = QStringLiteral("/api/v1/monitor"), queryPath = QStringLiteral("/api/v1/query");

Service demoService()
{
    QFile file(demo + "/readiness/service.yaml");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the demo service is not there");
    return readService(*YamlFile::parse(file.readAll(), QStringLiteral("readiness/service.yaml"))).value;
}

} // namespace

/// The whole way: a plan, a server that behaves or does not, a snapshot, and the reader that has to
/// understand it.
class TestDatadogFetch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theDemoServiceIsFetchedAndRead();
    void authentication_data();
    void authentication();
    void aMissingScopeIsNotAbsence();
    void pages();
    void aMissingPageIsNotComplete();
    void rateLimits_data();
    void rateLimits();
    void rateLimitedPastTheBudget();
    void nothingRemains();
    void bodies_data();
    void bodies();
    void retriesWhatMayPass_data();
    void retriesWhatMayPass();
    void cancelKeepsAndResumeFetchesTheRest();
    void resumeNeedsAnIndex();
    void aKeyThatComesBackIsNotWritten();
    void refusedBeforeAnythingIsSent_data();
    void refusedBeforeAnythingIsSent();
    void tlsProblemsEndIt();
    void redirects();
    void anEarlierSnapshotIsReplaced();
    void whatCannotBeWrittenIsSaid();
    void followsWhatBelongsToIt();
    void turnedOffIsNotAsked();
    void clocksThatDiffer();

private:
    FetchOptions options();
    FetchSummary fetched(const FetchOptions &options);
    FetchSummary fetched() { return fetched(options()); }
    DatadogSnapshot read(QStringList *problems = nullptr) const;
    QJsonObject index() const;
    QJsonObject entryOf(const QString &purpose) const;
    FetchOptions only(const QStringList &purposes);
    void checkNoKeyOnDisk() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeDatadog> m_server;
};

void TestDatadogFetch::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog");
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    QVERIFY(m_server->listen());
}

// After every test: nothing but reads was asked, and no key lies anywhere.
void TestDatadogFetch::cleanup()
{
    QCOMPARE(m_server->complaints(), QStringList());
    checkNoKeyOnDisk();
    m_server.reset();
    m_dir.reset();
}

void TestDatadogFetch::checkNoKeyOnDisk() const
{
    QDirIterator it(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.fileName().toUtf8() + file.readAll();
        for (const QByteArray &key : {apiKey, applicationKey, token})
            QVERIFY2(!bytes.contains(key) && !bytes.contains(key.toBase64()), qPrintable(file.fileName()));
        QVERIFY2(!bytes.contains("DD-API-KEY") && !bytes.contains("Authorization"),
                 qPrintable(file.fileName()));
    }
}

FetchOptions TestDatadogFetch::options()
{
    FetchOptions o;
    FetchWishes wishes;
    wishes.site = m_server->site();
    wishes.window = {QDateTime::fromString("2026-11-12T00:00:00+09:00", Qt::ISODate),
                     QDateTime::fromString("2026-11-19T00:00:00+09:00", Qt::ISODate)};
    o.plan = fetchPlan(demoService(), wishes);
    o.keys.api = Secret(apiKey);
    o.keys.application = Secret(applicationKey);
    o.folder = m_dir->filePath("readiness/datadog");
    o.http.limits.connect = o.http.limits.firstByte = o.http.limits.stall = 500ms;
    o.http.limits.total = 10s;
    o.retry.firstWait = 10ms;
    return o;
}

FetchOptions TestDatadogFetch::only(const QStringList &purposes)
{
    FetchOptions o = options();
    for (FetchRequest &r : o.plan.requests)
        r.enabled = purposes.contains(r.purpose);
    return o;
}

FetchSummary TestDatadogFetch::fetched(const FetchOptions &options)
{
    FetchSummary summary;
    summary.end = End::Stopped;
    DatadogFetch fetch(options);
    bool ended = false;
    connect(&fetch, &DatadogFetch::finished, this, [&](const FetchSummary &s) {
        summary = s;
        ended = true;
    });
    fetch.start();
    if (!QTest::qWaitFor([&] { return ended; }, 60'000))
        summary.message = {"?", "it did not end"};
    return summary;
}

DatadogSnapshot TestDatadogFetch::read(QStringList *problems) const
{
    const auto partial =
        readDatadogSnapshot(Root(m_dir->path()), QStringLiteral("readiness/datadog"), nullptr);
    for (const Problem &p : partial.problems) {
        if (problems)
            *problems << p.toString(Lang::En);
    }
    return partial.value;
}

QJsonObject TestDatadogFetch::index() const
{
    QFile file(m_dir->filePath("readiness/datadog/snapshot.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QJsonObject TestDatadogFetch::entryOf(const QString &purpose) const
{
    for (const QJsonValue &response : index().value("responses").toArray()) {
        if (response.toObject().value("purpose") == purpose)
            return response.toObject();
    }
    return {};
}

void TestDatadogFetch::theDemoServiceIsFetchedAndRead()
{
    const FetchSummary summary = fetched();
    QVERIFY2(summary.end == End::Done, qPrintable(summary.message.en));
    for (const FetchRow &row : summary.rows)
        QVERIFY2(row.state == FetchRow::State::Good, qPrintable(row.purpose + ": " + row.came.en));
    QVERIFY(summary.good > 30 && summary.good == summary.wanted);
    QStringList problems;
    const DatadogSnapshot snapshot = read(&problems);
    QCOMPARE(problems, QStringList());
    QVERIFY(snapshot.exists && snapshot.captured.isValid() && snapshot.notReadable.empty());
    QCOMPARE(snapshot.monitors.size(), size_t(m_server->monitors.size()));
    QVERIFY(snapshot.monitorsComplete);
    QCOMPARE(snapshot.dashboards.size(), 1u);
    QCOMPARE(snapshot.synthetics.size(), 1u);
    QCOMPARE(snapshot.serviceCalls.size(), 1u);
    QCOMPARE(snapshot.serviceCalls[0].environment, QStringLiteral("production"));
    const auto requests =
        std::ranges::find(snapshot.series, QStringLiteral("trace.http.request.hits"), &MetricSeries::metric);
    QVERIFY(requests != snapshot.series.end());
    QCOMPARE(requests->points.size(), 1008u);
    for (const Problem &remark : snapshot.remarks)
        QVERIFY2(!remark.message.en.contains("changed"), qPrintable(remark.toString(Lang::En)));
    const QJsonObject all = index();
    QCOMPARE(all[u"window"][u"from"].toString(), QStringLiteral("2026-11-12T00:00:00+09:00"));
    QCOMPARE(all[u"subject"][u"service"].toString(), QStringLiteral("id-auth"));
    QVERIFY(all[u"source"][u"site"].toString().startsWith("127.0.0.1:"));
    QCOMPARE(entryOf("monitors")[u"headers"][u"x-ratelimit-remaining"].toString(), QStringLiteral("998"));
    QCOMPARE(entryOf("team_rules_identity-platform")[u"status"].toInt(), 200);
    QVERIFY(m_server->http().mostParallel() > 1);
}

void TestDatadogFetch::authentication_data()
{
    QTest::addColumn<FetchKeys>("keys");
    QTest::addColumn<End>("end");
    QTest::addColumn<QString>("says");
    const auto keys = [](const QByteArray &api, const QByteArray &application,
                         const QByteArray &bearer = {}) {
        FetchKeys k;
        k.api = Secret(api);
        k.application = Secret(application);
        k.bearer = Secret(bearer);
        return k;
    };
    const QString wrong = QStringLiteral("wrong site, wrong key or missing scope");
    QTest::newRow("right") << keys(apiKey, applicationKey) << End::Done << QString();
    QTest::newRow("no key") << keys({}, {}) << End::Refused << QStringLiteral("no key");
    QTest::newRow("wrong key, or another site's")
        << keys("00000000000000000000000000000000", applicationKey) << End::Refused << wrong;
    QTest::newRow("no application key") << keys(apiKey, {}) << End::Done << QString();
    QTest::newRow("token") << keys({}, {}, token) << End::Done << QString();
    QTest::newRow("wrong token") << keys({}, {}, "ddpat_000000000000000000000000000000") << End::Refused
                                 << wrong;
}

void TestDatadogFetch::authentication()
{
    QFETCH(FetchKeys, keys);
    QFETCH(End, end);
    QFETCH(QString, says);
    m_server->bearer = token;
    FetchOptions o = only({"monitors", "cpu"});
    o.keys = keys;
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.end, end);
    QVERIFY2(summary.message.en.contains(says), qPrintable(summary.message.en));
    if (end == End::Refused) {
        QVERIFY(summary.indexFile.isEmpty() && !QFileInfo::exists(o.folder));
        QVERIFY(m_server->http().requests().size() <= 1); // nothing but the check
    } else if (keys.application.isEmpty() && keys.bearer.isEmpty()) {
        QCOMPARE(summary.good, 0); // the check alone is satisfied with an API key
        QVERIFY(read().monitorsNotReadable);
    }
}

void TestDatadogFetch::aMissingScopeIsNotAbsence()
{
    m_server->missingScopes = {"/api/v1/slo"};
    m_server->script("/api/v2/team", {jsonAnswer(R"({"errors": ["Unauthorized"]})", 401)});
    const FetchSummary summary = fetched();
    QCOMPARE(summary.end, End::Done);
    QCOMPARE(entryOf("slo")[u"outcome"].toString(), QStringLiteral("not_readable"));
    QCOMPARE(entryOf("slo")[u"status"].toInt(), 403);
    QVERIFY(!entryOf("slo")[u"body_file"].toString().isEmpty());
    QCOMPARE(entryOf("teams")[u"status"].toInt(), 401);
    const auto row = std::ranges::find(summary.rows, QStringLiteral("slo"), &FetchRow::purpose);
    QVERIFY2(row->came.en.contains("missing scope"), qPrintable(row->came.en));
    QCOMPARE(read().notReadable.size(), 2u);
    QVERIFY2(summaryText(summary).en.endsWith(" fetched. Not fetched: SLOs, Teams' notification rules."),
             qPrintable(summaryText(summary).en));
}

void TestDatadogFetch::pages()
{
    QJsonArray many;
    for (int i = 0; i < 25; ++i)
        many.append(QJsonObject{{"id", 1000 + i},
                                {"name", QStringLiteral("m%1").arg(i)},
                                {"type", "query alert"},
                                {"query", "avg(last_5m):avg:x{*} > 1"},
                                {"message", ""}});
    m_server->monitors = many;
    FetchOptions o = only({"monitors"});
    auto monitors = std::ranges::find(o.plan.requests, QStringLiteral("monitors"), &FetchRequest::purpose);
    QVERIFY(monitors->setEditable("page=0&page_size=10&with_downtimes=true"));
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.end, End::Done);
    QCOMPARE(m_server->requestsOf(monitorPath).size(), 3u);
    QCOMPARE(index()[u"responses"].toArray().size(), 3);
    for (const QJsonValue &r : index()[u"responses"].toArray())
        QVERIFY(r[u"complete"].toBool() && r[u"list_id"].toString() == "monitors");
    const DatadogSnapshot snapshot = read();
    QCOMPARE(snapshot.monitors.size(), 25u);
    QVERIFY(snapshot.monitorsComplete);
}

void TestDatadogFetch::aMissingPageIsNotComplete()
{
    QByteArray full = "[";
    for (int i = 0; i < 10; ++i)
        full += QByteArray(i ? "," : "") + R"({"id":)" + QByteArray::number(i)
            + R"(,"name":"m","type":"query alert","query":"q","message":""})";
    m_server->script(monitorPath,
                     {jsonAnswer(full + "]"), jsonAnswer(R"({"errors":["Internal"]})", 500),
                      jsonAnswer(R"({"errors":["Internal"]})", 500),
                      jsonAnswer(R"({"errors":["Internal"]})", 500),
                      jsonAnswer(R"({"errors":["Internal"]})", 500)});
    FetchOptions o = only({"monitors"});
    QVERIFY(std::ranges::find(o.plan.requests, QStringLiteral("monitors"), &FetchRequest::purpose)
                ->setEditable("page=0&page_size=10"));
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.good, 0);
    QCOMPARE(index()[u"responses"].toArray().size(), 2);
    for (const QJsonValue &r : index()[u"responses"].toArray())
        QVERIFY(!r[u"complete"].toBool(true));
    QVERIFY(!read().monitorsComplete);
    QCOMPARE(read().monitors.size(), 10u); // what came is there
}

void TestDatadogFetch::rateLimits_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    FakeAnswer html = rateLimited("1", "<html>Too many requests</html>");
    html.headers[0] = {"Content-Type", "text/html"};
    FakeAnswer bare = jsonAnswer({}, 429);
    QTest::newRow("mixed case, Reset") << rateLimited("1");
    QTest::newRow("as HTML") << html;
    QTest::newRow("empty body") << rateLimited("1", {});
    QTest::newRow("without headers") << bare;
    QTest::newRow("Reset is an epoch") << rateLimited("1794409200");
}

void TestDatadogFetch::rateLimits()
{
    QFETCH(FakeAnswer, answer);
    m_server->script(monitorPath, {answer});
    const FetchSummary summary = fetched(only({"monitors"}));
    QCOMPARE(summary.end, End::Done);
    QCOMPARE(m_server->requestsOf(monitorPath).size(), 2u);
    QCOMPARE(summary.good, summary.wanted);
    QCOMPARE(index()[u"responses"].toArray().size(), summary.wanted); // what was tried in vain is not kept
}

void TestDatadogFetch::rateLimitedPastTheBudget()
{
    m_server->always(queryPath, rateLimited("3000"));
    FetchOptions o = only({"monitors", "cpu", "memory", "pods"});
    o.parallel = 1;
    std::ranges::rotate(
        o.plan.requests,
        std::ranges::find(o.plan.requests, QStringLiteral("monitors"), &FetchRequest::purpose));
    const FetchSummary limited = fetched(o);
    QCOMPARE(limited.end, End::RateLimited);
    QCOMPARE(limited.good, limited.wanted - 3); // other kinds of requests have limits of their own
    QVERIFY2(limited.message.en.startsWith(QStringLiteral("Rate-limited: %1 of ").arg(limited.good)),
             qPrintable(limited.message.en));
    QCOMPARE(read().monitors.size(), size_t(m_server->monitors.size()));
    QCOMPARE(m_server->requestsOf(queryPath).size(), 1u);
    // Later the limit is over: the rest comes, and nothing twice.
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog");
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    QVERIFY(m_server->listen());
    o.plan.wishes.site = m_server->site();
    o.resume = true;
    const FetchSummary rest = fetched(o);
    QCOMPARE(rest.end, End::Done);
    QCOMPARE(rest.good, rest.wanted);
    QCOMPARE(m_server->requestsOf(monitorPath).size(), 0u);
    QCOMPARE(m_server->requestsOf(queryPath).size(), 3u);
    QVERIFY(read().notReadable.empty());
    QVERIFY(read().monitorsComplete);
}

void TestDatadogFetch::nothingRemains()
{
    FakeAnswer last = jsonAnswer(R"({"status":"ok","series":[],"query":"q","from_date":1,"to_date":2})");
    last.headers.insert(last.headers.end(), {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1"}});
    m_server->script(queryPath, {last});
    FetchOptions o = only({"cpu", "memory", "monitors"});
    o.parallel = 1;
    QCOMPARE(fetched(o).end, End::Done); // that it waited, the server watches
    QCOMPARE(m_server->requestsOf(queryPath).size(), 2u);
}

void TestDatadogFetch::bodies_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    QTest::addColumn<QString>("outcome");
    const QByteArray good =
        R"({"status":"ok","series":[{"metric":"m","pointlist":[[1794409200000,1.5],[1794409800000,null]],"scope":"a:b"}],"query":"q","from_date":1,"to_date":2})";
    const auto with = [](const QByteArray &body, int status = 200) { return jsonAnswer(body, status); };
    FakeAnswer zipped = with(good), chunked = with(good),
               html = with("<html><body>Please log in</body></html>"), cut = with(good),
               cutChunks = with(good), cutZip = with(QByteArray(good).repeated(50));
    zipped.gzip = cutZip.gzip = true;
    chunked.delivery = Delivery::Chunked;
    cut.delivery = cutZip.delivery = Delivery::CutLength;
    cutChunks.delivery = Delivery::CutChunk;
    html.headers[0] = {"Content-Type", "text/html"};
    QTest::newRow("gzip") << zipped << "";
    QTest::newRow("chunks") << chunked << "";
    QTest::newRow("byte order mark") << with("\xef\xbb\xbf" + good) << "";
    QTest::newRow("series without data")
        << with(R"({"status":"ok","series":[],"query":"q","from_date":1,"to_date":2})") << "";
    QTest::newRow("nulls only") << with(
        R"({"status":"ok","series":[{"metric":"m","unit":null,"pointlist":[[1,null]],"scope":"*"}],"query":"q"})")
                                << "";
    QTest::newRow("duplicate keys") << with(R"({"status":"ok","series":[],"series":[],"query":"q"})") << "";
    QTest::newRow("NaN") << with(QByteArray(good).replace("1.5", "NaN")) << "";
    QTest::newRow("page of a proxy") << html << "not_json";
    QTest::newRow("404 as HTML") << with("<html>404</html>", 404) << "not_found";
    QTest::newRow("empty 200") << with({}) << "empty";
    QTest::newRow("truncated JSON") << with(good.chopped(20)) << "not_json";
    QTest::newRow("cut by length") << cut << "connection_lost";
    QTest::newRow("cut in chunks") << cutChunks << "connection_lost";
    QTest::newRow("cut gzip") << cutZip << "not_json";
    QTest::newRow("200 that is an error")
        << with(R"({"status":"error","error":"Error parsing query"})") << "error";
    QTest::newRow("400, retention") << with(
        R"({"errors":["Queries ending outside the retention date are invalid"]})", 400)
                                    << "error";
    QTest::newRow("410") << with("{}", 410) << "error";
    QTest::newRow("502 of the edge") << with(R"({"status":"error","code":502,"errors":["Bad Gateway"]})", 502)
                                     << "server_error";
}

void TestDatadogFetch::bodies()
{
    QFETCH(FakeAnswer, answer);
    QFETCH(QString, outcome);
    m_server->always(queryPath, answer);
    FetchSummary summary = fetched(only({"cpu"}));
    for (int again = 0; answer.delivery == Delivery::CutChunk && entryOf("cpu")[u"outcome"].toString() != outcome && again < 5; ++again)
        summary = fetched(only({"cpu"})); // a busy machine may miss the cut, as in tst_httpclient
    QCOMPARE(summary.end, End::Done);
    QCOMPARE(entryOf("cpu")[u"outcome"].toString(), outcome);
    QCOMPARE(summary.rows[0].state == FetchRow::State::Good, outcome.isEmpty());
    QVERIFY(outcome.isEmpty() || (!summary.rows[0].came.ja.isEmpty() && !summary.rows[0].came.en.isEmpty()));
    const bool stored = answer.delivery == Delivery::Whole || answer.delivery == Delivery::Chunked;
    QCOMPARE(entryOf("cpu")["sha256"].toString(),
             stored ? QString::fromLatin1(sha256Hex(answer.body)) : entryOf("cpu")["sha256"].toString());
    const DatadogSnapshot snapshot = read();
    QCOMPARE(snapshot.notReadable.empty(), outcome.isEmpty());
    QCOMPARE(snapshot.series.empty(), !outcome.isEmpty());
}

void TestDatadogFetch::retriesWhatMayPass_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    const auto row = [](const char *name, int status, Delivery delivery = Delivery::Whole, int delay = 0) {
        FakeAnswer a = jsonAnswer(R"({"errors":[u"busy"]})", status);
        a.delivery = delivery;
        a.delayMs = delay;
        QTest::newRow(name) << a;
    };
    row("500", 500);
    row("503", 503);
    row("408", 408);
    row("slow first byte", 200, Delivery::Whole, 2'000);
    row("stalled mid-body", 200, Delivery::Stall);
    row("reset", 200, Delivery::Reset);
    row("cut", 200, Delivery::CutLength);
}

void TestDatadogFetch::retriesWhatMayPass()
{
    QFETCH(FakeAnswer, answer);
    m_server->script(queryPath, {answer});
    const FetchSummary summary = fetched(only({"cpu"}));
    QCOMPARE(summary.good, 1);
    QVERIFY(read().notReadable.empty());
}

void TestDatadogFetch::cancelKeepsAndResumeFetchesTheRest()
{
    FakeAnswer silent;
    silent.delivery = Delivery::Silent;
    m_server->script("/api/v1/dashboard/abc-def-ghi", {silent});
    FetchOptions o = only({"cpu", "memory", "monitors", "dashboard"});
    o.http.limits.firstByte = 60s;
    DatadogFetch fetch(o);
    QSignalSpy rows(&fetch, &DatadogFetch::rowChanged), progress(&fetch, &DatadogFetch::progress);
    FetchSummary summary;
    connect(&fetch, &DatadogFetch::finished, this, [&](const FetchSummary &s) { summary = s; });
    fetch.start();
    QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty() && progress.last().at(0).toInt() >= 4
                                 && progress.last().at(0) == progress.last().at(1).toInt() - 1,
                             30'000);
    fetch.cancel();
    fetch.cancel();
    QCOMPARE(summary.end, End::Cancelled);
    QVERIFY(!rows.isEmpty());
    const DatadogSnapshot partial = read();
    QVERIFY(partial.monitorsComplete && partial.dashboards.empty() && partial.series.size() == 2);
    const size_t before = m_server->http().requests().size();
    o.resume = true;
    const FetchSummary rest = fetched(o);
    QCOMPARE(rest.end, End::Done);
    QCOMPARE(m_server->http().requests().size(), before + 2); // the check, and the dashboard
    QCOMPARE(std::ranges::count(rest.rows, FetchRow::State::Kept, &FetchRow::state), rest.wanted - 1);
    QCOMPARE(read().dashboards.size(), 1u);
    QStringList ids;
    for (const QJsonValue &r : index()[u"responses"].toArray())
        ids << r[u"id"].toString();
    QCOMPARE(ids.removeDuplicates(), 0);
    const auto wishes = SnapshotWriter::wishesOf(o.folder);
    QVERIFY(wishes && wishes->window.from == o.plan.wishes.window.from
            && wishes->site == siteName(o.plan.wishes.site));
    QCOMPARE(wishes->environment, QStringLiteral("production"));
}

void TestDatadogFetch::resumeNeedsAnIndex()
{
    FetchOptions o = only({"cpu"});
    o.resume = true;
    QCOMPARE(fetched(o).end, End::Refused);
    QVERIFY(QDir().mkpath(o.folder));
    QFile file(o.folder + "/snapshot.json");
    QVERIFY(file.open(QIODevice::WriteOnly)
            && file.write(R"({"format":"tenken-datadog-snapshot","version":2})") > 0);
    file.close();
    const FetchSummary newer = fetched(o);
    QCOMPARE(newer.end, End::Refused);
    QVERIFY(newer.message.en.contains("resumed"));
    QVERIFY(m_server->http().requests().empty());
}

void TestDatadogFetch::aKeyThatComesBackIsNotWritten()
{
    m_server->always(queryPath, jsonAnswer(R"({"errors":["invalid key )" + apiKey + R"("]})", 400));
    m_server->always(monitorPath, [] {
        FakeAnswer a = jsonAnswer("[]");
        a.headers.emplace_back("X-RateLimit-Name", applicationKey);
        return a;
    }());
    const FetchSummary summary = fetched(only({"cpu", "monitors"}));
    for (const FetchRow &row : summary.rows)
        QVERIFY(!row.came.en.contains(QString::fromLatin1(apiKey)));
    QCOMPARE(entryOf("cpu")[u"outcome"].toString(), QStringLiteral("withheld_key"));
    QVERIFY(!entryOf("cpu").contains("body_file"));
}

void TestDatadogFetch::refusedBeforeAnythingIsSent_data()
{
    QTest::addColumn<QString>("site");
    QTest::addColumn<End>("end");
    QTest::newRow("no site") << "" << End::Refused;
    QTest::newRow("nonsense") << "two words" << End::Refused;
    QTest::newRow("plain http") << "http://datadog.example.com" << End::Stopped;
}

void TestDatadogFetch::refusedBeforeAnythingIsSent()
{
    QFETCH(QString, site);
    QFETCH(End, end);
    FetchOptions o = only({"cpu"});
    o.plan.wishes.site = site;
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.end, end);
    QVERIFY(!summary.message.en.isEmpty() && !summary.message.ja.isEmpty());
    QVERIFY(m_server->http().requests().empty() && !QFileInfo::exists(o.folder));
}

void TestDatadogFetch::tlsProblemsEndIt()
{
    const FakeCertificate made = makeCertificate(QStringLiteral("localhost"));
    if (!made.error.isEmpty())
        QSKIP(qPrintable(made.error));
    m_server = std::make_unique<FakeDatadog>(demo + "/readiness/datadog", made.tls);
    m_server->apiKey = apiKey;
    m_server->applicationKey = applicationKey;
    QVERIFY(m_server->listen());
    FetchOptions o = only({"cpu", "monitors"});
    o.plan.wishes.site = QStringLiteral("https://localhost:%1").arg(m_server->http().port());
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.end, End::Stopped);
    QVERIFY2(summary.message.en.contains("self-signed"), qPrintable(summary.message.en));
    QVERIFY(m_server->http().requests().empty());
    o.http.authorities = {made.certificate};
    QCOMPARE(fetched(o).end, End::Done);
}

void TestDatadogFetch::redirects()
{
    FakeHttp other(
        [](const FakeRequest &) { return jsonAnswer(R"({"status":"ok","series":[],"query":"q"})"); });
    QVERIFY(other.listen());
    FakeAnswer moved = jsonAnswer({}, 302);
    moved.headers.emplace_back("Location", other.url("/api/v1/query").toEncoded());
    FakeAnswer plain = jsonAnswer({}, 302);
    plain.headers.emplace_back("Location", "http://datadog.example.com/api/v1/query");
    m_server->script(queryPath, {moved, plain});
    FetchOptions o = only({"cpu", "memory"});
    o.parallel = 1;
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.good, 1);
    QCOMPARE(entryOf("memory")[u"outcome"].toString(), QStringLiteral("refused"));
    QCOMPARE(other.requests().size(), 1u);
    QVERIFY(!other.requests().at(0).headers.contains("dd-api-key"));
}

void TestDatadogFetch::anEarlierSnapshotIsReplaced()
{
    FetchOptions o = only({"cpu", "monitors"});
    QCOMPARE(fetched(o).end, End::Done);
    QFile own(o.folder + "/mine.json");
    QVERIFY(own.open(QIODevice::WriteOnly) && own.write("[]") == 2);
    own.close();
    m_server->monitors = QJsonArray();
    o = only({"monitors"});
    QCOMPARE(fetched(o).end, End::Done);
    QCOMPARE(QDir(o.folder + "/r").entryList(QDir::Files), (QStringList{"0001-monitors.json"}));
    QVERIFY(own.exists()); // what the index does not name is somebody's
    QVERIFY(read().series.empty() && read().monitors.empty() && read().monitorsComplete);
    // A fetch that is turned away leaves everything as it was.
    o.keys.api = Secret("00000000000000000000000000000000");
    QCOMPARE(fetched(o).end, End::Refused);
    QVERIFY(read().monitorsComplete);
}

void TestDatadogFetch::whatCannotBeWrittenIsSaid()
{
    FetchOptions o = only({"cpu"});
    QVERIFY(QDir().mkpath(m_dir->filePath("readiness")));
    QFile file(o.folder); // a file where the folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));
    const FetchSummary summary = fetched(o);
    QCOMPARE(summary.end, End::Stopped);
    QVERIFY2(!summary.message.en.isEmpty(), "nothing was said");
}

void TestDatadogFetch::followsWhatBelongsToIt()
{
    const auto named = [](const char *id, const char *tags, const char *message) {
        return QJsonObject{{"id", QLatin1StringView(id)},
                           {"name", "m"},
                           {"query", "q"},
                           {"tags", QJsonArray{QLatin1StringView(tags)}},
                           {"message", QLatin1StringView(message)}};
    };
    const QJsonArray monitors{named("1", "service:cart", "@team-shop-core"),
                              named("2", "service:search", "@team-search @team-shop-core"),
                              named("../../evil", "service:cart", "")};
    const auto requests = monitorRequests(monitors, {"cart", "cart-api"});
    QCOMPARE(requests.size(), 1u);
    QCOMPARE(requests[0].path, QStringLiteral("/api/v1/monitor/1"));
    QCOMPARE(requests[0].encodedQuery(), QStringLiteral("with_assets=true&with_downtimes=true"));
    QCOMPARE(teamHandlesIn(monitors), (QStringList{"shop-core", "search"}));
    QVERIFY(monitorRequests(monitors, {QString()}).empty());
    QJsonArray dashboards;
    for (int i = 0; i < 9; ++i)
        dashboards.append(QJsonObject{{"id", QStringLiteral("aaa-bbb-%1").arg(i)},
                                      {"title", i == 0 ? "Search" : "Cart overview"}});
    QCOMPARE(dashboardRequests(dashboards, {"cart"}).size(), 5u);
    QCOMPARE(dashboardRequests(dashboards, {"cart"})[0].path, QStringLiteral("/api/v1/dashboard/aaa-bbb-1"));
    const QJsonArray teams{QJsonObject{{"id", "11-22"}, {"attributes", QJsonObject{{"handle", "shop-core"}}}},
                           QJsonObject{{"id", "a/b"}, {"attributes", QJsonObject{{"handle", "search"}}}}};
    QCOMPARE(teamRequests(teams, {"Shop-Core", "search"}).size(), 1u);
    QCOMPARE(teamRequests(teams, {"shop-core"})[0].path,
             QStringLiteral("/api/v2/team/11-22/notification-rules"));
}

void TestDatadogFetch::turnedOffIsNotAsked()
{
    const FetchSummary summary = fetched(only({}));
    QCOMPARE(summary.end, End::Done);
    QCOMPARE(summary.wanted, 0);
    QCOMPARE(m_server->http().requests().size(), 1u);
}

void TestDatadogFetch::clocksThatDiffer()
{
    FakeAnswer valid = jsonAnswer(R"({"valid":true})");
    valid.headers.emplace_back("Date", "Thu, 01 Jan 2015 00:00:00 GMT");
    m_server->script("/api/v1/validate", {valid});
    QCOMPARE(fetched(only({})).remarks.size(), 1u);
    valid.headers.back().second =
        QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
    m_server->script("/api/v1/validate", {valid});
    QVERIFY(fetched(only({})).remarks.empty());
}

QTEST_GUILESS_MAIN(TestDatadogFetch)
#include "tst_datadogfetch.moc"
