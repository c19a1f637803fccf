// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ink.h"
#include "app/results.h"

#include <QTextStream>

namespace tenken::app {

/// What reports for a terminal share: where they write to, in which language, and how they end.
class PlainReport
{
public:
    PlainReport(const Judged &judged, const ReportOptions &options)
        : m_judged(judged), m_options(options), m_lang(options.lang), m_ink(options.colour)
    {
    }

protected:
    QString in(const Text &text) const { return visible(text.in(m_lang)); }
    void problems(); ///< what could not be read, and what is worth a look
    QString masked(); ///< all that was written

    const Judged &m_judged;
    const ReportOptions &m_options;
    Lang m_lang;
    Ink m_ink;

private:
    void list(const Text &title, const std::vector<Problem> &problems);

    QString m_text;

protected:
    QTextStream m_out{&m_text};
};

} // namespace tenken::app
