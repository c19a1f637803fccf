// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/meeting.h>

#include "meetingsample.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>

using namespace tenken;

namespace {

const QString path = QStringLiteral("readiness/meetings/2026-11-20.yaml");

Meeting manyTimes(int number)
{
    Meeting m = samples::meeting();
    m.seconds = number;
    for (MeetingItem &item : m.items)
        item.note = QStringLiteral("%1\n").arg(number) + QString(number % 700 * 20, u'字') + u'.';
    return m;
}

int saveForEver(const QString &folder, int number)
{
    for (;; ++number) {
        if (!saveMeeting(folder, path, manyTimes(number)))
            return 1;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

void writeFile(const QString &file, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    QFile f(file);
    QVERIFY(f.open(QIODevice::WriteOnly));
    f.write(bytes);
}

} // namespace

class TestMeeting : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void nastyStringsRoundTrip();
    void randomMeetingsRoundTrip();
    void readsAsPeopleWrite();
    void unknownKeysAreKept();
    void badValuesAreNamed_data();
    void badValuesAreNamed();
    void noMeeting_data();
    void noMeeting();
    void garbageDoesNotCrash();
    void fileNames();
    void aMeetingGoesOn();
    void notWrittenOver();
    void openPointsOfAnOutcome();
    void pace_data();
    void pace();
    void participants_data();
    void participants();
    void killedWhileSaving();
};

void TestMeeting::roundTrip()
{
    const QByteArray bytes = writeMeeting(samples::meeting());
    const auto read = parseMeeting(bytes, path);
    QVERIFY2(read.has_value(), qPrintable(read ? QString() : read.error().toString(Lang::En)));
    QVERIFY(read->problems.empty());
    QVERIFY(read->whole);
    QVERIFY(read->meeting == samples::meeting());
    QCOMPARE(writeMeeting(read->meeting), bytes);
    // As people read it.
    QVERIFY(bytes.contains("format: tenken.meeting/1\n"));
    QVERIFY(bytes.contains("participants:\n  - 佐藤 花子\n  - 鈴木\n"));
    QVERIFY(bytes.contains("  - id: resilience.graceful-stop\n    title:\n      ja: 安全な停止\n      en: Graceful stop\n"));
    QVERIFY(bytes.contains("    dissents:\n      - who: 佐藤 花子\n        what: 深夜は要求が少なく、実害はない\n"));
    QVERIFY(bytes.contains("        expires: 2026-12-04\n"));
}

void TestMeeting::nastyStringsRoundTrip()
{
    for (const QString &nasty : samples::nastyStrings()) {
        Meeting m = samples::meeting();
        m.participants = {nasty, QStringLiteral("b")};
        m.serviceName = {nasty, QStringLiteral("x")};
        MeetingItem &item = m.items[0];
        item.id = nasty;
        item.note = nasty;
        item.by = nasty;
        item.dissents = {{nasty, nasty}};
        item.waivers = {{nasty, nasty, nasty, nasty, QDate(2026, 12, 4)}};
        item.actions = {{nasty, nasty, nasty, QDate(2026, 12, 4)}};
        const auto read = parseMeeting(writeMeeting(m), path);
        QVERIFY2(read.has_value() && read->meeting == m, qPrintable(nasty));
    }
}

void TestMeeting::randomMeetingsRoundTrip()
{
    QRandomGenerator random(66);
    for (int round = 0; round < 300; ++round) {
        Meeting m;
        m.serviceId = samples::someString(random);
        m.started = samples::at(int(random.bounded(100'000)));
        m.seconds = int(random.bounded(10'000));
        for (int i = int(random.bounded(4)); i > 0; --i) {
            MeetingItem item;
            item.id = samples::someString(random);
            item.title = {samples::someString(random), samples::someString(random)};
            item.level = random.bounded(2) ? Level::Must : Level::Should;
            item.group = agendaGroups[random.bounded(5)];
            item.decision = ReviewAnswer(random.bounded(5));
            item.team = TeamAnswer(random.bounded(5));
            item.note = samples::someString(random);
            for (int d = int(random.bounded(3)); d > 0; --d)
                item.dissents.push_back({samples::someString(random), samples::someString(random)});
            for (int a = int(random.bounded(3)); a > 0; --a)
                item.actions.push_back({samples::someString(random), samples::someString(random), {}, QDate(2026, 12, 1)});
            item.postponed = random.bounded(2);
            m.items.push_back(item);
        }
        const auto read = parseMeeting(writeMeeting(m), path);
        QVERIFY2(read.has_value() && read->meeting == m, writeMeeting(m).constData());
    }
}

void TestMeeting::readsAsPeopleWrite()
{
    const auto read = parseMeeting("format: tenken.meeting/1\nname: ID\nparticipants: [a, b]\nitems:\n"
                                   "- {id: x.y, decision: accept, level: should, dissents: [{who: a, what: no}]}\n", path);
    QVERIFY(read.has_value());
    QVERIFY(read->problems.empty());
    QCOMPARE(read->meeting.serviceName.ja, "ID");
    QCOMPARE(read->meeting.serviceName.en, "ID");
    QCOMPARE(read->meeting.participants, QStringList({"a", "b"}));
    QVERIFY(read->meeting.items.at(0).decision == ReviewAnswer::Accept);
    QVERIFY(read->meeting.items.at(0).level == Level::Should);
    QVERIFY(!read->meeting.items.at(0).machine);
    QCOMPARE(read->meeting.items.at(0).dissents.at(0).what, "no");
}

void TestMeeting::unknownKeysAreKept()
{
    const auto read = parseMeeting("format: tenken.meeting/1\nroom: {floor: 3, name: \"a: b\"}\nitems:\n"
                                   "  - id: x\n    mood: [calm, tired]\n    decison: accept\n", path);
    QVERIFY(read.has_value());
    QCOMPARE(read->problems.size(), 3u);
    QVERIFY(read->whole); // nothing gets lost by writing it again
    const QString all = QString::fromUtf8(writeMeeting(read->meeting));
    QVERIFY2(all.contains("room: {floor: 3, name: \"a: b\"}") && all.contains("    mood: [calm, tired]"), qPrintable(all));
    const auto again = parseMeeting(all.toUtf8(), path);
    QVERIFY(again && again->meeting == read->meeting);
    bool suggested = false;
    for (const Problem &p : read->problems)
        suggested |= p.toString(Lang::En).contains("decision");
    QVERIFY(suggested);
}

void TestMeeting::badValuesAreNamed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("atLine");
    QTest::newRow("decision") << QByteArray("items:\n  - decision: maybe") << 3;
    QTest::newRow("machine") << QByteArray("items:\n  - machine: 3") << 3;
    QTest::newRow("level") << QByteArray("items:\n  - level: could") << 3;
    QTest::newRow("group") << QByteArray("items:\n  - group: fun") << 3;
    QTest::newRow("standing") << QByteArray("items:\n  - after: fine") << 3;
    QTest::newRow("seconds") << QByteArray("seconds: -3") << 2;
    QTest::newRow("far too many seconds") << QByteArray("seconds: 99999999999999999999") << 2;
    QTest::newRow("time without zone") << QByteArray("started: 2026-11-20T10:00:00") << 2;
    QTest::newRow("a map for a line") << QByteArray("service: {a: b}") << 2;
    QTest::newRow("items as a map") << QByteArray("items: {a: b}") << 2;
    QTest::newRow("day") << QByteArray("items:\n  - waivers:\n    - expires: soon") << 4;
    QTest::newRow("closed") << QByteArray("closed: perhaps") << 2;
    QTest::newRow("outcome") << QByteArray("after: {decision: fine}") << 2;
    QTest::newRow("remaining") << QByteArray("remaining:\n  - standing: fine") << 3;
}

void TestMeeting::badValuesAreNamed()
{
    QFETCH(QByteArray, line);
    QFETCH(int, atLine);
    const auto read = parseMeeting("format: tenken.meeting/1\n" + line + '\n', path);
    QVERIFY(read.has_value());
    QCOMPARE(read->problems.size(), 1u);
    QCOMPARE(read->problems[0].span.line, atLine);
    QVERIFY(!read->whole);
}

void TestMeeting::noMeeting_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("scalar") << QByteArray("hello\n");
    QTest::newRow("other format") << QByteArray("format: tenken.review/1\n");
    QTest::newRow("newer format") << QByteArray("format: tenken.meeting/2\n");
    QTest::newRow("no format") << QByteArray("items: []\n");
    QTest::newRow("two documents") << QByteArray("format: tenken.meeting/1\n---\nformat: tenken.meeting/1\n");
    QTest::newRow("twice the same key") << QByteArray("format: tenken.meeting/1\nseconds: 1\nseconds: 2\n");
    QTest::newRow("broken") << QByteArray("format: tenken.meeting/1\nitems: [\n");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe\x01", 4);
}

void TestMeeting::noMeeting()
{
    QFETCH(QByteArray, bytes);
    const auto read = parseMeeting(bytes, path);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().file, path);
    QVERIFY(!read.error().message.isEmpty());
}

void TestMeeting::garbageDoesNotCrash()
{
    const QByteArray whole = writeMeeting(samples::meeting());
    QRandomGenerator random(7);
    for (int round = 0; round < 3'000; ++round) {
        QByteArray bytes = whole;
        for (int i = int(random.bounded(6)); i >= 0; --i) {
            const int at = int(random.bounded(bytes.size()));
            switch (random.bounded(3)) {
            case 0: bytes[at] = char(random.bounded(256)); break;
            case 1: bytes.remove(at, int(random.bounded(40))); break;
            default: bytes.insert(at, whole.mid(int(random.bounded(whole.size())), int(random.bounded(40)))); break;
            }
            if (bytes.isEmpty())
                bytes = " ";
        }
        const auto read = parseMeeting(bytes, path);
        if (read) // what was understood can be written and read again
            QVERIFY(parseMeeting(writeMeeting(read->meeting), path).has_value());
    }
}

void TestMeeting::fileNames()
{
    const QTemporaryDir dir;
    QVERIFY(meetingFiles(dir.path()).isEmpty());
    const QDate day(2026, 11, 20);
    QCOMPARE(newMeetingPath(dir.path(), day), "readiness/meetings/2026-11-20.yaml");
    QCOMPARE(minutesPath("readiness/meetings/2026-11-20.yaml"), "readiness/meetings/2026-11-20.md");
    for (const char *name : {"2026-11-20.yaml", "2026-11-20-2.yaml", "2026-11-20-10.yaml", "2026-11-19-3.yaml",
                             "2026-13-20.yaml", "notes.yaml", "2026-11-20.md", "2026-11-20-x.yaml", "2027-01-01.yml"})
        writeFile(dir.filePath(QStringLiteral("readiness/meetings/") + QLatin1String(name)), "x");
    QCOMPARE(meetingFiles(dir.path()),
             QStringList({"readiness/meetings/2026-11-19-3.yaml", "readiness/meetings/2026-11-20.yaml",
                          "readiness/meetings/2026-11-20-2.yaml", "readiness/meetings/2026-11-20-10.yaml"}));
    QCOMPARE(newMeetingPath(dir.path(), day), "readiness/meetings/2026-11-20-3.yaml");
    writeFile(dir.filePath("readiness/meetings/2026-11-21.md"), "somebody's own minutes");
    QCOMPARE(newMeetingPath(dir.path(), QDate(2026, 11, 21)), "readiness/meetings/2026-11-21-2.yaml");
}

void TestMeeting::aMeetingGoesOn()
{
    const QTemporaryDir dir;
    const QDate day(2026, 11, 20);
    QVERIFY(!unfinishedMeeting(dir.path(), day));
    Meeting m = samples::meeting();
    m.closed = false;
    QVERIFY(saveMeeting(dir.path(), path, m).has_value());
    const auto found = unfinishedMeeting(dir.path(), day);
    QVERIFY(found.has_value());
    QCOMPARE(found->first, path);
    QVERIFY(found->second == m);
    QVERIFY(!unfinishedMeeting(dir.path(), day.addDays(1))); // another day is another meeting
    m.closed = true;
    QVERIFY(saveMeeting(dir.path(), path, m).has_value());
    QVERIFY(!unfinishedMeeting(dir.path(), day));
}

/// A file that a person edited into something unreadable is not gone on with, for that would lose it.
void TestMeeting::notWrittenOver()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(path), "format: tenken.meeting/1\nitems:\n  - decision: maybe\n");
    QVERIFY(!unfinishedMeeting(dir.path(), QDate(2026, 11, 20)));
    writeFile(dir.filePath(path), "not: [a, meeting\n");
    QVERIFY(!unfinishedMeeting(dir.path(), QDate(2026, 11, 20)));
    QCOMPARE(newMeetingPath(dir.path(), QDate(2026, 11, 20)), "readiness/meetings/2026-11-20-2.yaml");
}

void TestMeeting::openPointsOfAnOutcome()
{
    Checklist checklist = samples::checklist({samples::item("a.should", Level::Should), samples::item("b.must"),
                                              samples::item("c.good"), samples::item("d.waived")});
    Assessment assessment;
    assessment.items = {samples::result("a.should", Verdict::Fail), samples::result("b.must", Verdict::Unknown),
                        samples::result("c.good", Verdict::Pass), samples::result("d.waived", Verdict::Fail)};
    Review review = samples::review(checklist);
    review.items[3].waivers = {samples::waiver()};
    const Outcome outcome = decide(checklist, assessment, &review, QDate(2026, 11, 20));
    QStringList ids;
    for (const OpenPoint &point : openPoints(outcome, checklist.decision))
        ids.append(point.id);
    QCOMPARE(ids, QStringList({"b.must", "a.should", "d.waived"}));
    QCOMPARE(toString(outcome.decision), "NO-GO");
}

void TestMeeting::pace_data()
{
    QTest::addColumn<int>("contested");
    QTest::addColumn<int>("rest");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("an hour, 16 of 52") << 16 << 36 << 60 << QList<int>{180, 20};
    QTest::newRow("few") << 2 << 3 << 60 << QList<int>{600, 120};
    QTest::newRow("many in little time") << 40 << 12 << 10 << QList<int>{60, 20};
    QTest::newRow("nothing contested") << 0 << 52 << 60 << QList<int>{600, 20};
    QTest::newRow("nothing at all") << 0 << 0 << 0 << QList<int>{60, 20};
}

void TestMeeting::pace()
{
    QFETCH(int, contested);
    QFETCH(int, rest);
    QFETCH(int, minutes);
    QFETCH(QList<int>, expected);
    Agenda agenda;
    for (int i = 0; i < contested + rest; ++i)
        agenda.entries.push_back({QString::number(i), i < contested ? AgendaGroup::Failure : AgendaGroup::Rest});
    const MeetingPace pace = paceOf(agenda, minutes);
    QCOMPARE(QList<int>({pace.contested, pace.rest}), expected);
    QCOMPARE(pace.of(AgendaGroup::Stale), pace.contested);
    QCOMPARE(pace.of(AgendaGroup::Rest), pace.rest);
}

void TestMeeting::participants_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("Japanese comma") << "佐藤 花子、鈴木" << QStringList{"佐藤 花子", "鈴木"};
    QTest::newRow("comma") << " Sato,  Suzuki (SRE) ," << QStringList{"Sato", "Suzuki (SRE)"};
    QTest::newRow("full width") << "佐藤，鈴木；田中" << QStringList{"佐藤", "鈴木", "田中"};
    QTest::newRow("twice") << "a, a" << QStringList{"a"};
    QTest::newRow("nobody") << " 、," << QStringList{};
}

