// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/guidelinks.h>
#include <evidence/datadog/snapshot.h>

namespace tenken
{

/// How far an alert leads its reader to what to do. Later is better, but for what cannot be checked.
enum class RunbookGrade {
    None,
    WordOnly, ///< it speaks of a runbook and links to none
    Inline, ///< the steps stand in the message itself
    Elsewhere, ///< links, none of them to a declared guide
    Catalogue, ///< not from the alert: the catalogue links to one
    DeadAnchor, ///< to a guide, at a section that is not there
    TopOnly, ///< to the guide's top
    Unchecked, ///< to a guide that could not be looked into, or a repository that may be another's
    Section, ///< to a section of the guide
};

struct RunbookReading {
    RunbookGrade grade = RunbookGrade::None;
    QString url; ///< the link that says most
    QString anchor; ///< decoded
    QString guideFile; ///< of the guide it leads to; empty: none, or known by its URL alone
    Leads leads = Leads::No;
    std::vector<QString> links; ///< all, those of the assets first
};

/// `guides`: those of the role "oncall". `catalogued`: runbooks that the catalogue lists for the service.
RunbookReading runbookOf(const Monitor &monitor, const std::vector<Guide> &guides, const QString &serviceId,
                         const QStringList &catalogued = {});

} // namespace tenken
