// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/shop.h"

#include <items/coveragemodel.h>
#include <items/coveragewords.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

const QString slow = u"avg(last_5m):p99:trace.http.request{service:shop} > 1"_s;
const QString failing =
    u"sum(last_5m):sum:trace.http.request.hits.by_http_status{service:shop,http.status_class:5xx}.as_count() > 1"_s;

std::shared_ptr<Evidence> shop()
{
    return std::make_shared<Evidence>(test::shop());
}

int rowOf(const CoverageModel &model, const QString &id)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.need(row)->need.id == id)
            return row;
    }
    return -1;
}

QString columns(const CoverageModel &model)
{
    QStringList names;
    for (int i = 0; i < model.columnCount(); ++i)
        names << model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString();
    return names.join(u", "_s);
}

QString factOf(const Coverage &coverage, const QString &name)
{
    for (const MonitorFact &fact : factsOf(*coverage.readings.front())) {
        if (fact.name.en == name)
            return toString(fact.verdict) + u' ' + fact.words.en;
    }
    return {};
}

} // namespace

class TestCoverageModel : public QObject
{
    Q_OBJECT
private slots:
    void cellsSayWhatMonitorsDo();
    void thoseThatMatterStandFirst();
    void filters();
    void manyMonitors();
    void emptyIsHarmless();
    void sentence_data();
    void sentence();
    void facts();
    void secretsAreMasked();
    void messagesByState();
    void whyThereIsNoMatrix();
};

void TestCoverageModel::cellsSayWhatMonitorsDo()
{
    auto e = shop();
    test::add(*e, u"slow"_s, slow, u"@slack-shop"_s);
    test::add(*e, u"5xx"_s, failing, u"@pagerduty-shop"_s);
    test::add(*e, u"5xx too"_s, failing, u"@slack-shop"_s).draft = true;
    CoverageModel model;
    QAbstractItemModelTester tester(&model);
    model.show(monitoringViewOf(e), Lang::En);
    QCOMPARE(model.columnCount(), 3);
    const int latency = rowOf(model, u"latency"_s), errors = rowOf(model, u"5xx"_s);
    QVERIFY(latency >= 0 && errors >= 0);
    const auto cell = [&](int row, const char *name, int role = Qt::DisplayRole) {
        for (int i = 0; i < model.columnCount(); ++i) {
            if (model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString() == QString::fromLatin1(name))
                return model.index(row, i).data(role);
        }
        return QVariant();
    };
    QCOMPARE(cell(latency, "slow").toString(), u"Reaches"_s);
    QCOMPARE(cell(latency, "slow", CoverageModel::VerdictRole).toInt(), int(Verdict::Pass));
    QCOMPARE(cell(latency, "5xx").toString(), QString());
    QVERIFY(!cell(latency, "5xx", CoverageModel::VerdictRole).isValid());
    QCOMPARE(cell(errors, "5xx").toString(), u"Not Slack"_s);
    QCOMPARE(cell(errors, "5xx too").toString(), u"Draft"_s);
    QVERIFY(cell(errors, "5xx too", Qt::AccessibleTextRole).toString().endsWith(u"5xx too: Draft"_s));
    QCOMPARE(model.headerData(latency, Qt::Vertical, CoverageModel::VerdictRole).toInt(), int(Verdict::Pass));
    QVERIFY(!model.headerData(errors, Qt::Vertical, CoverageModel::ReasonRole).toString().isEmpty());
    QVERIFY(
        model.headerData(latency, Qt::Vertical, Qt::AccessibleTextRole).toString().contains(u"Covered"_s));
}

void TestCoverageModel::thoseThatMatterStandFirst()
{
    auto e = shop();
    test::add(*e, u"shop by name"_s, u"avg(last_5m):avg:custom.other{role:x} > 9"_s, u"@slack-shop"_s);
    test::add(*e, u"disk"_s, u"avg(last_5m):avg:custom.thing{service:shop} > 9"_s, u"@slack-shop"_s);
    test::add(*e, u"another's"_s, u"avg(last_5m):p99:trace.http.request{service:cart} > 1"_s, u"@slack-cart"_s);
    test::add(*e, u"slow"_s, slow, u"@slack-shop"_s);
    CoverageModel model;
    model.show(monitoringViewOf(e), Lang::En);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"slow"_s);
    QVERIFY2(columns(model).endsWith(u"shop by name"_s), qPrintable(columns(model)));
    QVERIFY(!columns(model).contains(u"another's"_s));
    QCOMPARE(model.headerData(model.columnCount() - 1, Qt::Horizontal, CoverageModel::StateRole).toString(),
             u"Candidate"_s);
    QCOMPARE(model.columnOf(e->datadog.monitors[3]), 0);
    QCOMPARE(model.columnOf(e->datadog.monitors[2]), -1);
}

