// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/session.h>

#include <review/conflicttext.h>
#include <review/mergefile.h>

#include "judged.h"
#include "samples.h"

#include <QSignalSpy>
#include <QTest>

using namespace tenken;

namespace {

constexpr int patience = 20'000;
const QString stop = QStringLiteral("resilience.graceful-stop");
const QString shared = QStringLiteral("release.pipeline-shared");

bool openAndWait(Session &session, const samples::JudgedFolder &folder)
{
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path());
    return loaded.wait(patience) && session.state() == Session::State::Ready;
}

const ItemStanding &standing(const Session &session, const QString &id)
{
    return *std::ranges::find_if(session.outcome().items, [&](const ItemStanding &is) { return is.item->id == id; });
}

QByteArray reviewText(const samples::JudgedFolder &folder)
{
    return reviewBytes(folder.path()).value_or(QByteArray());
}

/// The review on disk with one answer changed, as another person's clone would have it.
QByteArray with(const Session &session, const QByteArray &base, TeamAnswer answer, const QString &by)
{
    Review review = parseReview(base, session.evidence().service, session.checklist())->review;
    review.item(shared)->team = {answer, QStringLiteral("said by ") + by, {}, by, samples::at(1)};
    return writeReview(review, base);
}

} // namespace

/// The open review: what answers rest on, stages, versions and conflicts.
class TestSessionReview : public QObject
{
    Q_OBJECT

private slots:
    void answersRememberWhatTheyRestOn();
    void aNoteDoesNotMakeItFresh();
    void theStageIsAnEdit();
    void movesToThisVersion();
    void markersAreResolved();
    void markersThatCannotBeTakenApart();
    void choosingBesideEdits();
};

void TestSessionReview::answersRememberWhatTheyRestOn()
{
    samples::JudgedFolder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(stop, {TeamAnswer::Pass, QStringLiteral("seen"), {}, {}, {}});
    const Answer<TeamAnswer> given = session.review().item(stop)->team;
    QCOMPARE(given.asked, questionDigest(*session.checklist().item(stop)));
    QVERIFY(!given.relied.empty());
    QVERIFY(!standing(session, stop).stale);
    QVERIFY(session.save());
    QVERIFY(reviewText(folder).contains("        - k8s/app.yaml:"));

    QSignalSpy loaded(&session, &Session::loaded);
    folder.write("k8s/app.yaml", folder.deployment(31));
    QVERIFY(loaded.wait(patience));
    QVERIFY(standing(session, stop).teamStale);
    QVERIFY2(standing(session, stop).staleWhy.en.contains(QStringLiteral("app.yaml:")), qPrintable(standing(session, stop).staleWhy.en));

    session.confirmTeamAnswer(stop);
    QVERIFY(!standing(session, stop).stale);
    QVERIFY(session.review().item(stop)->team.relied != given.relied);
    QCOMPARE(session.review().item(stop)->team.note, QStringLiteral("seen"));
    session.undoStack()->undo();
    QVERIFY(standing(session, stop).teamStale);
    session.undoStack()->redo();
    QVERIFY(!standing(session, stop).stale);

    session.setTeamAnswer(stop, {});
    QVERIFY(session.review().item(stop)->team.relied.empty()); // nothing is said: nothing rests on anything
}

void TestSessionReview::aNoteDoesNotMakeItFresh()
{
    samples::JudgedFolder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(stop, {TeamAnswer::Pass, QStringLiteral("seen"), {}, {}, {}});
    QSignalSpy loaded(&session, &Session::loaded);
    folder.write("k8s/app.yaml", folder.deployment(31));
    QVERIFY(loaded.wait(patience));
    auto noted = session.review().item(stop)->team;
    noted.note += QStringLiteral(", and more");
    noted.relied.clear(); // whatever the caller hands over
    session.setTeamAnswer(stop, noted);
    QVERIFY(standing(session, stop).teamStale);
    auto other = session.review().item(stop)->team;
    other.answer = TeamAnswer::NotYet;
    session.setTeamAnswer(stop, other);
    QVERIFY(!standing(session, stop).teamStale);
}

void TestSessionReview::theStageIsAnEdit()
{
    samples::JudgedFolder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    QVERIFY(session.outcome().appliedStage() == &session.outcome().stages.back());
    session.setStage(QStringLiteral("1%"));
    QCOMPARE(session.outcome().appliedStage()->id, QStringLiteral("1%"));
    QCOMPARE(session.unsavedEdits(), 1);
    QVERIFY(session.save());
    QVERIFY(reviewText(folder).contains("\nstage: \"1%\"\n"));
    session.undoStack()->undo();
    QCOMPARE(session.review().stage, QString());
    QVERIFY(session.isModified());
}

