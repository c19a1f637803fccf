// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/verify.h>

namespace tenken {

/// The checks that need what the verifier brings along; each adds its line to the verification.
void checkPolicy(Verification &v, const VerifyOptions &options);     ///< roles, people, decision
void checkVersion(Verification &v, const VerifyOptions &options);
void checkService(Verification &v, const VerifyOptions &options);    ///< where it is asked for
void checkStage(Verification &v, const VerifyOptions &options);      ///< the same
void checkValidity(Verification &v, const VerifyOptions &options);
void checkRepository(Verification &v, const VerifyOptions &options);
void checkSealing(Verification &v, const VerifyOptions &options);    ///< where there is one, or is asked for

/// How many different people: those who share an identity or a key are one.
int differentPeople(const std::vector<const Signing *> &signings);

} // namespace tenken
