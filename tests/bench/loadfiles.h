// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace loadfiles
{

/// A result file's beginning, its records and its end. A record is that of the i-th request, sent at `ms`.
struct Format {
    const char *name;
    QByteArray head;
    QByteArray (*record)(qint64 ms, qint64 i);
    QByteArray tail = {};
};

Format jtlCsv();
Format jtlCsvOfManyLabels(); ///< 5,000 names, more than a run keeps apart
Format jtlXml();
Format k6Json();
Format gatlingText();

/// An hour of requests, as many as fill `bytes`, or `records` of them.
void writeBytes(const QString &path, const Format &format, qint64 bytes);
void writeRecords(const QString &path, const Format &format, qint64 records);

} // namespace loadfiles
