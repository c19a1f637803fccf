// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

#include <QDir>
#include <QDirIterator>

using namespace tenken;
using namespace tenken::test;

/// The fixtures of other linters' own tests: nothing crashes, every finding is whole, and where they ask the same
/// question as a rule here the answers agree (exceptions are listed with their reason).
class TestPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFixtureIsJudged();
    void casesAgree_data();
    void casesAgree();
};

namespace {

const QStringList rules{"canary", "dependency-loss", "progressive-delivery", "retries", "timeouts", "graceful-stop", "health-endpoints", "min-ready", "proxy-drain", "proxy-first", "rolling-update", "safe-start", "zone-loss"};

QString folder()
{
    return QStringLiteral(TENKEN_SHARED_DATA "/peers");
}

Evidence evidenceOfFile(const QString &path, const Service &service)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Evidence e;
    e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(file.readAll(), QStringLiteral("k8s.yaml"))}).value);
    e.service = service;
    return e;
}

// Which findings answer a peer's question.
struct Question {
    QString rule;
    QStringList titles;
};

Question questionOf(const QString &item, const QString &check)
{
    // These ask for one of the two probes, the rule for both (and DeploymentConfig is OpenShift's).
    if (check == u"no-liveness-probe" || check == u"no-readiness-probe")
        return {};
    if (item == u"liveness-probe" || item == u"readiness-probe" || item == u"startup-probe")
        return {check.endsWith(QLatin1String("-port")) ? QStringLiteral("health-endpoints-port") : QStringLiteral("health-endpoints"),
                {QStringLiteral("Both liveness and readiness exist")}};
    if (item == u"liveness-readiness-not-same")
        return {QStringLiteral("health-endpoints"), {QStringLiteral("Separate endpoints")}};
    if (item == u"rolling-update-strategy" && check != u"update-configuration")
        return {QStringLiteral("rolling-update"), {QStringLiteral("The strategy is RollingUpdate")}};
    if (item == u"istio-holdApplicationUntilProxyStarts")
        return {QStringLiteral("proxy-first"), {QStringLiteral("The proxy starts before the app")}};
    // Istio's own validation: what it refuses is told apart from what this project asks of a service.
    if (check == u"ValidateHTTPRetry")
        return {QStringLiteral("retries"), {QStringLiteral("http[0]: values that Istio takes")}};
    if (check == u"validateHTTPRoute")
        return {QStringLiteral("canary"), {QStringLiteral("Weights that Istio takes")}};
    if (check == u"validateConnectionPool" || check == u"validateOutlierDetection")
        return {QStringLiteral("dependency-loss"), {QStringLiteral("Values that Istio takes")}};
    // Budgets are left out: the peers ask whether one exists, the rule whether it lets a pod go.
    return {};
}

} // namespace

void TestPeers::everyFixtureIsJudged()
{
    if (!QDir(folder()).exists())
        QSKIP("no fixtures of other linters beside the repository");
    int judged = 0;
    for (QDirIterator it(folder(), {"*.yaml", "*.yml"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        const QString path = it.next();
        for (const Service &service : {Service{}, declaredService()}) {
            for (const QString &rule : rules) {
                const auto findings = judge(evidenceOfFile(path, service), rule);
                QVERIFY2(!findings.empty(), qPrintable(path));
                checkWords(findings);
                if (QTest::currentTestFailed())
                    QFAIL(qPrintable(path + u' ' + rule));
                if (qEnvironmentVariableIsSet("TENKEN_SHOW"))
                    printf("%s %s\n%s", qPrintable(path.mid(folder().size())), qPrintable(rule), printed(findings).constData());
            }
        }
        ++judged;
    }
    QVERIFY(judged > 100);
}

void TestPeers::casesAgree_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QStringList>("titles");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("object");
    QFile cases(folder() + QStringLiteral("/cases.tsv"));
    if (!cases.open(QIODevice::ReadOnly))
        return;
    for (int line = 1; !cases.atEnd(); ++line) {
        const QStringList fields = QString::fromUtf8(cases.readLine()).trimmed().split(u'\t');
        if (fields.size() < 7 || fields[6].contains(QLatin1String("DISPUTED")) || fields[0] == u"argo-rollouts")
            continue;
        const Question question = questionOf(fields[3], fields[2]);
        if (question.rule.isEmpty())
            continue;
        QTest::addRow("%d %s %s", line, qPrintable(fields[1]), qPrintable(fields[5]))
            << fields[0] + u'/' + fields[1] << question.rule << question.titles << fields[4] << fields[5];
    }
}

void TestPeers::casesAgree()
{
    if (!QDir(folder()).exists())
        QSKIP("no fixtures of other linters beside the repository");
    QFETCH(QString, path);
    QFETCH(QString, rule);
    QFETCH(QStringList, titles);
    QFETCH(QString, expected);
    QFETCH(QString, object);
    const QString name = object.section(u' ', 1, 1);
    const bool onPort = rule.endsWith(QLatin1String("-port"));

    Service service;
    service.mesh.value = true;
    service.meshDefaults.value = true; // the goldens were made with Istio's default mesh configuration
    service.kubernetesVersion.value = QVersionNumber(1, 33);
    service.istioVersion.value = path.contains(QLatin1String("1.26.0")) ? QVersionNumber(1, 26) : QVersionNumber(1, 27);
    const auto findings = judge(evidenceOfFile(folder() + u'/' + path, service), onPort ? QStringLiteral("health-endpoints") : rule);
    bool bad = false;
    bool found = false;
    for (const Finding &f : findings) {
        const QString container = object.section(u'=', 1);
        if (onPort ? f.container != container : !titles.contains(f.title.en))
            continue;
        if (!onPort && rule != u"zone-loss" && !f.object.endsWith(name.section(u'/', -1)))
            continue;
        if (onPort && !f.title.en.startsWith(QLatin1String("Port of")))
            continue;
        found = true;
        bad = bad || f.verdict == Verdict::Fail || f.verdict == Verdict::Warn || f.verdict == Verdict::Unknown;
    }
    const QByteArray all = printed(findings);
    if (expected == u"fail")
        QVERIFY2(bad, all.constData());
    else if (found)
        QVERIFY2(!bad, all.constData());
}

QTEST_APPLESS_MAIN(TestPeers)
#include "tst_peers.moc"
