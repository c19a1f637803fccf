// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "review/samples.h"

#include <review/conflicttext.h>
#include <review/mergefile.h>

#include <QStandardPaths>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

namespace {

const Checklist checklist = samples::bigChecklist(10);

/// A repository with a review, and Tenken as its merge driver.
class TwoClones
{
public:
    TwoClones()
    {
        git({"init", "-q", "-b", "main"});
        git({"config", "user.name", "A"});
        git({"config", "user.email", "a@example.com"});
        git({"config", "commit.gpgsign", "false"});
        git({"config", "gc.auto", "0"});
    }

    int git(const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.start(QStringLiteral("git"), arguments);
        process.waitForFinished(30'000);
        said = process.readAllStandardOutput() + process.readAllStandardError();
        return process.exitCode();
    }
    void commit(const Review &review)
    {
        putFile(m_dir, file, writeReview(review, {}));
        git({"add", "-A"});
        git({"commit", "-q", "--allow-empty", "-m", "review"});
    }
    /// Both sides from `base`; answers git's exit code of merging theirs into ours.
    int diverge(const Review &base, const Review &ours, const Review &theirs)
    {
        commit(base);
        git({"checkout", "-q", "-B", "theirs"});
        commit(theirs);
        git({"checkout", "-q", "main"});
        commit(ours);
        return git({"merge", "-q", "-m", "merged", "theirs"});
    }
    void startOver() { git({"merge", "--abort"}); git({"branch", "-f", "-D", "theirs"}); }

    QByteArray text() const { return fileText(m_dir.filePath(file)); }
    QString path() const { return m_dir.path(); }

    const QString file = QStringLiteral("readiness/review.yaml");
    QByteArray said;

private:
    QTemporaryDir m_dir;
};

/// One edit as a person makes it, with a word that occurs nowhere else.
void edit(ItemReview &item, QRandomGenerator &random, const QString &word)
{
    switch (random.bounded(5)) {
    case 0: item.team = {TeamAnswer(1 + random.bounded(4)), word, {}, QStringLiteral("P"), samples::at(int(random.bounded(900)))}; break;
    case 1: item.reviewer = {ReviewAnswer(1 + random.bounded(4)), word, {}, QStringLiteral("R"), samples::at(int(random.bounded(900)))}; break;
    case 2: item.actions.push_back({word, word, {}, QDate(2026, 12, 1), false}); break;
    case 3: item.team.links.append(word); break;
    case 4: item.waivers.push_back({word, QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C"), QDate(2026, 12, 1)}); break;
    }
}

} // namespace

/// `tenken merge` as git calls it.
class TestMergeDriver : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void ordinaryMergesHaveNoConflict();
    void conflictsLoseNoAnswer();
    void exitCodes_data();
    void exitCodes();
    void installsTwiceTheSame();
    void aDriverThatIsGoneLeavesMarks();
    void whatIsNoReviewIsMergedByLines();
    void listsActions();
    void saysWhatBecomesOfAnswers();
};

void TestMergeDriver::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
        QSKIP("git is not installed");
}

void TestMergeDriver::ordinaryMergesHaveNoConflict()
{
    TwoClones repository;
    QCOMPARE(runTenken({"merge", "--install", repository.path()}).code, 0);
    QRandomGenerator random(1);
    for (int round = 0; round < 12; ++round) {
        Review base = samples::review(checklist);
        for (ItemReview &item : base.items)
            edit(item, random, QStringLiteral("base-%1").arg(random.generate()));
        Review sides[2] = {base, base};
        for (size_t i = 0; i < base.items.size(); ++i)
            edit(sides[i % 2].items[i], random, QStringLiteral("edit-%1").arg(random.generate()));
        // The same item too, as long as it is another part of it.
        sides[0].items[0].actions.push_back({QStringLiteral("ours too"), {}, {}, {}, false});
        sides[1].items[0].actions.push_back({QStringLiteral("theirs too"), {}, {}, {}, false});
        QVERIFY2(repository.diverge(base, sides[0], sides[1]) == 0, (repository.said + repository.text()).constData());
        const auto read = parseReview(repository.text(), samples::service(), checklist);
        QVERIFY(read);
        QVERIFY(read->review == mergeReviews(base, sides[0], sides[1]).value);
        repository.startOver();
    }
}

void TestMergeDriver::conflictsLoseNoAnswer()
{
    TwoClones repository;
    QCOMPARE(runTenken({"merge", "--install", repository.path()}).code, 0);
    QRandomGenerator random(2);
    int conflicting = 0;
    for (int round = 0; round < 25; ++round) {
        const Review base = samples::review(checklist);
        Review sides[2] = {base, base};
        for (int s = 0; s < 2; ++s) {
            for (int i = 0; i < 5; ++i)
                edit(sides[s].items[random.bounded(3)], random, QStringLiteral("said-%1-%2-%3").arg(s).arg(round).arg(i));
        }
        const int code = repository.diverge(base, sides[0], sides[1]);
        const QByteArray text = repository.text();
        QCOMPARE(code != 0, hasConflictMarkers(text));
        for (int s = 0; s < 2; ++s) {
            const QByteArray side = writeReview(sides[s], {});
            for (int i = 0; i < 5; ++i) {
                const QByteArray word = QStringLiteral("said-%1-%2-%3").arg(s).arg(round).arg(i).toUtf8();
                QVERIFY2(!side.contains(word) || text.contains(word), (word + '\n' + text).constData());
            }
        }
        if (code != 0) {
            ++conflicting;
            const auto conflicted = readConflicted(text, {}, samples::service(), checklist);
            QVERIFY2(conflicted, text.constData());
            QVERIFY(conflicted->ours == mergeWith(base, sides[0], sides[1]).review);
            QCOMPARE(conflicted->merged().conflicts.size(), mergeWith(base, sides[0], sides[1]).conflicts.size());
        }
        repository.startOver();
    }
    QVERIFY2(conflicting > 5, qPrintable(QString::number(conflicting)));
}

void TestMergeDriver::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no files") << QStringList{"merge"} << 2;
    QTest::newRow("two files") << QStringList{"merge", "a", "b"} << 2;
    QTest::newRow("not there") << QStringList{"merge", "/nonexistent/a", "/nonexistent/b", "/nonexistent/c"} << 2;
    QTest::newRow("install nowhere") << QStringList{"merge", "--install", "/nonexistent"} << 2;
    QTest::newRow("actions of nothing") << QStringList{"actions"} << 2;
    QTest::newRow("actions in another format") << QStringList{"actions", TENKEN_SOURCE_DIR "/resources/demo/id-auth", "--format", "xml"} << 2;
    QTest::newRow("a stage that is not there") << QStringList{"check", TENKEN_SOURCE_DIR "/resources/demo/id-auth", "--stage", "10"} << 2;
}

