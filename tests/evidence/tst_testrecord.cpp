// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>

#include <QTemporaryDir>
#include <QTest>

#include <QDir>
#include <QFile>

using namespace tenken;

namespace {

const QByteArray complete =
    "format: tenken.test/1\n"
    "kind: zone-loss\n"
    "environment: staging\n"
    "started: 2026-11-05T14:00:00+09:00\n"
    "duration: 900\n"
    "who: 佐藤\n"
    "image: registry.example/id-auth:1.42.0\n"
    "commit: 4f1c9e2\n"
    "pods: 6\n"
    "limits: {cpu: \"2\", memory: 1Gi}\n"
    "during: 200 req/s\n"
    "loadtest: 16pod-peak\n"
    "outcome:\n"
    "  zone: ap-northeast-1a\n"
    "  errors: 3\n"
    "  recovery-seconds: 45\n"
    "result: pass\n"
    "links: [\"https://wiki.example/tests/12\"]\n"
    "notes: |\n"
    "  first\n"
    "  second\n";

TestReading read(const QByteArray &text)
{
    return readTestRecord(*YamlFile::parse(text, QStringLiteral("readiness/tests/a.yaml")));
}

/// A record of a kind with one more line.
QByteArray with(const QByteArray &kind, const QByteArray &line)
{
    return "format: tenken.test/1\nkind: " + kind + "\n" + line + "\n";
}

int numberAt(const QMap<QString, Declared<int>> &numbers, const char *name)
{
    const auto it = numbers.find(QString::fromLatin1(name));
    return it == numbers.end() ? -1 : it->value.value_or(-1);
}

QStringList messages(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines << problem.toString(Lang::En);
    return lines;
}

} // namespace

