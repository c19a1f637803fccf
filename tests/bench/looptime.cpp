// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looptime.h"

#include "loadfiles.h"

#include <pages/whatifpanel.h>
#include <parts/style.h>
#include <review/session.h>
#include <window/mainwindow.h>

#include <QAbstractEventDispatcher>
#include <QDir>
#include <QElapsedTimer>
#include <QMetaEnum>
#include <QSlider>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>

using namespace tenken;

namespace
{

double ownMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

QString described(const QMetaObject *receiver, const QString &name, QEvent::Type event)
{
    const char *type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event);
    return QStringLiteral("%1 to %2%3").arg(QLatin1String(type ? type : "event"), QLatin1String(receiver->className()),
                                            name.isEmpty() ? name : QStringLiteral(" \"%1\"").arg(name));
}

/// Runs the event loop turn by turn: what was posted, what came in and which timers are due, without waiting.
/// A turn's time on the clock is how long a key press may have to wait; the thread's own time says how much of
/// that was work, and how much a busy machine.
class LoopProbe
{
public:
    void spin(int ms)
    {
        QElapsedTimer clock;
        for (clock.start(); clock.elapsed() < ms;) {
            if (!turn())
                QThread::usleep(200);
        }
    }
    void print(const char *what)
    {
        std::sort(m_turns.begin(), m_turns.end());
        const auto at = [this](double q) { return m_turns.empty() ? Turn() : m_turns[size_t(q * double(m_turns.size() - 1))]; };
        std::printf("event loop, %-34s %6zu turns · p99 %5.1f ms · longest %5.1f ms, %5.1f of them its own work (at most 50)\n",
                    what, m_turns.size(), at(0.99).ms, at(1).ms, at(1).workMs);
        const TimedApplication::Delivery longest = static_cast<TimedApplication *>(qApp)->takeLongest();
        std::printf("            most of it, %.1f ms: %s\n", longest.ms, qPrintable(longest.what));
        std::fflush(stdout);
        m_turns.clear();
    }

private:
    struct Turn {
        double ms = 0, workMs = 0;
        bool operator<(const Turn &other) const { return ms < other.ms; }
    };
    bool turn()
    {
        QElapsedTimer clock;
        clock.start();
        const double begunMs = ownMs();
        const bool busy = QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // as exec() does after a turn
        if (busy)
            m_turns.push_back({double(clock.nsecsElapsed()) / 1e6, ownMs() - begunMs});
        return busy;
    }
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
} // namespace

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread()) // other threads have loops of their own
        return QApplication::notify(receiver, event);
    // Put into words afterwards, if at all; the receiver may be gone by then.
    const QMetaObject *meta = receiver->metaObject();
    const QString name = receiver->objectName();
    const QEvent::Type type = event->type();
    Delivery inner;
    Delivery *outer = std::exchange(m_within, &inner);
    const double begunMs = ownMs();
    const bool done = QApplication::notify(receiver, event);
    const double ms = ownMs() - begunMs;
    m_within = outer;
    Delivery &longest = outer ? *outer : m_longest;
    if (ms > longest.ms) {
        longest = {ms, described(meta, name, type)};
        if (inner.ms > ms / 2)
            longest.what += QStringLiteral(" > ") + inner.what;
    }
    return done;
}

TimedApplication::Delivery TimedApplication::takeLongest() { return std::exchange(m_longest, {}); }

void measureLoopTurns(qint64 bytes)
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
    QTemporaryDir dir;
    writeService(QDir(dir.path()), bytes);
    LoopProbe probe;
    MainWindow window(Lang::En);
    window.resize(1600, 1000);
    window.show();
    probe.spin(500);
    probe.print("the window opens:");

    QTimer ticks; // something to do, as a person who moves the mouse
    QObject::connect(&ticks, &QTimer::timeout, &window, [&window] { window.update(); });
    ticks.start(20);
    bool loaded = false;
    QObject::connect(&window.session(), &Session::loaded, &window, [&] { loaded = true; });
    QObject::connect(&window.session(), &Session::failed, &window, [] { qFatal("the service cannot be read"); });
    window.open(dir.path());
    while (!loaded)
        probe.spin(50);
    probe.spin(200);
    if (window.session().evidence().loadTests.empty())
        qFatal("the load test was not read");
    probe.print("while the load test loads:");
    window.showPage(QStringLiteral("loadtest"));
    probe.spin(1500);
    probe.print("its page opens:");
    loaded = false;
    window.open(QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth"));
    while (!loaded)
        probe.spin(50);
    probe.spin(1500);
    probe.print("the demo service, on that page:");
    for (WhatIfPanel *panel : window.findChildren<WhatIfPanel *>())
        panel->setOpen(true);
    probe.spin(500);
    probe.print("its what-if panel opens:");
    int moves = 0;
    for (QSlider *slider : window.findChildren<QSlider *>()) {
        for (int i = 0; i < 10 && slider->isVisible(); ++i, ++moves) {
            slider->triggerAction(i % 2 ? QSlider::SliderSingleStepSub : QSlider::SliderPageStepAdd);
            probe.spin(30);
        }
    }
    if (moves == 0)
        qFatal("there is nothing to move");
    probe.print("its sliders move:");
}
