// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/requestfiles.h>

#include <QDirIterator>
#include <QTest>

#include <generator/loadfiles.h>

using namespace tenken;
using namespace tenken::test;

namespace
{

template <typename Entry, size_t size>
const Entry *find(const Entry (&list)[size], const QString &path)
{
    const auto entry =
        std::ranges::find_if(list, [&](const Entry &e) { return path == QLatin1StringView(e.path); });
    return entry == std::end(list) ? nullptr : entry;
}

bool isNoResult(const QString &path)
{
    return std::ranges::any_of(noResults, [&](const char *pattern) {
        return QDir::match(QString::fromUtf8(pattern), QFileInfo(path).fileName());
    });
}

/// Why a file was not read as it should have been; empty when it was.
QString complaint(const RequestFile &file, const Result<LoadTestRun> &run)
{
    if (!run)
        return run.error().toString(Lang::En);
    if (run->tool != QLatin1StringView(file.tool))
        return "tool " + run->tool;
    if (file.samples >= 0 && run->samples != file.samples)
        return QStringLiteral("%1 samples").arg(run->samples);
    if (file.errors >= 0 && run->errors != file.errors)
        return QStringLiteral("%1 errors").arg(run->errors);
    if (file.maxMs >= 0 && std::abs(run->latency.maxMs() - file.maxMs) > 0.001)
        return QStringLiteral("at most %1 ms").arg(run->latency.maxMs());
    return run->latencyMeaning.isEmpty() ? QStringLiteral("no meaning of the latency") : QString();
}

QString complaint(const QString &words, const Result<LoadTestRun> &run)
{
    if (run)
        return "read as " + run->tool;
    const QString said = run.error().message.en + u' ' + run.error().hint.en;
    return said.contains(words) && !run.error().message.ja.isEmpty() ? QString() : said;
}

} // namespace

/// Every file there is: read with its known numbers, or refused with the right words.
class TestLoadTestData : public QObject
{
    Q_OBJECT

private slots:
    void everyFile_data();
    void everyFile();
    void everyEntryExists();
};

void TestLoadTestData::everyFile_data()
{
    QTest::addColumn<QString>("path");
    const QString root = sharedLoadTest({});
    if (!QFileInfo::exists(root))
        QSKIP("the shared load test data is not here");
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = QDir(root).relativeFilePath(files.next());
        QTest::newRow(qPrintable(path)) << path;
    }
}

void TestLoadTestData::everyFile()
{
    QFETCH(QString, path);
    const Result<LoadTestRun> run = readLoadTest(sharedLoadTest(path));
    QString why = QStringLiteral("in neither list");
    if (const RequestFile *file = find(requestFiles, path))
        why = complaint(*file, run);
    else if (const SummaryFile *summary = find(summaryFiles, path))
        why = complaint(RequestFile{summary->path, summary->tool,
                                    summary->samples, summary->errors, -1},
                        run);
    else if (const RefusedFile *refused = find(refusedSummaries, path))
        why = complaint(QString::fromUtf8(refused->words), run);
    else if (const RefusedFile *other = find(otherFiles, path))
        why = complaint(QString::fromUtf8(other->words), run);
    else if (isNoResult(path))
        why = complaint(QString(), run);
    QVERIFY2(why.isEmpty(), qPrintable(why));
}

void TestLoadTestData::everyEntryExists()
{
    if (!QFileInfo::exists(sharedLoadTest({})))
        QSKIP("the shared load test data is not here");
    for (const RequestFile &file : requestFiles)
        QVERIFY2(QFileInfo::exists(sharedLoadTest(QString::fromUtf8(file.path))), file.path);
    for (const RefusedFile &file : otherFiles)
        QVERIFY2(QFileInfo::exists(sharedLoadTest(QString::fromUtf8(file.path))), file.path);
}

QTEST_APPLESS_MAIN(TestLoadTestData)
#include "tst_loadtestdata.moc"
