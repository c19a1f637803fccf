// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>
#include <signoff/statement.h>

#include <QJsonObject>

namespace tenken {

/// What a document is about once its bytes are frozen, and by which rule it is signed. Kept in review.json
/// under "signOff"; statements repeat it.
struct Frozen {
    QString reviewId, service, version;
    QByteArray commit;                 ///< of the service's repository, all of the hash; empty outside git
    QDateTime judgedAt;
    /// The last day: by the checklist's rule, or sooner where a waiver that counts ends or the decision drops.
    QDate validUntil;
    Text validBecause;                 ///< what sets that day
    std::vector<Subject> checklists;   ///< the files that asked the questions
    SignOffRule rule;
    QStringList uncommitted; ///< read otherwise than committed: nobody may sign before that is mended
    QStringList changed;     ///< those of them that git has: they cannot be said to be outside git
    QStringList outsideGit;            ///< not in git, expressly listed by whoever exported the document
    /// Digest of the review.yaml whose answers were judged; empty: there was none. Earlier documents do not say.
    std::optional<QByteArray> answers = {};
};

struct FreezeOptions {
    QString version; ///< of the service, as releases are called; empty: HEAD's tag, else its commit
    QStringList outsideGit;            ///< files and folders, relative; "." for all
    std::optional<QByteArray> answers = {}; ///< as Frozen has it
};

/// Asks git, and reads again what was read, so that what is signed is what was judged.
/// Without an outcome the validity is the checklist's alone.
Frozen freeze(const Evidence &evidence, const Checklist &checklist, const Outcome *outcome,
              const QDateTime &judgedAt, const FreezeOptions &options = {});

/// Without git and without its file list: what a preview prints.
Frozen sketch(const Evidence &evidence, const Checklist &checklist, const Outcome *outcome,
              const QDateTime &judgedAt);

QJsonObject frozenObject(const Frozen &frozen);

/// Out of review.json's bytes, which may come from anybody.
Result<Frozen> readFrozen(const QByteArray &reviewJson);

} // namespace tenken
