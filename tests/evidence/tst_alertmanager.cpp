// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/alertmanager.h>

#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

const QByteArray listed = "global: {slack_api_url: 'https://hooks.slack.com/services/T0/B0/x'}\n"
                             "receivers:\n"
                             "- {name: default}\n"
                             "- {name: slack, slack_configs: [{channel: '#shop-alerts'}, {channel: general}]}\n"
                             "- {name: pager, pagerduty_configs: [{routing_key: x}], email_configs: [{to: 'a@example.com, b@example.com'}]}\n"
                             "- {name: hook, webhook_configs: [{url: 'https://a.example/'}]}\n";

Result<Alertmanager> read(const QByteArray &text)
{
    const auto file = YamlFile::parse(text, u"alertmanager.yml"_s);
    return readAlertmanager(file->documents().empty() ? Yaml() : file->documents().front(), file->name());
}

/// Labels that are given are known, "?" tells that only the data know; others are not there.
LabelLookup lookup(const QMap<QString, QString> &labels)
{
    return [labels](const QString &name) -> std::optional<QString> {
        return labels.value(name) == u"?" ? std::nullopt : std::optional(labels.value(name));
    };
}

QString printed(const std::vector<RoutedAlert> &routes)
{
    QStringList words;
    for (const RoutedAlert &r : routes)
        words << (r.onlyIf.isEmpty() ? r.receiver : r.receiver + u" if "_s + r.onlyIf);
    return words.join(u", ");
}

} // namespace

