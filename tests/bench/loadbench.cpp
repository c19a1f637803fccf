// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How fast load tests are read, each against a yardstick on the same file in the same run, and how much memory
// that takes:  tenken_loadbench [MEGABYTES] [csv|k6|gatling|xml|gzip|cancel|rows]
#include "loadfiles.h"

#include <evidence/loadtest/reader.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <expat.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <thread>

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

double timedMs(const std::function<void()> &work)
{
    QElapsedTimer time;
    time.start();
    work();
    return double(time.nsecsElapsed()) / 1e6;
}

void shell(const char *command, const QString &path)
{
    const QString line = QLatin1String(command) + QStringLiteral(" < '") + path + QStringLiteral("' > /dev/null");
    if (QProcess::execute(QStringLiteral("sh"), {QStringLiteral("-c"), line}) != 0)
        qFatal("cannot run %s", command);
}

struct Reading {
    qint64 samples = -1;
    qint64 mostKb = 0;
};

Reading readOnce(const QString &path)
{
    Reading reading;
    const auto run = readLoadTest(path, [&](qint64, qint64) {
        reading.mostKb = std::max(reading.mostKb, anonymousKb());
        return true;
    });
    reading.mostKb = std::max(reading.mostKb, anonymousKb());
    reading.samples = run ? run->samples : -1;
    return reading;
}

struct Yardstick {
    const char *name;
    std::function<void(const QString &)> run;
    double wantedPercent = 0; ///< of its speed
};

/// In turns, so that whatever else the machine does meets both; the best of each.
void measure(const char *name, const QString &path, const Yardstick &yardstick)
{
    double ours = 1e18, theirs = 1e18;
    Reading reading;
    for (int i = 0; i < 5; ++i) {
        theirs = std::min(theirs, timedMs([&] { yardstick.run(path); }));
        ours = std::min(ours, timedMs([&] { reading = readOnce(path); }));
    }
    const double bytes = double(QFile(path).size());
    std::printf("%-14s %6.0f MB/s · %-10s %6.0f MB/s · %5.1f %% of it (wanted %.0f) · %lld requests · RssAnon %lld MB "
                "(at most 150)\n",
                name, bytes / ours / 1000, yardstick.name, bytes / theirs / 1000, 100 * theirs / ours,
                yardstick.wantedPercent, static_cast<long long>(reading.samples),
                static_cast<long long>(reading.mostKb / 1024));
    std::fflush(stdout);
}

/// What any reader on expat has to pay: the document parsed, its elements and attributes handed over.
void bareExpat(const QString &path)
{
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate(nullptr), &XML_ParserFree);
    XML_SetElementHandler(parser.get(), [](void *, const char *, const char **) {}, [](void *, const char *) {});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        qFatal("cannot read");
    QByteArray chunk(128 * 1024, Qt::Uninitialized);
    while (const qint64 got = file.read(chunk.data(), chunk.size())) {
        if (got < 0 || XML_Parse(parser.get(), chunk.constData(), int(got), XML_FALSE) != XML_STATUS_OK)
            qFatal("expat cannot read the file");
    }
}

void measureFormat(const QTemporaryDir &dir, const loadfiles::Format &format, qint64 bytes, const Yardstick &yardstick)
{
    const QString path = dir.filePath(QStringLiteral("result"));
    loadfiles::writeBytes(path, format, bytes);
    measure(format.name, path, yardstick);
}

void measureGzip(const QTemporaryDir &dir, qint64 bytes, const Yardstick &yardstick)
{
    const QString plain = dir.filePath(QStringLiteral("result"));
    loadfiles::writeBytes(plain, loadfiles::jtlCsv(), bytes);
    if (QProcess::execute(QStringLiteral("gzip"), {QStringLiteral("-f"), QStringLiteral("-6"), plain}) != 0)
        qFatal("cannot run gzip");
    measure("gzip", plain + QStringLiteral(".gz"), yardstick);
    QFile::remove(plain + QStringLiteral(".gz"));
}

