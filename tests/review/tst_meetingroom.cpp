// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meetingroom.h>

#include <review/minutes.h>

#include "samples.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

/// A meeting without a window, on a copy of the demo service.
class TestMeetingRoom : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void beginsWithTheAgenda();
    void decidesThroughTheSession();
    void saysWhenADecisionDoesNotHelp();
    void acceptingAFailureNeedsAReason();
    void undoTakesBackBoth();
    void undoStopsAtTheMeeting();
    void waivers();
    void dissentsAndActions();
    void postponedComesBack();
    void undoOfPostponing();
    void clock();
    void leavesNothingWhereNothingWasSaid();
    void goesOnAfterACrash();
    void closesWithMinutes();
    void readOnlySaysSo();
    void newEvidenceKeepsThePlace();
    void nextMeetingKnowsThePeople();

private:
    std::unique_ptr<MeetingRoom> newRoom();
    void begin();
    QString currentId() const { return m_room->current() ? m_room->current()->item->id : QString(); }
    const ItemReview &review(const QString &id) const { return *m_session->review().item(id); }
    /// The first item where this holds.
    QString where(const std::function<bool(const ItemStanding &)> &holds) const;
    Result<MeetingFile> file() const { return readMeeting(m_folder, m_room->path()); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MeetingRoom> m_room;
    qint64 m_now = 0;
};

void TestMeetingRoom::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    m_session = std::make_unique<Session>();
    QSignalSpy loaded(m_session.get(), &Session::loaded);
    m_session->open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    m_session->setAuthor("Suzuki");
    m_now = 0;
    m_room = newRoom();
}

void TestMeetingRoom::cleanup()
{
    m_room.reset();
    m_session.reset();
    m_dir.reset();
}

std::unique_ptr<MeetingRoom> TestMeetingRoom::newRoom()
{
    auto room = std::make_unique<MeetingRoom>(*m_session);
    room->milliseconds = [this] { return m_now; };
    return room;
}

void TestMeetingRoom::begin()
{
    m_room->enter();
    m_room->setPeople({"Sato", "Suzuki"}, 60);
    m_room->begin();
}

QString TestMeetingRoom::where(const std::function<bool(const ItemStanding &)> &holds) const
{
    for (const ItemStanding &is : m_session->outcome().items) {
        if (holds(is))
            return is.item->id;
    }
    return {};
}

void TestMeetingRoom::beginsWithTheAgenda()
{
    m_room->enter();
    QVERIFY(m_room->place() == MeetingRoom::Place::Start);
    QCOMPARE(m_room->agenda().entries.size(), 52u);
    QVERIFY(!m_room->current());
    QVERIFY(!m_room->decide(ReviewAnswer::Accept).done);
    begin();
    QVERIFY(m_room->place() == MeetingRoom::Place::Item);
    QCOMPARE(m_room->position(), 0);
    QCOMPARE(currentId(), m_room->agenda().entries[0].itemId);
    QVERIFY(m_room->agenda().entries[0].group == AgendaGroup::Disagreement);
    m_room->previous();
    QCOMPARE(m_room->position(), 0);
    for (int i = 1; i < 52; ++i)
        m_room->next();
    QCOMPARE(m_room->position(), 51);
    m_room->next();
    QVERIFY(m_room->place() == MeetingRoom::Place::End);
    m_room->next();
    m_room->previous();
    QCOMPARE(m_room->position(), 51);
    m_room->goTo("no.such");
    QCOMPARE(m_room->position(), 51);
}

void TestMeetingRoom::decidesThroughTheSession()
{
    begin();
    const QString id = currentId();
    const auto said = m_room->decide(ReviewAnswer::Reject);
    QVERIFY(said.done);
    QVERIFY(said.words.en.contains("Rejected") && said.words.ja.contains("差し戻しました"));
    QVERIFY(review(id).reviewer.answer == ReviewAnswer::Reject);
    QCOMPARE(review(id).reviewer.by, "Suzuki");
    QCOMPARE(currentId(), id); // nothing moves by itself
    QVERIFY(m_room->isSettled(id));
    QVERIFY(!m_room->decide(ReviewAnswer::Reject).done); // once is enough
    // On disk a moment later, both files.
    QTRY_VERIFY(!m_session->isModified());
    QTRY_VERIFY(file().has_value());
    QVERIFY(file()->meeting.item(id)->decision == ReviewAnswer::Reject);
    QCOMPARE(file()->meeting.participants, QStringList({"Sato", "Suzuki"}));
}

