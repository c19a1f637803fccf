// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/refresher.h>

#include <QTest>
#include <QWidget>

using namespace tenken;

class TestRefresher : public QObject
{
    Q_OBJECT
private slots:
    void atOnceWhereItIsSeen()
    {
        QWidget widget;
        int times = 0;
        Refresher refresher(&widget, [&] { ++times; });
        widget.show();
        refresher.request();
        QCOMPARE(times, 1);
        QCoreApplication::processEvents();
        QCOMPARE(times, 1);
    }

    void laterAndOnceWhileHidden()
    {
        QWidget widget;
        int times = 0;
        Refresher refresher(&widget, [&] { ++times; });
        refresher.request();
        refresher.request();
        QCOMPARE(times, 0);
        QTRY_COMPARE(times, 1);
        QCoreApplication::processEvents();
        QCOMPARE(times, 1);
    }

    void laterWhereThatIsAskedFor()
    {
        QWidget widget;
        int times = 0;
        Refresher refresher(&widget, [&] { ++times; });
        widget.show();
        refresher.later();
        QCOMPARE(times, 0);
        QTRY_COMPARE(times, 1);
    }

    void beforeItIsShown()
    {
        QWidget widget;
        int times = 0;
        Refresher refresher(&widget, [&] { ++times; });
        refresher.request();
        widget.show();
        QCOMPARE(times, 1);
        widget.hide();
        widget.show(); // nothing has changed
        QCOMPARE(times, 1);
    }
};

QTEST_MAIN(TestRefresher)
#include "tst_refresher.moc"
