// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Tenken costs, as ratios to yardsticks measured in the same run on the same machine. Seconds alone say more
// about the machine than about the program.
#include "exportbench.h"
#include "loadfiles.h"
#include "looptime.h"
#include "report.h"

#include <evidence/evidence.h>
#include <evidence/loadtest/reader.h>
#include <parts/style.h>
#include <review/decision.h>
#include <rules/selection.h>
#include <window/mainwindow.h>

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSplitter>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <sstream>

using namespace tenken;
using namespace tenken::bench;

namespace {

const QString demo = QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth");

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

size_t loadAll(const QList<QByteArray> &texts)
{
    size_t documents = 0;
    for (const QByteArray &text : texts) {
        std::istringstream stream(text.toStdString());
        documents += YAML::LoadAll(stream).size();
    }
    return documents;
}

void check()
{
    QList<QByteArray> yaml;
    const auto evidence = readEvidence(demo);
    if (!evidence)
        qFatal("the demo service cannot be read");
    for (const SourceFile &file : evidence->files) {
        if (file.path.endsWith(u".yaml") || file.path.endsWith(u".yml"))
            yaml << read(demo + u'/' + file.path);
    }
    const Checklist checklist = *builtinChecklist(QStringLiteral("zozotown"));
    const double yardstick = median(21, [&] { loadAll(yaml); });
    report("check, demo, manifests only", median(21, [&] {
               const auto e = readBareManifests({demo + QStringLiteral("/deploy")});
               evaluate(checklist, *e);
           }), "YAML::LoadAll of all its YAML", yardstick);
    report("check, demo, with load tests and snapshot", median(3, [&] {
               const auto e = readEvidence(demo);
               const Assessment a = evaluate(checklist, *e);
               decide(checklist, a, nullptr, QDate(2026, 11, 20));
           }), "YAML::LoadAll of all its YAML", yardstick);
}

/// A Deployment with its HPA's and mesh's usual settings, about 1 KB: what a platform team has a thousand of.
QByteArray deploymentNamed(const QByteArray &name)
{
    return QByteArray(R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  namespace: shop
  labels: {app: NAME, team: checkout}
spec:
  replicas: 3
  minReadySeconds: 10
  selector:
    matchLabels: {app: NAME}
  template:
    metadata:
      labels: {app: NAME, version: v1}
      annotations:
        sidecar.istio.io/inject: "true"
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: app
          image: registry.example.com/shop/NAME:1.4.2
          ports:
            - {name: http, containerPort: 8080}
          env:
            - {name: LOG_LEVEL, value: info}
            - name: DB_PASSWORD
              valueFrom: {secretKeyRef: {name: NAME-db, key: password}}
          resources:
            requests: {cpu: 500m, memory: 256Mi}
            limits: {memory: 512Mi}
          lifecycle:
            preStop: {exec: {command: [sleep, "15"]}}
          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 5
          livenessProbe:
            httpGet: {path: /live, port: http}
            initialDelaySeconds: 30
)").replace("NAME", name);
}

QByteArray deployments(int count)
{
    QByteArray all;
    for (int i = 0; i < count; ++i)
        all += deploymentNamed("service-" + QByteArray::number(i)) + "---\n";
    return all;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
}

void checkBare(const Checklist &checklist, const QString &path, int threads)
{
    ReadOptions options;
    options.threads = threads;
    static std::vector<std::pair<Evidence, Assessment>> kept; // as the command does, which ends without freeing
    Evidence e = *readBareManifests({path}, options);
    Assessment a = evaluate(checklist, e, {}, threads);
    if (a.items.empty() || e.manifests->workloads.size() < 100)
        qFatal("nothing was judged");
    kept.emplace_back(std::move(e), std::move(a));
}

void manyDeployments()
{
    QTemporaryDir dir;
    const QByteArray all = deployments(1000);
    const QString one = dir.filePath(QStringLiteral("many.yaml"));
    write(one, all);
    const Checklist checklist = selectManifestItems(*builtinChecklist(QStringLiteral("zozotown")));
    const double yardstick = median(5, [&] { loadAll({all}); });
    report("check, 1,000 Deployments in one file", median(5, [&] { checkBare(checklist, one, 0); }),
           "YAML::LoadAll of the same bytes", yardstick);
    report("  … on one core", median(5, [&] { checkBare(checklist, one, 1); }),
           "YAML::LoadAll of the same bytes", yardstick);

    const QString many = dir.filePath(QStringLiteral("many"));
    QDir().mkpath(many);
    for (int i = 0; i < 700; ++i) {
        const QByteArray number = QByteArray::number(i);
        write(many + QStringLiteral("/%1.yaml").arg(i), deployments(4).replace("service-", "service-" + number + "-"));
    }
    const double single = median(5, [&] { checkBare(checklist, many, 1); });
    report("check, 700 files, on two cores", median(5, [&] { checkBare(checklist, many, 2); }), "on one core", single);
}

void loadTests()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("big.jtl"));
    loadfiles::writeBytes(path, loadfiles::jtlCsv(), 100'000'000);
    const auto wc = [&](const QString &file) {
        return median(5, [&] { QProcess::execute(QStringLiteral("sh"), {"-c", "wc -l < '" + file + "' > /dev/null"}); });
    };
    report("JMeter JTL CSV", median(3, [&] { (void)readLoadTest(path); }), "wc -l of the same file", wc(path));
    const QString gz = demo + QStringLiteral("/loadtest/gatling-1pod-step.log.gz");
    const double zcat = median(5, [&] { QProcess::execute(QStringLiteral("sh"), {"-c", "zcat '" + gz + "' > /dev/null"}); });
    report("Gatling text, gzip", median(5, [&] { (void)readLoadTest(gz); }), "zcat of the same file", zcat);
}

