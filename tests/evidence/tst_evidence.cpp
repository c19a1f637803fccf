// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace tenken;

namespace {

const QByteArray deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n"
                              "    spec:\n      containers:\n      - {name: main, image: a}\n";

const QByteArray service = "format: tenken.service/1\nid: id-auth\nevidence:\n  manifests: [deploy/]\n"
                           "  pipelines: [ci.yml]\n  documents: [{role: oncall, file: oncall.md, url: 'https://w/o'}]\n"
                           "  loadtests: [{id: one, file: load.csv, pods: 2}]\n";

const QByteArray jtl = "timeStamp,elapsed,label,responseCode,success\n1700000000000,20,a,200,true\n1700000001000,30,a,500,false\n";

class Folder
{
public:
    QString path(const QString &relative = {}) const { return m_dir.filePath(relative); }
    void put(const QString &relative, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(relative)).path());
        QFile file(path(relative));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the fixture");
    }
    void putService() const
    {
        put(QStringLiteral("readiness/service.yaml"), service);
        put(QStringLiteral("deploy/api.yaml"), deployment);
        put(QStringLiteral("ci.yml"), "on: push\njobs: {}\n");
        put(QStringLiteral("oncall.md"), "# On call\n\nText\n");
        put(QStringLiteral("load.csv"), jtl);
    }
    bool git(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(path());
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"), QStringLiteral("-c"),
                                                         QStringLiteral("user.email=t@example.com")} + arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    bool commitAll() const
    {
        return git({QStringLiteral("add"), QStringLiteral("-A")}) && git({QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("x")});
    }

private:
    QTemporaryDir m_dir;
};

QStringList paths(const Evidence &evidence)
{
    QStringList paths;
    for (const SourceFile &file : evidence.files)
        paths.append(file.path);
    return paths;
}

QStringList lines(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines.append(problem.toString(Lang::En));
    return lines;
}

} // namespace

class TestEvidence : public QObject
{
    Q_OBJECT

private slots:
    void everythingListedIsRead_data()
    {
        QTest::addColumn<QString>("given");
        QTest::newRow("folder") << QString();
        QTest::newRow("readiness") << QStringLiteral("readiness");
        QTest::newRow("readiness/") << QStringLiteral("readiness/");
        QTest::newRow("service.yaml") << QStringLiteral("readiness/service.yaml");
    }
    void everythingListedIsRead()
    {
        QFETCH(QString, given);
        Folder folder;
        folder.putService();
        const Result<Evidence> evidence = readEvidence(folder.path(given));
        QVERIFY(evidence);
        QCOMPARE(lines(evidence->unreadable), QStringList());
        QCOMPARE(lines(evidence->warnings), QStringList());
        QCOMPARE(evidence->folder, QFileInfo(folder.path()).canonicalFilePath());
        QCOMPARE(evidence->service.id, QStringLiteral("id-auth"));
        QCOMPARE(paths(*evidence).join(u' '), QStringLiteral("ci.yml deploy/api.yaml load.csv oncall.md readiness/service.yaml"));
        QCOMPARE(evidence->manifests->workloads.size(), 1);
        QCOMPARE(evidence->manifests->workloads[0].object.file, QStringLiteral("deploy/api.yaml"));
        QCOMPARE(evidence->pipelines.size(), 1);
        QCOMPARE(evidence->documents.size(), 1);
        QCOMPARE(evidence->documents[0].role, QStringLiteral("oncall"));
        QCOMPARE(evidence->documents[0].url, QStringLiteral("https://w/o"));
        QCOMPARE(evidence->loadTests.size(), 1);
        QVERIFY(evidence->loadTests[0].run);
        QCOMPARE(evidence->loadTests[0].run->samples, 2);
        QCOMPARE(evidence->loadTests[0].run->file, QStringLiteral("load.csv"));
        QVERIFY(!evidence->datadog.exists);
        for (const SourceFile &file : evidence->files) {
            QFile onDisk(folder.path(file.path));
            QVERIFY(onDisk.open(QIODevice::ReadOnly));
            const QByteArray bytes = onDisk.readAll();
            QCOMPARE(file.sha256, sha256Hex(bytes));
            QCOMPARE(file.bytes, bytes.size());
            QCOMPARE(evidence->sourceText(file.path), bytes);
        }
        QCOMPARE(evidence->sourceText(QStringLiteral("../../etc/passwd")), QByteArray());
    }