class TestAlertmanager : public QObject
{
    Q_OBJECT

private slots:
    void routes_data()
    {
        QTest::addColumn<QByteArray>("route");
        QTest::addColumn<QMap<QString, QString>>("labels");
        QTest::addColumn<QString>("reached");
        using Labels = QMap<QString, QString>;
        const auto row = [](const char *name, const char *route, const Labels &labels, const char *reached) {
            QTest::newRow(name) << QByteArray(route) << labels << QString::fromUtf8(reached);
        };
        const char *tree = "{receiver: default, routes: [{receiver: slack, match: {team: shop}, routes: [{receiver: pager, match: {severity: critical}}]}, {receiver: hook}]}";
        row("root alone", "{receiver: slack}", {}, "slack");
        row("deepest match", tree, {{"team", "shop"}, {"severity", "critical"}}, "pager");
        row("its parent", tree, {{"team", "shop"}, {"severity", "warning"}}, "slack");
        row("a child that takes the rest", tree, {{"team", "other"}}, "hook");
        row("no child matches", "{receiver: default, routes: [{receiver: slack, match: {team: shop}}]}", {{"team", "x"}}, "default");
        row("continue", "{receiver: default, routes: [{receiver: slack, match: {team: shop}, continue: true}, {receiver: pager, match: {severity: critical}}]}",
            {{"team", "shop"}, {"severity", "critical"}}, "slack, pager");
        row("without continue", "{receiver: default, routes: [{receiver: slack, match: {team: shop}}, {receiver: pager, match: {severity: critical}}]}",
            {{"team", "shop"}, {"severity", "critical"}}, "slack");
        row("continue in a child goes on among its siblings alone",
            "{receiver: default, routes: [{match: {team: shop}, routes: [{receiver: slack, continue: true, match: {a: b}}, {receiver: hook}]}, {receiver: pager}]}",
            {{"team", "shop"}, {"a", "b"}}, "slack, hook");
        row("inherited receiver", "{receiver: default, routes: [{receiver: slack, match: {team: shop}, routes: [{match: {severity: critical}}]}]}",
            {{"team", "shop"}, {"severity", "critical"}}, "slack");
        row("old pattern", "{receiver: default, routes: [{receiver: slack, match_re: {service: 'a|id-.*'}}]}", {{"service", "id-auth"}}, "slack");
        row("old pattern is whole", "{receiver: default, routes: [{receiver: slack, match_re: {service: 'id'}}]}", {{"service", "id-auth"}}, "default");
        row("matchers", "{receiver: default, routes: [{receiver: slack, matchers: ['team = shop', 'severity=~\"warn.*|critical\"', 'env != dev', 'x!~\"y.+\"']}]}",
            {{"team", "shop"}, {"severity", "warning"}, {"x", "y"}}, "slack");
        row("matchers in braces", "{receiver: default, routes: [{receiver: slack, matchers: ['{team=\"shop\",severity!=\"info\"}']}]}", {{"team", "shop"}}, "slack");
        row("one matcher as a text", "{receiver: default, routes: [{receiver: slack, matchers: 'team=\"shop\"'}]}", {{"team", "shop"}}, "slack");
        row("a label of UTF-8", "{receiver: default, routes: [{receiver: slack, matchers: ['\"チーム 名\" = \"認証\"']}]}", {{u"チーム 名"_s, u"認証"_s}}, "slack");
        row("a label that is not there is empty", "{receiver: default, routes: [{receiver: slack, matchers: ['team=\"\"']}]}", {}, "slack");
        row("not equal matches what is not there", "{receiver: default, routes: [{receiver: slack, matchers: ['team!=\"x\"']}]}", {}, "slack");
        row("empty pattern", "{receiver: default, routes: [{receiver: slack, match_re: {team: '.*'}}]}", {}, "slack");
        row("only the data know", "{receiver: default, routes: [{receiver: slack, match: {team: shop}}]}", {{"team", "?"}},
            "slack if label team, default if label team");
        row("the data decide nothing", "{receiver: slack, routes: [{receiver: slack, match: {team: shop}}]}", {{"team", "?"}}, "slack");
        row("either way, with continue", "{receiver: default, routes: [{receiver: slack, continue: true}, {receiver: pager, match: {severity: critical}}]}",
            {{"severity", "?"}}, "slack, pager if label severity");
        row("one label has one value", "{receiver: default, routes: [{receiver: slack, match: {s: a}, continue: true}, {receiver: pager, match: {s: b}, continue: true},"
                                       "{receiver: hook, matchers: ['s!=a', 's!=b']}]}",
            {{"s", "?"}}, "slack if label s, pager if label s, hook if label s");
        row("critical or the rest", "{receiver: default, routes: [{receiver: slack, match: {s: a}}, {receiver: slack, matchers: ['s!=a']}]}", {{"s", "?"}}, "slack");
        row("a pattern that cannot be evaluated", "{receiver: default, routes: [{receiver: slack, match_re: {team: '(a'}}]}", {{"team", "a"}},
            "slack if label team, default if label team");
        row("muted times", "{receiver: default, routes: [{receiver: slack, mute_time_intervals: [weekends]}]}", {}, "slack if not weekends");
        row("active times", "{receiver: default, routes: [{receiver: slack, active_time_intervals: [office, duty]}]}", {}, "slack if office, duty");
        row("times of a parent do not count", "{receiver: default, routes: [{receiver: slack, mute_time_intervals: [weekends], routes: [{receiver: pager}]}]}", {}, "pager");
        row("muted once, and once not", "{receiver: default, routes: [{receiver: slack, mute_time_intervals: [weekends], continue: true}, {receiver: slack}]}", {}, "slack");
        row("custom resource", "{receiver: default, routes: [{receiver: slack, matchers: [{name: team, value: shop}, {name: s, matchType: '=~', value: 'a|b'}, {name: t, value: 'x.*', regex: true}], "
                               "muteTimeIntervals: [w]}]}",
            {{"team", "shop"}, {"s", "b"}, {"t", "xy"}}, "slack if not w");
    }
    void routes()
    {
        QFETCH(QByteArray, route);
        const auto read_ = read(listed + "route: " + route + "\n");
        QVERIFY2(read_, qPrintable(read_ ? QString() : read_.error().toString(Lang::En)));
        using Labels = QMap<QString, QString>;
        QFETCH(Labels, labels);
        QTEST(printed(routesOf(*read_, lookup(labels))), "reached");
    }

