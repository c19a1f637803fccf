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

/// Which file of the snapshot answers a metric query: by a part of the query.
const std::vector<std::pair<QString, QString>> &fakeSeriesFiles();

/// An answer of /api/v1/query, moved by whole weeks into a window and cut to it.
QByteArray movedTo(QJsonObject body, const QString &query, qint64 from, qint64 to);

} // namespace tenken
