// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the fuzz target without libFuzzer: all seeds, then seeds with damage, for some seconds. A crash, an input
// that takes ten seconds and memory that grows end it with an error; the input is kept.
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <random>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

namespace
{

constexpr qint64 mostGrowthKb = 300'000;

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

QList<QByteArray> readSeeds(const QString &folder)
{
    QList<QByteArray> seeds;
    QStringList names;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        names << it.next();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            seeds << file.readAll();
    }
    return seeds;
}

class Mutator
{
public:
    explicit Mutator(QList<QByteArray> seeds) : m_seeds(std::move(seeds)) {}
    QByteArray next();

private:
    qsizetype below(qsizetype end) { return end > 0 ? qsizetype(m_random() % quint64(end)) : 0; }
    void damage(QByteArray &bytes);

    QList<QByteArray> m_seeds;
    std::mt19937_64 m_random{1};
};

void Mutator::damage(QByteArray &bytes)
{
    static const QByteArray awkward[] = {"-1", "9223372036854775807", "-9223372036854775808", "1e308", "nan", "\"", "\n",
                                         "\r\n", ",", "\t", "{", "}", "[", QByteArray(4, '\0'), "\xFF\xFF\xFF\x7F", "\xEF\xBB\xBF"};
    const qsizetype at = below(bytes.size());
    switch (below(7)) {
    case 0: if (!bytes.isEmpty()) bytes[at] = char(below(256)); break;
    case 1: bytes.remove(at, 1 + below(20)); break;
    case 2: bytes.insert(at, bytes.mid(below(bytes.size()), below(200))); break;
    case 3: bytes.insert(at, awkward[size_t(below(std::size(awkward)))]); break;
    case 4: bytes.truncate(at); break;
    case 5: bytes.insert(at, m_seeds[below(m_seeds.size())].mid(below(100), below(300))); break;
    default: // a number elsewhere
        for (qsizetype i = at; i < bytes.size() && i < at + 50; ++i) {
            if (bytes[i] >= '0' && bytes[i] <= '9')
                bytes[i] = char('0' + below(10));
        }
    }
}

QByteArray Mutator::next()
{
    QByteArray bytes = m_seeds[below(m_seeds.size())];
    for (qsizetype i = 1 + below(6); i > 0; --i)
        damage(bytes);
    return bytes.first(std::min<qsizetype>(bytes.size(), 1 << 20));
}

int failed(const char *why, const QByteArray &input)
{
    QFile kept(QStringLiteral("fuzz-failure"));
    if (kept.open(QIODevice::WriteOnly))
        kept.write(input);
    std::fprintf(stderr, "%s; the input is in fuzz-failure\n", why);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QList<QByteArray> seeds = readSeeds(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 3;
    const bool provoke = argc > 3; // to see that a failure is noticed
    if (seeds.isEmpty())
        return failed("there are no seeds", {});
    Mutator mutator(seeds);
    QElapsedTimer time;
    time.start();
    qint64 inputs = 0, before = 0;
    for (; inputs < seeds.size() || time.elapsed() < seconds * 1000; ++inputs) {
        const QByteArray input = inputs < seeds.size() ? seeds[inputs] : mutator.next();
        alarm(10); // a hang ends the process
        QElapsedTimer own;
        own.start();
        LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char *>(input.data()), size_t(input.size()));
        if (own.elapsed() > 5000)
            return failed("too slow", input);
        if (inputs == seeds.size())
            before = anonymousKb();
        if (inputs > seeds.size() && inputs % 256 == 0 && anonymousKb() - before > mostGrowthKb)
            return failed("memory grows", input);
        if (provoke && inputs > 100)
            return failed("provoked", input);
    }
    std::printf("%lld inputs from %lld seeds, nothing found\n", static_cast<long long>(inputs), static_cast<long long>(seeds.size()));
    return 0;
}
