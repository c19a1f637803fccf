// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <map>
#include <vector>

namespace tenken
{

/// What the demo service's snapshot does not hold, by path.
const std::map<QString, QByteArray> &fakeBodies();

/// What answers a metric query that has this part: a file of the snapshot, or another metric that goes up and
/// down with it.
struct FakeSeries {
    QString part, file, metric;
    double offset = 0, factor = 1;
};
const std::vector<FakeSeries> &fakeSeries();
QJsonObject derived(QJsonObject body, const FakeSeries &series);

/// An answer of /api/v1/query, moved by whole weeks into a window and cut to it.
QByteArray movedTo(QJsonObject body, const QString &query, qint64 from, qint64 to);

} // namespace tenken