/// Ends the program as soon as the window has been painted once.
class FirstPaint : public QObject
{
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        return QObject::eventFilter(watched, event);
    }
};

int showTenken()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
    MainWindow window(Lang::Ja);
    FirstPaint paint;
    window.installEventFilter(&paint);
    window.show();
    window.open(demo);
    return QApplication::exec();
}

int showYardstick()
{
    QSplitter window;
    auto *text = new QPlainTextEdit;
    KSyntaxHighlighting::Repository repository;
    auto *highlighter = new KSyntaxHighlighting::SyntaxHighlighter(text->document());
    highlighter->setDefinition(repository.definitionForName(QStringLiteral("YAML")));
    text->setPlainText(QString::fromUtf8(read(demo + QStringLiteral("/deploy/base/deployment.yaml"))));
    auto *chart = new QChart;
    auto *series = new QLineSeries;
    for (int i = 0; i < 200; ++i)
        series->append(i, i % 17);
    chart->addSeries(series);
    chart->createDefaultAxes();
    window.addWidget(text);
    window.addWidget(new QChartView(chart));
    window.resize(1600, 1000);
    FirstPaint paint;
    window.installEventFilter(&paint);
    window.show();
    return QApplication::exec();
}

void windows()
{
    const auto time = [](const QString &which) {
        return median(5, [&] { QProcess::execute(QCoreApplication::applicationFilePath(), {which}); });
    };
    report("start to first painted window", time(QStringLiteral("--window")), "Qt window with chart and text",
           time(QStringLiteral("--yardstick")));
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop tells when it waits; GLib's does not
    TimedApplication application(argc, argv);
    const QString mode = application.arguments().value(1);
    if (mode == u"--window")
        return showTenken();
    if (mode == u"--yardstick")
        return showYardstick();
    if (mode == u"loop") {
        measureLoopTurns(std::max(1LL, application.arguments().value(2, QStringLiteral("1000")).toLongLong()) * 1'000'000);
        return 0;
    }
    const QList<std::pair<QString, void (*)()>> parts{
        {QStringLiteral("check"), check}, {QStringLiteral("many"), manyDeployments},
        {QStringLiteral("loadtests"), loadTests}, {QStringLiteral("windows"), windows},
        {QStringLiteral("export"), [] { exportDocument(demo); }}};
    for (const auto &[name, run] : parts) {
        if (mode.isEmpty() || mode == name)
            run();
    }
    return 0;
}