void TestMeetingRoom::saysWhenADecisionDoesNotHelp()
{
    begin();
    const QString id = where([](const ItemStanding &is) {
        return is.standing == Standing::Unknown && is.result->machine && is.review->team.answer == TeamAnswer::Open;
    });
    QVERIFY(!id.isEmpty());
    m_room->goTo(id);
    const auto said = m_room->decide(ReviewAnswer::Accept);
    QVERIFY2(said.done && said.words.en.contains("The item stays: Unknown"), qPrintable(said.words.en));
}

void TestMeetingRoom::acceptingAFailureNeedsAReason()
{
    begin();
    const QString id = where([](const ItemStanding &is) {
        return is.result && is.result->machine && is.result->verdict == Verdict::Fail && is.review->reviewer.note.isEmpty();
    });
    QVERIFY(!id.isEmpty());
    m_room->goTo(id);
    QVERIFY(m_room->needsReason(ReviewAnswer::Accept));
    QVERIFY(!m_room->needsReason(ReviewAnswer::Reject));
    QVERIFY(m_room->decide(ReviewAnswer::Accept, "seen in staging").done);
    QCOMPARE(review(id).reviewer.note, "seen in staging");
    QVERIFY(!m_room->needsReason(ReviewAnswer::Accept));
    QVERIFY(m_room->current()->standing == Standing::Fail); // nothing talks a failure away
}

void TestMeetingRoom::undoTakesBackBoth()
{
    begin();
    const QString first = currentId();
    const ItemReview before = review(first);
    m_room->decide(ReviewAnswer::Ask);
    m_room->note("what about Golden Week?");
    m_room->next();
    const QString second = currentId();
    QVERIFY(first != second);
    QVERIFY(m_room->undo().done);
    QCOMPARE(currentId(), first); // where it happened
    QVERIFY(m_room->meeting().item(first)->note.isEmpty());
    QVERIFY(m_room->undo().done);
    QVERIFY(review(first) == before);
    QVERIFY(!m_room->isSettled(first));
    QVERIFY(m_room->redo().done);
    QVERIFY(review(first).reviewer.answer == ReviewAnswer::Ask);
    QVERIFY(m_room->meeting().item(first)->decision == ReviewAnswer::Ask);
    QTRY_VERIFY(!m_session->isModified());
}

void TestMeetingRoom::undoStopsAtTheMeeting()
{
    const QString id = "resilience.timeouts";
    m_session->setTeamAnswer(id, {TeamAnswer::Fail, "typed before", {}, {}, {}});
    begin();
    QVERIFY(!m_room->undo().done);
    QCOMPARE(review(id).team.note, "typed before");
    m_room->decide(ReviewAnswer::Accept, "ok");
    QVERIFY(m_room->undo().done);
    QVERIFY(!m_room->undo().done);
    QCOMPARE(review(id).team.note, "typed before");
    QVERIFY(!m_room->redo().done || m_room->isSettled(currentId()));
}

void TestMeetingRoom::waivers()
{
    begin();
    const QString id = where([](const ItemStanding &is) { return is.standing == Standing::Fail && is.review->waivers.empty()
                                                                  && is.review->reviewer.answer != ReviewAnswer::Reject; });
    m_room->goTo(id);
    Waiver w = m_room->proposedWaiver();
    QVERIFY(!m_room->waive(w).done); // no reason yet
    QVERIFY(review(id).waivers.empty());
    w.reason = "waiting for the platform";
    w.control = "10 % at most";
    w.requester = "Sato";
    w.approver = "Sato";
    QVERIFY(!m_room->waive(w).done); // the same person
    w.approver = "Suzuki";
    QVERIFY(m_room->waive(w).done);
    QCOMPARE(review(id).waivers.size(), 1u);
    QVERIFY(review(id).reviewer.answer == ReviewAnswer::Waive);
    QVERIFY(m_room->current()->standing == Standing::Waived);
    QCOMPARE(m_room->meeting().item(id)->waivers.size(), 1u);
    QVERIFY(m_room->undo().done);
    QVERIFY(review(id).waivers.empty());
    QVERIFY(m_room->meeting().item(id)->waivers.empty());
}

