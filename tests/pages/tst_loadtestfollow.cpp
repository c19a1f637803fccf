// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestfollow.h>

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

/// A page follows a result file while a test writes it.
class TestLoadTestFollow : public QObject
{
    Q_OBJECT
private slots:
    void growsWithTheFile();
    void stopsAtOnce();
    void missingFileIsSaid();
};

namespace {

QByteArray rows(int fromSecond, int toSecond)
{
    QByteArray text;
    for (int second = fromSecond; second < toSecond; ++second)
        for (int i = 0; i < 20; ++i)
            text += QByteArray::number(1'762'909'200'000 + second * 1'000 + i * 50) + ",25,GET /,200,OK,main,text,true,,10,10,1,1,/,20,0,1\n";
    return text;
}

const QByteArray header = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,"
                          "sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

} // namespace

void TestLoadTestFollow::growsWithTheFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("running.jtl")));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    file.write(header + rows(0, 30));
    LoadTestFollow follow;
    std::vector<std::shared_ptr<const LoadTestPicture>> seen;
    connect(&follow, &LoadTestFollow::updated, this, [&](const auto &test) { seen.push_back(test); });
    LoadTestPicture known;
    known.id = QStringLiteral("running");
    known.pods = 3;
    QElapsedTimer timer;
    timer.start();
    follow.start(file.fileName(), known);
    QVERIFY(timer.elapsed() < 50); // the window goes on
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), size_t(1), 20'000);
    QCOMPARE(seen[0]->run->samples, 600);
    QCOMPARE(seen[0]->pods, 3);
    file.write(rows(30, 60));
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), size_t(2), 20'000);
    QCOMPARE(seen[1]->run->samples, 1'200);
    QCOMPARE(seen[0]->run->samples, 600); // what was handed over does not change
    QTest::qWait(1'500);
    QCOMPARE(seen.size(), size_t(2)); // nothing new, nothing said
    follow.stop();
    QVERIFY(!follow.isRunning());
    file.write(rows(60, 90));
    QTest::qWait(1'500);
    QCOMPARE(seen.size(), size_t(2));
}

void TestLoadTestFollow::stopsAtOnce()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("long.jtl")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(header + rows(0, 20'000));
    file.close();
    auto follow = std::make_unique<LoadTestFollow>();
    follow->start(file.fileName(), {});
    QElapsedTimer timer;
    timer.start();
    follow.reset(); // while it reads
    QVERIFY(timer.elapsed() < 100);
    QTest::qWait(200);
}

void TestLoadTestFollow::missingFileIsSaid()
{
    LoadTestFollow follow;
    QSignalSpy failed(&follow, &LoadTestFollow::failed);
    follow.start(QStringLiteral("/does/not/exist.jtl"), {});
    QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), 20'000);
    QVERIFY(follow.isRunning()); // it may come
}

QTEST_MAIN(TestLoadTestFollow)
#include "tst_loadtestfollow.moc"
