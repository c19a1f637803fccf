// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report.h"

#include <QElapsedTimer>
#include <QString>

#include <algorithm>

namespace tenken::bench {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

double median(int runs, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void report(const char *what, double ours, const char *yardstick, double theirs)
{
    out() << QStringLiteral("%1 %2 ms · %3 %4 ms · ratio %5\n")
                 .arg(QLatin1String(what), -46)
                 .arg(ours, 9, 'f', 1)
                 .arg(QLatin1String(yardstick), -34)
                 .arg(theirs, 9, 'f', 1)
                 .arg(ours / theirs, 0, 'f', 2)
          << Qt::flush;
}

} // namespace tenken::bench
