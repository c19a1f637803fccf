// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/session.h>

#include <review/lock.h>

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;
using State = Session::State;

namespace {

constexpr int patience = 20'000;

bool write(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    return writeAtomically(path, text).has_value();
}

/// In place, as some editors do it.
bool writeInPlace(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray deployment(int grace)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: id-auth, namespace: shop}\nspec:\n  "
           "template:\n    spec:\n"
           "      terminationGracePeriodSeconds: "
        + QByteArray::number(grace) + "\n      containers:\n        - name: app\n";
}

class Folder
{
public:
    Folder()
    {
        [&] {
            QVERIFY(write(path("readiness/service.yaml"),
                          "format: tenken.service/1\nid: id-auth\nevidence:\n  manifests: [k8s/]\n"));
            QVERIFY(write(path("k8s/deployment.yaml"), deployment(30)));
        }();
    }
    QString path(const char *relative = "") const { return m_dir.filePath(QString::fromLatin1(relative)); }
    QString review() const { return path("readiness/review.yaml"); }

private:
    QTemporaryDir m_dir;
};

Answer<TeamAnswer> pass(const QString &note = {}) { return {TeamAnswer::Pass, note, {}, {}, {}}; }

QString itemAt(const Session &session, size_t index) { return session.review().items.at(index).id; }

bool openAndWait(Session &session, const Folder &folder)
{
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path());
    return loaded.wait(patience) && session.state() == State::Ready;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void empty();
    void opens();
    void namedByItsFile();
    void noServiceFails();
    void failsThenMended();
    void failedReloadKeepsTheOld();
    void cancelKeepsTheOld();
    void destroyedWhileReading();
    void editUndoSave();
    void stampsWhoAndWhen();
    void authorComesFromGit();
    void odditiesAreWritable();
    void liveReloadKeepsEdits();
    void replacedTwiceIsSeenTwice();
    void newFileIsSeen();
    void changeOnDiskIsMerged();
    void conflictStopsTheSaveOnce();
    void savingWhileReading();
    void outcomeIsNewWhenSignalsCome();
    void brokenFileIsReadOnly();
    void anUnreadableAnswerIsAnsweredAnew();
    void anUnknownKeyOfAWaiver();
    void brokenMeanwhileKeepsEdits();
    void vanishedFileIsWrittenAgain();
    void secondWindowIsReadOnly();
    void neitherLosesAnEdit();
    void lockOfADeadProcess();
    void lockThatCannotBeMade();
};

void TestSession::initTestCase()
{
    qRegisterMetaType<Session::State>();
    qRegisterMetaType<ReadingStep>();
}

void TestSession::empty()
{
    Session session;
    QVERIFY(session.state() == State::Empty);
    QVERIFY(session.isReadOnly());
    QVERIFY(!session.isModified());
    QVERIFY(session.review().items.empty());
    session.setTeamAnswer(QStringLiteral("x"), pass());
    session.reload();
    session.cancel();
    session.takeLock();
    QVERIFY(!session.save().has_value());
    QVERIFY(!session.author().isEmpty() || qEnvironmentVariableIsEmpty("USER"));
}

void TestSession::opens()
{
    const Folder folder;
    Session session;
    QSignalSpy states(&session, &Session::stateChanged);
    QSignalSpy steps(&session, &Session::progress);
    QVERIFY(openAndWait(session, folder));
    QCOMPARE(states.size(), 2);
    QVERIFY(!steps.isEmpty());
    QCOMPARE(session.folder(), QDir(folder.path()).canonicalPath());
    QVERIFY(!session.isReadOnly());
    QCOMPARE(session.lockOwner(), QString());
    QCOMPARE(session.evidence().service.id, QStringLiteral("id-auth"));
    QCOMPARE(session.checklist().id, QStringLiteral("zozotown"));
    QCOMPARE(int(session.review().items.size()), session.checklist().itemCount());
    QCOMPARE(session.outcome().items.size(), session.review().items.size());
    QVERIFY(session.outcome().decision == Decision::NoGo);
    QVERIFY(session.readAt().isValid());
    QVERIFY(session.reviewProblems().empty());
    QVERIFY(!QFile::exists(folder.review())); // reading writes nothing
    QVERIFY(session.save().has_value());
    QVERIFY(!QFile::exists(folder.review()));
}

