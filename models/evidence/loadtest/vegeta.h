// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>

#include <optional>

namespace tenken
{

/// One request as all of vegeta's encodings hold it.
struct VegetaResult {
    std::string_view attack; ///< since vegeta 8
    std::string_view error;
    qint64 startNs = 0; ///< since the epoch
    qint64 latencyNs = 0;
    quint64 code = 0; ///< 0: no answer came
};

/// Gathers them; files of several attacks in one (`vegeta encode` takes them in turn) become levels.
class VegetaRun
{
public:
    bool add(const VegetaResult &result); ///< false: its times make no sense
    void skip(qint64 record) { m_run.skip(record); }
    void cutOff() { m_cut = true; }
    LoadTestRun finish();

private:
    struct Attack {
        qint64 firstUs = 0, lastUs = 0, lastStartUs = 0;
        qint64 requests = 0;
        double sentUntil() const; ///< the last request's start, and as long again as it took from one to the next
    };
    Attack &attackOf(std::string_view name, qint64 startUs);
    std::vector<LoadLevel> levels(const LoadTestRun &run) const;

    RunBuilder m_run;
    std::map<std::string, Attack, std::less<>> m_attacks;
    Attack *m_recent = nullptr;
    std::string_view m_recentName; ///< the key of that one
    bool m_cut = false;
};

} // namespace tenken
