// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/promql.h>

#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

/// "watched<0.99 http_x{code=~"5.."}" and so on, one per selector.
QString printed(const PromQuery &query)
{
    QStringList lines;
    for (const PromSelector &s : query.selectors) {
        QStringList matchers;
        for (const LabelMatcher &m : s.matchers)
            matchers << m.text();
        QString line = s.role == PromSelector::Role::Watched ? u"watched"_s : s.role == PromSelector::Role::Scale ? u"scale"_s : u"guard"_s;
        line += s.falling ? u" falling "_s : u" "_s;
        line += s.metric + (matchers.isEmpty() ? QString() : u'{' + matchers.join(u',') + u'}');
        if (s.quantile)
            line += u" q="_s + QString::number(*s.quantile);
        if (!s.everyLabel)
            line += u" by("_s + s.kept.join(u',') + u')';
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace

class TestPromQl : public QObject
{
    Q_OBJECT

private slots:
    void expressions_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("selectors");
        QTest::addColumn<QString>("comparator");
        QTest::addColumn<double>("threshold");
        const auto row = [](const char *name, const char *expression, const char *selectors, const char *comparator = "", double threshold = 0) {
            QTest::newRow(name) << QString::fromUtf8(expression) << QString::fromUtf8(selectors) << QString::fromUtf8(comparator) << threshold;
        };
        row("metric alone", "up", "watched up");
        row("down", "up{job=\"api\"} == 0", "watched falling up{job=\"api\"}", "==", 0);
        row("as many as", "up == 3", "watched up", "==", 3);
        row("turned round", "0.05 < x", "watched x", ">", 0.05);
        row("ratio", "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 5/100",
            "watched http_requests_total{code=~\"5..\"} by(job)\nscale http_requests_total by(job)", ">", 0.05);
        row("by behind", "sum(rate(a[1m])) by (x, y) > 1", "watched a by(x,y)", ">", 1);
        row("without", "sum without (pod) (a) > 1", "watched a", ">", 1);
        row("percentile", "histogram_quantile(0.99, sum by (le) (rate(h_bucket[5m]))) > .5", "watched h_bucket q=0.99 by(le)", ">", 0.5);
        row("guard", "a > 1 and on(job) b > 10", "watched a\nguard b", ">", 1);
        row("unless", "a > 1 unless on() maintenance == 1", "watched a\nguard falling maintenance", ">", 1);
        row("unless nothing", "a > 1 unless on() b == 0", "watched a\nguard b", ">", 1);
        row("or", "a > 1 or b > 2", "watched a\nwatched b", ">", 1);
        row("falling", "a < 3", "watched falling a", "<", 3);
        row("one minus", "1 - avg(rate(idle[1m])) > 0.9", "watched falling idle by()", ">", 0.9);
        row("age", "time() - last_success > 86400", "watched falling last_success", ">", 86400);
        row("count of low ones", "count(a < 1) > 2", "watched falling a by()", ">", 2);
        row("against another metric", "replicas_available != replicas_spec", "watched replicas_available\nscale replicas_spec", "!=", 0);
        row("joined with information", "a * on(pod) group_left(node) kube_pod_info > 3", "watched a\nscale kube_pod_info", ">", 3);
        row("bool", "sum(a > bool 2) > 1", "watched a by()", ">", 1);
        row("offset and @", "a offset -5m @ start() / b @ 1609746000 > 2d", "watched a\nscale b", ">", 172800);
        row("subquery", "max_over_time(rate(a[1m])[1h:5m]) >= 1e3", "watched a", ">=", 1000);
        row("quoted names", "{\"my.metric\", \"a b\"='c'} > 0x10", "watched my.metric{a b=\"c\"}", ">", 16);
        row("name as a label", "{__name__=\"m\",x!~`a|b`}", "watched m{x!~\"a|b\"}");
        row("negative", "-a > -1", "watched falling a", ">", -1);
        row("power to the right", "a > 2 ^ 3 ^ 2", "watched a", ">", 0);
        row("comment", "a # not b\n > 1", "watched a", ">", 1);
        row("metric called as an aggregation", "sum > 1", "watched sum", ">", 1);
        row("keyword in capitals", "SUM(a) BY (x) > 1 AND b", "watched a by(x)\nguard b", ">", 1);
        row("variable", "rate(a{x=~\"$job\"}[$__rate_interval])", "watched a{x=~\"$job\"}");
        row("vector of a constant", "vector(1) > 0", "", "", 0);
        row("absent", "absent(up{job=\"a\"})", "watched up{job=\"a\"}");
        row("recorded name", "job:errors:rate5m > 0.1", "watched job:errors:rate5m", ">", 0.1);
    }
    void expressions()
    {
        QFETCH(QString, expression);
        const auto query = parsePromQl(expression);
        QVERIFY(query);
        QTEST(printed(*query), "selectors");
        QFETCH(QString, comparator);
        if (comparator.isEmpty() && query->selectors.empty())
            return;
        QCOMPARE(query->comparator, comparator);
        QFETCH(double, threshold);
        QCOMPARE(query->threshold.value_or(0), threshold);
    }

    void noExpressions_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", " ", "a >", "a{", "a{b}", "a{b=c}", "a{b=\"c}", "(a", "a)", "sum(a", "a[5m", "a ~ b", "a b", "1 + ", "a offset", "a on(x) b",
                                 "avg:trace.http.request{service:x} > 1", "\xe3\x81\x82", "a{b=\"c\",,}", "sum by a (x)", "a @ end(", "5 5", "a == == b"})
            QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text);
    }
    void noExpressions()
    {
        QFETCH(QString, text);
        QVERIFY(!parsePromQl(text));
    }

    void hostileTextsEnd()
    {
        QVERIFY(!parsePromQl(QString(100'000, u'(')));
        QVERIFY(!parsePromQl(QString(5'000, u'-') + u'a'));
        QVERIFY(!parsePromQl(QString(100'000, u'a')));
        QString long_ = u"a"_s;
        for (int i = 0; i < 5'000; ++i)
            long_ += u"+a"_s;
        QVERIFY(!parsePromQl(long_));
        QVERIFY(parsePromQl(long_.left(201)));
    }

    void labelsOfAResult_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("value"); // "?": only the data tell
        const auto row = [](const char *name, const char *expression, const char *label, const char *value) {
            QTest::newRow(name) << QString::fromUtf8(expression) << QString::fromUtf8(label) << QString::fromUtf8(value);
        };
        row("kept", "sum by (job) (a{job=\"x\"}) > 1", "job", "x");
        row("aggregated away", "sum(a{job=\"x\"}) > 1", "job", "");
        row("not in by", "sum by (job) (a) > 1", "team", "");
        row("of the data", "a > 1", "team", "?");
        row("in by, of the data", "sum by (team) (a) > 1", "team", "?");
        row("a pattern", "a{team=~\"x\"} > 1", "team", "?");
        row("without", "sum without (team) (a{team=\"x\"}) > 1", "team", "");
        row("twice by", "sum by (b) (sum by (a, b) (x{a=\"1\",b=\"2\"})) > 1", "a", "");
        row("twice by, kept", "sum by (b) (sum by (a, b) (x{a=\"1\",b=\"2\"})) > 1", "b", "2");
        row("two sides of or agree", "a{t=\"x\"} or b{t=\"x\"}", "t", "x");
        row("two sides of or differ", "a{t=\"x\"} or b{t=\"y\"}", "t", "?");
        row("matched on", "a{t=\"x\"} / on(job) b > 1", "t", "");
        row("grouped", "a{t=\"x\"} / on(job) group_left b > 1", "t", "x");
        row("ignoring", "a{t=\"x\"} / ignoring(t) b > 1", "t", "");
        row("a guard's", "a{t=\"x\"} and on() b{t=\"y\"}", "t", "x");
        row("topk keeps", "topk(3, a{t=\"x\"}) > 1", "t", "x");
        row("replaced", "label_replace(a{t=\"x\"}, \"t\", \"$1\", \"b\", \"(.*)\") > 1", "t", "");
        row("nothing watched", "vector(1)", "t", "?");
    }
    void labelsOfAResult()
    {
        QFETCH(QString, expression);
        QFETCH(QString, label);
        const auto query = parsePromQl(expression);
        QVERIFY(query);
        QTEST(labelOfResult(*query, label).value_or(u"?"_s), "value");
    }
};

QTEST_APPLESS_MAIN(TestPromQl)
#include "tst_promql.moc"
