// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/verifyparts.h>

namespace tenken {

namespace {

CheckState stateOf(SealVerdict::State state)
{
    switch (state) {
    case SealVerdict::State::Good:
        return CheckState::Ok;
    case SealVerdict::State::Broken:
    case SealVerdict::State::Untrusted:
        return CheckState::Bad;
    case SealVerdict::State::Expired:
        return CheckState::Changed;
    case SealVerdict::State::Untold:
    case SealVerdict::State::NotChecked:
        break;
    }
    return CheckState::NotAsked;
}

} // namespace

void checkSealing(Verification &v, const VerifyOptions &options)
{
    const SealTrust &trust = options.policy.seal;
    const Text title{"封印", "Seal"};
    const auto add = [&](CheckState state, const Text &words) {
        v.checks.push_back({QStringLiteral("seal"), state, title, words});
    };
    // Whoever names authorities asks for a seal: one that was cut off must not go unnoticed.
    if (!v.container.seal && trust.isTold())
        return add(CheckState::Bad, {"封印がありません。", "There is no seal."});
    if (!v.container.seal)
        return;
    const SealVerdict verdict = checkSeal(*v.container.seal, trust);
    const bool unchecked = verdict.state == SealVerdict::State::NotChecked && trust.isTold();
    const bool unstamped = !trust.timestampAuthorities.isEmpty() && !verdict.timestamp.isValid();
    if (verdict.state == SealVerdict::State::Good && unstamped)
        return add(CheckState::Bad,
                   {verdict.words.ja + QStringLiteral("タイムスタンプがありません。"),
                    verdict.words.en + QStringLiteral(" There is no timestamp.")});
    add(unchecked ? CheckState::Bad : stateOf(verdict.state), verdict.words);
}

} // namespace tenken
