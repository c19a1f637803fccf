// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenken
{

/// The load that a file's name states. Names are free text, so only what can be read in one way counts.
struct NamedLoad {
    double users = -1; ///< "c16", "16-users", "u100", "vus-50"
    double offered = -1; ///< req/s: "350rps", "rate-350", "qps100"
    double perWorker = -1; ///< req/s for each worker (hey) or in all (oha): "q15"
    double step = -1; ///< "step-350", "level-3", "r350": a rate, a number of users, or just a count
};

NamedLoad loadInName(const QString &name);

/// "/a/step-350.json.gz" → "step-350".
QString nameWithoutEndings(const QString &path);

} // namespace tenken