void TestSession::namedByItsFile()
{
    const Folder folder;
    Session session;
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path("readiness/service.yaml"));
    QVERIFY(loaded.wait(patience));
    session.setTeamAnswer(itemAt(session, 0), pass());
    QVERIFY(session.save().has_value());
    QVERIFY(QFile::exists(folder.review()));
}

void TestSession::noServiceFails()
{
    const QTemporaryDir folder;
    Session session;
    QSignalSpy failed(&session, &Session::failed);
    session.open(folder.path());
    QVERIFY(failed.wait(patience));
    QVERIFY(session.state() == State::Failed);
    QVERIFY(!failed[0][0].value<Problem>().message.en.isEmpty());
    QCOMPARE(session.folder(), QDir(folder.path()).canonicalPath());
}

void TestSession::failsThenMended()
{
    const Folder folder;
    const QByteArray good = readAll(folder.path("readiness/service.yaml"));
    QVERIFY(write(folder.path("readiness/service.yaml"), "id: [\n"));
    Session session;
    QSignalSpy failed(&session, &Session::failed);
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path());
    QVERIFY(failed.wait(patience));
    QVERIFY(write(folder.path("readiness/service.yaml"), good));
    QVERIFY(loaded.wait(patience));
    QVERIFY(session.state() == State::Ready);
}

void TestSession::failedReloadKeepsTheOld()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(itemAt(session, 0), pass());
    QSignalSpy failed(&session, &Session::failed);
    QVERIFY(write(folder.path("readiness/service.yaml"), "id: [\n"));
    QVERIFY(failed.wait(patience));
    QVERIFY(session.state() == State::Ready);
    QCOMPARE(session.evidence().service.id, QStringLiteral("id-auth"));
    QCOMPARE(session.unsavedEdits(), 1);
    QTest::qWait(700); // one change, one failure: it is not read over and over
    QCOMPARE(failed.size(), 1);

    const QTemporaryDir elsewhere;
    session.open(elsewhere.path());
    QVERIFY(failed.wait(patience));
    QCOMPARE(session.folder(), QDir(folder.path()).canonicalPath());
    QVERIFY(session.state() == State::Ready);
}

void TestSession::cancelKeepsTheOld()
{
    const Folder folder;
    Session session;
    QSignalSpy cancelled(&session, &Session::cancelled);
    QSignalSpy failed(&session, &Session::failed);
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(folder.path());
    session.cancel();
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(session.state() == State::Empty);
    QVERIFY(openAndWait(session, folder));
    const QDateTime readAt = session.readAt();
    session.reload();
    QVERIFY(session.state() == State::Loading);
    session.cancel();
    QVERIFY(session.state() == State::Ready);
    QTest::qWait(300);
    QCOMPARE(session.readAt(), readAt);
    QCOMPARE(cancelled.size(), 2);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(loaded.size(), 1);
}

void TestSession::destroyedWhileReading()
{
    const Folder folder;
    for (int i = 0; i < 20; ++i) {
        Session session;
        session.open(folder.path());
        if (i % 2)
            QTest::qWait(i);
    }
    QTest::qWait(100);
}

void TestSession::editUndoSave()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    QSignalSpy items(&session, &Session::itemChanged);
    QSignalSpy outcomes(&session, &Session::outcomeChanged);
    QSignalSpy modified(&session, &Session::modifiedChanged);
    const QString id = itemAt(session, 3);

    session.setTeamAnswer(id, pass(QStringLiteral("メモ")));
    session.setReviewAnswer(id, {ReviewAnswer::Accept, {}, {}, {}, {}});
    session.setWaivers(id,
                       {{QStringLiteral("r"), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                         QDate(2026, 12, 1)}});
    session.setActions(id, {{QStringLiteral("do"), {}, {}, {}, false}});
    session.setTeamAnswer(QStringLiteral("no.such"), pass());
    session.setActions(id, {{QStringLiteral("do"), {}, {}, {}, false}}); // the same again
    QCOMPARE(session.undoStack()->count(), 4);
    QCOMPARE(session.unsavedEdits(), 4);
    QCOMPARE(items.size(), 4);
    QCOMPARE(outcomes.size(), 4);
    QCOMPARE(modified.size(), 1);
    QVERIFY(session.outcome().items[3].review->team.answer == TeamAnswer::Pass);

    session.undoStack()->undo();
    QCOMPARE(session.unsavedEdits(), 3);
    QVERIFY2(session.save().has_value(), "saves");
    QVERIFY(!session.isModified());
    QVERIFY(session.undoStack()->isClean());
    const QByteArray saved = readAll(folder.review());
    QVERIFY(saved.contains("        メモ\n"));
    QTest::qWait(400); // hearing of its own file changes nothing
    QCOMPARE(session.unsavedEdits(), 0);
    QCOMPARE(session.undoStack()->count(), 4);

    session.undoStack()->undo();
    QVERIFY(session.isModified());
    session.undoStack()->redo();
    QVERIFY(!session.isModified());

    Session again;
    QVERIFY(openAndWait(again, folder));
    QVERIFY(again.review() == session.review());
}

