// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/run.h>

#include <string_view>
#include <vector>

namespace tenken
{

/// Taurus' final stats, however they were written: a group for each label, the one without a name is the sum. Times are
/// in seconds.
class TaurusGroups
{
public:
    TaurusGroups() = default;
    TaurusGroups(const TaurusGroups &) = delete;
    TaurusGroups &operator=(const TaurusGroups &) = delete;
    void begin(std::string_view label); ///< the figures that follow are its; of many labels the first are kept
    /// "perc" with the percentile and "rc" with the status, or what stood in its place, as `param`. Values below 0 are none.
    void figure(std::string_view name, std::string_view param, double value);
    LoadTestRun finish(double seconds); ///< how long the test took; 0: nobody says. Empties it

private:
    void code(std::string_view text, double count);

    struct Group {
        QString label;
        LoadAggregate figures;
        QMap<QString, qint64> codes;
    };
    Group m_sum;
    bool m_hasSum = false;
    std::vector<Group> m_labels;
    Group *m_current = nullptr; ///< null: nothing is kept of it
};

} // namespace tenken
