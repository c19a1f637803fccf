// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/timeline.h>
#include <review/reviewfile.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

/// Documents and revisions of a service, and records that are none.
class TestTimeline : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void recordsThatAreNone_data();
    void recordsThatAreNone();
    void aRecordIsRead();
    void nothingYet();
    void revisionsAreListed();
    void damagedDocumentsAreSaid();

private:
    void git(const QStringList &arguments);
    void write(const QString &path, const QByteArray &bytes);
    void answer(const QString &item, const QString &subject);

    std::unique_ptr<QTemporaryDir> m_dir;
    Service m_service;
    Checklist m_checklist;
    Review m_review;
    QByteArray m_bytes;
};

void TestTimeline::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_service.id = u"id-auth"_s;
    m_checklist = *builtinChecklist(u"zozotown"_s);
    m_review = {};
    m_review.serviceId = u"id-auth"_s;
    m_review.checklistId = m_checklist.id;
    m_review.checklistVersion = m_checklist.version;
    alignWith(m_review, m_checklist);
    m_bytes.clear();
}

void TestTimeline::git(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_dir->path());
    process.start(u"git"_s, QStringList{u"-c"_s, u"user.name=Sato"_s, u"-c"_s, u"user.email=sato@example.com"_s, u"-c"_s, u"commit.gpgsign=false"_s} + arguments);
    QVERIFY(process.waitForFinished() && process.exitCode() == 0);
}

void TestTimeline::write(const QString &path, const QByteArray &bytes)
{
    const QString file = m_dir->filePath(path);
    QDir().mkpath(QFileInfo(file).absolutePath());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
}

void TestTimeline::answer(const QString &item, const QString &subject)
{
    m_review.item(item)->team.answer = TeamAnswer::Pass;
    QDir(m_dir->path()).mkpath(u"readiness"_s);
    const auto saved = saveReview(m_dir->path(), m_review, m_bytes);
    QVERIFY(saved);
    m_bytes = *saved;
    git({u"add"_s, u"-A"_s});
    git({u"commit"_s, u"-q"_s, u"-m"_s, subject});
}

void TestTimeline::recordsThatAreNone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"format\":");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("another format") << QByteArray("{\"format\":\"other/1\",\"items\":[{\"id\":\"a\"}]}");
    QTest::newRow("no items") << QByteArray("{\"format\":\"tenken.review/1\"}");
}

void TestTimeline::recordsThatAreNone()
{
    QFETCH(QByteArray, json);
    const auto past = readPastReview(json, u"a.pdf"_s);
    QVERIFY(!past);
    QCOMPARE(past.error().file, u"a.pdf"_s);
    QVERIFY(!past.error().hint.en.isEmpty());
}

void TestTimeline::aRecordIsRead()
{
    const auto past = readPastReview(R"({"format":"tenken.review/1","service":{"id":"id-auth"},"checklist":{"id":"zozotown","version":"2.1"},
        "decision":"no-go","program":"tenken 1.0","commit":"9f3c2ab","judgedAt":"2026-10-16T09:12:00+09:00",
        "evidence":[{"path":"deploy.yaml","sha256":"abcd"}],
        "items":[{"id":"release.lint","standing":{"ja":"不合格","en":"Fail"},"verdict":"fail","team":{"answer":"pass","by":"Sato"},
                  "findings":[{"file":"ci.yaml"},{"file":"ci.yaml"},{"file":""}],"waivers":[{"reason":"r","expires":"2026-11-27"}]},
                 {"id":"x.y","standing":"martian","verdict":"green"}]})");
    QVERIFY2(past, past ? "" : qPrintable(past.error().toString(Lang::En)));
    QCOMPARE(past->checklist, u"zozotown 2.1"_s);
    QVERIFY(past->decision == Decision::NoGo);
    QCOMPARE(past->items.size(), size_t(2));
    QVERIFY(past->items[0].stands == Standing::Fail && past->items[0].verdict == Verdict::Fail);
    QCOMPARE(past->items[0].files, QStringList{u"ci.yaml"_s});
    QCOMPARE(past->items[0].waivers.value(u"r"_s), QDate(2026, 11, 27));
    QVERIFY(!past->items[1].stands && !past->items[1].verdict); // unknown words claim nothing
    QCOMPARE(past->count().fail, 1);
    QCOMPARE(past->count().unknown, 1);
}

void TestTimeline::nothingYet()
{
    const ReviewHistory history = readHistory(m_dir->path(), m_service, m_checklist);
    QVERIFY(history.entries.empty() && history.problems.empty());
    QVERIFY(!latestDocument(history));
}

void TestTimeline::revisionsAreListed()
{
    if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
        QSKIP("git is not installed");
    git({u"init"_s, u"-q"_s});
    answer(u"release.lint"_s, u"Answer lint"_s);
    answer(u"release.canary"_s, u"Answer canary with password=hunter2hunter2"_s);
    const ReviewHistory history = readHistory(m_dir->path(), m_service, m_checklist);
    QCOMPARE(history.entries.size(), size_t(2));
    QCOMPARE(history.entries[0].items.size() + history.entries[1].items.size(), 2);
    for (const HistoryEntry &entry : history.entries) {
        QVERIFY(entry.kind == HistoryEntry::Kind::Revision && entry.at.isValid());
        QCOMPARE(entry.author, u"Sato"_s);
        QCOMPARE(entry.items, QStringList{entry.subject == u"Answer lint"_s ? u"release.lint"_s : u"release.canary"_s});
    }
}

void TestTimeline::damagedDocumentsAreSaid()
{
    write(u"readiness/signed/empty.pdf"_s, {});
    write(u"readiness/signed/other.pdf"_s, "%PDF-1.4\nnot one of ours\n%%EOF\n");
    write(u"readiness/signed/notes.txt"_s, "left alone");
    const ReviewHistory history = readHistory(m_dir->path(), m_service, m_checklist);
    QVERIFY(history.entries.empty());
    QCOMPARE(history.problems.size(), size_t(2));
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