void TestMergeDriver::exitCodes()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const CliOutcome outcome = runTenken(arguments);
    QVERIFY2(outcome.code == code, outcome.err + outcome.out);
    QVERIFY(!outcome.err.isEmpty());
}

void TestMergeDriver::installsTwiceTheSame()
{
    TwoClones repository;
    const QTemporaryDir outside;
    QCOMPARE(runTenken({"merge", "--install", outside.path()}).code, 2); // no git there
    QVERIFY(!QFileInfo::exists(outside.filePath(".gitattributes")));
    QFile attributes(repository.path() + "/.gitattributes");
    QVERIFY(attributes.open(QIODevice::WriteOnly) && attributes.write("*.png binary") > 0);
    attributes.close();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(runTenken({"merge", "--install", repository.path()}).code, 0);
        QCOMPARE(fileText(attributes.fileName()), QByteArray("*.png binary\nreadiness/review.yaml merge=tenken\n"));
    }
    QCOMPARE(repository.git({"config", "--get-all", "merge.tenken.driver"}), 0);
    QCOMPARE(repository.said.count('\n'), 1);
    QVERIFY(repository.said.contains("merge %O %A %B"));
}

void TestMergeDriver::aDriverThatIsGoneLeavesMarks()
{
    TwoClones repository;
    QCOMPARE(runTenken({"merge", "--install", repository.path()}).code, 0);
    repository.git({"config", "--get", "merge.tenken.driver"});
    const QString installed = QString::fromUtf8(repository.said).trimmed();
    const QString gone = QStringLiteral("'/nonexistent/ten ken'") + installed.mid(installed.indexOf(QStringLiteral(" merge %O")));
    QCOMPARE(repository.git({"config", "merge.tenken.driver", gone}), 0);
    const Review base = samples::review(checklist);
    Review ours = base, theirs = base;
    ours.items[0].team = {TeamAnswer::Pass, QStringLiteral("said by us"), {}, QStringLiteral("A"), samples::at(1)};
    theirs.items[0].team = {TeamAnswer::Fail, QStringLiteral("said by them"), {}, QStringLiteral("B"), samples::at(2)};
    QVERIFY(repository.diverge(base, ours, theirs) != 0);
    QVERIFY2(hasConflictMarkers(repository.text()) && repository.text().contains("said by us")
                 && repository.text().contains("said by them"),
             repository.text() + repository.said);
    QVERIFY(readConflicted(repository.text(), {}, samples::service(), checklist));
    repository.startOver();
    theirs = base; // other lines: git merges them by itself
    theirs.items[5].team = {TeamAnswer::Fail, QStringLiteral("said by them"), {}, QStringLiteral("B"), samples::at(2)};
    QVERIFY2(repository.diverge(base, ours, theirs) == 0, repository.said);
    QVERIFY(repository.text().contains("said by us") && repository.text().contains("said by them"));
}