void TestSession::stampsWhoAndWhen()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    session.setAuthor(QStringLiteral("  佐藤\n花子 "));
    QCOMPARE(session.author(), QStringLiteral("佐藤 花子"));
    session.setTeamAnswer(id, pass());
    const auto first = session.review().item(id)->team;
    QCOMPARE(first.by, QStringLiteral("佐藤 花子"));
    QVERIFY(qAbs(first.at.secsTo(QDateTime::currentDateTime())) < 60);
    QCOMPARE(first.at.time().msec(), 0);
    QVERIFY(first.at.timeSpec() != Qt::LocalTime);

    session.setAuthor(QStringLiteral("鈴木"));
    auto edited = first;
    edited.note = QStringLiteral("n");
    session.setTeamAnswer(id, edited);
    QCOMPARE(session.review().item(id)->team.by, QStringLiteral("鈴木"));
    edited = session.review().item(id)->team;
    edited.note = QStringLiteral("m");
    edited.by = QStringLiteral("田中"); // said by the caller
    session.setTeamAnswer(id, edited);
    QCOMPARE(session.review().item(id)->team.by, QStringLiteral("田中"));
    session.setTeamAnswer(id, {});
    QVERIFY(session.review().item(id)->team == Answer<TeamAnswer>());
}

void TestSession::authorComesFromGit()
{
    const Folder folder;
    QProcess git;
    git.setWorkingDirectory(folder.path());
    git.start(QStringLiteral("git"), {QStringLiteral("init"), QStringLiteral("-q")});
    if (!git.waitForStarted())
        QSKIP("git is not installed");
    QVERIFY(git.waitForFinished());
    git.start(QStringLiteral("git"),
              {QStringLiteral("config"), QStringLiteral("user.name"), QStringLiteral("高橋 一郎")});
    QVERIFY(git.waitForFinished());
    Session session;
    QVERIFY(openAndWait(session, folder));
    QCOMPARE(session.author(), QStringLiteral("高橋 一郎"));
    session.setAuthor(QStringLiteral("別の人"));
    QCOMPARE(session.author(), QStringLiteral("別の人"));
}

void TestSession::odditiesAreWritable()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString odd = QStringLiteral("\ufeffa") + QChar(0xd800) + QStringLiteral("b\r\n\u0007");
    session.setTeamAnswer(itemAt(session, 0), pass(odd));
    session.setActions(itemAt(session, 0), {{odd, odd, odd, {}, false}});
    session.setWaivers(itemAt(session, 0), {{odd, odd, odd, odd, {}}});
    const auto saved = session.save();
    QVERIFY2(saved.has_value(), qPrintable(saved ? QString() : saved.error().toString(Lang::En)));
}

void TestSession::liveReloadKeepsEdits()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    session.setTeamAnswer(id, pass(QStringLiteral("typed")));
    QSignalSpy loaded(&session, &Session::loaded);
    const QByteArray before = session.evidence().digest();
    QVERIFY(write(folder.path("k8s/deployment.yaml"), deployment(60)));
    QVERIFY(loaded.wait(patience));
    QVERIFY(session.evidence().digest() != before);
    QCOMPARE(session.review().item(id)->team.note, QStringLiteral("typed"));
    QCOMPARE(session.undoStack()->count(), 1);
    QVERIFY(session.outcome().items[0].review == session.review().item(id));
    session.undoStack()->undo();
    QVERIFY(!session.isModified());
}

