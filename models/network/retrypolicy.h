// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/httpclient.h>

namespace tenken
{

struct RetryLimits {
    int tries = 4; ///< of one request, the first included
    std::chrono::milliseconds firstWait{1'000}; ///< doubled with every try
    std::chrono::milliseconds longestWait{60'000}; ///< of the back-off; a server's own Reset may be longer
    std::chrono::milliseconds budget{300'000}; ///< of all waits of a run
};

/// Whether asking again may help: 408, 429, 5xx, and a connection that broke or went silent.
bool isTransient(const HttpAnswer &answer);
bool isRateLimited(const HttpAnswer &answer);

/// X-RateLimit-Reset (else Retry-After): seconds until asking makes sense again. Nothing when it is not said,
/// or not a number.
std::optional<std::chrono::milliseconds> resetAfter(const HttpAnswer &answer);

/// How long one run may still wait, and for what. `jitter` gives 0 … 1, so that many clients do not come back
/// at once.
class RetryPolicy
{
public:
    explicit RetryPolicy(const RetryLimits &limits, std::function<double()> jitter = {});

    /// How long to wait before a request is tried again after its `tried`-th answer; nothing: give up.
    std::optional<std::chrono::milliseconds> waitAfter(const HttpAnswer &answer, int tried);
    /// `Remaining: 0` on an answer that was good: the next request of its kind waits. Zero: it need not.
    std::chrono::milliseconds pauseAfter(const HttpAnswer &answer) const;
    bool take(std::chrono::milliseconds wait); ///< from the budget; false: it is used up
    std::chrono::milliseconds left() const { return m_left; }

private:
    RetryLimits m_limits;
    std::function<double()> m_jitter;
    std::chrono::milliseconds m_left;
};

} // namespace tenken