void TestMergeDriver::whatIsNoReviewIsMergedByLines()
{
    const QTemporaryDir dir;
    const QString base = putFile(dir, "base", "a\n"), ours = putFile(dir, "ours", "a1\n"), theirs = putFile(dir, "theirs", "a2\n");
    QCOMPARE(runTenken({"merge", base, ours, theirs}).code, 1);
    QVERIFY(fileText(ours).contains("<<<<<<< ours\na1\n") && fileText(ours).contains("a2"));
}

void TestMergeDriver::listsActions()
{
    const CliOutcome outcome = runTenken({"actions", TENKEN_SOURCE_DIR "/resources/demo/id-auth", "--lang", "en", "--today", "2026-11-20"});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.startsWith("# ") && outcome.out.contains("- [ ] "), outcome.out.constData());
    const QByteArray jira = runTenken({"actions", TENKEN_SOURCE_DIR "/resources/demo/id-auth", "--format", "jira"}).out;
    QVERIFY2(jira.startsWith("\"Summary\",\"Issue Type\",\"Description\",\"Assignee\",\"Due Date\""), jira.constData());
}

void TestMergeDriver::saysWhatBecomesOfAnswers()
{
    const CliOutcome log = runTenken({"rules", "--changes", "--lang", "en"});
    QCOMPARE(log.code, 0);
    QVERIFY2(log.out.contains("  2.0  2026-11-22  Roll-out stages"), log.out.constData());
    const QTemporaryDir dir;
    putFile(dir, "readiness/service.yaml", "format: tenken.service/1\nid: shop\n");
    putFile(dir, "readiness/review.yaml", "format: tenken.review/1\nservice: shop\nchecklist: zozotown\nversion: \"1.0\"\nitems:\n"
                                          "  release.lint:\n    team: {answer: pass}\n");
    const CliOutcome moved = runTenken({"rules", "--changes", dir.path(), "--lang", "en"});
    QCOMPARE(moved.code, 1); // of another version
    QVERIFY2(moved.out.contains("zozotown 1.0 → zozotown 2.1") && moved.out.contains("Kept: 1") && moved.out.contains("Not answered: 51"), moved.out.constData());
    QCOMPARE(runTenken({"rules", "--changes", "/nonexistent"}).code, 2);
}

QTEST_APPLESS_MAIN(TestMergeDriver)
#include "tst_merge.moc"