void TestSession::replacedTwiceIsSeenTwice()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    QSignalSpy loaded(&session, &Session::loaded);
    for (int grace : {31, 32, 33}) {
        QVERIFY(grace == 33 ? writeInPlace(folder.path("k8s/deployment.yaml"), deployment(grace))
                            : write(folder.path("k8s/deployment.yaml"), deployment(grace)));
        QVERIFY2(loaded.wait(patience), qPrintable(QString::number(grace)));
        QVERIFY(session.evidence().sourceText(QStringLiteral("k8s/deployment.yaml")) == deployment(grace));
    }
    // Many writes at once are one reading, or two where the last came while reading.
    loaded.clear();
    for (int grace = 40; grace < 60; ++grace)
        QVERIFY(write(folder.path("k8s/deployment.yaml"), deployment(grace)));
    QTRY_VERIFY_WITH_TIMEOUT(
        session.evidence().sourceText(QStringLiteral("k8s/deployment.yaml")) == deployment(59), patience);
    QVERIFY2(loaded.size() <= 3, qPrintable(QString::number(loaded.size())));
}

void TestSession::newFileIsSeen()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    QSignalSpy loaded(&session, &Session::loaded);
    const size_t files = session.evidence().files.size();
    QVERIFY(write(folder.path("k8s/second.yaml"), deployment(10)));
    QVERIFY(loaded.wait(patience));
    QCOMPARE(session.evidence().files.size(), files + 1);
    QVERIFY(QFile::remove(folder.path("k8s/second.yaml")));
    QVERIFY(loaded.wait(patience));
    QCOMPARE(session.evidence().files.size(), files);
}

void TestSession::changeOnDiskIsMerged()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString mine = itemAt(session, 0), theirs = itemAt(session, 1);
    session.setTeamAnswer(mine, pass());
    QVERIFY(session.save().has_value());
    const ItemReview saved = *session.review().item(mine);
    session.setTeamAnswer(mine, pass(QStringLiteral("being typed")));

    Review other = session.review();
    *other.item(mine) = saved; // there, nobody touched it
    other.item(theirs)->team = {
        TeamAnswer::NotYet, QStringLiteral("from elsewhere"), {}, QStringLiteral("git"), {}};
    QSignalSpy merged(&session, &Session::merged);
    QSignalSpy items(&session, &Session::itemChanged);
    QVERIFY(saveReview(folder.path(), other, {}).has_value());
    QVERIFY(merged.wait(patience));
    QVERIFY(merged[0][0].value<std::vector<Problem>>().empty());
    QVERIFY(std::ranges::any_of(items,
                                [&](const QList<QVariant> &call) { return call[0].toString() == theirs; }));
    QCOMPARE(session.review().item(theirs)->team.note, QStringLiteral("from elsewhere"));
    QCOMPARE(session.review().item(mine)->team.note, QStringLiteral("being typed"));
    QVERIFY(session.isModified());
    session.undoStack()->undo();
    QCOMPARE(session.review().item(theirs)->team.note, QStringLiteral("from elsewhere"));
    session.undoStack()->redo();
    QVERIFY(session.save().has_value());
    QVERIFY(readAll(folder.review()).contains("from elsewhere")
            && readAll(folder.review()).contains("being typed"));
}

void TestSession::conflictStopsTheSaveOnce()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    session.setTeamAnswer(id, pass(QStringLiteral("mine")));
    Review other = session.review();
    other.item(id)->team.note = QStringLiteral("theirs");
    QVERIFY(saveReview(folder.path(), other, {}).has_value());
    QSignalSpy merged(&session, &Session::merged);
    const auto stopped = session.save(); // before the file watcher has said a word
    QVERIFY(!stopped.has_value());
    QVERIFY(stopped.error().message.en.contains(QStringLiteral("theirs")));
    QVERIFY(readAll(folder.review()).contains("theirs"));
    QCOMPARE(merged.size(), 1);
    QCOMPARE(merged[0][0].value<std::vector<Problem>>().size(), 1u);
    QCOMPARE(session.review().item(id)->team.note, QStringLiteral("mine"));
    QVERIFY(session.save().has_value());
    QVERIFY(readAll(folder.review()).contains("mine"));
}

void TestSession::savingWhileReading()
{
    // What was read before the save must not come back over it.
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    for (int i = 0; i < 10; ++i) {
        const QString note = QStringLiteral("note %1").arg(i);
        QSignalSpy loaded(&session, &Session::loaded);
        session.reload();
        if (i % 3)
            QTest::qSleep(10 * i);
        session.setTeamAnswer(id, pass(note));
        QVERIFY(session.save().has_value());
        QVERIFY(loaded.wait(patience));
        QCOMPARE(session.review().item(id)->team.note, note);
        QVERIFY(!session.isModified());
    }
}