void TestCoverageModel::filters()
{
    auto e = shop();
    test::add(*e, u"told"_s, slow, u"@slack-shop"_s);
    test::add(*e, u"nobody"_s, slow, {});
    test::add(*e, u"shop maybe"_s, u"avg(last_5m):avg:custom.other{role:x} > 9"_s, u"@slack-shop"_s);
    CoverageModel model;
    QAbstractItemModelTester tester(&model);
    model.show(monitoringViewOf(e), Lang::En);
    model.setFilter(CoverageModel::Filter::Step, Reach::Nobody);
    QCOMPARE(columns(model), u"nobody"_s);
    model.setFilter(CoverageModel::Filter::Step, Reach::Someone);
    QCOMPARE(columns(model), u"told"_s); // a candidate is not counted
    model.setFilter(CoverageModel::Filter::Step, Reach::Draft);
    QCOMPARE(model.columnCount(), 0);
    model.setFilter(CoverageModel::Filter::Candidates);
    QCOMPARE(columns(model), u"shop maybe"_s);
    model.setFilter(CoverageModel::Filter::None);
    QCOMPARE(model.columnCount(), 3);
}

void TestCoverageModel::manyMonitors()
{
    auto e = shop();
    for (int i = 0; i < 1'000; ++i)
        test::add(*e, u"m %1"_s.arg(i), i == 900 ? slow : u"avg(last_5m):avg:custom.%1{service:shop} > 9"_s.arg(i),
            u"@slack-shop"_s);
    const auto view = monitoringViewOf(e);
    CoverageModel model;
    QElapsedTimer timer;
    timer.start();
    model.show(view, Lang::Ja);
    QCOMPARE(model.columnCount(), CoverageModel::mostShown);
    QCOMPARE(model.leftOut(), 1'000 - CoverageModel::mostShown);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"m 900"_s);
    model.setAllShown(true);
    QCOMPARE(model.columnCount(), 1'000);
    QCOMPARE(model.leftOut(), 0);
    qInfo("1,000 monitors arranged twice in %lld ms", timer.elapsed());
}

void TestCoverageModel::emptyIsHarmless()
{
    CoverageModel model;
    QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.need(0), nullptr);
    QCOMPARE(model.monitor(-1), nullptr);
    model.setFilter(CoverageModel::Filter::Candidates);
    model.show(monitoringViewOf(shop()), Lang::En);
    QCOMPARE(model.columnCount(), 0);
    QVERIFY(model.rowCount() > 0);
    model.show(nullptr, Lang::En);
    QVERIFY(!model.headerData(0, Qt::Vertical, Qt::DisplayRole).isValid());
}

void TestCoverageModel::sentence_data()
{
    QTest::addColumn<int>("told");
    QTest::addColumn<int>("drafts");
    QTest::addColumn<int>("silent");
    QTest::addColumn<QString>("en");
    QTest::addColumn<QString>("ja");
    QTest::newRow("none") << 0 << 0 << 0 << u"0 monitors → 0 reach people on alert"_s
                          << u"監視 0 件 → 警報が人に届くのは 0 件"_s;
    QTest::newRow("all told") << 1 << 0 << 0 << u"1 monitor → 1 reaches a person on alert"_s
                              << u"監視 1 件 → 警報が人に届くのは 1 件"_s;
    QTest::newRow("some kept back")
        << 2 << 1 << 2 << u"5 monitors → less 1 drafts, 2 without a receiver → 2 reach people on alert"_s
        << u"監視 5 件 → 下書き 1 件、宛先なし 2 件を除く → 警報が人に届くのは 2 件"_s;
}

void TestCoverageModel::sentence()
{
    QFETCH(int, told);
    QFETCH(int, drafts);
    QFETCH(int, silent);
    auto e = shop();
    for (int i = 0; i < told; ++i)
        test::add(*e, u"t"_s, slow, u"@slack-shop"_s);
    for (int i = 0; i < drafts; ++i)
        test::add(*e, u"d"_s, slow, u"@slack-shop"_s).draft = true;
    for (int i = 0; i < silent; ++i)
        test::add(*e, u"s"_s, slow, {});
    const Coverage coverage = coverageOf(*e);
    QCOMPARE(ownCount(coverage), size_t(told + drafts + silent));
    QTEST(sentenceOf(coverage).en, "en");
    QTEST(sentenceOf(coverage).ja, "ja");
}

void TestCoverageModel::facts()
{
    auto e = shop();
    Monitor &m = test::add(*e, u"slow"_s, slow,
                     u"see the runbook {{#is_match \"env\" \"prod\"}}@slack-shop{{/is_match}} @webhook-x"_s);
    m.thresholds.warning = 0.5;
    m.qualityIssues = {u"broken_at_handle"_s};
    const Coverage coverage = coverageOf(*e);
    QCOMPARE(factOf(coverage, u"Query"_s), u"n/a "_s + slow);
    QCOMPARE(factOf(coverage, u"Threshold"_s), u"n/a critical > 1, warning > 0.5"_s);
    const QString receivers = factOf(coverage, u"Alerts go to"_s);
    QVERIFY2(receivers.contains(u"@slack-shop only if is_match"_s) && receivers.contains(u"@webhook-x"_s),
             qPrintable(receivers));
    QCOMPARE(factOf(coverage, u"Held back by"_s), u"warn Datadog says that a receiver is broken"_s);
    QCOMPARE(factOf(coverage, u"Datadog says"_s), u"warn broken_at_handle"_s);
    QVERIFY(factOf(coverage, u"Runbook"_s).startsWith(u"fail"_s));
    QCOMPARE(factOf(coverage, u"Whose it is"_s), u"n/a this service's, by its query or tags"_s);

    e->datadog.monitors[0].draft = true;
    e->datadog.monitors[0].message.clear();
    const Coverage draft = coverageOf(*e);
    QVERIFY(factOf(draft, u"Held back by"_s).startsWith(u"fail "_s));
    QCOMPARE(factOf(draft, u"Alerts go to"_s), u"fail nobody"_s);
}

void TestCoverageModel::secretsAreMasked()
{
    auto e = shop();
    test::add(*e, u"call https://user:hunter2secret@db.example.com \u001b[31m"_s, slow, u"@slack-shop"_s);
    CoverageModel model;
    model.show(monitoringViewOf(e), Lang::En);
    for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)}) {
        const QString shown = model.headerData(0, Qt::Horizontal, role).toString();
        QVERIFY2(!shown.contains(u"hunter2secret"_s), qPrintable(shown));
        QVERIFY(!shown.contains(QChar(0x1b)));
    }
    QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"hunter2secret"_s));
}

