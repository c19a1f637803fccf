// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/smokerun.h>

namespace tenken
{

/// Holds an answer against what was wanted of it.
SmokeResult judgeSmokeAnswer(const SmokeRequest &request, const HttpAnswer &answer);

/// A request as it is sent, or why it cannot be: a variable that is not set.
Result<HttpRequest> smokeHttpRequest(const SmokeRequest &request, const VariableLookup &lookup);
HttpPolicy smokePolicy(const SmokeRequest &request);

} // namespace tenken