void TestMeetingRoom::dissentsAndActions()
{
    begin();
    const QString id = currentId();
    const size_t actions = review(id).actions.size();
    QVERIFY(!m_room->dissent({"", "why not"}).done);
    QVERIFY(!m_room->dissent({"Sato", " "}).done);
    QVERIFY(m_room->dissent({"Sato", "it never happened"}).done);
    QVERIFY(m_room->dissent({"Tanaka", "nor to us"}).done);
    QVERIFY(!m_room->addAction({}).done);
    QVERIFY(m_room->addAction({"raise the grace period", "Sato", {}, QDate(2026, 12, 1)}).done);
    QCOMPARE(review(id).actions.size(), actions + 1);
    QCOMPARE(m_room->meeting().item(id)->dissents.size(), 2u);
    QVERIFY(m_room->undo().done);
    QVERIFY(m_room->undo().done);
    QCOMPARE(review(id).actions.size(), actions);
    QCOMPARE(m_room->meeting().item(id)->dissents.size(), 1u);
    QTRY_VERIFY(file().has_value() && file()->meeting.item(id)->dissents.size() == 1);
}

void TestMeetingRoom::postponedComesBack()
{
    begin();
    const QString first = currentId();
    QVERIFY(m_room->postpone().done);
    QVERIFY(currentId() != first); // skip …
    QVERIFY(m_room->isPostponed(first));
    QCOMPARE(m_room->returning(), 1);
    m_room->goTo(m_room->agenda().entries.back().itemId);
    m_room->next();
    QCOMPARE(currentId(), first); // … and return
    QCOMPARE(m_room->position(), 0);
    QVERIFY(m_room->decide(ReviewAnswer::Ask).done);
    QVERIFY(!m_room->isPostponed(first));
    QCOMPARE(currentId(), first);
    m_room->next();
    QVERIFY(m_room->place() == MeetingRoom::Place::End);
    // Put off once more on its second turn it is told in the minutes, not shown for ever.
    m_room->previous();
    m_room->postpone();
    QVERIFY(m_room->place() == MeetingRoom::Place::End);
}

void TestMeetingRoom::undoOfPostponing()
{
    begin();
    const QString first = currentId();
    m_room->postpone();
    QVERIFY(m_room->undo().done);
    QCOMPARE(currentId(), first);
    QVERIFY(!m_room->isPostponed(first));
    QCOMPARE(m_room->returning(), 0);
}

void TestMeetingRoom::clock()
{
    begin();
    const QString first = currentId();
    m_now += 8'000;
    m_room->tick();
    QCOMPARE(m_room->itemSeconds(), 8);
    m_room->next();
    QCOMPARE(m_room->itemSeconds(), 0);
    m_now += 5'000;
    m_room->pause(true);
    m_now += 9'000;
    m_room->tick();
    m_room->pause(false);
    QCOMPARE(m_room->itemSeconds(), 5);
    QCOMPARE(m_room->totalSeconds(), 13);
    m_now += 3'600'000; // the machine slept
    m_room->tick();
    QVERIFY(m_room->totalSeconds() <= 23);
    m_now -= 50'000; // a clock that runs back counts for nothing
    m_room->tick();
    QVERIFY(m_room->totalSeconds() <= 23);
    QVERIFY(m_room->itemTarget() >= 60);
    m_room->leave();
    const int total = m_room->totalSeconds();
    m_now += 9'000;
    m_room->enter();
    QCOMPARE(m_room->totalSeconds(), total);
    m_room->goTo(first);
    QCOMPARE(m_room->itemSeconds(), 8);
}

void TestMeetingRoom::leavesNothingWhereNothingWasSaid()
{
    begin();
    m_room->next();
    m_room->leave();
    QVERIFY(meetingFiles(m_folder).isEmpty());
    QVERIFY(!QDir(m_folder + "/readiness/meetings").exists());
}

void TestMeetingRoom::goesOnAfterACrash()
{
    begin();
    const QString first = currentId();
    m_now += 7'000;
    m_room->decide(ReviewAnswer::Ask);
    m_room->next();
    const QString second = currentId();
    m_room->dissent({"Sato", "no"});
    m_room->next();
    m_room->postpone();
    QTRY_VERIFY(file().has_value() && file()->meeting.items.size() >= 3);
    const Agenda agenda = m_room->agenda();
    // The program dies: nothing is left but the files.
    QCOMPARE(QProcess::execute("cp", {"-r", m_folder, m_folder + "-after"}), 0);
    Session session;
    QSignalSpy loaded(&session, &Session::loaded);
    QFile::remove(m_folder + "-after/readiness/.review.yaml.lock");
    session.open(m_folder + "-after");
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    MeetingRoom room(session);
    room.enter();
    QVERIFY(room.isResumed());
    QVERIFY(room.place() == MeetingRoom::Place::Start);
    QCOMPARE(room.agenda(), agenda); // in place, though the decision moved where the item stands
    room.begin();
    QVERIFY(room.isSettled(first) && room.isSettled(second));
    QVERIFY(!room.isSettled(room.current()->item->id)); // on with what is open
    QCOMPARE(room.totalSeconds(), 7);
    QCOMPARE(room.returning(), 1); // what was put off still comes again
    QCOMPARE(room.path(), m_room->path());
}

