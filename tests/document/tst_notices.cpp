// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judgeddemo.h"

#include <document/facts.h>
#include <document/written.h>
#include <review/reviewfile.h>

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

namespace {

const QDate today(2026, 11, 20);
const QString stop = u"resilience.graceful-stop"_s, timeouts = u"resilience.timeouts"_s,
              shared = u"release.pipeline-shared"_s;

/// Line ends and hyphens fall where the page ends: only the letters count.
QString letters(QString text)
{
    text.remove(QRegularExpression(u"[\\s\u00ad|*`\\\\]+"_s));
    return text;
}

} // namespace

/// What people decided beside the machine: the same in all documents, on the cover and with the item.
class TestNotices : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void allKindsAreThere();
    void waiversThatCountAreNoNotice();
    void everyDocumentSaysThem_data();
    void everyDocumentSaysThem();
    void everyDocumentSaysTheStages_data();
    void everyDocumentSaysTheStages();
    void machinesReadThem();
    void secretsAreMasked();
    void nothingToKnow();

private:
    DocumentInput input(Lang lang) const;
    QStringList
    documents(const DocumentInput &input) const; ///< html, markdown, the PDF's text; letters alone

    JudgedDemo m_demo;
};

void TestNotices::initTestCase()
{
    m_demo.read();
    const QDateTime at(today, QTime(10, 0), QTimeZone::UTC);
    QVERIFY(m_demo.assessment.item(stop)->verdict == Verdict::Fail);
    m_demo.review.item(stop)->team = {TeamAnswer::Pass, u"20 秒で十分"_s, {}, u"佐藤"_s, at};
    m_demo.review.item(stop)->reviewer = {ReviewAnswer::Accept, {}, {}, u"鈴木"_s, at};
    m_demo.review.item(shared)->team = {TeamAnswer::Pass, u"wiki"_s, {}, u"佐藤"_s, at, {}, u"another question"_s};
    m_demo.review.item(timeouts)->waivers = {
        {u"mesh を待つ"_s, u"佐藤"_s, u"鈴木"_s, u"再試行を 1 回に"_s, QDate(2026, 11, 27)},
        {u"old"_s, u"佐藤"_s, u"鈴木"_s, u"none"_s, QDate(2026, 11, 1)}};
    m_demo.decideAgain();
}

DocumentInput TestNotices::input(Lang lang) const
{
    DocumentInput in = m_demo.input(lang);
    in.dissents = {{stop, {u"田中"_s, u"深夜でも困る"_s}, today, u"readiness/meetings/2026-11-20.yaml"_s}};
    return in;
}