    void infrastructure()
    {
        Folder folder;
        folder.put("readiness/service.yaml", "format: tenken.service/1\nid: a\nevidence:\n  manifests: [deploy/stack.yaml, deploy/fb.yaml]\n"
                                             "  infrastructure: [cfn/]\n");
        folder.put("deploy/stack.yaml", "Resources: {B: {Type: 'AWS::S3::Bucket'}}\n");
        folder.put("deploy/fb.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fb}\ndata:\n  a.conf: |\n    [OUTPUT]\n        Name s3\n");
        folder.put("cfn/logs.template", "AWSTemplateFormatVersion: 2010-09-09\nResources: {S: {Type: 'AWS::SNS::Topic'}}\n");
        folder.put("cfn/fluent-bit.conf", "[OUTPUT]\n  Name firehose\n");
        folder.put("cfn/main.tf", "resource {}\n");
        folder.put("cfn/notes.md", "nothing\n");
        const Result<Evidence> evidence = readEvidence(folder.path());
        QVERIFY(evidence);
        QCOMPARE(lines(evidence->unreadable), QStringList()); // a template is no failed manifest
        QCOMPARE(evidence->cloudFormation->templates.size(), 2u);
        QCOMPARE(evidence->cloudFormation->terraform, QStringList{QStringLiteral("cfn/main.tf")});
        QCOMPARE(evidence->fluentBit.size(), 2u);
        QCOMPARE(paths(*evidence).join(u' '), QStringLiteral("cfn/fluent-bit.conf cfn/logs.template deploy/fb.yaml deploy/stack.yaml "
                                                             "readiness/service.yaml"));
    }

    void noService()
    {
        Folder folder;
        const Result<Evidence> missing = readEvidence(folder.path());
        QVERIFY(!missing);
        QCOMPARE(missing.error().file, QStringLiteral("readiness/service.yaml"));
        QVERIFY(missing.error().hint.en.contains(u"tenken init"));
        QVERIFY(!readEvidence(folder.path(QStringLiteral("nowhere"))));
        folder.put(QStringLiteral("readiness/service.yaml"), "id: [\n");
        const Result<Evidence> broken = readEvidence(folder.path());
        QVERIFY(!broken);
        QVERIFY(broken.error().span.isValid());
    }

    void whatCannotBeReadIsListed()
    {
        Folder folder;
        folder.put(QStringLiteral("readiness/service.yaml"),
                   "format: tenken.service/1\nid: a\ncolour: red\nid: b\ntiming: {drain-seconds: x}\nevidence:\n"
                   "  manifests: [deploy/, values.yaml, gone.yaml, ../up.yaml]\n  documents: [{role: oncall, file: gone.md}]\n"
                   "  loadtests: [{id: x, file: gone.log}, {id: y, file: readme.txt}, {id: z, file: deploy}]\n"
                   "  datadog: readiness/gone\n");
        folder.put(QStringLiteral("deploy/a.yaml"), deployment);
        folder.put(QStringLiteral("deploy/b.yaml"), "a: 1\n---\na: [\n");
        folder.put(QStringLiteral("deploy/values.yaml"), "replicas: 1\nreplicas: 2\n");
        folder.put(QStringLiteral("values.yaml"), "replicas: 1\n");
        folder.put(QStringLiteral("readme.txt"), "hello\n");
        const Result<Evidence> evidence = readEvidence(folder.path());
        QVERIFY(evidence);
        const QString unreadable = lines(evidence->unreadable).join(u'\n');
        for (const char *words : {"service.yaml:5:25", "gone.yaml", "../up.yaml", "gone.md", "gone.log", "readme.txt", "deploy: is not",
                                  "deploy/b.yaml:4:1", "values.yaml: holds no"})
            QVERIFY2(unreadable.contains(QString::fromLatin1(words)), qPrintable(unreadable + QStringLiteral("\nmissing: ") + QString::fromLatin1(words)));
        QVERIFY(!unreadable.contains(folder.path()));
        QVERIFY(!unreadable.contains(u"deploy/values.yaml"));
        const QString warnings = lines(evidence->warnings).join(u'\n');
        for (const char *words : {"unknown key “colour”", "key “id” stands twice", "deploy/values.yaml:2:1"})
            QVERIFY2(warnings.contains(QString::fromUtf8(words)), qPrintable(warnings));
        QCOMPARE(evidence->manifests->workloads.size(), 1);
        QCOMPARE(evidence->loadTests.size(), 3);
        QVERIFY(std::ranges::none_of(evidence->loadTests, [](const LoadTest &t) { return t.run != nullptr; }));
        QVERIFY(evidence->documents.empty());
    }