void TestSession::outcomeIsNewWhenSignalsCome()
{
    // The outcome points into checklist, assessment and review: a slot must never see it point to old ones.
    const Folder folder;
    Session session;
    int heard = 0;
    const auto check = [&] {
        ++heard;
        const auto &items = session.outcome().items;
        for (size_t i = 0; i < items.size(); ++i) {
            QCOMPARE(items[i].item, session.checklist().item(items[i].item->id));
            QCOMPARE(items[i].result, session.assessment().item(items[i].item->id));
            QCOMPARE(items[i].review, session.review().item(items[i].item->id));
        }
        QVERIFY(session.state() != State::Ready || !items.empty());
    };
    connect(&session, &Session::stateChanged, this, check);
    connect(&session, &Session::loaded, this, check);
    connect(&session, &Session::merged, this, check);
    connect(&session, &Session::outcomeChanged, this, check);
    connect(&session, &Session::itemChanged, this, [&](const QString &id) {
        check();
        const auto of = [&](const ItemStanding &is) { return is.item->id == id; };
        const auto found = std::ranges::find_if(session.outcome().items, of);
        QVERIFY(found->waiver == nullptr || found->waiver == &session.review().item(id)->waivers.front());
    });
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    const QDate later = QDate::currentDate().addDays(30);
    session.setWaivers(
        id, {{QStringLiteral("r"), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), later}});
    session.undoStack()->undo();
    session.undoStack()->redo();
    Review other = session.review();
    other.items[1].team.note = QStringLiteral("theirs");
    QVERIFY(saveReview(folder.path(), other, {}).has_value());
    QVERIFY(session.save().has_value());
    QSignalSpy loaded(&session, &Session::loaded);
    session.reload();
    QVERIFY(loaded.wait(patience));
    QVERIFY(heard > 10);
}

void TestSession::brokenFileIsReadOnly()
{
    const Folder folder;
    const QByteArray broken = "<<<<<<< HEAD\nformat: tenken.review/1\n=======\n>>>>>>> x\n";
    QVERIFY(write(folder.review(), broken));
    Session session;
    QVERIFY(openAndWait(session, folder));
    QVERIFY(session.isReadOnly());
    QCOMPARE(session.lockOwner(), QString());
    QCOMPARE(session.reviewProblems().front().span.line, 1);
    QVERIFY(session.outcome().decision == Decision::NoGo);
    QVERIFY2(session.outcome().lead.en.startsWith(QStringLiteral("The review cannot be read")), qPrintable(session.outcome().lead.en));
    session.setTeamAnswer(itemAt(session, 0), pass());
    QVERIFY(!session.isModified());
    QVERIFY(!session.save().has_value());
    QCOMPARE(readAll(folder.review()), broken);

    QSignalSpy readOnly(&session, &Session::readOnlyChanged);
    QVERIFY(write(folder.review(), "format: tenken.review/1\nitems:\n"));
    QVERIFY(readOnly.wait(patience));
    QVERIFY(!session.isReadOnly());
    QVERIFY(session.outcome().objections.empty());
    session.setTeamAnswer(itemAt(session, 0), pass());
    QVERIFY(session.save().has_value());
}

