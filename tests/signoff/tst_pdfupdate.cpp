// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <QTest>

using namespace tenken;

#define NEEDS(program)                                                                                       \
    if (QStandardPaths::findExecutable(QStringLiteral(program)).isEmpty())                                   \
    QSKIP(program " is not installed")

/// Appending to PDFs: what was there stays, byte for byte.
class TestPdfUpdate : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString put(const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(QStringLiteral("x.pdf")));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }

    static QByteArray full()
    {
        PdfUpdate update(*PdfFile::read(made::page("Body")));
        const auto drawing = update.importPage(*PdfFile::read(made::page("Box", 232, 175)), 3, 232, 175);
        const auto head = update.reusePage(3, 0, 700, 595, 142);
        if (!drawing || !head || !update.addPage(595, 842, {{*head, 0, 0}, {*drawing, 60, 400}})
            || !update.attach(
                {{"b.txt", "text/plain", "B", "bb"}, {"a.json", "application/json", "A (x)", "{}"}})
            || !update.setOutline(
                {{QStringLiteral("判定"), 0, 800}, {QStringLiteral("Sign-off (1)"), 0, 400}})
            || !update.setInCatalog("Lang", PdfValue::text("ja")))
            return {};
        return update.save();
    }

private slots:
    void nothingOfBeforeMoves()
    {
        const QByteArray before = made::page("Body"), after = full();
        QVERIFY(after.size() > before.size());
        QVERIFY(after.startsWith(before));
        QVERIFY(full() == after); // and the same every time
    }

    void itReadsBack()
    {
        const auto file = PdfFile::read(full());
        QVERIFY(file.has_value());
        QCOMPARE(int(file->pages()->size()), 2);
        QCOMPARE(file->catalog()->find("Lang")->string(), QByteArray("ja"));
        const auto attachments = file->attachments();
        QVERIFY(attachments.has_value());
        QCOMPARE(int(attachments->size()), 2);
        QCOMPARE(attachments->at(0).name, QByteArray("a.json")); // sorted
        QCOMPARE(attachments->at(1).bytes, QByteArray("bb"));
    }

    void attachmentsOfTheSameNameGiveWay()
    {
        PdfUpdate update(*PdfFile::read(full()));
        QVERIFY(update.attach({{"a.json", "application/json", "A", "{\"new\":1}"}}).has_value());
        const auto files = PdfFile::read(update.save())->attachments();
        QCOMPARE(int(files->size()), 2);
        QCOMPARE(files->at(0).bytes, QByteArray("{\"new\":1}"));
    }

    void updatesStandOnUpdates()
    {
        QByteArray bytes = made::page("Body");
        for (int i = 0; i < 5; ++i) {
            PdfUpdate update(*PdfFile::read(bytes));
            QVERIFY(update.attach({{"f" + QByteArray::number(i), "text/plain", "F", QByteArray::number(i)}})
                        .has_value());
            const QByteArray next = update.save();
            QVERIFY(next.startsWith(bytes));
            bytes = next;
        }
        QCOMPARE(int(PdfFile::read(bytes)->attachments()->size()), 5);
        QCOMPARE(int(pdfRevisions(bytes).size()), 6);
    }

    void otherProgramsAcceptIt()
    {
        NEEDS("qpdf");
        NEEDS("pdfdetach");
        NEEDS("pdftotext");
        const QString path = put(full());
        int code = -1;
        const QByteArray said = made::output(QStringLiteral("qpdf"), {"--check", path}, &code);
        QVERIFY2(code == 0, said);
        const QByteArray list = made::output(QStringLiteral("pdfdetach"), {"-list", path});
        QVERIFY2(list.contains("a.json") && list.contains("b.txt"), list);
        const QByteArray json =
            made::output(QStringLiteral("qpdf"), {"--json", "--json-key=attachments", path});
        QVERIFY2(json.contains("application/json") && json.contains("checksum"), json);
        const QByteArray text = made::output(QStringLiteral("pdftotext"), {"-f", "2", path, "-"});
        QVERIFY2(text.contains("Box") && text.contains("Body"), text); // the head comes from the body's page
        const QByteArray outline =
            made::output(QStringLiteral("qpdf"), {"--json", "--json-key=outlines", path});
        QVERIFY2(outline.contains("判定") && outline.contains("Sign-off (1)"), outline);
    }

    void onlyWhatAPageNeedsComesAlong()
    {
        // Annotations and actions of a foreign page stay behind; so does what nothing refers to.
        const QByteArray content = "BT ET";
        const QByteArray evil = made::pdf(
            {"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<<>>>>/Annots[6 0 "
             "R]/AA 6 0 R>>",
             "<</Length 5>>\nstream\n" + content + "\nendstream", "(never)", "<</S/JavaScript/JS(evil)>>"});
        PdfUpdate update(*PdfFile::read(made::page("Body")));
        QVERIFY(update.importPage(*PdfFile::read(evil), 3, 9, 9).has_value());
        QVERIFY(!update.save().contains("evil") && !update.save().contains("never"));
    }

    void circlesEnd()
    {
        const QByteArray loop =
            made::pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                       "<</Type/Page/Contents 4 0 R/Resources<</Font 5 0 R>>>>",
                       "<</Length 0>>\nstream\n\nendstream", "<</A 5 0 R/B 6 0 R>>", "[5 0 R]"});
        PdfUpdate update(*PdfFile::read(made::page("Body")));
        QVERIFY(update.importPage(*PdfFile::read(loop), 3, 9, 9).has_value());
        QVERIFY(PdfFile::read(update.save()).has_value());
    }

    void strangePagesAreRefused()
    {
        PdfUpdate update(*PdfFile::read(made::page("Body")));
        const auto odd = *PdfFile::read(made::pdf(
            {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", "<</Type/Page>>",
             "<</Type/Page/Resources<<>>/Contents 9 0 R>>", "<</Type/Page/Resources<<>>/Contents 6 0 R>>",
             "<</Filter/LZWDecode/Length 0>>\nstream\n\nendstream"}));
        for (const int page : {1, 3, 4, 5, 77})
            QVERIFY2(!update.importPage(odd, page, 9, 9), qPrintable(QString::number(page)));
        QVERIFY(!update.setOutline({{QStringLiteral("x"), 5, 0}}));
        QVERIFY(!update.reusePage(99, 0, 0, 1, 1));
    }
};

QTEST_APPLESS_MAIN(TestPdfUpdate)
#include "tst_pdfupdate.moc"
