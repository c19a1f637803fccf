// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signoff/made.h"

#include <parts/pdfview.h>

#include <QLabel>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;

/// A PDF shown page by page.
class TestPdfView : public QObject
{
    Q_OBJECT

    static QByteArray threePages()
    {
        PdfUpdate update(*PdfFile::read(made::page("One")));
        for (const char *word : {"Two", "Three"}) {
            const auto drawing = update.importPage(*PdfFile::read(made::page(word)), 3, 595, 842);
            if (!drawing || !update.addPage(595, 842, {{*drawing, 0, 0}}))
                return {};
        }
        return update.save();
    }

private slots:
    void pagesTurn()
    {
        PdfView view(Lang::En);
        view.resize(500, 400);
        view.show();
        view.setDocument(threePages());
        QCOMPARE(view.pageCount(), 3);
        QTRY_VERIFY(view.isDrawn());
        auto *scroll = view.findChild<QScrollArea *>();
        const auto text = [&] { return scroll->widget()->accessibleDescription(); };
        QCOMPARE(text(), QStringLiteral("One"));
        QTest::keyClick(scroll, Qt::Key_Right);
        QCOMPARE(view.page(), 1);
        QTRY_COMPARE(text(), QStringLiteral("Two"));
        QTest::keyClick(scroll, Qt::Key_End);
        QTRY_COMPARE(text(), QStringLiteral("Three"));
        QTest::keyClick(scroll, Qt::Key_Right); // there is no more
        QCOMPARE(view.page(), 2);
        QTest::keyClick(scroll, Qt::Key_Home);
        QTRY_COMPARE(text(), QStringLiteral("One"));
        QVERIFY(!scroll->accessibleName().isEmpty());
        bool told = false;
        for (const QLabel *label : view.findChildren<QLabel *>())
            told = told || label->text() == u"Page 1 of 3";
        QVERIFY(told);
    }

    void nothingIsShownOfWhatIsNoPdf()
    {
        PdfView view(Lang::Ja);
        view.show();
        for (const QByteArray &bytes :
             {QByteArray(), QByteArray("text"), QByteArray("%PDF-1.6\nxref"), threePages().first(300)}) {
            view.setDocument(bytes);
            QCOMPARE(view.pageCount(), 0);
            QVERIFY(!view.isDrawn());
        }
        view.setDocument(threePages());
        QCOMPARE(view.pageCount(), 3);
    }

    void goesAwayWhileItDraws()
    {
        for (int i = 0; i < 5; ++i) {
            PdfView view(Lang::En);
            view.show();
            view.setDocument(threePages());
            view.showPage(2);
        }
    }
};

QTEST_MAIN(TestPdfView)
#include "tst_pdfview.moc"