void TestSession::anUnreadableAnswerIsAnsweredAnew()
{
    const Folder folder;
    const QString id = QStringLiteral("x.own");
    QVERIFY(write(folder.path("readiness/checklist.yaml"),
                  "format: tenken.checklist/1\nid: c\nversion: \"1\"\ntitle: C\nsections:\n  - id: x\n    title: X\n    items:\n"
                  "      - {id: x.own, title: Own, question: Q}\n"));
    QVERIFY(write(folder.path("readiness/service.yaml"),
                  "format: tenken.service/1\nid: id-auth\nchecklist: readiness/checklist.yaml\nevidence:\n  manifests: [k8s/]\n"));
    QVERIFY(write(folder.review(),
                  "format: tenken.review/1\nservice: id-auth\nchecklist: c\nversion: \"1\"\nitems:\n  x.own:\n    team:\n"
                  "      answer: pass\n      note: seen\n      by: A\n      at: 2026-01-01T10:00:00+09:00\n"
                  "    reviewer:\n      answer: Reject\n"));
    Session session;
    QVERIFY(openAndWait(session, folder));
    const auto standing = [&] {
        return std::ranges::find(session.outcome().items, id, [](const ItemStanding &is) { return is.item->id; })->standing;
    };
    QVERIFY(session.review().item(id)->isInDoubt());
    QVERIFY(standing() == Standing::Unanswered);
    session.setReviewAnswer(id, {ReviewAnswer::Accept, {}, {}, QStringLiteral("B"), {}});
    QVERIFY(!session.review().item(id)->isInDoubt());
    QVERIFY(standing() == Standing::Attested);
    session.undoStack()->undo();
    QVERIFY(session.review().item(id)->isInDoubt());
    session.undoStack()->redo();
    QVERIFY(session.save().has_value());
    QVERIFY(!readAll(folder.review()).contains("Reject"));
    session.setReviewAnswer(id, {}); // taken back: nothing of the file is in doubt any more
    QVERIFY(!session.review().item(id)->isInDoubt());
    QVERIFY(session.reviewProblems().empty());
}

/// It may narrow the waiver or take it back: that stays so while other words of it change, and goes with the key.
void TestSession::anUnknownKeyOfAWaiver()
{
    const Folder folder;
    const QString id = QStringLiteral("resilience.graceful-stop");
    const QByteArray text = "format: tenken.review/1\nservice: id-auth\nchecklist: zozotown\nversion: \"2.1\"\nitems:\n  " + id.toUtf8()
        + ":\n    waivers:\n      - reason: r\n        requester: A\n        approver: B\n        control: c\n"
          "        expires: 2099-12-01\n";
    QVERIFY(write(folder.review(), text + "        revoked: true\n"));
    Session session;
    QVERIFY(openAndWait(session, folder));
    const auto waiver = [&] { return session.review().item(id)->waivers.at(0); };
    QVERIFY(!waiver().isComplete());
    Waiver edited{QStringLiteral("r"), QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("another"), QDate(2099, 12, 1)};
    session.setWaivers(id, {edited});
    QVERIFY(!waiver().isComplete());
    QVERIFY(session.save().has_value());
    QVERIFY(readAll(folder.review()).contains("revoked: true"));
    QVERIFY(!waiver().isComplete());
    QSignalSpy merged(&session, &Session::merged);
    const QByteArray kept = readAll(folder.review());
    QVERIFY(write(folder.review(), QByteArray(kept).replace("        revoked: true\n", "")));
    QVERIFY(merged.wait(patience));
    QVERIFY(waiver().isComplete());
    QVERIFY(write(folder.review(), kept));
    QVERIFY(merged.wait(patience));
    QVERIFY(!waiver().isComplete());
}

void TestSession::brokenMeanwhileKeepsEdits()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    const QString id = itemAt(session, 0);
    session.setTeamAnswer(id, pass(QStringLiteral("first")));
    QVERIFY(session.save().has_value());
    const QByteArray good = readAll(folder.review());
    session.setTeamAnswer(id, pass(QStringLiteral("typed")));
    QSignalSpy merged(&session, &Session::merged);
    QVERIFY(write(folder.review(), "items: [\n"));
    QVERIFY(merged.wait(patience));
    QCOMPARE(merged[0][0].value<std::vector<Problem>>().size(), 1u);
    QVERIFY(!session.isReadOnly());
    QCOMPARE(session.outcome().objections.size(), 1u); // as `check` decides on this file
    QVERIFY(!session.save().has_value());
    QCOMPARE(readAll(folder.review()), QByteArray("items: [\n"));
    QCOMPARE(session.review().item(id)->team.note, QStringLiteral("typed"));
    QVERIFY(write(folder.review(), good));
    QVERIFY(merged.wait(patience));
    QVERIFY(session.save().has_value());
    QVERIFY(readAll(folder.review()).contains("typed"));
}

void TestSession::vanishedFileIsWrittenAgain()
{
    const Folder folder;
    Session session;
    QVERIFY(openAndWait(session, folder));
    session.setTeamAnswer(itemAt(session, 0), pass(QStringLiteral("kept")));
    QVERIFY(session.save().has_value());
    QSignalSpy modified(&session, &Session::modifiedChanged);
    QVERIFY(QFile::remove(folder.review()));
    QVERIFY(modified.wait(patience));
    QVERIFY(session.isModified());
    QCOMPARE(session.review().items[0].team.note, QStringLiteral("kept"));
    QVERIFY(session.save().has_value());
    QVERIFY(readAll(folder.review()).contains("kept"));
    QVERIFY(!session.isModified());
}

