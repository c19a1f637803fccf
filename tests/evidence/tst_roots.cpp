// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/folder.h>

#include <QSettings>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace {

const QByteArray deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n"
                              "    spec:\n      containers:\n      - {name: main, image: a}\n";

const QByteArray service = "format: tenken.service/1\nid: api\nevidence:\n  roots:\n    - {name: app, path: ../app}\n"
                           "    - {name: platform, path: ../platform}\n  manifests: [deploy/, \"platform:mesh/\"]\n"
                           "  pipelines: [\"app:.github/workflows/\"]\n"
                           "  documents: [{role: oncall, file: \"app:docs/oncall.md\"}]\n"
                           "  loadtests: [{id: one, file: \"app:load.csv\", pods: 2}]\n";

const QByteArray jtl = "timeStamp,elapsed,label,responseCode,success\n1700000000000,20,a,200,true\n1700000001000,30,a,500,false\n";


void fill(const Folder &f)
{
    f.put(QStringLiteral("service/readiness/service.yaml"), service);
    f.put(QStringLiteral("service/deploy/api.yaml"), deployment);
    f.put(QStringLiteral("platform/mesh/vs.yaml"), "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: api}\n");
    f.put(QStringLiteral("app/.github/workflows/ci.yml"), "on: push\njobs: {}\n");
    f.put(QStringLiteral("app/docs/oncall.md"), "# On call\n\nText\n");
    f.put(QStringLiteral("app/load.csv"), jtl);
    f.put(QStringLiteral("secret/key.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
}

Permissions allowing(const QStringList &folders)
{
    Permissions permissions;
    for (const QString &folder : folders)
        permissions = withRoot(permissions, folder).value_or(permissions);
    return permissions;
}

QStringList paths(const Evidence &evidence)
{
    QStringList paths;
    for (const SourceFile &file : evidence.files)
        paths << file.path;
    return paths;
}

} // namespace

class TestRoots : public QObject
{
    Q_OBJECT
private slots:
    void allowedRootsAreRead()
    {
        const Folder f;
        fill(f);
        QVERIFY(f.commit(QStringLiteral("app")));
        const auto e = readEvidence(f.path(QStringLiteral("service")),
                                    {{}, allowing({f.path(QStringLiteral("app")), f.path(QStringLiteral("platform"))})});
        QVERIFY(e);
        QVERIFY2(e->unreadable.empty(), qPrintable(linesOf(e->unreadable).join(u'\n')));
        QCOMPARE(paths(*e), QStringList({QStringLiteral("app:.github/workflows/ci.yml"), QStringLiteral("app:docs/oncall.md"),
                                         QStringLiteral("app:load.csv"), QStringLiteral("deploy/api.yaml"),
                                         QStringLiteral("platform:mesh/vs.yaml"), QStringLiteral("readiness/service.yaml")}));
        QCOMPARE(e->manifests->objects.size(), size_t(2));
        QCOMPARE(e->pipelines.size(), size_t(1));
        QCOMPARE(e->documents.size(), size_t(1));
        QVERIFY(e->loadTests.at(0).run);
        QVERIFY(e->sourceText(QStringLiteral("platform:mesh/vs.yaml")).contains("VirtualService"));
        QVERIFY(e->sourceText(QStringLiteral("app:load.csv")).startsWith("timeStamp"));
        // Each root is a work tree of its own.
        QVERIFY(e->gitCommit.isEmpty());
        QVERIFY(!e->roots[0].gitCommit.isEmpty());
        QVERIFY(!e->roots[0].gitDirty);
        QVERIFY(e->roots[1].gitCommit.isEmpty());
        f.put(QStringLiteral("app/docs/oncall.md"), "# On call\n\nChanged\n");
        const auto again = readEvidence(f.path(QStringLiteral("service")), {{}, allowing({f.path(QStringLiteral("app"))})});
        QVERIFY(again && again->roots[0].gitDirty);
    }

    void withoutPermissionNothingIsTouched()
    {
        const Folder f;
        fill(f);
        const auto e = readEvidence(f.path(QStringLiteral("service")), {{}, allowing({f.path(QStringLiteral("app"))})});
        QVERIFY(e);
        QVERIFY(says(e->unreadable, QStringLiteral("readiness/service.yaml:6:7: the root “platform” (../platform) lies outside")));
        QVERIFY(says(e->unreadable, QStringLiteral("platform:mesh/: is not read")));
        QVERIFY(says(e->unreadable, QStringLiteral("tenken roots allow ") + QFileInfo(f.path(QStringLiteral("service"))).canonicalPath()));
        QVERIFY(!paths(*e).contains(QStringLiteral("platform:mesh/vs.yaml")));
        QCOMPARE(int(e->roots[1].state), int(SourceRoot::State::NotAllowed));
        // A folder that does not exist is told in the same words: nobody learns what is there.
        QVERIFY(QDir(f.path(QStringLiteral("platform"))).removeRecursively());
        const auto gone = readEvidence(f.path(QStringLiteral("service")), {{}, allowing({f.path(QStringLiteral("app"))})});
        QVERIFY(gone);
        QCOMPARE(linesOf(gone->unreadable), linesOf(e->unreadable));
        // Allowed, it is missing.
        const Permissions all{allowing({f.path(QStringLiteral("app"))}).roots + QStringList{f.path(QStringLiteral("platform"))}, {}};
        const auto missing = readEvidence(f.path(QStringLiteral("service")), {{}, all});
        QVERIFY(missing && says(missing->unreadable, QStringLiteral("does not exist")));
    }

    void rootsInsideNeedNoPermission()
    {
        const Folder f;
        f.put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\nevidence:\n  roots: [{name: d, path: deploy}]\n"
                                                        "  manifests: [\"d:api.yaml\"]\n");
        f.put(QStringLiteral("deploy/api.yaml"), deployment);
        const auto e = readEvidence(f.path());
        QVERIFY(e && e->unreadable.empty());
        QCOMPARE(e->manifests->workloads.front().object.file, QStringLiteral("d:api.yaml"));
    }

    void attacks_data()
    {
        QTest::addColumn<QByteArray>("root");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QString>("said");
        QTest::newRow("out of the root") << QByteArray("../app") << QByteArray("app:../secret/key.yaml") << "leads outside the root “app”";
        QTest::newRow("glob out of the root") << QByteArray("../app") << QByteArray("app:../*/key.yaml") << "leads outside the root “app”";
        QTest::newRow("absolute in the root") << QByteArray("../app") << QByteArray("app:/etc/hostname") << "an absolute path";
        QTest::newRow("link in the root") << QByteArray("../app") << QByteArray("app:link.yaml") << "leads outside the root “app”";
        QTest::newRow("linked folder") << QByteArray("../app") << QByteArray("app:linked/") << "leads outside the root “app”";
        QTest::newRow("root that is a link elsewhere") << QByteArray("../alias") << QByteArray("app:key.yaml") << "not allowed";
        QTest::newRow("beside the allowed one") << QByteArray("../app-secret") << QByteArray("app:key.yaml") << "not allowed";
        QTest::newRow("up through the allowed one") << QByteArray("../app/../secret") << QByteArray("app:key.yaml") << "not allowed";
        QTest::newRow("absolute root") << QByteArray("/etc") << QByteArray("app:hostname") << "not allowed";
        QTest::newRow("whole disk") << QByteArray("/") << QByteArray("app:etc/hostname") << "not allowed";
        QTest::newRow("nobody declared it") << QByteArray("../app") << QByteArray("other:key.yaml") << "no root “other” stands under";
        QTest::newRow("without a root") << QByteArray("../app") << QByteArray("../secret/key.yaml") << "leads outside the service's folder";
    }
    void attacks()
    {
        QFETCH(QByteArray, root);
        QFETCH(QByteArray, pattern);
        QFETCH(QString, said);
        const Folder f;
        fill(f);
        f.put(QStringLiteral("app-secret/key.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
        QVERIFY(QFile::link(f.path(QStringLiteral("secret/key.yaml")), f.path(QStringLiteral("app/link.yaml"))));
        QVERIFY(QFile::link(f.path(QStringLiteral("secret")), f.path(QStringLiteral("app/linked"))));
        QVERIFY(QFile::link(f.path(QStringLiteral("secret")), f.path(QStringLiteral("alias"))));
        f.put(QStringLiteral("service/readiness/service.yaml"), "format: tenken.service/1\nid: a\nevidence:\n  roots: [{name: app, path: \""
                  + root + "\"}]\n  manifests: [\"" + pattern + "\"]\n");
        // The link itself is allowed, where it leads is not.
        Permissions permissions = allowing({f.path(QStringLiteral("app"))});
        permissions.roots << QFileInfo(f.path(QStringLiteral("app"))).canonicalPath() + QStringLiteral("/alias");
        const auto e = readEvidence(f.path(QStringLiteral("service")), {{}, permissions});
        QVERIFY(e);
        QVERIFY(says(e->unreadable, said));
        QVERIFY(e->manifests->objects.empty());
        QCOMPARE(paths(*e), QStringList{QStringLiteral("readiness/service.yaml")});
    }

    void declarations_data()
    {
        QTest::addColumn<QByteArray>("roots");
        QTest::newRow("no path") << QByteArray("[{name: app}]");
        QTest::newRow("capitals") << QByteArray("[{name: App, path: ../a}]");
        QTest::newRow("colon") << QByteArray("[{name: \"a:b\", path: ../a}]");
        QTest::newRow("twice") << QByteArray("[{name: a, path: ../a}, {name: a, path: ../b}]");
        QTest::newRow("taken") << QByteArray("[{name: kustomize, path: ../a}]");
    }
    void declarations()
    {
        QFETCH(QByteArray, roots);
        const auto read = readService(*YamlFile::parse("format: tenken.service/1\nid: a\nevidence: {roots: " + roots + "}\n",
                                                       QStringLiteral("readiness/service.yaml")));
        QVERIFY(says(read.problems, QStringLiteral("readiness/service.yaml:3:")));
        QVERIFY(says(read.problems, QStringLiteral("{name: app, path: ../id-auth-app}")));
        QVERIFY(read.value.roots.size() <= 1);
    }

    void permissionsAreKept()
    {
        const Folder f;
        fill(f);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, f.path(QStringLiteral("config")));
        QCoreApplication::setOrganizationName(QStringLiteral("tenken-test"));
        QVERIFY(storedPermissions().roots.isEmpty());
        QVERIFY(allowRoot(f.path(QStringLiteral("app"))));
        QVERIFY(storedPermissions().allowsRoot(f.path(QStringLiteral("app/docs"))));
        QVERIFY(!storedPermissions().allowsRoot(f.path(QStringLiteral("application"))));
        QVERIFY(!storedPermissions().allowsRendering(f.path(QStringLiteral("app"))));
        QVERIFY(allowRendering(f.path(QStringLiteral("app"))));
        QVERIFY(storedPermissions().allowsRendering(f.path(QStringLiteral("app"))));
        QVERIFY(forgetRoot(f.path(QStringLiteral("app"))));
        QVERIFY(!forgetRoot(f.path(QStringLiteral("app"))));
        QVERIFY(!storedPermissions().allowsRoot(f.path(QStringLiteral("app"))));
        QVERIFY(!allowRoot(QStringLiteral("/")));
        QVERIFY(!allowRoot(f.path(QStringLiteral("nowhere"))));
    }
};

QTEST_GUILESS_MAIN(TestRoots)
#include "tst_roots.moc"
