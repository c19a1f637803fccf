// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judgeddemo.h"

#include <document/document.h>
#include <document/pages.h>
#include <review/reviewfile.h>

#include <QApplication>
#include <QHashSeed>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace tenken;
using namespace tenken::test;

/// The document on the demo service: what other programs make of it.
class TestDocument : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void sameInputSameBytes();
    void textCanBeExtracted_data();
    void textCanBeExtracted();
    void chartsAreVectors();
    void filesTravelAlong();
    void otherProgramsAcceptIt();
    void rowsStayWhole();
    void evilLinksAndSecretsStayOut();
    void longNotesContinue();
    void monitorsAreSubtracted();
    void nobodyHasAnswered();

private:
    DocumentInput input(Lang lang) const;
    QByteArray pdf(Lang lang) const;
    QString write(const QByteArray &bytes) const;
    QByteArray run(const QString &program, const QStringList &arguments, int *code = nullptr) const;

    QTemporaryDir m_dir;
    JudgedDemo m_demo;
};

void TestDocument::initTestCase()
{
    m_demo.read();
}

DocumentInput TestDocument::input(Lang lang) const
{
    return m_demo.input(lang);
}

QByteArray TestDocument::pdf(Lang lang) const
{
    const auto bytes = renderPdf(input(lang));
    return bytes ? *bytes : QByteArray();
}

QString TestDocument::write(const QByteArray &bytes) const
{
    const QString path = m_dir.filePath(QStringLiteral("review.pdf"));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

QByteArray TestDocument::run(const QString &program, const QStringList &arguments, int *code) const
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return "did not run";
    if (code)
        *code = process.exitCode();
    return process.readAllStandardOutput() + process.readAllStandardError();
}

#define NEEDS(program)                                                                                                 \
    if (QStandardPaths::findExecutable(QStringLiteral(program)).isEmpty())                                             \
    QSKIP(program " is not installed")

void TestDocument::sameInputSameBytes()
{
    QVERIFY(pdf(Lang::Ja).startsWith("%PDF-1.6"));
    QVERIFY(pdf(Lang::Ja) == pdf(Lang::Ja));
    QVERIFY(pdf(Lang::Ja) != pdf(Lang::En));
}

void TestDocument::textCanBeExtracted_data()
{
    QTest::addColumn<bool>("japanese");
    QTest::addColumn<QStringList>("wanted");
    QTest::newRow("ja") << true << QStringList{"不合格", "ID認証API", "2026-11-20", "resilience.graceful-stop", "評価の日時", "対象の版", "日", "月", "用"};
    QTest::newRow("en") << false << QStringList{"Fail", "ID authentication API", "2026-11-20", "resilience.graceful-stop", "Judged at"};
}

void TestDocument::textCanBeExtracted()
{
    NEEDS("pdftotext");
    QFETCH(bool, japanese);
    QFETCH(QStringList, wanted);
    const QString path = write(pdf(japanese ? Lang::Ja : Lang::En));
    const QString text = QString::fromUtf8(run(QStringLiteral("pdftotext"), {"-layout", path, "-"}));
    for (const QString &word : wanted)
        QVERIFY2(text.contains(word), qPrintable(word + " is missing in: " + text.left(3000)));
    for (const QChar c : text)
        QVERIFY2(c.unicode() < 0x2E80 || c.unicode() > 0x2FDF, qPrintable(QStringLiteral("radical U+%1").arg(c.unicode(), 4, 16)));
    const qsizetype pages = text.count(u'\f');
    QVERIFY(pages >= 6);
    QVERIFY(text.contains(japanese ? QStringLiteral("%1 / %1 ページ").arg(pages) : QStringLiteral("Page %1 / %1").arg(pages)));
}

void TestDocument::chartsAreVectors()
{
    NEEDS("pdfimages");
    const QByteArray list = run(QStringLiteral("pdfimages"), {"-list", write(pdf(Lang::Ja))});
    QCOMPARE(list.trimmed().count('\n'), 1); // the two lines of its head, no image
}

void TestDocument::filesTravelAlong()
{
    NEEDS("pdfdetach");
    const QString path = write(pdf(Lang::Ja));
    const QByteArray list = run(QStringLiteral("pdfdetach"), {"-list", path});
    QVERIFY2(list.contains("evidence.sha256") && list.contains("review.json"), list.constData());
    const QString out = m_dir.filePath(QStringLiteral("review.json"));
    run(QStringLiteral("pdfdetach"), {"-savefile", "review.json", "-o", out, path});
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), reviewJson(input(Lang::Ja)));
}

