// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/container.h>
#include <signoff/frozen.h>
#include <signoff/policy.h>
#include <signoff/reviewsays.h>

#include <functional>

namespace tenken {

/// How one check came out. Ok: it holds. Bad: the sign-off is not valid. Changed: it is valid, yet the
/// container, the evidence or time moved on. NotAsked: nothing to check it against was given.
enum class CheckState { Ok, Bad, Changed, NotAsked };

struct Check {
    QString id; ///< "body", "review", "evidence", "statements", "container", "roles", "people", "decision",
                ///< "outside", "repository", "version", "service", "stage", "validity", "seal"
    CheckState state = CheckState::NotAsked;
    Text title;              ///< what is asked
    Text words;              ///< one sentence: the answer
};

/// One person's statement, as far as it holds.
struct Signing {
    Statement statement;
    QByteArray stem;
    SignatureVerdict signature;
    bool counts = false;     ///< good in every way
    bool superseded = false; ///< the same person said something later in the same role
    Text words;
    /// Good in every way whatever the role: what this person rejects is not approved, asked for or not.
    bool known = false;
};

struct EvidenceFile {
    enum class State { Same, Changed, Removed, Added, Unreadable, Elsewhere };
    QString path;
    State state = State::Same;
    Text words;              ///< "changed since sign-off by a5ccb16 Sato 2026-11-24"
};

struct VerifyOptions {
    Policy policy;
    QString repository;      ///< the service's folder; empty: not compared
    Permissions permissions = {}; ///< which further folders may be compared on this machine
    QString version;         ///< the version that is about to be released; empty: not asked
    QString service;         ///< its id; empty: not asked
    QString stage;           ///< the roll-out stage that is about to be entered: its id; empty: not asked
    QDateTime now = QDateTime::currentDateTimeUtc();
    /// Asks OpenSSH, unless told otherwise.
    std::function<SignatureVerdict(const SignedStatement &, const Statement &, const Trust &)> signature = {};
};

struct Verification {
    std::vector<Check> checks;
    std::vector<Signing> signings;
    std::vector<EvidenceFile> files;     ///< only with a repository; all that are not the same first
    SignedDocument container;
    std::optional<Frozen> frozen;
    ReviewSays says;

    CheckState state() const;            ///< the worst of the checks
    int exitCode() const;                ///< 0, 1 or 3
    Text headline() const;
};

/// Every check there is; none stops the others. A Problem only where the file is no PDF.
Result<Verification> verifyDocument(const QByteArray &file, const VerifyOptions &options);

/// How the evidence of a signed review stands against a folder now: of files that were read then, and of
/// those that would be read as well today.
struct EvidenceNow {
    std::vector<EvidenceFile> files;     ///< all that are not the same first
    QString service;                     ///< the id in the folder's service.yaml; empty: it cannot be read
};

struct EvidenceThen {
    QByteArray digests;                  ///< evidence.sha256
    QByteArray commit;
    /// Names of further folders that some of it came from; nothing: whatever looks like one is one.
    std::optional<QStringList> roots = {};
    std::optional<QByteArray> answers = {}; ///< digest of review.yaml; empty: there was none
};

EvidenceNow compareEvidence(const EvidenceThen &then, const QString &folder,
                            const Permissions &permissions = {});

} // namespace tenken
