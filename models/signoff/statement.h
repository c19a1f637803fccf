// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/signoffrule.h>

#include <QDateTime>

namespace tenken {

enum class SignDecision { Approved, Rejected, ApprovedWithWaivers };
QString toString(SignDecision d); ///< "approved", "rejected", "approved-with-waivers": as statements say it
/// Also "approve", "reject", "approve-with-waivers"
std::optional<SignDecision> signDecisionFromString(const QString &s);
Text label(SignDecision d);

/// Something that is signed, by its digest. `algorithm`: "sha256", "gitCommit".
struct Subject {
    QString name;
    QByteArray digest;               ///< hex
    QString algorithm = QStringLiteral("sha256");
    qint64 length = -1;              ///< of the document's body: how many bytes of the PDF it is
    friend bool operator==(const Subject &, const Subject &) = default;
};

namespace subject {
inline const QString body = QStringLiteral("body.pdf");
inline const QString review = QStringLiteral("review.json");
inline const QString evidence = QStringLiteral("evidence.sha256");
inline const QString commit = QStringLiteral("git-commit");
inline const QString policy = QStringLiteral("policy.yaml");
inline const QString box = QStringLiteral("signature-box.pdf");
inline const QString checklist = QStringLiteral("checklist/"); ///< beginning of the name
} // namespace subject

/// What one person signs: an in-toto Statement v1. Each stands on its own over the same body.
struct Statement {
    std::vector<Subject> subjects;
    QString reviewId, service, version;
    SignDecision decision = SignDecision::Approved;
    QString role;
    QString identity;                ///< as in the list of allowed signers: "sato@example.com"
    QString name;                    ///< as people say it; may be empty
    QString keyFingerprint;          ///< "SHA256:…"
    QDateTime signedAt;              ///< UTC
    QDate validUntil;                ///< the last day

    const Subject *find(const QString &name) const;
    friend bool operator==(const Statement &, const Statement &) = default;
};

/// The bytes that are signed: JSON with sorted keys, indented so that people can read it, a line break at the
/// end.
QByteArray statementBytes(const Statement &statement);

/// Only what statementBytes() gives is read: one meaning, one form. Sizes are bounded.
Result<Statement> readStatement(const QByteArray &bytes);

/// A principal that can stand in a list of allowed signers, on a command line and in a text, as itself:
/// printable ASCII without spaces, quotes, commas or wildcards; at most 200.
bool isIdentity(const QString &identity);

inline constexpr auto signoffNamespace = "tenken-signoff@v1";
inline constexpr auto statementType = "https://in-toto.io/Statement/v1";
inline constexpr auto predicateType = "urn:tenken:signoff:v1";

} // namespace tenken
