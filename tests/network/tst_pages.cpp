// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/pages.h>

#include <QTest>

using namespace tenken;

namespace
{

FetchRequest listing(Paging paging, const QString &path, const FetchQuery &query)
{
    FetchRequest r;
    r.path = path;
    r.paging = paging;
    r.query = query;
    return r;
}

/// Feeds the pages one after the other; tells what was asked for, and how it ended.
QString walked(const FetchRequest &first, const QByteArrayList &answers)
{
    Pages pages(first);
    QStringList asked;
    for (const QByteArray &answer : answers) {
        asked << QUrl::fromPercentEncoding(pages.current().encodedQuery().toLatin1());
        const QJsonDocument json = QJsonDocument::fromJson(answer);
        if (json.isNull())
            return QStringLiteral("bad test data");
        if (!pages.next(json))
            return QStringLiteral("%1 | %2 %3")
                .arg(asked.join(u' '))
                .arg(pages.count())
                .arg(pages.isComplete() ? "all" : "not all");
    }
    return QStringLiteral("%1 | more").arg(asked.join(u' '));
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private slots:
    void walks_data();
    void walks();
    void endsAtSomePoint();
};

void TestPages::walks_data()
{
    QTest::addColumn<FetchRequest>("first");
    QTest::addColumn<QByteArrayList>("answers");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char *name, const FetchRequest &first, const QByteArrayList &answers,
                        const char *wanted) {
        QTest::newRow(name) << first << answers << QString::fromUtf8(wanted);
    };
    const FetchRequest monitors =
        listing(Paging::Page, "/api/v1/monitor", {{"page", "0"}, {"page_size", "2"}});
    row("none", listing(Paging::None, "/x", {}), {"{}"}, " | 0 all");
    row("page: short", monitors, {R"([{"id":1}])"}, "page=0&page_size=2 | 1 all");
    row("page: empty", monitors, {"[]"}, "page=0&page_size=2 | 0 all");
    row("page: three", monitors, {R"([{"id":1},{"id":2}])", R"([{"id":3},{"id":4}])", "[]"},
        "page=0&page_size=2 page=1&page_size=2 page=2&page_size=2 | 4 all");
    row("page: one twice", monitors, {R"([{"id":1},{"id":2}])", R"([{"id":2},{"id":3}])", R"([{"id":4}])"},
        "page=0&page_size=2 page=1&page_size=2 page=2&page_size=2 | 4 all");
    row("page: not turned", monitors, {R"([{"id":1},{"id":2}])", R"([{"id":1},{"id":2}])"},
        "page=0&page_size=2 page=1&page_size=2 | 2 not all");
    row("page: another shape", monitors, {R"({"message":"hello"})"}, "page=0&page_size=2 | 0 not all");
    row("page: size not said", listing(Paging::Page, "/api/v1/monitor", {{"page", "0"}}), {R"([{"id":1}])"},
        "page=0 | 1 all");
    row("count and start", listing(Paging::CountStart, "/api/v1/dashboard", {{"count", "2"}, {"start", "0"}}),
        {R"({"dashboards":[{"id":"a"},{"id":"b"}]})", R"({"dashboards":[{"id":"c"}]})"},
        "count=2&start=0 count=2&start=2 | 3 all");
    row("limit and offset, totals that contradict",
        listing(Paging::LimitOffset, "/api/v1/slo", {{"limit", "2"}, {"offset", "0"}}),
        {R"({"data":[{"id":"a"},{"id":"b"}],"metadata":{"page":{"total_count":3,"total_filtered_count":2}}})",
         R"({"data":[{"id":"c"}],"metadata":{"page":{"total_count":3,"total_filtered_count":2}}})"},
        "limit=2&offset=0 limit=2&offset=2 | 3 all");
    const FetchRequest tests =
        listing(Paging::PageNumber, "/api/v1/synthetics/tests", {{"page_size", "2"}, {"page_number", "0"}});
    row("page_number and total", tests, {R"({"tests":[{"public_id":"a"},{"public_id":"b"}],"total":2})"},
        "page_size=2&page_number=0 | 2 all");
    row("page_number: one slipped away", tests,
        {R"({"tests":[{"public_id":"a"},{"public_id":"b"}],"total":4})",
         R"({"tests":[{"public_id":"b"}],"total":4})"},
        "page_size=2&page_number=0 page_size=2&page_number=1 | 2 not all");
    row("per_page and metadata",
        listing(Paging::PerPage, "/api/v1/monitor/search", {{"page", "0"}, {"per_page", "2"}}),
        {R"({"monitors":[{"id":1},{"id":2}],"metadata":{"total_count":3,"page_count":2}})",
         R"({"monitors":[{"id":3}],"metadata":{"total_count":3,"page_count":2}})"},
        "page=0&per_page=2 page=1&per_page=2 | 3 all");
    row("page[number], next beyond the end",
        listing(Paging::BracketNumber, "/api/v2/team", {{"page[size]", "2"}, {"page[number]", "0"}}),
        {R"({"data":[{"id":"a"},{"id":"b"}],"links":{"next":"/api/v2/team?page[number]=1"}})",
         R"({"data":[],"links":{"next":"/api/v2/team?page[number]=2"}})"},
        "page[size]=2&page[number]=0 page[size]=2&page[number]=1 | 2 all");
    row("page[offset], total",
        listing(Paging::BracketOffset, "/api/v2/downtime", {{"page[limit]", "2"}, {"page[offset]", "0"}}),
        {R"({"data":[{"id":"a"},{"id":"b"}],"meta":{"page":{"total_filtered_count":3}}})",
         R"({"data":[{"id":"c"}],"meta":{"page":{"total_filtered_count":3}}})"},
        "page[limit]=2&page[offset]=0 page[limit]=2&page[offset]=2 | 3 all");
    const FetchRequest cursor = listing(Paging::Cursor, "/api/v2/metrics", {{"page[size]", "2"}});
    row("cursor: last page without meta", cursor,
        {R"({"data":[{"id":"a"}],"meta":{"pagination":{"next_cursor":"x="}}})", R"({"data":[{"id":"b"}]})"},
        "page[size]=2 page[size]=2&page[cursor]=x= | 2 all");
    row("cursor: after", cursor,
        {R"({"data":[{"id":"a"}],"meta":{"page":{"after":"y"}}})", R"({"data":[],"meta":{}})"},
        "page[size]=2 page[size]=2&page[cursor]=y | 1 all");
    row("cursor: round and round", cursor,
        {R"({"data":[{"id":"a"}],"meta":{"page":{"after":"y"}}})",
         R"({"data":[{"id":"b"}],"meta":{"page":{"after":"y"}}})"},
        "page[size]=2 page[size]=2&page[cursor]=y | 2 not all");
    const FetchRequest entities = listing(Paging::Link, "/api/v2/catalog/entity", {{"page[offset]", "0"}});
    row("link: relative", entities,
        {R"({"data":[{"id":"a"}],"links":{"next":"/api/v2/catalog/entity?page%5Boffset%5D=1"}})",
         R"({"data":[{"id":"b"}],"links":{}})"},
        "page[offset]=0 page[offset]=1 | 2 all");
    row("link: query alone", entities,
        {R"({"data":[{"id":"a"}],"links":{"next":"?page[offset]=1"}})", R"({"data":[]})"},
        "page[offset]=0 page[offset]=1 | 1 all");
    row("link: beyond the end", entities,
        {R"({"data":[{"id":"a"}],"links":{"next":"/api/v2/catalog/entity?page[offset]=1"}})",
         R"({"data":[],"links":{"next":"/api/v2/catalog/entity?page[offset]=2"}})"},
        "page[offset]=0 page[offset]=1 | 1 all");
    row("link: to another path", entities,
        {R"({"data":[{"id":"a"}],"links":{"next":"https://evil.example/api/v1/user?page[offset]=1"}})"},
        "page[offset]=0 | 1 not all");
    row("link: to itself", entities,
        {R"({"data":[{"id":"a"}],"links":{"next":"?page[offset]=0"}})",
         R"({"data":[{"id":"a"}],"links":{"next":"?page[offset]=0"}})"},
        "page[offset]=0 page[offset]=0 | 1 not all");
    row("elements without ids", monitors, {R"([{"a":1},{"a":2}])", R"([{"a":3}])"},
        "page=0&page_size=2 page=1&page_size=2 | 3 all");
    row("ids beyond 2^53", monitors, {R"([{"id":9007199254740993},{"id":9007199254740992}])", "[]"},
        "page=0&page_size=2 page=1&page_size=2 | 2 all");
    row("a total that is no number", tests, {R"({"tests":[{"public_id":"a"}],"total":"many"})"},
        "page_size=2&page_number=0 | 1 all");
}

void TestPages::walks()
{
    QFETCH(FetchRequest, first);
    QFETCH(QByteArrayList, answers);
    QFETCH(QString, wanted);
    QCOMPARE(walked(first, answers), wanted);
}

void TestPages::endsAtSomePoint()
{
    Pages pages(listing(Paging::Page, "/api/v1/monitor", {{"page", "0"}, {"page_size", "1"}}));
    int count = 0;
    while (pages.next(QJsonDocument::fromJson("[{\"id\":" + QByteArray::number(count) + "}]"))
           && count < 10'000)
        ++count;
    QVERIFY(count < 1'000);
    QVERIFY(!pages.isComplete());
}

QTEST_APPLESS_MAIN(TestPages)
#include "tst_pages.moc"
