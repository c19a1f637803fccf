// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/problem.h>

namespace tenken {

QString Problem::location() const
{
    if (!span.isValid())
        return file;
    return QStringLiteral("%1:%2:%3").arg(file).arg(span.line).arg(span.column);
}

QString Problem::toString(Lang lang) const
{
    QString line = location();
    if (!line.isEmpty())
        line += QStringLiteral(": ");
    line += message.in(lang);
    if (!hint.isEmpty())
        line += QStringLiteral(" — ") + hint.in(lang);
    return line;
}

} // namespace tenken
