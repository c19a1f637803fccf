// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/gittree.h>
#include <history/changes.h>
#include <history/rejudge.h>
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
    void bothSidesOfAMergeAreListed();
    void commitsAreJudgedAgain();
    void commitsThatCannotBe_data();
    void commitsThatCannotBe();
    void treesAreWrittenAsTheyAre();

private:
    QByteArray git(const QStringList &arguments);
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

QByteArray TestTimeline::git(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_dir->path());
    process.start(u"git"_s, QStringList{u"-c"_s, u"user.name=Sato"_s, u"-c"_s, u"user.email=sato@example.com"_s, u"-c"_s, u"commit.gpgsign=false"_s} + arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        QTest::qFail(process.readAllStandardError().constData(), __FILE__, __LINE__);
    return process.readAllStandardOutput();
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
        "decision":"NO-GO","program":"tenken 1.0","commit":"9f3c2ab","judgedAt":"2026-10-16T09:12:00+09:00",
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
    QCOMPARE(past->items[0].waivers.size(), 1u);
    QCOMPARE(past->items[0].waivers[0].reason, u"r"_s);
    QCOMPARE(past->items[0].waivers[0].expires, QDate(2026, 11, 27));
    QCOMPARE(past->items[0].waivers[0].rest.size(), 10);
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

namespace {

const QByteArray described = "format: tenken.service/1\nid: id-auth\nname: Id\nevidence:\n  manifests: [deploy]\n";

QByteArray deployment(int grace)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth}\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: id-auth}}\n"
           "  template:\n    metadata: {labels: {app: id-auth}}\n    spec:\n      terminationGracePeriodSeconds: " + QByteArray::number(grace)
        + "\n      containers:\n        - name: app\n          image: r.example.com/id-auth:1\n          lifecycle: {preStop: {exec: {command: [sleep, \"15\"]}}}\n";
}

} // namespace

void TestTimeline::bothSidesOfAMergeAreListed()
{
    git({u"init"_s, u"-q"_s});
    answer(u"release.lint"_s, u"first"_s);
    const Review start = m_review;
    const QByteArray bytes = m_bytes;
    git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
    answer(u"documentation.oncall"_s, u"theirs"_s);
    git({u"checkout"_s, u"-q"_s, u"-"_s});
    m_review = start;
    m_bytes = bytes;
    answer(u"documentation.onboarding"_s, u"ours"_s);
    git({u"merge"_s, u"-q"_s, u"-s"_s, u"ours"_s, u"-m"_s, u"keep ours"_s, u"side"_s}); // the side's answer is lost
    QStringList subjects, items;
    for (const HistoryEntry &entry : readHistory(m_dir->path(), m_service, m_checklist).entries) {
        subjects << entry.subject;
        items << entry.items.join(u',');
    }
    QVERIFY2(subjects.contains(u"theirs"_s) && subjects.contains(u"ours"_s) && subjects.contains(u"first"_s), qPrintable(subjects.join(u' ')));
    QCOMPARE(items[subjects.indexOf(u"theirs"_s)], u"documentation.oncall"_s);
    QCOMPARE(items[subjects.indexOf(u"ours"_s)], u"documentation.onboarding"_s);
}

void TestTimeline::commitsAreJudgedAgain()
{
    git({u"init"_s, u"-q"_s});
    write(u"readiness/service.yaml"_s, described);
    write(u"deploy/app.yaml"_s, deployment(10));
    answer(u"documentation.onboarding"_s, u"first"_s);
    write(u"deploy/app.yaml"_s, deployment(60));
    answer(u"documentation.oncall"_s, u"longer grace"_s);
    const auto before = reviewAtCommit(m_dir->path(), u"HEAD~1"_s, u"1"_s), after = reviewAtCommit(m_dir->path(), u"HEAD"_s, u"1"_s);
    QVERIFY2(before, before ? "" : qPrintable(before.error().toString(Lang::En)));
    QVERIFY(after);
    QVERIFY(before->judgedAt.isValid());
    QCOMPARE(before->commit.size(), 7);
    QCOMPARE(before->item(u"documentation.oncall"_s)->team.answer, QString());
    QCOMPARE(after->item(u"documentation.oncall"_s)->team.answer, u"pass"_s);
    QVERIFY(before->item(u"resilience.graceful-stop"_s)->verdict == Verdict::Fail);
    const Changes changes = changesBetween(*before, *after);
    const auto stop = std::ranges::find(changes.items, u"resilience.graceful-stop"_s, &ItemChange::id);
    QVERIFY(stop != changes.items.end());
    QVERIFY(stop->cause == ChangeCause::Service);
    QVERIFY(stop->why.en.contains(u"app.yaml"));
    QVERIFY(std::ranges::none_of(changes.items, [](const ItemChange &c) { return c.cause == ChangeCause::Program; }));
    QCOMPARE(git({u"status"_s, u"--porcelain"_s}), QByteArray()); // the folder itself is untouched
}

