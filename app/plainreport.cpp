// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plainreport.h"

namespace tenken::app {

void PlainReport::list(const Text &title, const std::vector<Problem> &problems)
{
    if (problems.empty())
        return;
    m_out << '\n' << m_ink.bold(in(title)) << '\n';
    for (const Problem &problem : problems)
        m_out << "  " << visible(problem.toString(m_lang)) << '\n';
}

void PlainReport::problems()
{
    list(Text{"読めなかったもの", "Not readable"}, m_judged.evidence.unreadable);
    list(Text{"気をつけること", "Worth a look"}, m_judged.evidence.warnings);
}

QString PlainReport::masked()
{
    m_out.flush();
    return maskSecrets(m_text);
}

} // namespace tenken::app