    void noDefaultPlaces()
    {
        Folder folder;
        folder.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\n");
        folder.put(QStringLiteral("deploy/a.yaml"), deployment);
        const Result<Evidence> evidence = readEvidence(folder.path());
        QVERIFY(evidence);
        QVERIFY(evidence->manifests->objects.empty());
        QCOMPARE(evidence->files.size(), 1);
    }

    void digestFollowsContentAndNames()
    {
        Folder folder;
        folder.putService();
        const QByteArray before = readEvidence(folder.path())->digest();
        QCOMPARE(before.size(), 64);
        QCOMPARE(readEvidence(folder.path())->digest(), before);
        folder.put(QStringLiteral("oncall.md"), "# On call\n\nOther\n");
        const QByteArray changed = readEvidence(folder.path())->digest();
        QVERIFY(changed != before);
        folder.put(QStringLiteral("deploy/b.yaml"), "");
        QVERIFY(readEvidence(folder.path())->digest() != changed);
        Evidence one;
        one.files = {{QStringLiteral("a"), "00", 1, {}}};
        QCOMPARE(one.digest(), QCryptographicHash::hash("00  a\n", QCryptographicHash::Sha256).toHex());
    }

    void progressAndCancelling()
    {
        Folder folder;
        folder.putService();
        int calls = 0, done = 0, total = 0;
        ReadOptions options;
        options.progress = [&](const ReadingStep &step) {
            ++calls;
            done = step.done;
            total = step.total;
            return true;
        };
        QVERIFY(readEvidence(folder.path(), options));
        QVERIFY(calls >= 2);
        QCOMPARE(done, total);
        QCOMPARE(total, 5); // test, its digest, manifest, pipeline, document
        options.progress = [](const ReadingStep &) { return false; };
        const Result<Evidence> cancelled = readEvidence(folder.path(), options);
        QVERIFY(!cancelled);
        QVERIFY(cancelled.error().message.isEmpty());
    }

    void git()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed");
        Folder folder;
        folder.putService();
        QVERIFY(readEvidence(folder.path())->gitCommit.isEmpty());
        QVERIFY(!readEvidence(folder.path())->gitDirty);
        QVERIFY(folder.git({QStringLiteral("init"), QStringLiteral("-qb"), QStringLiteral("work")}));
        const Result<Evidence> unborn = readEvidence(folder.path());
        QVERIFY(unborn->gitDirty && unborn->gitCommit.isEmpty());
        QCOMPARE(unborn->gitBranch, QStringLiteral("work"));
        QVERIFY(folder.commitAll());
        const Result<Evidence> clean = readEvidence(folder.path());
        QVERIFY(clean->gitCommit.size() >= 7);
        QVERIFY(!clean->gitDirty);

