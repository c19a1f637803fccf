// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looptime.h"

#include "loadfiles.h"

#include <pages/whatifpanel.h>
#include <parts/style.h>
#include <review/session.h>
#include <window/mainwindow.h>

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QSlider>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace tenken;

namespace
{

/// Between waking up and waiting again lies one turn of the event loop. Its time on the clock is what a person
/// feels; the thread's own time says how much of that was work, and how much a busy machine.
class LoopProbe
{
public:
    LoopProbe()
    {
        QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
        QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, dispatcher, [this] { begin(); });
        QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [this] { end(); });
    }
    void print(const char *what)
    {
        std::sort(m_turns.begin(), m_turns.end());
        const auto at = [this](double q) { return m_turns.empty() ? Turn() : m_turns[size_t(q * double(m_turns.size() - 1))]; };
        std::printf("event loop, %-34s %6zu turns · p99 %5.1f ms · longest %5.1f ms, %5.1f of them its own work (at most 50)\n",
                    what, m_turns.size(), at(0.99).ms, at(1).ms, at(1).workMs);
        std::fflush(stdout);
        m_turns.clear();
        m_running = false;
    }

private:
    struct Turn {
        double ms = 0, workMs = 0;
        bool operator<(const Turn &other) const { return ms < other.ms; }
    };
    static double ownMs()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }
    void begin() // told twice for some turns: after the wait, and before what was posted is sent
    {
        if (m_running)
            return;
        m_clock.start();
        m_begunMs = ownMs();
        m_running = true;
    }
    void end()
    {
        if (m_running)
            m_turns.push_back({double(m_clock.nsecsElapsed()) / 1e6, ownMs() - m_begunMs});
        m_running = false;
    }
    QElapsedTimer m_clock;
    double m_begunMs = 0;
    bool m_running = false;
    std::vector<Turn> m_turns;
};

void writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

void writeService(const QDir &folder, qint64 bytes)
{
    folder.mkpath(QStringLiteral("readiness"));
    writeText(folder.filePath(QStringLiteral("readiness/service.yaml")),
              "format: tenken.service/1\nid: id-auth\nname: {ja: 認証, en: Authentication}\n"
              "capacity:\n  per-pod: 900\n  events:\n"
              "    - {id: new-year, name: {ja: 正月, en: New Year}, peak: 8000}\n"
              "evidence:\n  loadtests:\n    - {id: big, file: big.jtl, pods: 1, purpose: knee}\n");
    loadfiles::writeBytes(folder.filePath(QStringLiteral("big.jtl")), loadfiles::jtlCsv(), bytes);
}

void spin(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

void measureLoopTurns(qint64 bytes)
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
    QTemporaryDir dir;
    writeService(QDir(dir.path()), bytes);
    MainWindow window(Lang::En);
    window.resize(1600, 1000);
    window.show();
    spin(500);

    LoopProbe probe;
    QTimer ticks; // something to do, as a person who moves the mouse
    QObject::connect(&ticks, &QTimer::timeout, &window, [&window] { window.update(); });
    ticks.start(20);
    bool loaded = false;
    QObject::connect(&window.session(), &Session::loaded, &window, [&] { loaded = true; });
    QObject::connect(&window.session(), &Session::failed, &window, [] { qFatal("the service cannot be read"); });
    window.open(dir.path());
    while (!loaded)
        spin(50);
    spin(200);
    if (window.session().evidence().loadTests.empty())
        qFatal("the load test was not read");
    probe.print("while the load test loads:");
    window.showPage(QStringLiteral("loadtest"));
    spin(1500);
    probe.print("its page opens:");
    loaded = false;
    window.open(QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth"));
    while (!loaded)
        spin(50);
    spin(1500);
    probe.print("the demo service, on that page:");
    for (WhatIfPanel *panel : window.findChildren<WhatIfPanel *>())
        panel->setOpen(true);
    spin(500);
    probe.print("its what-if panel opens:");
    int moves = 0;
    for (QSlider *slider : window.findChildren<QSlider *>()) {
        for (int i = 0; i < 10 && slider->isVisible(); ++i, ++moves) {
            slider->triggerAction(i % 2 ? QSlider::SliderSingleStepSub : QSlider::SliderPageStepAdd);
            spin(30);
        }
    }
    if (moves == 0)
        qFatal("there is nothing to move");
    probe.print("its sliders move:");
}
