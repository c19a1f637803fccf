// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/edits.h>
#include <review/merge.h>
#include <review/session.h>

#include "samples.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 20'000;

const Checklist three = samples::checklist({samples::item(u"monitoring.alert-5xx"_s)});
const QByteArray start = "format: tenken.review/1\nservice: id-auth\nchecklist: zozotown\nversion: \"2.1\"\n";

Result<ReviewFile> parse(const QByteArray &bytes)
{
    return parseReview(bytes, samples::service(), three);
}

MonitorLink word(const QString &id, bool belongs, const QString &by = u"ann"_s)
{
    return {id, belongs, by, QDateTime(QDate(2026, 11, 20), QTime(10, 15), QTimeZone::fromSecondsAheadOfUtc(9 * 3600)), {}};
}

Review with(const std::vector<MonitorLink> &words)
{
    Review review = samples::review(three);
    review.monitors = words;
    return review;
}

} // namespace

class TestMonitorLinks : public QObject
{
    Q_OBJECT

private slots:
    void writtenAndRead()
    {
        Review review = with({word(u"18240101"_s, true), word(u"abc"_s, false)});
        review.monitors.front().note = u"一行\n二行: #"_s;
        const QByteArray bytes = writeReview(review, {});
        QVERIFY2(bytes.contains("\nmonitors:\n  - id: \"18240101\"\n    belongs: true\n    by: ann\n"), bytes);
        const auto read = parse(bytes);
        QVERIFY(read);
        QVERIFY(read->problems.empty());
        QVERIFY(read->review.monitors == review.monitors);
        QCOMPARE(writeReview(read->review, bytes), bytes);
    }

    void nothingSaidIsNotWritten()
    {
        QVERIFY(!writeReview(with({}), {}).contains("monitors"));
    }

    void unclearWordsCountForNothingAndStay()
    {
        const auto read = parse(start + "monitors:\n  - id: 7\n    belongs: perhaps\n    odd: 1  # why\n  - belongs: true\n");
        QVERIFY(read);
        QCOMPARE(read->review.monitors.size(), 2u);
        QVERIFY(read->review.monitors.at(0).unclear);
        QVERIFY(read->review.monitors.at(1).unclear);
        QCOMPARE(read->problems.size(), 2u); // "perhaps", and the key "odd"
        const QByteArray written = writeReview(read->review, read->base);
        QVERIFY2(written.contains("belongs: perhaps") && written.contains("odd: 1"), written);
    }

    void merges_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("ours");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("merged");
        QTest::addColumn<int>("conflicts");
        QTest::newRow("both add") << u""_s << u"1+"_s << u"2-"_s << u"1+ 2-"_s << 0;
        QTest::newRow("both add the same monitor, alike") << u""_s << u"1+"_s << u"1+"_s << u"1+"_s << 0;
        QTest::newRow("both add the same monitor, unlike") << u""_s << u"1+"_s << u"1-"_s << u"1+"_s << 1;
        QTest::newRow("one changes") << u"1+"_s << u"1+"_s << u"1-"_s << u"1-"_s << 0;
        QTest::newRow("one takes back") << u"1+ 2+"_s << u"2+"_s << u"1+ 2+"_s << u"2+"_s << 0;
        QTest::newRow("one takes back, one changes") << u"1+"_s << u""_s << u"1-"_s << u"1-"_s << 0;
    }
    void merges()
    {
        const auto words = [](const QString &text) {
            std::vector<MonitorLink> links;
            for (const QString &w : text.split(u' ', Qt::SkipEmptyParts))
                links.push_back(word(w.first(1), w.endsWith(u'+')));
            return links;
        };
        QFETCH(QString, base);
        QFETCH(QString, ours);
        QFETCH(QString, theirs);
        QFETCH(QString, merged);
        const auto result = mergeReviews(with(words(base)), with(words(ours)), with(words(theirs)));
        QVERIFY(result.value.monitors == words(merged));
        QTEST(int(result.problems.size()), "conflicts");
    }

    void undone()
    {
        Review review = with({word(u"2"_s, true)});
        const Review before = review;
        QUndoStack stack;
        int told = 0;
        stack.push(new EditMonitor(&review, u"1"_s, word(u"1"_s, false), [&] { ++told; }));
        QCOMPARE(review.monitors.front().id, u"1"_s); // in order of their ids
        stack.push(new EditMonitor(&review, u"2"_s, std::nullopt, [&] { ++told; }));
        QCOMPARE(review.monitors.size(), 1u);
        stack.undo();
        stack.undo();
        QVERIFY(review == before);
        stack.redo();
        QCOMPARE(review.monitors.size(), 2u);
        QCOMPARE(told, 5);
    }

    void judgedAgain()
    {
        QTemporaryDir dir;
        const auto write = [&](const char *name, const QByteArray &text) {
            const QString path = dir.filePath(QString::fromLatin1(name));
            QDir().mkpath(path.section(u'/', 0, -2));
            return writeAtomically(path, text).has_value();
        };
        QVERIFY(write("readiness/service.yaml", "format: tenken.service/1\nid: shop\nevidence:\n  datadog: readiness/datadog\n"));
        QVERIFY(write("readiness/datadog/m.json", R"([{"id":7,"name":"shop 5xx","type":"query alert","query":"sum(last_5m):sum:http.5xx{app:x} > 1","message":"@slack-shop"}])"));
        QVERIFY(write("readiness/datadog/snapshot.json", R"({"format":"tenken-datadog-snapshot","version":1,"responses":[{"id":"1","request":{"path":"/api/v1/monitor"},"status":200,"body_file":"m.json"}]})"));
        const auto verdict = [](const Session &s) { return s.assessment().item(u"monitoring.alert-5xx"_s)->verdict; };
        Session session;
        QSignalSpy loaded(&session, &Session::loaded);
        session.open(dir.path());
        QVERIFY(loaded.wait(patience));
        QVERIFY(verdict(session) == Verdict::Unknown); // only named like it
        session.setMonitorLink(u"7"_s, true, u"ours"_s);
        QVERIFY(loaded.wait(patience));
        QVERIFY(verdict(session) == Verdict::Pass);
        QVERIFY(session.isModified());
        session.setMonitorLink(u"7"_s, false);
        QVERIFY(loaded.wait(patience));
        QVERIFY(verdict(session) == Verdict::Fail);
        session.undoStack()->undo();
        QVERIFY(loaded.wait(patience));
        QVERIFY(verdict(session) == Verdict::Pass);
        QVERIFY(session.save().has_value());
        Session again;
        QSignalSpy reopened(&again, &Session::loaded);
        again.open(dir.path());
        QVERIFY(reopened.wait(patience));
        QVERIFY(verdict(again) == Verdict::Pass);
        QCOMPARE(again.review().monitors.front().note, u"ours"_s);
        session.setMonitorLink(u"7"_s, std::nullopt);
        QVERIFY(loaded.wait(patience));
        QVERIFY(verdict(session) == Verdict::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestMonitorLinks)
#include "tst_monitorlinks.moc"