void TestDocument::otherProgramsAcceptIt()
{
    NEEDS("qpdf");
    NEEDS("mutool");
    const QString path = write(pdf(Lang::En));
    int code = -1;
    const QByteArray said = run(QStringLiteral("qpdf"), {"--check", path}, &code);
    QVERIFY2(code == 0, said.constData());
    run(QStringLiteral("mutool"), {"draw", "-o", m_dir.filePath(QStringLiteral("page.png")), "-r", "40", path, "1-2"}, &code);
    QCOMPARE(code, 0);
}

void TestDocument::rowsStayWhole()
{
    const LaidOut document = layOut(input(Lang::Ja));
    for (const PageContent &page : document.pages) {
        for (const PlacedBlock &placed : page) {
            QVERIFY(placed.box.bottom() <= page::top + page::bodyHeight + 1);
            QVERIFY(placed.box.height() >= placed.block->height - 1);
        }
    }
}

void TestDocument::evilLinksAndSecretsStayOut()
{
    ItemReview *item = m_demo.review.item(QStringLiteral("resilience.graceful-stop"));
    const ItemReview before = *item;
    item->team.answer = TeamAnswer::Pass;
    item->team.note = QStringLiteral("key AKIAIOSFODNN7EXAMPLE and postgres://app:hunter2secret@db/x");
    item->team.links = {QStringLiteral("https://e.com/x) /S /Launch /F (calc.exe"), QStringLiteral("javascript:alert(1)"),
                        QStringLiteral("https://wiki.example.com/stop")};
    m_demo.decideAgain();
    const QByteArray json = reviewJson(input(Lang::En));
    QByteArray bytes = pdf(Lang::En);
    QCOMPARE(bytes.count(json), 1);
    bytes.replace(json, {}); // the attachment says what was typed; no reader takes it for objects
    QVERIFY(!bytes.contains("/Launch"));
    QVERIFY(!bytes.contains("/URI (javascript"));
    QVERIFY(bytes.contains("https://wiki.example.com/stop"));
    QVERIFY(!json.contains("hunter2secret"));
    QVERIFY(!json.contains("AKIAIOSFODNN7EXAMPLE"));
    *item = before;
    m_demo.decideAgain();
}

void TestDocument::longNotesContinue()
{
    ItemReview *item = m_demo.review.item(QStringLiteral("resilience.graceful-stop"));
    const ItemReview before = *item;
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines << QStringLiteral("line %1 of a very long note").arg(i);
    item->team.note = lines.join(u'\n');
    m_demo.decideAgain();
    const LaidOut document = layOut(input(Lang::En));
    QVERIFY(document.pages.size() >= 8);
    for (const PageContent &page : document.pages) {
        for (const PlacedBlock &placed : page)
            QVERIFY(placed.box.bottom() <= page::top + page::bodyHeight + 1);
    }
    *item = before;
    m_demo.decideAgain();
}

void TestDocument::monitorsAreSubtracted()
{
    NEEDS("pdftotext");
    const auto textOf = [&] {
        const auto bytes = renderPdf(input(Lang::En));
        return bytes ? QString::fromUtf8(run(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), write(*bytes), QStringLiteral("-")}))
                           .simplified()
                     : QString();
    };
    const QString with = textOf();
    for (const char *words : {"What the monitors tell", "reach people on alert", "Snapshot of 2026-11-19 (Thu) 00:12", "Partly",
                              "Receivers, what holds it back, runbook", "Figure M-1", "Critical > 200 ms", "JST"})
        QVERIFY2(with.contains(QString::fromUtf8(words)), words);
    const DatadogSnapshot snapshot = std::exchange(m_demo.evidence.datadog, {});
    const QString without = textOf();
    m_demo.evidence.datadog = snapshot;
    QVERIFY(!without.contains(QStringLiteral("What the monitors tell"))); // nothing is claimed of what was not read
}

void TestDocument::nobodyHasAnswered()
{
    const Outcome outcome = decide(m_demo.checklist, m_demo.assessment, nullptr, QDate(2026, 11, 20));
    DocumentInput bare = input(Lang::Ja);
    bare.review = nullptr;
    bare.outcome = &outcome;
    const auto bytes = renderPdf(bare);
    QVERIFY(bytes.has_value());
    QVERIFY(bytes->size() > 10'000);
}

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QApplication application(argc, argv);
    TestDocument test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_document.moc"