class TestTestRecord : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldOfAZoneLoss()
    {
        const auto [r, errors, warnings] = read(complete);
        QCOMPARE(messages(errors), QStringList());
        QCOMPARE(messages(warnings), QStringList());
        QVERIFY(r.isReadable());
        QCOMPARE(r.file, QStringLiteral("readiness/tests/a.yaml"));
        QCOMPARE(r.kind, QStringLiteral("zone-loss"));
        QCOMPARE(r.span.line, 2);
        QCOMPARE(*r.environment, QStringLiteral("staging"));
        QCOMPARE(r.started->toSecsSinceEpoch(), QDateTime(QDate(2026, 11, 5), QTime(5, 0), QTimeZone::UTC).toSecsSinceEpoch());
        QCOMPARE(r.started->offsetFromUtc(), 9 * 3600);
        QCOMPARE(r.started.span.line, 4);
        QCOMPARE(*r.durationSeconds, 900.0);
        QCOMPARE(*r.who, QStringLiteral("佐藤"));
        QCOMPARE(*r.image, QStringLiteral("registry.example/id-auth:1.42.0"));
        QCOMPARE(*r.commit, QStringLiteral("4f1c9e2"));
        QCOMPARE(*r.pods, 6);
        QCOMPARE(r.limits.size(), size_t(1));
        QCOMPARE(r.limits[0].container, QString());
        QCOMPARE(r.limits[0].cpu, QStringLiteral("2"));
        QCOMPARE(r.limits[0].memory, QStringLiteral("1Gi"));
        QCOMPARE(*r.during, QStringLiteral("200 req/s"));
        QCOMPARE(*r.loadTest, QStringLiteral("16pod-peak"));
        QCOMPARE(*r.zone, QStringLiteral("ap-northeast-1a"));
        QCOMPARE(*r.errors, 3);
        QCOMPARE(*r.recoverySeconds, 45.0);
        QCOMPARE(*r.passed, true);
        QCOMPARE(r.passed.span.line, 17);
        QCOMPARE(*r.links, QStringList{QStringLiteral("https://wiki.example/tests/12")});
        QCOMPARE(*r.notes, QStringLiteral("first\nsecond"));
        QCOMPARE(r.missing, QStringList());
    }

    void everyOutcomeOfTheOtherKinds()
    {
        const TestRecord down = read(with("dependency-down", "outcome: {dependency: users-db, errors: 2, contained: true, "
                                                             "liveness: {normal: 200}, readiness: {users-db: 503}}")).record;
        QCOMPARE(*down.dependency, QStringLiteral("users-db"));
        QCOMPARE(*down.contained, true);
        QCOMPARE(numberAt(down.liveness, "normal"), 200);
        QCOMPARE(numberAt(down.readiness, "users-db"), 503);
        const TestRecord back = read(with("dependency-return", "outcome: {balanced: true, connections-renewed: false}")).record;
        QCOMPARE(*back.balanced, true);
        QCOMPARE(*back.reconnected, false);
        const TestRecord zone = read(with("zone-return", "outcome: {pods-per-zone: {a: 2, b: 0}}")).record;
        QCOMPARE(numberAt(zone.podsPerZone, "b"), 0);
        const TestRecord smoke = read(with("smoke", "outcome: {requests: [{id: health, status: 200, milliseconds: 38.5, passed: true}, {id: b}]}")).record;
        QCOMPARE((*smoke.smoke).size(), size_t(2));
        QCOMPARE(*(*smoke.smoke)[0].status, 200);
        QCOMPARE(*(*smoke.smoke)[0].milliseconds, 38.5);
        QCOMPARE(*(*smoke.smoke)[0].passed, true);
        QVERIFY(!(*smoke.smoke)[1].status);
        QVERIFY(!(*smoke.smoke)[0].error && !(*smoke.smoke)[0].certificateExpires);
        const TestRecord failed = read(with("smoke", "outcome: {requests: [{id: a, error: timeout, passed: false}, {id: b, status: 200, certificate-expires: 2026-12-31}]}")).record;
        QCOMPARE(*(*failed.smoke)[0].error, QStringLiteral("timeout"));
        QCOMPARE(*(*failed.smoke)[1].certificateExpires, QDate(2026, 12, 31));
    }

    void limitsByContainer()
    {
        const TestReading reading = read(with("liveness", "limits: {app: {cpu: 500m}, proxy: {memory: none}}"));
        QCOMPARE(messages(reading.errors), QStringList());
        QCOMPARE(reading.record.limits.size(), size_t(2));
        QCOMPARE(reading.record.limits[0].container, QStringLiteral("app"));
        QCOMPARE(reading.record.limits[0].cpu, QStringLiteral("500m"));
        QCOMPARE(reading.record.limits[1].memory, QStringLiteral("none"));
    }

    void whatIsMissingIsNamed()
    {
        QCOMPARE(read(with("rollout-under-load", "")).record.missing.join(u' '),
                 QStringLiteral("environment started duration who pods limits during outcome.errors result links image"));
        QCOMPARE(read(with("liveness", "commit: 4f1c9e2")).record.missing.join(u' '),
                 QStringLiteral("environment started who pods limits during result links"));
    }

    void wrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("readable");
        const auto row = [](const char *name, const QByteArray &text, const char *message, int line, int column, bool readable = true) {
            QTest::newRow(name) << text << QString::fromUtf8(message) << line << column << readable;
        };
        row("empty", "", "is empty", 0, 0, false);
        row("comment only", "# nothing\n", "is empty", 0, 0, false);
        row("a list", "- a\n", "a map of keys and values", 1, 1, false);
        row("no format", "kind: smoke\n", "`format` is missing", 1, 1, false);
        row("other format", "format: tenken.test/2\nkind: smoke\n", "“tenken.test/2” is not known", 1, 9, false);
        row("no kind", "format: tenken.test/1\n", "`kind`, is missing", 1, 1, false);
        row("misspelt kind", with("zone-los", ""), "did you mean “zone-loss”?", 2, 7, false);
        row("unknown kind", with("earthquake", ""), "one of: zone-loss, zone-return", 2, 7, false);
        row("kind is a map", with("{a: 1}", ""), "`kind`, is missing", 2, 7, false);
        row("time without a zone", with("smoke", "started: 2026-11-05T14:00:00"), "`started` is a date and time with its zone", 3, 10);
        row("day alone", with("smoke", "started: 2026-11-05"), "for example `started: 2026-11-05T14:00:00+09:00`", 3, 10);
        row("no such day", with("smoke", "started: 2026-02-30T14:00:00Z"), "`started` is a date", 3, 10);
        row("distant year", with("smoke", "started: 9999-02-20T14:00:00Z"), "`started` is a date", 3, 10);
        row("duration in words", with("zone-loss", "duration: 15 min"), "`duration` is a number from 0 on, not “15 min”", 3, 11);
        row("negative duration", with("zone-loss", "duration: -1"), "`duration` is a number from 0 on", 3, 11);
        row("pods as a text", with("smoke", "pods: six"), "`pods` is a whole number from 0 on", 3, 7);
        row("result in other words", with("smoke", "result: ok"), "`result` is pass or fail, not “ok”", 3, 9);
        row("result as a boolean", with("smoke", "result: true"), "`result` is pass or fail", 3, 9);
        row("limits as a text", with("smoke", "limits: 1Gi"), "`limits` is a map of cpu and memory", 3, 9);
        row("limit without a meaning", with("smoke", "limits: {memory: much}"), "`limits.memory` is an amount such as 500m or 1Gi", 3, 18);
        row("limits mixed", with("smoke", "limits: {app: {cpu: 1}, memory: 1Gi}"), "`limits.memory` is a map of cpu and memory, as for", 3, 33);
        row("links as a map", with("smoke", "links: {a: b}"), "`links` is a list", 3, 8);
        row("outcome as a text", with("zone-loss", "outcome: fine"), "`outcome` is a map of keys and values", 3, 10);
        row("outcome of another kind", with("zone-loss", "outcome: {dependency: a}"), "the outcome of kind “zone-loss” has no `dependency`", 3, 11);
        row("errors as a share", with("zone-loss", "outcome: {errors: 0.1 %}"), "`outcome.errors` is a whole number from 0 on", 3, 19);
        row("status beyond HTTP", with("liveness", "outcome: {liveness: {normal: 20}}"), "`outcome.liveness.normal` is a whole number from 100 on", 3, 30);
        row("status above HTTP", with("liveness", "outcome: {liveness: {normal: 2000}}"), "a whole number from 100 to 599", 3, 30);
        row("status as a list", with("liveness", "outcome: {liveness: [200]}"), "`outcome.liveness` is a map of names and numbers", 3, 21);
        row("request without id", with("smoke", "outcome: {requests: [{status: 200}]}"), "a request has no `id`", 3, 22);
        row("request with another error", with("smoke", "outcome: {requests: [{id: a, error: boo}]}"), "`outcome.requests[].error` is a word such as refused", 3, 37);
        row("request with a strange day", with("smoke", "outcome: {requests: [{id: a, certificate-expires: 2026-02-30}]}"), "is a date such as 2026-12-31", 3, 51);
        row("request as a text", with("smoke", "outcome: {requests: [health]}"), "`outcome.requests[]` is a map", 3, 22);
        row("requests as a text", with("smoke", "outcome: {requests: health}"), "`outcome.requests` is a list", 3, 21);
        row("second document", with("smoke", "---\nkind: smoke"), "a second document is not read", 4, 1);
    }
    void wrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(bool, readable);
        const TestReading reading = read(text);
        QCOMPARE(reading.errors.size(), size_t(1));
        const Problem &problem = reading.errors[0];
        QVERIFY2(problem.toString(Lang::En).contains(message), qPrintable(problem.toString(Lang::En)));
        QCOMPARE(problem.span.line, line);
        QCOMPARE(problem.span.column, column);
        QVERIFY(!problem.message.ja.isEmpty() && !problem.hint.en.isEmpty());
        QCOMPARE(reading.record.isReadable(), readable);
    }

    void misspeltKeysAreRemarks()
    {
        const TestReading reading = read(with("zone-loss", "enviroment: staging\noutcome: {recovery-second: 4}"));
        QCOMPARE(reading.errors.size(), size_t(0));
        QCOMPARE(reading.warnings.size(), size_t(2));
        QVERIFY(reading.warnings[0].toString(Lang::En).contains(u"environment"));
        QVERIFY(reading.warnings[1].toString(Lang::En).contains(u"recovery-seconds"));
        QVERIFY(reading.record.isReadable());
    }

    void nothingGrowsWithoutBound()
    {
        QByteArray map = "outcome: {liveness: {";
        for (int i = 0; i < 5'000; ++i)
            map += "d" + QByteArray::number(i) + ": 200, ";
        QVERIFY(read(with("liveness", map + "}}")).record.liveness.size() <= 500);
        const TestReading garbage = read(QByteArray(1000, '\xff'));
        QVERIFY(!garbage.record.isReadable());
    }

    void everyFieldHasAnExampleThatIsRead()
    {
        for (const TestField &field : testFields()) {
            for (const TestKind &kind : testKinds()) {
                const QString name = QString::fromLatin1(kind.name);
                if (!field.isOf(name))
                    continue;
                const bool inner = QLatin1StringView(field.path).startsWith(QLatin1StringView("outcome."));
                const QByteArray line = (inner ? "outcome:\n  " : "") + QByteArray(field.example);
                const TestReading reading = read(with(kind.name, line));
                QCOMPARE(messages(reading.errors) + messages(reading.warnings), QStringList());
                QVERIFY2(!reading.record.missing.contains(QLatin1StringView(field.path)), field.path);
                QVERIFY(!field.what.ja.isEmpty() && !field.what.en.isEmpty());
            }
        }
    }

    void aServicesRecordsAreFoundByThemselves()
    {
        QTemporaryDir dir;
        const auto put = [&](const QString &path, const QByteArray &bytes) {
            QDir().mkpath(QFileInfo(dir.filePath(path)).path());
            QFile file(dir.filePath(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        put(QStringLiteral("readiness/service.yaml"), "format: tenken.service/1\nid: a\n");
        auto evidence = readEvidence(dir.path());
        QVERIFY(evidence && evidence->records.empty() && evidence->unreadable.empty());
        QDir().mkpath(dir.filePath(QStringLiteral("readiness/tests")));
        evidence = readEvidence(dir.path());
        QVERIFY(evidence && evidence->records.empty() && evidence->unreadable.empty());

        put(QStringLiteral("readiness/tests/2026-11-05-zone-loss.yaml"), complete);
        put(QStringLiteral("readiness/tests/b.yml"), with("smoke", "result: maybe\nwhho: a"));
        put(QStringLiteral("readiness/tests/broken.yaml"), "a: [\n");
        put(QStringLiteral("readiness/tests/large.yaml"), QByteArray(2 * 1024 * 1024, '#'));
        put(QStringLiteral("readiness/tests/note.txt"), "not a record");
        ReadOptions options;
        options.today = QDate(2026, 11, 20);
        evidence = readEvidence(dir.path(), options);
        QVERIFY(evidence);
        QCOMPARE(evidence->today, QDate(2026, 11, 20));
        QStringList files;
        for (const TestRecord &record : evidence->records)
            files << record.file.section(u'/', -1) + (record.isReadable() ? QString() : QStringLiteral("!"));
        QCOMPARE(files.join(u' '), QStringLiteral("2026-11-05-zone-loss.yaml b.yml broken.yaml! large.yaml!"));
        QCOMPARE(evidence->unreadable.size(), size_t(3));
        QCOMPARE(evidence->warnings.size(), size_t(1));
        QCOMPARE(evidence->sourceText(QStringLiteral("readiness/tests/2026-11-05-zone-loss.yaml")), complete);
        QVERIFY(std::ranges::contains(evidence->files, QStringLiteral("readiness/tests/b.yml"), &SourceFile::path));
    }

    void recordsOutsideTheFolderAreRefused()
    {
        QTemporaryDir dir, elsewhere;
        QDir().mkpath(dir.filePath(QStringLiteral("readiness")));
        QFile service(dir.filePath(QStringLiteral("readiness/service.yaml")));
        QVERIFY(service.open(QIODevice::WriteOnly));
        service.write("format: tenken.service/1\nid: a\n");
        service.close();
        QFile record(elsewhere.filePath(QStringLiteral("a.yaml")));
        QVERIFY(record.open(QIODevice::WriteOnly));
        record.write(complete);
        record.close();
        QVERIFY(QFile::link(elsewhere.path(), dir.filePath(QStringLiteral("readiness/tests"))));
        const auto evidence = readEvidence(dir.path());
        QVERIFY(evidence);
        QVERIFY(evidence->records.empty());
        QCOMPARE(evidence->unreadable.size(), size_t(1));
        QCOMPARE(evidence->unreadable[0].file, QStringLiteral("readiness/tests"));
    }
};

QTEST_APPLESS_MAIN(TestTestRecord)
#include "tst_testrecord.moc"