void TestTimeline::commitsThatCannotBe_data()
{
    QTest::addColumn<QString>("revision");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << u"nothing-such"_s << u"no commit nothing-such"_s;
    QTest::newRow("an option") << u"--output=/tmp/x"_s << u"no commit"_s;
    QTest::newRow("not described yet") << u"HEAD~2"_s << u"service.yaml"_s;
    QTest::newRow("a further folder") << u"HEAD~1"_s << u"reads gitops too"_s;
    QTest::newRow("gone from git") << u"HEAD"_s << u"Git does not have"_s;
}

void TestTimeline::commitsThatCannotBe()
{
    QFETCH(QString, revision);
    QFETCH(QString, words);
    git({u"init"_s, u"-q"_s});
    write(u"deploy/app.yaml"_s, deployment(30));
    git({u"add"_s, u"-A"_s});
    git({u"commit"_s, u"-q"_s, u"-m"_s, u"before"_s});
    write(u"readiness/service.yaml"_s, described + "  roots: [{name: gitops, path: ../gitops}]\n");
    answer(u"documentation.oncall"_s, u"a root"_s);
    write(u"readiness/service.yaml"_s, described);
    answer(u"documentation.onboarding"_s, u"no root"_s);
    const QByteArray blob = git({u"rev-parse"_s, u"HEAD:deploy/app.yaml"_s}).trimmed();
    if (revision == u"HEAD")
        QVERIFY(QFile::remove(m_dir->filePath(u".git/objects/%1/%2"_s.arg(QLatin1StringView(blob.first(2)), QLatin1StringView(blob.sliced(2))))));
    const auto past = reviewAtCommit(m_dir->path(), revision, u"1"_s);
    QVERIFY(!past);
    const QString said = past.error().toString(Lang::En);
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY(!said.contains(QDir::tempPath()) || said.contains(m_dir->path())); // nobody can open the temporary copy
}

/// No filter, no link, nothing above the folder.
void TestTimeline::treesAreWrittenAsTheyAre()
{
    git({u"init"_s, u"-q"_s});
    git({u"config"_s, u"filter.shout.smudge"_s, u"tr a-z A-Z"_s});
    write(u".gitattributes"_s, "*.txt filter=shout\n");
    write(u"above.txt"_s, "above");
    write(u"service/a.txt"_s, "quiet");
    write(u"service/empty"_s, "");
    write(u"service/日本 語.txt"_s, "here\n\0binary\n");
    QVERIFY(QFile::link(u"../above.txt"_s, m_dir->filePath(u"service/link"_s)));
    git({u"add"_s, u"-A"_s});
    git({u"commit"_s, u"-q"_s, u"-m"_s, u"all"_s});
    const QString service = m_dir->filePath(u"service"_s);
    const auto commit = findCommit(service, u"HEAD"_s);
    QVERIFY(commit);
    const QTemporaryDir target;
    const auto leftOut = writeTree(service, *commit, target.path());
    QVERIFY(leftOut);
    QCOMPARE(*leftOut, QStringList{u"link"_s});
    QCOMPARE(QDir(target.path()).entryList(QDir::Files | QDir::System, QDir::Name).size(), 3);
    QFile a(target.filePath(u"a.txt"_s));
    QVERIFY(a.open(QIODevice::ReadOnly));
    QCOMPARE(a.readAll(), "quiet");
    QVERIFY(!writeTree(service, *commit, target.path())); // never over what is there
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
