// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/verdict.h>

#include <QString>

#include <unistd.h>

namespace tenken::app {

/// Colour only for a terminal that wants it; the words carry the meaning.
class Ink
{
public:
    explicit Ink(bool wanted) : m_on(wanted && isatty(STDOUT_FILENO) && qEnvironmentVariableIsEmpty("NO_COLOR")) { }

    QString bold(const QString &s) const { return wrapped(s, "1"); }
    QString dim(const QString &s) const { return wrapped(s, "2"); }
    QString verdict(Verdict v, const QString &s) const
    {
        switch (v) {
        case Verdict::Pass:
            return wrapped(s, "32");
        case Verdict::Warn:
            return wrapped(s, "33");
        case Verdict::Fail:
            return wrapped(s, "1;31");
        default:
            return wrapped(s, "2");
        }
    }

private:
    QString wrapped(const QString &s, const char *code) const
    {
        return m_on ? QStringLiteral("\033[%1m%2\033[0m").arg(QLatin1String(code), s) : s;
    }
    bool m_on;
};

} // namespace tenken::app
