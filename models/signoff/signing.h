// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/container.h>
#include <signoff/frozen.h>
#include <signoff/policy.h>
#include <signoff/reviewsays.h>

#include <functional>

namespace tenken {

/// What one person is about to say of a document.
struct SignRequest {
    QString role, identity, name;
    SignDecision decision = SignDecision::Approved;
    SshKey key;
    std::optional<Policy> policy = {};   ///< whose roles count too, and whose digest is signed with it
    Asking asking = Asking::Terminal;
};

/// A document that may be signed: taken apart, with what it is about.
struct Signable {
    QByteArray file;
    SignedDocument container;
    Frozen frozen;
    Lang lang = Lang::En;                ///< the document's own language
    int waivers = 0;                     ///< that count: the review stands on them
    ReviewSays says;
    bool saysNoGo() const { return says.saysNoGo(); }

    Text titleOf(const QString &role) const;
};

/// A Problem where nobody should sign it: changed since somebody signed, something foreign appended, a review.json
/// that is not what the pages say, files that were not committed, a validity that has ended.
Result<Signable> readSignable(const QByteArray &file, const QDate &today);

/// What a person says without saying it: approved, with waivers where the review stands on some. Nothing
/// where the review says NO-GO: an approval of that is said expressly.
std::optional<SignDecision> usualDecision(const Signable &document);

/// The statement, but for the digest of the box that shows it.
Result<Statement> statementFor(const Signable &document, const SignRequest &request, const QDateTime &now);

/// `ruling`: what the review itself decides, "GO for stage 1 %".
using BoxPainter =
    std::function<QByteArray(const Statement &, const Text &role, const Text &ruling, Lang)>;

/// The statement with its box, not signed yet.
Result<SignedStatement> unsignedStatement(const Signable &document, const SignRequest &request,
                                          const QDateTime &now, const BoxPainter &draw);
/// Asks OpenSSH for the signature, and looks at what came before believing it. Waits for people.
Result<SignedStatement> withSignature(SignedStatement statement, const SignRequest &request);

/// Adds it to the file at `target` and writes that at once: statements that came there meanwhile stay. A
/// Problem where another document lies there. Answers the bytes written.
Result<QByteArray> addSignature(const QString &target, const Signable &document,
                                const SignedStatement &added);

/// Both copies' statements, written like that.
Result<QByteArray> writeMerged(const QString &one, const QString &other, const QString &target);

/// A Problem where a document with signatures or a seal lies there: writing over it would lose them.
Result<void> mayBeReplaced(const QString &target);

/// A file's bytes, at most as many as a PDF may have.
Result<QByteArray> readDocument(const QString &path);

} // namespace tenken
