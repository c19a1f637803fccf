// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/datadogfetch.h>

namespace tenken
{

/// One line that is being fetched: where it stands among its pages and tries.
struct DatadogFetch::Job {
    explicit Job(const FetchRequest &request) : first(request), pages(request) {}

    FetchRequest first;
    Pages pages;
    int row = 0;
    int tried = 0;
    bool running = false, done = false;
    QDeadlineTimer notBefore;
    QJsonArray elements; ///< of all pages, where they lead further
    HttpCall *call = nullptr;
    FetchRow shown;
};

/// No other request would get an answer either.
bool endsAll(HttpOutcome outcome);
/// A server may send back what it was sent.
Text withoutKeys(Text text, const FetchKeys &keys);

} // namespace tenken
