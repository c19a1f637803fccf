// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli.h"

#include <review/meeting.h>
#include <review/reviewfile.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

using namespace tenken;
using namespace tenken::test;

/// `tenken check` says what people decided beside the machine: overrides, dissents, stale answers, waivers.
class TestRemarks : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void text_data();
    void text();
    void markdown();
    void json();
    void dissentsOfUnreadableMeetings();
    void secretsAreMasked();

private:
    CliOutcome check(const QStringList &more) const
    {
        return runTenken(QStringList{"check", m_folder, "--today", "2026-11-20"} + more);
    }
    void write(const char *note) const;

    QTemporaryDir m_dir;
    QString m_folder;
    const QString m_stop = QStringLiteral("resilience.graceful-stop"),
                  m_timeouts = QStringLiteral("resilience.timeouts"),
                  m_shared = QStringLiteral("release.pipeline-shared");
};

void TestRemarks::write(const char *note) const
{
    Service service;
    service.id = QStringLiteral("id-auth");
    const Checklist checklist = *builtinChecklist(QStringLiteral("zozotown"));
    Review review = parseReview({}, service, checklist)->review;
    const QDateTime at(QDate(2026, 11, 20), QTime(10, 0), QTimeZone::UTC);
    review.item(m_stop)->team = {TeamAnswer::Pass, QString::fromUtf8(note), {}, QStringLiteral("佐藤"), at};
    review.item(m_shared)->team = {TeamAnswer::Pass, QStringLiteral("wiki"), {}, QStringLiteral("佐藤"), at, {},
                                   QStringLiteral("another question")};
    review.item(m_timeouts)->waivers = {{QStringLiteral("mesh waits"), QStringLiteral("佐藤"),
                                         QStringLiteral("鈴木"), QStringLiteral("one retry"),
                                         QDate(2026, 11, 27)}};
    QVERIFY(saveReview(m_folder, review, {}));
}

void TestRemarks::initTestCase()
{
    m_folder = m_dir.filePath(QStringLiteral("id-auth"));
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    QFile::remove(m_folder + "/readiness/review.yaml");
    write("20 s is enough");
    Meeting meeting;
    meeting.serviceId = QStringLiteral("id-auth");
    meeting.started = QDateTime(QDate(2026, 11, 19), QTime(10, 0), QTimeZone::UTC);
    MeetingItem item;
    item.id = m_timeouts;
    item.dissents = {{QStringLiteral("Tanaka"), QStringLiteral("one retry is one too many")}};
    meeting.items = {item};
    QVERIFY(saveMeeting(m_folder, QStringLiteral("readiness/meetings/2026-11-19.yaml"), meeting));
}

void TestRemarks::text_data()
{
    QTest::addColumn<QString>("lang");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("en") << "en"
                        << QStringList{"Against the machine's fail",
                                       "The team answers Pass (佐藤): “20 s is enough”. It stays a fail.",
                                       "Dissent",
                                       "Tanaka: “one retry is one too many” (meeting of 2026-11-19)",
                                       "Answers to look at again",
                                       "what is asked changed since the answer",
                                       "Waivers",
                                       "mesh waits (approved by 鈴木, until 2026-11-27)"};
    QTest::newRow("ja") << "ja" << QStringList{
        "機械の不合格に反する回答", "チームの回答は合格(佐藤): 「20 s is enough」", "異論", "Tanaka: 「one retry is one too many」",
        "要再確認の回答", "問いが変わりました", "免除", "mesh waits(鈴木が承認、2026-11-27 まで)"};
}

void TestRemarks::text()
{
    QFETCH(QString, lang);
    QFETCH(QStringList, lines);
    const CliOutcome outcome = check({"--lang", lang});
    qsizetype from = 0; // in this order
    for (const QString &line : lines) {
        const qsizetype at = QString::fromUtf8(outcome.out).indexOf(line, from);
        QVERIFY2(at >= 0, qPrintable(line + QStringLiteral("\n") + QString::fromUtf8(outcome.out).mid(from)));
        from = at;
    }
}

void TestRemarks::markdown()
{
    const CliOutcome outcome = check({"--format", "markdown", "--lang", "en"});
    for (const char *line :
         {"### Against the machine's fail", "### Dissent", "### Answers to look at again", "### Waivers",
          "(`resilience.timeouts`): mesh waits", "Tanaka: “one retry is one too many”"})
        QVERIFY2(outcome.out.contains(line), line);
}

void TestRemarks::json()
{
    const QJsonObject report =
        QJsonDocument::fromJson(check({"--format", "json", "--lang", "en"}).out).object();
    QStringList kinds;
    for (const QJsonValue &remark : report["remarks"].toArray()) {
        kinds << remark["kind"].toString() + u' ' + remark["item"].toString();
        QVERIFY(!remark["words"].toString().isEmpty());
        QVERIFY(!remark["lacking"].toBool());
    }
    QCOMPARE(kinds,
             QStringList({"override " + m_stop, "dissent " + m_timeouts, "stale " + m_shared,
                          "waiver " + m_timeouts}));
    int overrides = 0;
    for (const QJsonValue &item : report["items"].toArray())
        overrides += item["overridesFail"].toBool();
    QCOMPARE(overrides, 1);
}

void TestRemarks::dissentsOfUnreadableMeetings()
{
    const QString path = putFile(m_dir, QStringLiteral("id-auth/readiness/meetings/2026-11-20.yaml"), "a: [");
    const CliOutcome outcome = check({"--lang", "en"});
    QVERIFY2(outcome.out.contains("readiness/meetings/2026-11-20.yaml"), outcome.out.constData());
    QVERIFY(outcome.out.contains("Tanaka"));
    QVERIFY(QFile::remove(path));
}

void TestRemarks::secretsAreMasked()
{
    write("password=hunter2hunter2");
    for (const char *format : {"text", "markdown", "json"}) {
        const CliOutcome outcome = check({"--format", format, "--lang", "en"});
        QVERIFY2(outcome.out.contains("The team answers Pass") && !outcome.out.contains("hunter2hunter2"),
                 format);
    }
}

QTEST_APPLESS_MAIN(TestRemarks)
#include "tst_remarks.moc"
