// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

#include <analysis/compositequery.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

/// Whose a monitor is, by what the service's manifests and others' monitors tell.
class TestCoverageOwner : public QObject
{
    Q_OBJECT

private slots:
    void composites_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("parts");
        QTest::addColumn<bool>("alerts");
        const auto row = [](const char *query, const char *parts, bool alerts) {
            QTest::addRow("%.40s | %s", query, parts) << QString::fromUtf8(query) << QString::fromUtf8(parts) << alerts;
        };
        row("1", "1", true);
        row("1", "2", false);
        row("1 || 2", "1", true);
        row("1 && 2", "1", false);
        row("1 && 2", "1 2", true);
        row("1&&2||3", "3", true);
        row("1 || 2 && 3", "2", false);
        row("(1 || 2) && 3", "1", false);
        row("(1 || 2) && 3", "1 3", true);
        row("1 && !2", "1", true);
        row("1 && !2", "1 2", false);
        row("1 && (2 || !3)", "1", true);
        row("!1", "1", false);
        row("!1 || 2", "2", false); // it alerts all the time
        row("!!1", "1", true);
        row("10 || 2", "1", false); // whole ids alone
        row("1 &&", "1", false);
        row("1 2", "1", false);
        row("1 & 2", "1", false);
        row("((1)", "1", false);
        row("1)", "1", false);
        row("a || 1", "1", false);
        row("", "1", false);
        row(qPrintable(QString(60, u'(') + u'1' + QString(60, u')')), "1", false); // too deep
        row(qPrintable(u"1"_s + QString(6'000, u' ')), "1", false); // longer than anybody writes
    }
    void composites()
    {
        QFETCH(QString, query);
        QFETCH(QString, parts);
        QTEST(alertsWith(query, parts.split(u' ')), "alerts");
    }

    void ownAndNeighbouringDeployments_data()
    {
        QTest::addColumn<QStringList>("manifests");
        QTest::addColumn<QString>("scope");
        QTest::addColumn<int>("answer");
        const auto row = [](const char *name, const QStringList &manifests, const char *scope, CoverageAnswer answer) {
            QTest::newRow(name) << manifests << QString::fromUtf8(scope) << int(answer);
        };
        const QStringList alone{u"web|shop-ns|"_s}, both{u"web|shop-ns|"_s, u"worker|shop-ns|"_s};
        const QStringList part{u"web|shop-ns|app.kubernetes.io/part-of: shop"_s, u"worker|shop-ns|"_s};
        const QStringList unified{u"web|shop-ns|tags.datadoghq.com/service: shop"_s, u"cart|shop-ns|tags.datadoghq.com/service: cart"_s};
        const auto covered = CoverageAnswer::Covered, perhaps = CoverageAnswer::NotReadable, none = CoverageAnswer::NotFound;
        row("the only one", alone, "kube_deployment:web", covered);
        row("one of two", both, "kube_deployment:web", perhaps); // none is called as the service
        row("neither of two", both, "kube_deployment:other", none);
        row("a part of it", part, "kube_deployment:web", covered);
        row("beside its part", part, "kube_deployment:worker", perhaps);
        row("its Datadog tag", unified, "kube_deployment:web", covered);
        row("another service's Datadog tag", unified, "kube_deployment:cart", perhaps);
        row("its name in another namespace", part, "kube_deployment:web,kube_namespace:cart", perhaps);
        row("its name in its namespace", part, "kube_deployment:web,kube_namespace:shop-ns", covered);
        row("its name where none is told", {u"web||"_s}, "kube_deployment:web,kube_namespace:cart", covered);
        row("its namespace alone", part, "kube_namespace:shop-ns", perhaps); // others may run there too
        row("its namespace, called otherwise", {u"web|sellers|"_s}, "kube_namespace:sellers", perhaps);
        row("another Deployment in it", part, "kube_namespace:shop-ns,kube_deployment:other", none);
        row("another service in its namespace", part, "service:cart,kube_namespace:shop-ns", none);
        row("left out", part, "!kube_deployment:web,kube_namespace:shop-ns", none);
        row("this service beside another's Deployment", part, "service:shop,kube_deployment:elsewhere", covered);
        row("another service's, with its Deployment", part, "service:cart,kube_deployment:web", perhaps);
    }
    void ownAndNeighbouringDeployments()
    {
        QFETCH(QStringList, manifests);
        QFETCH(QString, scope);
        Evidence e = shop();
        e.manifests = deployments(manifests);
        add(e, u"x"_s, u"sum(last_5m):sum:requests{%1,status_code:5xx}.as_count() > 1"_s.arg(scope), u"@slack-shop"_s);
        QTEST(int(coverageOf(e).need(u"5xx"_s)->answer), "answer");
    }

    void whatItsKubernetesServiceIsCalled_data()
    {
        QTest::addColumn<QByteArray>("labels");
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("scraped");
        QTest::addColumn<int>("answer");
        const auto row = [](const char *name, const char *labels, const char *query, bool scraped, CoverageAnswer answer) {
            QTest::newRow(name) << QByteArray(labels) << QString::fromUtf8(query) << scraped << int(answer);
        };
        const auto covered = CoverageAnswer::Covered, perhaps = CoverageAnswer::NotReadable, none = CoverageAnswer::NotFound;
        const char *prom = "sum(rate(requests_total{%1,code=~\"5..\"}[5m])) > 1";
        const auto datadog = [](const char *scope) { return "sum(last_5m):sum:requests{" + QByteArray(scope) + ",status_code:5xx}.as_count() > 1"; };
        const auto scraped = [&](const char *scope) { return QByteArray(prom).replace("%1", scope); };
        row("Datadog: its Kubernetes Service", "", datadog("kube_service:front"), false, covered);
        row("Datadog: a service called so", "", datadog("service:front"), false, perhaps); // whoever named it
        row("Datadog: the unified name", "tags.datadoghq.com/service: front", datadog("service:front"), false, covered);
        row("Datadog: another unified name", "tags.datadoghq.com/service: back", datadog("service:front"), false, perhaps);
        row("Datadog: another service", "", datadog("service:rear"), false, none);
        row("scraped through it", "", scraped("service=\"front\""), true, covered);
        row("scraped in its namespace", "", scraped("service=\"front\",namespace=\"sellers\""), true, covered);
        row("scraped in another namespace", "", scraped("service=\"front\",namespace=\"cart\""), true, perhaps);
        row("scraped through another", "", scraped("service=\"rear\""), true, none);
        row("not scraped through it", "", scraped("service!=\"front\""), true, none);
    }
    void whatItsKubernetesServiceIsCalled()
    {
        QFETCH(QByteArray, labels);
        QFETCH(QString, query);
        QFETCH(bool, scraped);
        Evidence e = shop();
        e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: sellers}\nspec: {selector: {matchLabels: {run: web}}, "
            "template: {metadata: {labels: {run: web, " + labels + "}}, spec: {containers: [{name: a, image: a}]}}}\n---\n"
            "apiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: sellers}\nspec: {selector: {run: web}}\n",
            u"k8s.yaml"_s)}).value);
        Monitor &m = add(e, u"x"_s, query, u"@slack-shop"_s);
        if (scraped) {
            m.source = Monitor::Source::Prometheus;
            m.receivers = {{u"@slack-shop"_s, {}}};
            m.routingKnown = true;
        }
        QTEST(int(coverageOf(e).need(u"5xx"_s)->answer), "answer");
    }

    void whatItsContainersSayTheyAre()
    {
        Evidence e = shop();
        add(e, u"x"_s, u"sum(last_5m):sum:requests{service:front,status_code:5xx}.as_count() > 1"_s, u"@slack-shop"_s);
        const auto answer = [&](const QByteArray &value) {
            e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: "
                "[{name: a, image: a, env: [{name: DD_SERVICE, " + value + "}]}]}}}\n", u"k8s.yaml"_s)}).value);
            return coverageOf(e).need(u"5xx"_s)->answer;
        };
        QCOMPARE(answer("value: front"), CoverageAnswer::Covered);
        QCOMPARE(answer("value: back"), CoverageAnswer::NotFound);
        QCOMPARE(answer("value: $(NAME)"), CoverageAnswer::NotFound);
        QCOMPARE(answer("valueFrom: {fieldRef: {fieldPath: metadata.name}}"), CoverageAnswer::NotFound);
    }

    void everyServiceWithinItsOwnBounds_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<int>("answer");
        const auto row = [](const char *scope, CoverageAnswer answer) { QTest::newRow(scope) << QString::fromUtf8(scope) << int(answer); };
        row("*", CoverageAnswer::Covered);
        row("team:sellers", CoverageAnswer::Covered);
        row("owner:sellers", CoverageAnswer::Covered);
        row("team:cart", CoverageAnswer::NotReadable);
        row("!team:sellers", CoverageAnswer::NotFound);
        row("!team:cart", CoverageAnswer::Covered);
        row("kube_namespace:shop-ns", CoverageAnswer::Covered);
        row("kube_namespace:cart-ns", CoverageAnswer::NotReadable);
        row("!kube_namespace:shop-ns", CoverageAnswer::NotFound);
        row("kube_cluster_name:a", CoverageAnswer::Covered);
    }
    void everyServiceWithinItsOwnBounds()
    {
        QFETCH(QString, scope);
        Evidence e = shop();
        e.service.team = u"Sellers"_s;
        e.manifests = deployments({u"shop|shop-ns|"_s});
        add(e, u"x"_s, u"sum(last_5m):sum:requests{%1,status_code:5xx} by {service}.as_count() > 1"_s.arg(scope), u"@slack-all"_s);
        QTEST(int(coverageOf(e).need(u"5xx"_s)->answer), "answer");
    }

    void eachWorkloadIsACandidate()
    {
        Evidence e = shop();
        add(e, u"x"_s, u"sum(last_5m):sum:requests{status_code:5xx} by {kube_deployment}.as_count() > 1"_s, u"@slack-all"_s);
        const Coverage coverage = coverageOf(e);
        QCOMPARE(coverage.candidates().size(), 1u);
        QCOMPARE(coverage.need(u"5xx"_s)->answer, CoverageAnswer::NotReadable);
    }
};

QTEST_APPLESS_MAIN(TestCoverageOwner)
#include "tst_coverageowner.moc"
