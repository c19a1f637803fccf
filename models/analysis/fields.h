// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/numbers.h>
#include <evidence/yaml.h>

namespace tenken {

/// An integer field as the API server reads it: unset, null and (with `zeroIsDefault`, as in probes) 0 give the
/// default. Text where a number belongs — a template that was not rendered — is not known, never the default.
struct IntField {
    int value = 0;
    bool known = true;
    bool written = false;
    Span span;   ///< of the entry, invalid where the default stands
};

IntField intField(Yaml map, std::string_view key, int fallback, bool zeroIsDefault = false);

/// True for text that a template engine was meant to replace: $VAR, ${VAR}, {{ … }}.
bool looksTemplated(const QString &text);

} // namespace tenken
