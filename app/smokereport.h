// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/testrecord.h>
#include <network/smokerun.h>

namespace tenken::app {

/// One environment's run, and what was written of it.
struct SmokeReport {
    std::unique_ptr<SmokeRun> run;
    QString record;                ///< the file; empty: none was written
    std::vector<TestField> unsaid; ///< fields that the record lacks

    bool passed() const;
};

QString smokeText(const SmokeReport &report, Lang lang);
QString smokeJson(const std::vector<SmokeReport> &reports, Lang lang);

} // namespace tenken::app
