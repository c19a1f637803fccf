// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/builder.h>

namespace tenken
{

/// What both forms of Gatling's log tell beside requests and users.
struct GatlingCounts {
    std::string version;
    qint64 withoutEnd = 0; ///< requests whose answer never came
    qint64 scenarioErrors = 0;
    bool cut = false; ///< the last record
};

LoadTestRun finishGatling(RunBuilder &builder, const GatlingCounts &counts);

} // namespace tenken