void TestCoverageModel::messagesByState()
{
    Monitor m;
    m.message = u"always {{#is_alert}}on alert{{/is_alert}}{{#is_recovery}}well again{{/is_recovery}}"
                "{{#is_match \"env\" \"prod\"}}in prod{{/is_match}}"_s;
    QVERIFY(messageText(m, MonitorState::Alert).startsWith(u"always on alert"_s));
    QVERIFY(messageText(m, MonitorState::Alert).contains(u"] in prod"_s)); // with its condition
    QVERIFY(!messageText(m, MonitorState::Alert).contains(u"well again"_s));
    QVERIFY(messageText(m, MonitorState::Recovery).contains(u"well again"_s));
    QCOMPARE(messageText({}, MonitorState::Alert), QString());
}

void TestCoverageModel::whyThereIsNoMatrix()
{
    auto e = shop();
    QVERIFY(!whyNoMonitors(*e, coverageOf(*e))); // a list that is whole and empty says something
    e->datadog.monitorsComplete = false;
    QCOMPARE(whyNoMonitors(*e, coverageOf(*e))->missing.en, u"The snapshot has no list of monitors."_s);
    e->datadog.monitorsNotReadable = true;
    e->datadog.notReadable = {
        {u"r/1.json"_s, {}, {"monitor: 403", "GET /api/v1/monitor: 403"}, {"鍵", "Use another key."}}};
    const auto why = whyNoMonitors(*e, coverageOf(*e));
    QVERIFY(why->missing.en.contains(u"403"_s) && why->missing.en.contains(u"not the same as none"_s));
    QCOMPARE(why->how.en, u"Use another key."_s);
    e->datadog.exists = false;
    QVERIFY(whyNoMonitors(*e, coverageOf(*e))->how.en.contains(u"tenken snapshot"_s));
}

QTEST_APPLESS_MAIN(TestCoverageModel)
#include "tst_coveragemodel.moc"
