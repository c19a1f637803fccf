// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QJsonDocument>

namespace tenken
{

/// Where the values of a JSON text stand, four levels deep (a list of monitors, their options and what is in
/// them).
struct JsonPlace {
    Span span;
    QString key; ///< empty for elements of arrays
    std::vector<JsonPlace> children; ///< in file order

    const JsonPlace *child(const QString &key) const; ///< the last one of that name, as in the parsed value
    const JsonPlace *child(qsizetype index) const;
};

struct JsonText {
    QJsonDocument document;
    JsonPlace root;
};

/// Reads an answer of an API. NaN and Infinity, which some emit although JSON has none, become null.
Result<JsonText> parseJson(const QString &file, const QByteArray &bytes);

/// One answer per line (JSON Lines); nothing when that is not what it is.
std::vector<JsonText> parseJsonLines(const QString &file, const QByteArray &bytes);

} // namespace tenken