QStringList TestNotices::documents(const DocumentInput &input) const
{
    QStringList all{QString::fromUtf8(htmlDocument(input)), QString::fromUtf8(markdownDocument(input))};
    const QTemporaryDir dir;
    if (QStandardPaths::findExecutable(u"pdftotext"_s).isEmpty())
        return all;
    QFile file(dir.filePath(u"review.pdf"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(renderPdf(input).value_or(QByteArray())) == 0)
        return all;
    file.close();
    QProcess process;
    process.start(u"pdftotext"_s, {file.fileName(), u"-"_s});
    process.waitForFinished(60'000);
    all << QString::fromUtf8(process.readAllStandardOutput());
    for (QString &text : all)
        text = letters(text);
    return all;
}

void TestNotices::allKindsAreThere()
{
    const auto notices = noticesOf(input(Lang::En));
    for (const Remark::Kind kind : remarkKinds)
        QCOMPARE(ofKind(notices, kind).size(), 1u);
    QVERIFY(ofKind(notices, Remark::Kind::Override).front()->lacking); // the reviewer gives no reason
    const auto &items = m_demo.outcome.items;
    const auto is = std::ranges::find_if(items, [](const ItemStanding &s) { return s.item->id == stop; });
    const auto lines = noticesFor(notices, *is);
    QCOMPARE(lines.size(), 2u);
    QVERIFY2(lines[0].en.startsWith(u"Against the machine's fail: The team answers Pass"_s),
             qPrintable(lines[0].en));
    QVERIFY2(lines[1].ja.startsWith(u"異論: 田中"_s), qPrintable(lines[1].ja));
}

void TestNotices::waiversThatCountAreNoNotice()
{
    const auto notices = noticesOf(input(Lang::En));
    const Remark *waiver = ofKind(notices, Remark::Kind::Waiver).front();
    QVERIFY2(waiver->words.en.startsWith(u"old"_s) && waiver->words.en.endsWith(u"expired"_s),
             qPrintable(waiver->words.en));
}

void TestNotices::everyDocumentSaysThem_data()
{
    QTest::addColumn<bool>("japanese");
    QTest::newRow("ja") << true;
    QTest::newRow("en") << false;
}

void TestNotices::everyDocumentSaysThem()
{
    QFETCH(bool, japanese);
    const Lang lang = japanese ? Lang::Ja : Lang::En;
    const auto notices = noticesOf(input(lang));
    for (const QString &text : documents(input(lang))) {
        QVERIFY(text.contains(letters(Text{"判定とあわせて知っておくこと", "To know beside the verdicts"}.in(lang))));
        for (const Remark &notice : notices) {
            const QString words = letters(notice.words.in(lang));
            // In the list, and with the item (waivers have a part of their own).
            const int times = notice.kind == Remark::Kind::Waiver ? 1 : 2;
            QVERIFY2(text.count(words) >= times, qPrintable(words + u" ×%1"_s.arg(text.count(words))));
        }
    }
}

void TestNotices::everyDocumentSaysTheStages_data() { everyDocumentSaysThem_data(); }

void TestNotices::everyDocumentSaysTheStages()
{
    QFETCH(bool, japanese);
    const Lang lang = japanese ? Lang::Ja : Lang::En;
    QVERIFY(m_demo.outcome.stages.size() >= 3);
    for (const QString &text : documents(input(lang))) {
        for (const StageOutcome &stage : m_demo.outcome.stages) {
            QVERIFY2(text.contains(letters(stage.lead.in(lang))), qPrintable(stage.lead.in(lang)));
            QVERIFY(text.contains(letters(stage.title.in(lang))));
        }
        QVERIFY(text.contains(letters(m_demo.outcome.lead.in(lang))));
    }
}

void TestNotices::machinesReadThem()
{
    const QJsonObject review = QJsonDocument::fromJson(reviewJson(input(Lang::En))).object();
    QVERIFY(review["forecast"].isArray());
    int overrides = 0, dissents = 0, stale = 0;
    for (const QJsonValue &item : review["items"].toArray()) {
        overrides += item["overridesFail"].toBool();
        dissents += int(item["dissents"].toArray().size());
        stale += item["stale"].isObject();
    }
    QCOMPARE(overrides, 1);
    QCOMPARE(dissents, 1);
    QCOMPARE(stale, 1);
}

void TestNotices::secretsAreMasked()
{
    DocumentInput in = input(Lang::En);
    in.dissents.front().said.what = u"password=hunter2hunter2"_s;
    for (const QString &text : documents(in))
        QVERIFY(!text.contains(u"hunter2hunter2"_s));
    QVERIFY(!reviewJson(in).contains("hunter2hunter2"));
}

void TestNotices::nothingToKnow()
{
    Review empty;
    alignWith(empty, m_demo.checklist);
    const Outcome outcome = decide(m_demo.checklist, m_demo.assessment, &empty, today);
    DocumentInput in = input(Lang::En);
    in.review = &empty;
    in.outcome = &outcome;
    in.dissents.clear();
    QVERIFY(noticesOf(in).empty());
    for (const QString &text : documents(in))
        QVERIFY(!text.contains(letters(u"To know beside the verdicts"_s)));
}

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