void TestMeetingRoom::closesWithMinutes()
{
    begin();
    const QString id = currentId();
    m_room->decide(ReviewAnswer::Reject);
    m_room->dissent({"Sato", "it never happened"});
    m_room->goToEnd();
    const auto path = m_room->close(Lang::En);
    QVERIFY2(path.has_value(), qPrintable(path ? QString() : path.error().toString(Lang::En)));
    QFile minutes(m_folder + u'/' + *path);
    QVERIFY(minutes.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(minutes.readAll());
    QVERIFY(text.contains("it never happened") && text.contains("**Sato**") && text.contains(id));
    QVERIFY(file()->meeting.closed);
    QCOMPARE(text, minutesOf(file()->meeting, m_room->path(), Lang::En));
    // It was not the end after all.
    m_room->reopen();
    m_room->goTo(id);
    QVERIFY(m_room->undo().done);
    QTRY_VERIFY(!file()->meeting.closed);
    QVERIFY(m_room->close(Lang::Ja).has_value());
    // The next one is another.
    m_room->leave();
    m_room->enter();
    QVERIFY(!m_room->isResumed());
    QVERIFY(m_room->path().endsWith("-2.yaml"));
}

void TestMeetingRoom::readOnlySaysSo()
{
    Session second;
    QSignalSpy loaded(&second, &Session::loaded);
    second.open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    QVERIFY(second.isReadOnly());
    MeetingRoom room(second);
    room.enter();
    room.begin();
    QVERIFY(room.current());
    const auto said = room.decide(ReviewAnswer::Accept);
    QVERIFY(!said.done);
    QVERIFY2(said.words.en.contains("has this review open"), qPrintable(said.words.en));
    QVERIFY(room.hindrance().has_value());
    QVERIFY(!room.dissent({"a", "b"}).done);
    QVERIFY(!room.setPeople({"a"}, 3).done);
    QVERIFY(!room.undo().done);
    QVERIFY(!room.close(Lang::En).has_value());
    room.next();
    QCOMPARE(room.position(), 1);
    room.leave();
    QVERIFY(meetingFiles(m_folder).isEmpty());
}

void TestMeetingRoom::newEvidenceKeepsThePlace()
{
    begin();
    const QString id = "resilience.graceful-stop";
    m_room->goTo(id);
    m_room->decide(ReviewAnswer::Ask);
    const AgendaGroup group = m_room->agenda().entries[size_t(m_room->position())].group;
    QFile yaml(m_folder + "/deploy/base/deployment.yaml");
    QVERIFY(yaml.open(QIODevice::ReadOnly));
    const QByteArray text = yaml.readAll().replace("terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 60");
    yaml.close();
    QSignalSpy loaded(m_session.get(), &Session::loaded);
    QVERIFY(yaml.open(QIODevice::WriteOnly) && yaml.write(text) == text.size());
    yaml.close();
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    QCOMPARE(currentId(), id);
    QVERIFY(m_room->current()->result->verdict == Verdict::Pass);
    QVERIFY(m_room->agenda().entries[size_t(m_room->position())].group == group);
    QCOMPARE(m_room->agenda().entries.size(), 52u);
}

void TestMeetingRoom::nextMeetingKnowsThePeople()
{
    begin();
    m_room->setPeople({"Sato", "Suzuki", "Tanaka"}, 45);
    m_room->decide(ReviewAnswer::Ask);
    QVERIFY(m_room->close(Lang::En).has_value());
    m_room->leave();
    m_room->enter();
    QCOMPARE(m_room->meeting().participants, QStringList({"Sato", "Suzuki", "Tanaka"}));
    QCOMPARE(m_room->meeting().plannedMinutes, 45);
    QVERIFY(m_room->meeting().items.empty());
}

QTEST_GUILESS_MAIN(TestMeetingRoom)
#include "tst_meetingroom.moc"