/// How long reading goes on after somebody cancelled it, at ten moments of it: the longest.
void measureCancel(const char *name, const QString &path)
{
    const double wholeMs = timedMs([&] { readOnce(path); });
    double longest = 0;
    for (int i = 0; i < 10; ++i) {
        std::atomic<bool> cancelled = false;
        QElapsedTimer since;
        std::thread person([&] {
            std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(wholeMs * (i + 0.5) / 11));
            since.start();
            cancelled = true;
        });
        const auto run = readLoadTest(path, [&](qint64, qint64) { return !cancelled; });
        person.join();
        if (!run) // it was not at its end before
            longest = std::max(longest, double(since.nsecsElapsed()) / 1e6);
    }
    std::printf("cancel %-10s reading stops after %.0f ms (at most 100)\n", name, longest);
    std::fflush(stdout);
}

void measureCancels(const QTemporaryDir &dir, qint64 bytes)
{
    const QString path = dir.filePath(QStringLiteral("result"));
    for (const loadfiles::Format &format : {loadfiles::jtlCsv(), loadfiles::k6Json(), loadfiles::gatlingText(),
                                            loadfiles::jtlXml()}) {
        loadfiles::writeBytes(path, format, bytes);
        measureCancel(format.name, path);
    }
    QProcess::execute(QStringLiteral("gzip"), {QStringLiteral("-f"), QStringLiteral("-1"), path});
    measureCancel("gzip", path + QStringLiteral(".gz"));
}

/// Memory must not grow with the rows, nor with the names that are told apart.
void measureRows(const QTemporaryDir &dir, const QString &program)
{
    const QString path = dir.filePath(QStringLiteral("result"));
    for (const loadfiles::Format &format : {loadfiles::jtlCsv(), loadfiles::jtlCsvOfManyLabels()}) {
        for (const qint64 rows : {1'000'000, 10'000'000}) {
            loadfiles::writeRecords(path, format, rows);
            std::printf("%-26s %8lld rows: ", format.name, static_cast<long long>(rows));
            std::fflush(stdout);
            QProcess::execute(program, {QStringLiteral("--read"), path}); // afresh: nothing of the last one is kept
        }
    }
}

int readAndTell(const QString &path)
{
    const Reading reading = readOnce(path);
    std::printf("%lld requests · RssAnon %lld MB (at most 150)\n", static_cast<long long>(reading.samples),
                static_cast<long long>(reading.mostKb / 1024));
    return reading.samples > 0 ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QStringList arguments(argv + 1, argv + argc);
    if (arguments.value(0) == u"--read")
        return readAndTell(arguments.value(1));
    const qint64 megabytes = arguments.value(0).toLongLong();
    const qint64 bytes = (megabytes > 0 ? megabytes : 1000) * 1'000'000;
    const QString only = arguments.isEmpty() ? QString() : arguments.last();
    const bool all = only.isEmpty() || only.toLongLong() > 0;
    const auto wanted = [&](QLatin1String part) { return all || only == part; };
    const auto wc = [](double percent) { return Yardstick{"wc -l", [](const QString &p) { shell("wc -l", p); }, percent}; };

    const QTemporaryDir dir;
    if (wanted(QLatin1String("csv")))
        measureFormat(dir, loadfiles::jtlCsv(), bytes, wc(20));
    if (wanted(QLatin1String("k6")))
        measureFormat(dir, loadfiles::k6Json(), bytes, wc(24));
    if (wanted(QLatin1String("gatling")))
        measureFormat(dir, loadfiles::gatlingText(), bytes, wc(10));
    if (wanted(QLatin1String("xml")))
        measureFormat(dir, loadfiles::jtlXml(), bytes, {"bare expat", bareExpat, 80});
    if (wanted(QLatin1String("gzip")))
        measureGzip(dir, bytes, {"zcat", [](const QString &p) { shell("zcat", p); }, 100});
    if (wanted(QLatin1String("cancel")))
        measureCancels(dir, bytes);
    if (wanted(QLatin1String("rows")))
        measureRows(dir, QString::fromLocal8Bit(argv[0]));
    return 0;
}
