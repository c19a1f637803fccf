// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

/// What the sides of a conflict say, as a person reads it.
namespace tenken::words {

Text shown(const QString &s);
Text shown(const Waiver &waiver);
Text shown(TeamAnswer answer);
Text shown(ReviewAnswer answer);
Text shown(const QDate &day);
Text shown(bool done);

/// The answer with its note and links.
template<typename Kind>
Text shown(const Answer<Kind> &answer)
{
    QStringList why{answer.note};
    why += answer.links;
    why.removeAll(QString());
    const Text word = shown(answer.answer);
    return why.isEmpty() ? word : Text{"%1: %2", "%1: %2"}.arg(word, why.join(QStringLiteral(" · ")));
}

} // namespace tenken::words