    void handles()
    {
        const auto file = read(listed + "route: {receiver: default}\n");
        QVERIFY(file);
        QCOMPARE(file->receivers.value(u"slack"_s), (QStringList{u"@slack-shop-alerts"_s, u"@slack-general"_s}));
        QCOMPARE(file->receivers.value(u"pager"_s), (QStringList{u"@a@example.com"_s, u"@b@example.com"_s, u"@pagerduty-pager"_s}));
        QCOMPARE(file->receivers.value(u"hook"_s), QStringList{u"@webhook-hook"_s});
        QVERIFY(file->receivers.value(u"default"_s).isEmpty());
        const auto custom = read("receivers: [{name: a, slackConfigs: [{channel: '#x'}], pagerdutyConfigs: [{}]}]\nroute: {receiver: a}\n");
        QCOMPARE(custom->receivers.value(u"a"_s), (QStringList{u"@slack-x"_s, u"@pagerduty-a"_s}));
    }

    void addressesOfSlack_data()
    {
        QTest::addColumn<QByteArray>("global");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<bool>("understood");
        const auto row = [](const char *name, const char *global, const char *config, bool understood) {
            QTest::newRow(name) << QByteArray(global) << QByteArray(config) << understood;
        };
        row("none", "{}", "{channel: a}", false);
        row("its own", "{}", "{channel: a, api_url: 'https://hooks.slack.com/x'}", true);
        row("its own, in a file", "{}", "{channel: a, api_url_file: /etc/slack}", true);
        row("everybody's", "{slack_api_url: 'https://hooks.slack.com/x'}", "{channel: a}", true);
        row("everybody's, in a file", "{slack_api_url_file: /etc/slack}", "{channel: a}", true);
        row("a token", "{slack_app_token: xoxb}", "{channel: a}", true);
        row("its own token", "{}", "{channel: a, app_token_file: /etc/token}", true);
        row("another's address", "{opsgenie_api_url: 'https://a.example'}", "{channel: a}", false);
    }
    void addressesOfSlack()
    {
        QFETCH(QByteArray, global);
        QFETCH(QByteArray, config);
        const QByteArray text = "global: " + global + "\nreceivers: [{name: a, slack_configs: [" + config + "]}]\nroute: {receiver: a}\n";
        const auto file = read(text);
        QTEST(bool(file), "understood");
        const auto yaml = YamlFile::parse(text, u"a.yml"_s);
        QVERIFY(readAlertmanager(yaml->documents().front(), yaml->name(), true)); // a part of a whole that has it
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const QByteArray &text, const char *message) { QTest::newRow(name) << text << QString::fromUtf8(message); };
        row("receiver that is not there", listed + "route: {receiver: slak}\n", "there is no receiver “slak”");
        row("in a child", listed + "route: {receiver: slack, routes: [{receiver: x}]}\n", "there is no receiver “x”");
        row("root without a receiver", listed + "route: {routes: []}\n", "a route has no `receiver`");
        row("root with matchers", listed + "route: {receiver: slack, match: {a: b}}\n", "the root route may have no matchers");
        row("no route", listed, "a route is a map");
        row("route as a text", listed + "route: slack\n", "a route is a map");
        row("receiver twice", "receivers: [{name: a}, {name: a}]\nroute: {receiver: a}\n", "the receiver “a” stands twice");
        row("receiver without a name", "receivers: [{slack_configs: []}]\nroute: {receiver: a}\n", "a receiver has no `name`");
        row("broken matcher", listed + "route: {receiver: slack, routes: [{matchers: ['team']}]}\n", "the matcher “team” cannot be understood");
        row("open quote", listed + "route: {receiver: slack, routes: [{matchers: ['team=\"a']}]}\n", "cannot be understood");
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        const auto file = read(text);
        QVERIFY(!file);
        QVERIFY2(file.error().message.en.contains(message), qPrintable(file.error().message.en));
    }

    void matchers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result"); // "-": not understood
        const auto row = [](const char *text, const char *result) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(result); };
        // Rows of Alertmanager's own parser tests.
        row("{foo=\"bar\"}", "foo=\"bar\"");
        row("{foo=~\"bar.*\"}", "foo=~\"bar.*\"");
        row("{foo=\"bar\", quux!=\"baz\"}", "foo=\"bar\" quux!=\"baz\"");
        row("{foo=\"bar\",}", "foo=\"bar\"");
        row("foo=bar", "foo=\"bar\"");
        row("  foo = bar ", "foo=\"bar\"");
        row("foo!~bar", "foo!~\"bar\"");
        row("foo=\"bar,quux\"", "foo=\"bar,quux\"");
        row("foo=\"a\\\"b\\\\c\\nd\"", "foo=\"a\"b\\c\nd\"");
        row("{}", "");
        row("{foo=}", "foo=\"\"");
        row("foo=", "foo=\"\"");
        row("{foo=\"bar\"", "-");
        row("foo=\"bar\"}", "-");
        row("foo=bar\"", "-");
        row("{foo==\"bar\"}", "-");
        row("=bar", "-");
        row("foo", "-");
        row("", "");
        row("{foo=\"bar\" quux=\"baz\"}", "-");
    }
    void matchers()
    {
        QFETCH(QString, text);
        const auto parsed = parseMatchers(text);
        QStringList words{u"-"_s};
        if (parsed) {
            words.clear();
            for (const LabelMatcher &m : *parsed)
                words << m.text();
        }
        QTEST(words.join(u' '), "result");
    }

    void patternsAreBounded()
    {
        QVERIFY(!matchesWhole(u"(a+)+[bc]"_s, QString(200, u'a')).has_value());
        QVERIFY(!matchesWhole(QString(5'000, u'a'), u"a"_s).has_value());
        QCOMPARE(matchesWhole(u"a"_s, u"a\n"_s), std::optional(false));
        QCOMPARE(matchesWhole(u"a|ab"_s, u"ab"_s), std::optional(true));
        QCOMPARE(matchesWhole(u"a.b"_s, u"a\nb"_s), std::optional(true));
    }

    void manyUnknownsEnd()
    {
        QByteArray routes;
        for (int i = 0; i < 60; ++i)
            routes += "{receiver: slack, continue: true, match: {l" + QByteArray::number(i) + ": x}}, ";
        const auto file = read(listed + "route: {receiver: default, routes: [" + routes + "]}\n");
        QVERIFY(file);
        const auto reached = routesOf(*file, [](const QString &) -> std::optional<QString> { return {}; });
        QVERIFY(!reached.empty());
        for (const RoutedAlert &r : reached)
            QVERIFY(!r.onlyIf.isEmpty()); // too much is open for anything to be sure
    }

    void inhibitions()
    {
        const auto file = read(listed + "route: {receiver: slack}\n"
                                           "inhibit_rules: [{source_match: {severity: critical}, target_match: {severity: warning}},"
                                           "{source_matchers: ['alertname=Down'], target_matchers: ['job=~\"api.*\"']}]\n");
        QVERIFY(file);
        QCOMPARE(inhibitionsOf(*file, lookup({{"severity", "warning"}})), QStringList{u"{severity=\"critical\"}"_s});
        QCOMPARE(inhibitionsOf(*file, lookup({{"severity", "critical"}, {"job", "api-1"}})), QStringList{u"{alertname=\"Down\"}"_s});
        QCOMPARE(inhibitionsOf(*file, lookup({{"severity", "info"}, {"job", "?"}})).size(), 1);
        QVERIFY(inhibitionsOf(*file, lookup({{"severity", "info"}})).isEmpty());
    }

    void deepTreesEnd()
    {
        QByteArray route = "{receiver: slack}";
        for (int i = 0; i < 60; ++i)
            route = "{receiver: slack, routes: [" + route + "]}";
        const auto file = read(listed + "route: " + route + "\n");
        QVERIFY(!file);
        QVERIFY(file.error().message.en.contains(u"too deep"));
    }
};

QTEST_APPLESS_MAIN(TestAlertmanager)
#include "tst_alertmanager.moc"
