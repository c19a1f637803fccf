// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewfile.h>

#include "samples.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>

using namespace tenken;

namespace {

const Checklist checklist = samples::bigChecklist(20);

/// The review as it is after so many saves: it grows, and every item holds the number.
Review version(int number)
{
    Review review = samples::review(checklist);
    for (size_t i = 0; i < review.items.size(); ++i) {
        ItemReview &item = review.items[i];
        item.team = {TeamAnswer::Pass,
                     QStringLiteral("%1\n").arg(number) + QString(number % 400 + int(i), u'あ'),
                     {},
                     QString::number(number),
                     samples::at(number)};
        for (int a = 0; a < number % 7; ++a)
            item.actions.push_back({QStringLiteral("%1-%2").arg(number).arg(a), {}, {}, {}, a % 2 == 0});
    }
    return review;
}

/// Saves until it is killed, and says each number that is safely on disk.
int saveForEver(const QString &folder, int number)
{
    QByteArray base;
    if (const auto read = readReview(folder, samples::service(), checklist))
        base = read->base;
    for (;; ++number) {
        const auto saved = saveReview(folder, version(number), base);
        if (!saved)
            return 1;
        base = *saved;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

int lastNumber(const QByteArray &said)
{
    const qsizetype end = said.lastIndexOf('\n');
    return end < 0 ? 0 : said.left(end).split('\n').last().toInt();
}

} // namespace

class TestCrash : public QObject
{
    Q_OBJECT

private slots:
    void killedWhileSaving();
};

void TestCrash::killedWhileSaving()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("readiness")));
    QRandomGenerator random(200);
    QElapsedTimer time;
    time.start();
    int safe = 0, kills = 0, newer = 0;
    while (kills < 200) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--save-for-ever"), folder.path(), QString::number(safe + 1)});
        QVERIFY(child.waitForStarted());
        if (kills % 4 != 0) // every fourth is killed wherever it is, the others while they save
            QVERIFY(child.waitForReadyRead(30'000));
        QThread::usleep(random.bounded(30'000));
        child.kill(); // SIGKILL
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        ++kills;

        const int said = std::max(safe, lastNumber(child.readAllStandardOutput()));
        const auto read = readReview(folder.path(), samples::service(), checklist);
        QVERIFY2(read.has_value(), qPrintable(read ? QString() : read.error().toString(Lang::En)));
        QVERIFY(read->problems.empty());
        if (said == 0 && read->base.isEmpty())
            continue; // killed before the first save
        const int found = read->review.items[0].team.by.toInt();
        QVERIFY2(found == said || found == said + 1,
                 qPrintable(QStringLiteral("%1, said %2").arg(found).arg(said)));
        QVERIFY(read->review == version(found));
        newer += found > said;
        safe = found;
    }
    qInfo("200 kills in %lld ms, %d saves, %d of them just before the kill", time.elapsed(), safe, newer);
    QVERIFY(safe > 50); // it did save between the kills
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"--save-for-ever")
        return saveForEver(arguments[2], arguments[3].toInt());
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crash.moc"