void TestSession::secondWindowIsReadOnly()
{
    const Folder folder;
    auto first = std::make_unique<Session>();
    Session second;
    QVERIFY(openAndWait(*first, folder));
    QVERIFY(openAndWait(second, folder));
    QVERIFY(!first->isReadOnly());
    QVERIFY(second.isReadOnly());
    QVERIFY2(second.lockOwner().contains(QStringLiteral("(pid %1)").arg(QCoreApplication::applicationPid())),
             qPrintable(second.lockOwner()));
    second.setTeamAnswer(itemAt(second, 0), pass());
    QVERIFY(!second.isModified());
    const auto refused = second.save();
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().message.en.contains(second.lockOwner()));

    // It follows what the first one saves.
    QSignalSpy merged(&second, &Session::merged);
    first->setTeamAnswer(itemAt(*first, 0), pass(QStringLiteral("from the first")));
    QVERIFY(first->save().has_value());
    QVERIFY(merged.wait(patience));
    QCOMPARE(second.review().items[0].team.note, QStringLiteral("from the first"));

    second.takeLock();
    QVERIFY(second.isReadOnly());
    first.reset();
    QSignalSpy readOnly(&second, &Session::readOnlyChanged);
    second.takeLock();
    QCOMPARE(readOnly.size(), 1);
    QVERIFY(!second.isReadOnly());
    QCOMPARE(second.lockOwner(), QString());
    second.setTeamAnswer(itemAt(second, 1), pass());
    QVERIFY(second.save().has_value());
}

void TestSession::neitherLosesAnEdit()
{
    const Folder folder;
    Session first, second;
    QVERIFY(openAndWait(first, folder));
    QVERIFY(openAndWait(second, folder));
    for (size_t round = 0; round < 6; ++round) {
        Session &writer = round % 2 ? second : first;
        Session &reader = round % 2 ? first : second;
        // The lock changes hands by opening elsewhere; edits are saved first.
        if (writer.isReadOnly()) {
            const Folder elsewhere;
            QVERIFY(openAndWait(reader, elsewhere));
            writer.takeLock();
            QVERIFY(!writer.isReadOnly());
            QVERIFY(openAndWait(reader, folder));
            QVERIFY(reader.isReadOnly());
        }
        writer.setTeamAnswer(itemAt(writer, round), pass(QStringLiteral("round %1").arg(round)));
        QVERIFY(writer.save().has_value());
    }
    const QByteArray text = readAll(folder.review());
    for (int round = 0; round < 6; ++round)
        QVERIFY(text.contains(QStringLiteral("round %1").arg(round).toUtf8()));
}

void TestSession::lockOfADeadProcess()
{
    const Folder folder;
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold-lock"), folder.path()});
    QVERIFY(other.waitForReadyRead(patience));
    Session session;
    QVERIFY(openAndWait(session, folder));
    QVERIFY(session.isReadOnly());
    QVERIFY2(session.lockOwner().contains(QStringLiteral("(pid %1)").arg(other.processId())),
             qPrintable(session.lockOwner()));
    other.kill();
    QVERIFY(other.waitForFinished());
    QVERIFY(QFile::exists(ReviewLock::pathIn(folder.path())));
    session.takeLock();
    QVERIFY(!session.isReadOnly());
}

void TestSession::lockThatCannotBeMade()
{
    const Folder folder;
    QVERIFY(QDir().mkpath(ReviewLock::pathIn(folder.path()) + QStringLiteral("/in the way")));
    Session session;
    QVERIFY(openAndWait(session, folder));
    QVERIFY(session.isReadOnly());
    session.setTeamAnswer(itemAt(session, 0), pass());
    QVERIFY(!session.isModified());
    QVERIFY(!session.save().has_value());
    QVERIFY(!QFile::exists(folder.review()));
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--hold-lock") {
        ReviewLock lock;
        if (!lock.take(arguments[2]))
            return 1;
        std::puts("held");
        std::fflush(stdout);
        return QCoreApplication::exec();
    }
    TestSession test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_session.moc"
