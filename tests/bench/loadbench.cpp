// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How fast load tests are read, against `wc -l` on the same file, and how much memory that takes.
#include <evidence/loadtest/reader.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace tenken;

namespace
{

qint64 anonymousKb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

QByteArray jtl(qint64 ms, qint64 i)
{
    const bool bad = i % 500 == 0;
    return QByteArray::number(ms) + ',' + QByteArray::number(10 + i * 7919 % 191) + ",GET /items/" + QByteArray::number(i % 8)
        + (bad ? ",503,Busy" : ",200,OK") + ",users 1-" + QByteArray::number(i % 64) + (bad ? ",text,false" : ",text,true")
        + ",,512,230,64,64,http://id-auth.example.test/token,40,0,1\n";
}

QByteArray k6(qint64 ms, qint64 i)
{
    const QByteArray time = QByteArray::number(1 + ms / 60000 % 60).rightJustified(2, '0') + ':'
        + QByteArray::number(ms / 1000 % 60).rightJustified(2, '0') + '.' + QByteArray::number(ms % 1000).rightJustified(3, '0');
    const QByteArray point = R"(","type":"Point","data":{"time":"2026-11-12T20:)" + time + R"(588Z","value":)";
    const QByteArray tags = R"(,"tags":{"expected_response":"true","group":"","method":"GET","name":"http://e.test/)"
        + QByteArray::number(i % 8) + R"(","proto":"HTTP/1.1","scenario":"default","status":"200","url":"http://e.test/"}}})" "\n";
    return R"({"metric":"http_reqs)" + point + '1' + tags + R"({"metric":"http_req_duration)" + point
        + QByteArray::number(10 + i * 7919 % 191) + ".138" + tags;
}

QByteArray gatling(qint64 ms, qint64 i)
{
    const QByteArray start = QByteArray::number(ms), end = QByteArray::number(ms + 10 + i * 7919 % 191);
    return "USER\tS\tSTART\t" + start + "\nREQUEST\t\tGET /items/" + QByteArray::number(i % 8) + '\t' + start + '\t' + end
        + "\tOK\t \nUSER\tS\tEND\t" + end + '\n';
}

/// An hour of requests, as many as fill `bytes`.
QString generated(const QTemporaryDir &dir, const char *head, QByteArray (*record)(qint64, qint64), qint64 bytes)
{
    QFile file(dir.filePath(QStringLiteral("result")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    const qint64 count = bytes / record(1'700'000'000'000, 1).size();
    QByteArray text = head;
    for (qint64 i = 0; i < count; ++i) {
        text += record(1'700'000'000'000 + i * 3'600'000 / count, i);
        if (text.size() > 1'000'000 || i == count - 1) {
            file.write(text);
            text.clear();
        }
    }
    return file.fileName();
}

double bestMs(const std::function<void()> &work)
{
    double best = 1e18;
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer time;
        time.start();
        work();
        best = std::min(best, double(time.nsecsElapsed()) / 1e6);
    }
    return best;
}

void measure(const char *name, const QString &path, double target)
{
    const double wc = bestMs([&] { QProcess::execute(QStringLiteral("sh"), {QStringLiteral("-c"), "wc -l < '" + path + "' > /dev/null"}); });
    qint64 most = 0, samples = 0;
    const double ours = bestMs([&] {
        const auto run = readLoadTest(path, [&](qint64, qint64) {
            most = std::max(most, anonymousKb());
            return true;
        });
        most = std::max(most, anonymousKb());
        samples = run ? run->samples : -1;
    });
    std::printf("%-14s %6.0f MB/s · wc -l %6.0f MB/s · %4.1f %% of it (target %.0f %%) · %lld requests · RssAnon %lld MB (target 150)\n",
                name, double(QFile(path).size()) / ours / 1000, double(QFile(path).size()) / wc / 1000, 100 * wc / ours, target,
                static_cast<long long>(samples), static_cast<long long>(most / 1024));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const qint64 bytes = (argc > 1 ? QByteArray(argv[1]).toLongLong() : 1000) * 1'000'000;
    const QTemporaryDir dir;
    measure("JMeter CSV", generated(dir, "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
                                         "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n", jtl, bytes), 20);
    measure("k6 JSON", generated(dir, "", k6, bytes), 24);
    measure("Gatling text", generated(dir, "RUN\tS\ts\t1700000000000\t \t3.10.5\n", gatling, bytes), 10);
    return 0;
}
