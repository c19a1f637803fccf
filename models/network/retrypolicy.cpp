// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/retrypolicy.h>

#include <QRandomGenerator>

namespace tenken
{

using std::chrono::milliseconds;

namespace
{

constexpr double longestResetSeconds = 24 * 3600; // a longer one is no answer, and must not overflow
constexpr milliseconds margin{50}; // the server's clock and ours

std::optional<double> numberIn(const HttpAnswer &answer, const QByteArray &header)
{
    bool ok = false;
    const double value = answer.headers.value(header).trimmed().toDouble(&ok);
    return ok && value >= 0 && value <= longestResetSeconds ? std::optional(value) : std::nullopt;
}

} // namespace

bool isRateLimited(const HttpAnswer &answer)
{
    return answer.outcome == HttpOutcome::Answered && answer.status == 429;
}

bool isTransient(const HttpAnswer &answer)
{
    switch (answer.outcome) {
    case HttpOutcome::Answered:
        return answer.status == 408 || answer.status == 429 || (answer.status >= 500 && answer.status != 501);
    case HttpOutcome::Timeout:
    case HttpOutcome::Broken:
        return true;
    default:
        return false;
    }
}

std::optional<milliseconds> resetAfter(const HttpAnswer &answer)
{
    auto seconds = numberIn(answer, "x-ratelimit-reset");
    if (!seconds)
        seconds = numberIn(answer, "retry-after");
    if (!seconds)
        return {};
    return milliseconds(qint64(*seconds * 1000)) + margin;
}

RetryPolicy::RetryPolicy(const RetryLimits &limits, std::function<double()> jitter)
    : m_limits(limits), m_jitter(std::move(jitter)), m_left(limits.budget)
{
    if (!m_jitter)
        m_jitter = [] { return QRandomGenerator::global()->generateDouble(); };
}

bool RetryPolicy::take(milliseconds wait)
{
    if (wait > m_left)
        return false;
    m_left -= wait;
    return true;
}

std::optional<milliseconds> RetryPolicy::waitAfter(const HttpAnswer &answer, int tried)
{
    if (!isTransient(answer) || tried >= m_limits.tries)
        return {};
    milliseconds wait = m_limits.firstWait;
    for (int i = 1; i < tried && wait < m_limits.longestWait; ++i)
        wait *= 2;
    wait = std::min(wait, m_limits.longestWait);
    wait = milliseconds(qint64(double(wait.count()) * (0.5 + 0.5 * std::clamp(m_jitter(), 0.0, 1.0))));
    if (const auto reset = answer.outcome == HttpOutcome::Answered ? resetAfter(answer) : std::nullopt)
        wait = *reset;
    return take(wait) ? std::optional(wait) : std::nullopt;
}

milliseconds RetryPolicy::pauseAfter(const HttpAnswer &answer) const
{
    const auto remaining = numberIn(answer, "x-ratelimit-remaining");
    if (answer.outcome != HttpOutcome::Answered || remaining != 0.0)
        return milliseconds(0);
    return resetAfter(answer).value_or(m_limits.firstWait);
}

} // namespace tenken