void TestMeeting::participants()
{
    QFETCH(QString, line);
    QFETCH(QStringList, names);
    QCOMPARE(participantsFrom(line), names);
}

void TestMeeting::killedWhileSaving()
{
    const QTemporaryDir folder;
    QRandomGenerator random(40);
    int safe = 0;
    for (int kills = 0; kills < 60; ++kills) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {"--save-for-ever", folder.path(), QString::number(safe + 1)});
        QVERIFY(child.waitForStarted());
        if (kills % 4 != 0)
            QVERIFY(child.waitForReadyRead(30'000));
        QThread::usleep(random.bounded(20'000));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        const QByteArray said = child.readAllStandardOutput();
        const qsizetype end = said.lastIndexOf('\n');
        const int told = end < 0 ? safe : std::max(safe, said.left(end).split('\n').last().toInt());
        if (told == 0 && meetingFiles(folder.path()).isEmpty())
            continue; // killed before the first save
        const auto read = readMeeting(folder.path(), path);
        QVERIFY2(read.has_value() && read->problems.empty(), qPrintable(read ? QString() : read.error().toString(Lang::En)));
        const int found = read->meeting.seconds;
        QVERIFY2(found == told || found == told + 1, qPrintable(QStringLiteral("%1, told %2").arg(found).arg(told)));
        QVERIFY(read->meeting == manyTimes(found));
        safe = found;
    }
    QVERIFY(safe > 20); // it did save between the kills
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"--save-for-ever")
        return saveForEver(arguments[2], arguments[3].toInt());
    TestMeeting test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_meeting.moc"
