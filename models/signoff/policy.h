// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/signoffrule.h>
#include <signoff/sealing.h>
#include <signoff/sshkeygen.h>

#include <QMap>

namespace tenken {

/// What the person who verifies asks for. From a file of theirs, never from the document or the repository
/// that it is about: those may only ask for more.
struct Policy {
    SignOffRule rule;
    /// Role → who may sign in it, "sato@example.com" or "*@example.com"; none: anybody who is known.
    QMap<QString, QStringList> signers;
    int maxAgeDays = 0;                   ///< of a review; 0: as long as it says itself
    Trust trust;                          ///< as far as the file names them
    SealTrust seal;
    QString file;                         ///< empty: the one that comes with Tenken
    QByteArray digest;

    bool maySign(const QString &role, const QString &identity) const;
};

/// Roles, people and days as Tenken's own checklist asks for them.
Policy builtinPolicy();

/// `format: tenken.signoff-policy/1`. Files it names are relative to it.
Result<Policy> readPolicy(const QString &path);
Result<Policy> parsePolicy(const QByteArray &bytes, const QString &path);

/// The policy also asks for what the document itself asks for.
SignOffRule stricterOf(const SignOffRule &policy, const SignOffRule &document);

/// Where a person keeps these files when none is named: ~/.config/tenken/signoff-policy.yaml, allowed_signers
/// and revoked_keys; empty where there is none.
QString usualFile(const QString &name);

/// The policy at hand: of `path`, else the usual one, else Tenken's own; its trust completed by what is given
/// and by the usual files.
Result<Policy> policyAtHand(const QString &path, const Trust &given);

} // namespace tenken