        folder.put(QStringLiteral("unread.txt"), "x"); // nobody judged it
        QVERIFY(!readEvidence(folder.path())->gitDirty);
        folder.put(QStringLiteral("load.csv"), jtl + "1700000002000,30,a,200,true\n");
        QVERIFY(readEvidence(folder.path())->gitDirty);
        QVERIFY(folder.git({QStringLiteral("add"), QStringLiteral("-A")}));
        QVERIFY(readEvidence(folder.path())->gitDirty); // staged is not committed
        QVERIFY(folder.commitAll());
        QVERIFY(!readEvidence(folder.path())->gitDirty);
        folder.put(QStringLiteral("deploy/new.yaml"), deployment);
        QVERIFY(readEvidence(folder.path())->gitDirty);
        QVERIFY(folder.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("--detach")}));
        QVERIFY(readEvidence(folder.path())->gitBranch.isEmpty());
    }

    void gitConversions()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed");
        Folder folder;
        folder.put(QStringLiteral("sub/readiness/service.yaml"), "format: tenken.service/1\r\nid: a\r\nevidence: {manifests: [deploy]}\r\n");
        folder.put(QStringLiteral("sub/real.yaml"), deployment);
        folder.put(QStringLiteral(".gitattributes"), "*.yaml text\n");
        QDir().mkpath(folder.path(QStringLiteral("sub/deploy")));
        QVERIFY(QFile::link(QStringLiteral("../real.yaml"), folder.path(QStringLiteral("sub/deploy/link.yaml"))));
        QVERIFY(folder.git({QStringLiteral("init"), QStringLiteral("-q")}) && folder.commitAll());
        const Result<Evidence> clean = readEvidence(folder.path(QStringLiteral("sub")));
        QCOMPARE(paths(*clean).join(u' '), QStringLiteral("deploy/link.yaml readiness/service.yaml"));
        QVERIFY(!clean->gitDirty);
        folder.put(QStringLiteral("sub/real.yaml"), deployment + "# x\n");
        QVERIFY(readEvidence(folder.path(QStringLiteral("sub")))->gitDirty);
    }

    void aHostileRepositoryRunsNothing()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed");
        Folder folder;
        folder.putService();
        QVERIFY(folder.git({QStringLiteral("init"), QStringLiteral("-q")}) && folder.commitAll());
        const QString mark = folder.path(QStringLiteral("ran"));
        folder.put(QStringLiteral("evil.sh"), "#!/bin/sh\ntouch " + mark.toUtf8() + "\ncat\n");
        QFile::setPermissions(folder.path(QStringLiteral("evil.sh")), QFile::ReadOwner | QFile::ExeOwner);
        folder.put(QStringLiteral(".gitattributes"), "* filter=evil diff=evil\n");
        for (const char *key : {"core.fsmonitor", "core.pager", "core.sshCommand", "filter.evil.clean", "filter.evil.process",
                                "diff.evil.textconv", "core.hooksPath"})
            QVERIFY(folder.git({QStringLiteral("config"), QString::fromLatin1(key), folder.path(QStringLiteral("evil.sh"))}));
        QVERIFY(!readEvidence(folder.path())->gitCommit.isEmpty());
        QVERIFY(!QFile::exists(mark));
    }

    void bareManifests()
    {
        Folder folder;
        folder.put(QStringLiteral("deploy/a.yaml"), deployment);
        folder.put(QStringLiteral("deploy/notes.txt"), "x");
        folder.put(QStringLiteral("b.json"), "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"}}");
        folder.put(QStringLiteral("c.yaml"), "a: 1\n");
        const Result<Evidence> evidence = readBareManifests({folder.path(QStringLiteral("deploy")), folder.path(QStringLiteral("b.json")),
                                                             folder.path(QStringLiteral("c.yaml"))});
        QVERIFY(evidence);
        QCOMPARE(paths(*evidence).join(u' '), QStringLiteral("b.json c.yaml deploy/a.yaml"));
        QCOMPARE(evidence->manifests->objects.size(), 2);
        QVERIFY(evidence->service.file.isEmpty());
        QCOMPARE(evidence->service.id, QStringLiteral("api"));
        QCOMPARE(lines(evidence->unreadable).size(), 1);
        QVERIFY(!readBareManifests({folder.path(QStringLiteral("gone.yaml"))}));
        QVERIFY(!readBareManifests({}));
        const Result<Evidence> single = readBareManifests({folder.path(QStringLiteral("deploy/a.yaml"))});
        QCOMPARE(paths(*single), QStringList{QStringLiteral("a.yaml")});
    }

    void bareManifestsInTheCurrentFolderKeepTheirNames()
    {
        Folder folder;
        folder.put(QStringLiteral("deploy/a.yaml"), "a: [\n");
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(folder.path()));
        const Result<Evidence> evidence = readBareManifests({QStringLiteral("deploy/a.yaml")});
        QDir::setCurrent(before);
        QVERIFY(evidence);
        QCOMPARE(evidence->unreadable.size(), 1);
        QVERIFY(evidence->unreadable[0].location().startsWith(u"deploy/a.yaml:2"));
    }

    void manyFilesInTheSameOrderEveryTime()
    {
        Folder folder;
        folder.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\nevidence: {manifests: [m]}\n");
        QByteArray file;
        for (int i = 0; i < 20; ++i)
            file += "---\n" + QByteArray(deployment).replace("name: api", "name: d" + QByteArray::number(i));
        for (int i = 0; i < 700; ++i)
            folder.put(QStringLiteral("m/%1.yaml").arg(i, 3, 10, QLatin1Char('0')), file);
        QElapsedTimer timer;
        timer.start();
        const Result<Evidence> evidence = readEvidence(folder.path());
        qInfo("700 files of %lld bytes: %lld ms on %u cores", static_cast<long long>(file.size()), timer.elapsed(),
              std::thread::hardware_concurrency());
        QCOMPARE(evidence->manifests->workloads.size(), 14'000);
        QVERIFY(std::ranges::is_sorted(evidence->manifests->workloads, {}, [](const Workload &w) { return w.object.file; }));
        QCOMPARE(evidence->manifests->workloads[25].object.name, QStringLiteral("d5"));
    }
};

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