void TestSessionReview::movesToThisVersion()
{
    samples::JudgedFolder folder;
    folder.write("readiness/review.yaml", "format: tenken.review/1\nservice: shop\nchecklist: zozotown\nversion: \"1.0\"\nitems:\n"
                                          "  release.pipeline-shared:\n    team: {answer: pass, note: seen, by: A, at: 2026-11-20T10:00:00+09:00}\n");
    Session session;
    QVERIFY(openAndWait(session, folder));
    QCOMPARE(session.review().checklistVersion, QStringLiteral("1.0"));
    session.moveToChecklist();
    QCOMPARE(session.review().checklistVersion, session.checklist().version);
    QCOMPARE(session.review().item(shared)->team.asked, questionDigest(*session.checklist().item(shared)));
    QVERIFY(session.isModified());
    session.undoStack()->undo();
    QCOMPARE(session.review().checklistVersion, QStringLiteral("1.0"));
    QVERIFY(!session.isModified());
}

void TestSessionReview::markersAreResolved()
{
    samples::JudgedFolder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(stop, {TeamAnswer::NotYet, QStringLiteral("later"), {}, {}, {}});
    QVERIFY(session.save());
    const QByteArray base = reviewText(folder);
    const auto merged = mergeFiles(base, with(session, base, TeamAnswer::Pass, QStringLiteral("A")), with(session, base, TeamAnswer::Fail, QStringLiteral("B")));
    QVERIFY(merged);
    folder.write("readiness/review.yaml", merged->bytes);

    Session second; // as if it were opened now
    session.open(folder.path());
    QSignalSpy loaded(&session, &Session::loaded);
    QVERIFY(loaded.wait(patience));
    QVERIFY(session.isReadOnly() && session.areConflictsInFile());
    QCOMPARE(session.conflicts().size(), 1u);
    QVERIFY(!session.resolveConflicts({})); // not of all
    QVERIFY(hasConflictMarkers(reviewText(folder)));
    QVERIFY(session.resolveConflicts({MergeSide::Theirs}));
    QVERIFY(!session.areConflictsInFile() && session.conflicts().empty());
    QVERIFY(!session.isReadOnly());
    QVERIFY(session.review().item(shared)->team.answer == TeamAnswer::Fail);
    QCOMPARE(session.review().item(shared)->team.by, QStringLiteral("B"));
    QCOMPARE(session.review().item(shared)->team.note, QStringLiteral("said by B"));
    QCOMPARE(session.review().item(stop)->team.note, QStringLiteral("later"));
    QVERIFY(!hasConflictMarkers(reviewText(folder)));
    QVERIFY(!session.isModified());
}

void TestSessionReview::markersThatCannotBeTakenApart()
{
    samples::JudgedFolder folder;
    folder.write("readiness/review.yaml", "<<<<<<< a\nformat: tenken.review/1\n");
    Session session;
    QVERIFY(openAndWait(session, folder));
    QVERIFY(session.isReadOnly());
    QVERIFY(!session.areConflictsInFile() && session.conflicts().empty());
    QVERIFY(session.resolveConflicts({})); // nothing to choose
    QCOMPARE(reviewText(folder), QByteArray("<<<<<<< a\nformat: tenken.review/1\n"));
}

void TestSessionReview::choosingBesideEdits()
{
    samples::JudgedFolder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(stop, {TeamAnswer::NotYet, QStringLiteral("later"), {}, {}, {}});
    QVERIFY(session.save());
    const QByteArray base = reviewText(folder);
    session.setTeamAnswer(shared, {TeamAnswer::Pass, QStringLiteral("mine"), {}, QStringLiteral("A"), samples::at(5)});
    QSignalSpy merged(&session, &Session::merged);
    folder.write("readiness/review.yaml", with(session, base, TeamAnswer::Fail, QStringLiteral("B")));
    QVERIFY(merged.wait(patience));
    QCOMPARE(session.conflicts().size(), 1u);
    QVERIFY(!session.areConflictsInFile());
    QVERIFY(session.review().item(shared)->team.answer == TeamAnswer::Pass); // ours until it is chosen
    session.setTeamAnswer(stop, {TeamAnswer::Pass, QStringLiteral("edited since"), {}, {}, {}});
    QVERIFY(session.resolveConflicts({MergeSide::Theirs}));
    QVERIFY(session.conflicts().empty());
    QVERIFY(session.review().item(shared)->team.answer == TeamAnswer::Fail);
    QCOMPARE(session.review().item(shared)->team.by, QStringLiteral("B"));
    QCOMPARE(session.review().item(stop)->team.note, QStringLiteral("edited since"));
    session.undoStack()->undo();
    QCOMPARE(session.review().item(shared)->team.note, QStringLiteral("mine"));
    QVERIFY(session.save());
}

QTEST_GUILESS_MAIN(TestSessionReview)
#include "tst_sessionreview.moc"
