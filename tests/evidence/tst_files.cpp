// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/files.h>
#include <evidence/glob.h>
#include <evidence/numbers.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <limits>

using namespace tenken;

class TestFiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString path(const QString &relative) const { return m_dir.filePath(QStringLiteral("root/") + relative); }
    void put(const QString &relative, const QByteArray &bytes = "x\n") const
    {
        QDir().mkpath(QFileInfo(path(relative)).path());
        QFile file(path(relative));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private slots:
    void initTestCase()
    {
        for (const char *file : {"deploy/api.yaml", "deploy/b.yml", "deploy/readme.md", "deploy/sub/c.YAML", "deploy/.hidden/d.yaml",
                                 "deploy/._api.yaml", "deploy/node_modules/e.yaml", "deploy/vendor/f.yaml", "overlays/prod/g.yaml",
                                 "overlays/stg/h.yaml", ".github/workflows/ci.yml", "odd/a[1].yaml", "one.json"})
            put(QString::fromLatin1(file));
        QDir().mkpath(m_dir.filePath(QStringLiteral("outside")));
        QFile secret(m_dir.filePath(QStringLiteral("outside/secret.yaml")));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("s\n");
        secret.close();
        QVERIFY(QFile::link(QStringLiteral("../../outside/secret.yaml"), path(QStringLiteral("overlays/leak.yaml"))));
        QVERIFY(QFile::link(m_dir.filePath(QStringLiteral("outside")), path(QStringLiteral("out"))));
        QDir().mkpath(m_dir.filePath(QStringLiteral("root-evil")));
        QVERIFY(QFile::link(m_dir.filePath(QStringLiteral("root-evil")), path(QStringLiteral("evil"))));
        QVERIFY(QFile::link(QStringLiteral("api.yaml"), path(QStringLiteral("deploy/same.yaml"))));
        QVERIFY(QFile::link(QStringLiteral("nowhere"), path(QStringLiteral("dangling"))));
        QVERIFY(QFile::link(QStringLiteral("."), path(QStringLiteral("deploy/loop"))));
        QCOMPARE(::mkfifo(QFile::encodeName(path(QStringLiteral("pipe"))).constData(), 0600), 0);
    }

    void resolve_data()
    {
        QTest::addColumn<QString>("relative");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *relative, const char *words) {
            QTest::newRow(relative) << QString::fromLatin1(relative) << QString::fromLatin1(words);
        };
        row("deploy/api.yaml", "");
        row("./deploy//api.yaml", "");
        row("deploy/../one.json", "");
        row(".", "");
        row("", "");
        row("..", "outside");
        row("../outside/secret.yaml", "outside");
        row("deploy/../../outside/secret.yaml", "outside");
        row("/etc/passwd", "absolute");
        row("out/secret.yaml", "outside");
        row("overlays/leak.yaml", "outside");
        row("dangling", "nowhere");
        row("no/such", "does not exist");
    }
    void resolve()
    {
        QFETCH(QString, relative);
        QFETCH(QString, words);
        const Root root(m_dir.filePath(QStringLiteral("root")));
        const Result<QString> result = root.resolve(relative);
        QCOMPARE(result.has_value(), words.isEmpty());
        if (result)
            QVERIFY(*result == root.folder() || result->startsWith(root.folder() + u'/'));
        else
            QVERIFY2(result.error().message.en.contains(words), qPrintable(result.error().message.en));
    }

    void siblingWithTheSameBeginning()
    {
        QVERIFY(!Root(m_dir.filePath(QStringLiteral("root"))).resolve(QStringLiteral("evil")));
    }

    void read()
    {
        const Root root(m_dir.filePath(QStringLiteral("root")));
        put(QStringLiteral("abc"), "abc");
        SourceFile source;
        const Result<QByteArray> bytes = root.read(QStringLiteral("./abc"), 3, &source);
        QVERIFY(bytes);
        QCOMPARE(*bytes, "abc");
        QCOMPARE(source.path, QStringLiteral("abc"));
        QCOMPARE(source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QCOMPARE(source.bytes, 3);
        QVERIFY(qAbs(source.modified.secsTo(QDateTime::currentDateTimeUtc())) < 600);
        QCOMPARE(source.modified.timeSpec(), Qt::UTC);
        QVERIFY(root.read(QStringLiteral("abc"), 2).error().message.en.contains(u"limit"));
        QVERIFY(root.read(QStringLiteral("pipe"), 100).error().message.en.contains(u"regular"));
        QVERIFY(root.read(QStringLiteral("deploy"), 100).error().message.en.contains(u"regular"));
        QVERIFY(root.read(QStringLiteral("overlays/leak.yaml"), 100).error().message.en.contains(u"outside"));
        QCOMPARE(root.read(QStringLiteral("deploy/same.yaml"), 100).value_or("?"), "x\n");
    }

    void find_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("files");
        QTest::addColumn<int>("problems");
        const auto row = [](const char *pattern, const char *files, int problems = 0) {
            QTest::newRow(pattern) << QString::fromLatin1(pattern) << QString::fromLatin1(files) << problems;
        };
        row("deploy", "deploy/api.yaml deploy/b.yml deploy/sub/c.YAML");
        row("deploy/", "deploy/api.yaml deploy/b.yml deploy/sub/c.YAML");
        row("deploy/readme.md", "deploy/readme.md");
        row("deploy/*.yaml", "deploy/api.yaml");
        row("deploy/?.yml", "deploy/b.yml");
        row("deploy/[a-c]*.y*ml", "deploy/api.yaml deploy/b.yml");
        row("deploy/[!b]*.yaml", "deploy/api.yaml");
        row("**/*.yaml", "deploy/api.yaml odd/a[1].yaml overlays/prod/g.yaml overlays/stg/h.yaml", 3); // leak.yaml, out and evil
        row("overlays/**", "overlays/prod/g.yaml overlays/stg/h.yaml", 1);
        row("overlays/*/", "overlays/prod/g.yaml overlays/stg/h.yaml", 1);
        row("overlays/*/g.yaml", "overlays/prod/g.yaml");
        row("deploy/**/c.YAML", "deploy/sub/c.YAML");
        row(".github/workflows/", ".github/workflows/ci.yml");
        row(".github/**/*.yml", ".github/workflows/ci.yml");
        row("odd/a[1].yaml", "odd/a[1].yaml");
        row("./one.json", "one.json");
        row("nothing/*.yaml", "", 1);
        row("missing.yaml", "", 1);
        row("../outside/*.yaml", "", 1);
        row("/etc/*.conf", "", 1);
        row("out/*.yaml", "", 1);
    }
    void find()
    {
        QFETCH(QString, pattern);
        const Root root(m_dir.filePath(QStringLiteral("root")));
        const auto found = root.find(pattern, {QStringLiteral(".yaml"), QStringLiteral(".yml"), QStringLiteral(".json")});
        QTEST(found.value.join(u' '), "files");
        QTEST(static_cast<int>(found.problems.size()), "problems");
        for (const Problem &problem : found.problems)
            QVERIFY(!problem.message.ja.isEmpty() && !problem.file.isEmpty());
    }

    void findIsBounded()
    {
        const Root root(m_dir.filePath(QStringLiteral("root")));
        const auto found = root.find(QStringLiteral("deploy"), {QStringLiteral(".yaml")}, 1);
        QCOMPARE(found.value.size(), 1);
        QCOMPARE(found.problems.size(), 1);
    }

    void globIsNotExponential()
    {
        QVERIFY(!matchesGlob(QString(200, u'a'), QStringLiteral("*a").repeated(60) + u'b'));
        QVERIFY(matchesGlob(QStringLiteral("a-]"), QStringLiteral("a[x-]*")));
        QVERIFY(matchesGlob(QStringLiteral("]"), QStringLiteral("[]]")));
        QVERIFY(matchesGlob(QStringLiteral("[x"), QStringLiteral("[x")));
    }

    void writeAtomically_()
    {
        const QString file = path(QStringLiteral("written.yaml"));
        QVERIFY(writeAtomically(file, "one"));
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        const auto before = QFile::permissions(file);
        QVERIFY(QFile::link(QStringLiteral("written.yaml"), path(QStringLiteral("link.yaml"))));
        QVERIFY(writeAtomically(path(QStringLiteral("link.yaml")), "two"));
        QVERIFY(QFileInfo(path(QStringLiteral("link.yaml"))).isSymLink());
        QFile read(file);
        QVERIFY(read.open(QIODevice::ReadOnly));
        QCOMPARE(read.readAll(), "two");
        QCOMPARE(QFile::permissions(file), before);
        QCOMPARE(QDir(path({})).entryList({QStringLiteral("written*")}), QStringList{QStringLiteral("written.yaml")});
        const Result<void> failed = writeAtomically(path(QStringLiteral("no/folder/x")), "one");
        QVERIFY(!failed);
        QVERIFY(failed.error().file.endsWith(u"no/folder/x"));
    }

    void numbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, const char *text) {
            QTest::newRow(text) << value << QString::fromUtf8(text);
        };
        row(4000, "4,000");
        row(0.8, "0.8");
        row(123.4, "123");
        row(12.34, "12.3");
        row(8012, "8,012");
        row(8012.4, "8,012 ");
        row(1234567, "1,234,567");
        row(999, "999");
        row(999.6, "1,000");
        row(0, "0");
        row(-0.0, "0 ");
        row(-4000, "−4,000");
        row(-0.25, "−0.25");
        row(0.1, "0.1");
        row(0.000123456, "0.000123");
        row(1.996, "2");
        row(0.30000000000000004, "0.3");
        row(1e-12, "1e-12");
        row(std::numeric_limits<double>::infinity(), "∞");
        row(std::numeric_limits<double>::quiet_NaN(), "–");
    }
    void numbers()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(formatNumber(value), text.trimmed());
    }

    void units()
    {
        QCOMPARE(formatWithUnit(30, QStringLiteral("s")), QStringLiteral("30 s"));
        QCOMPARE(formatWithUnit(0.1, QStringLiteral("%")), QStringLiteral("0.1 %"));
        QCOMPARE(formatWithUnit(5, {}), QStringLiteral("5"));
        QCOMPARE(formatMs(84), QStringLiteral("84 ms"));
        QCOMPARE(formatMs(999.7), QStringLiteral("1 s"));
        QCOMPARE(formatMs(999.4), QStringLiteral("999 ms"));
        QCOMPARE(formatMs(1234), QStringLiteral("1.23 s"));
        QCOMPARE(formatMs(1200), QStringLiteral("1.2 s"));
        QCOMPARE(formatMs(0.5), QStringLiteral("0.5 ms"));
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "tst_files.moc"
