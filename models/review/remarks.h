// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/dissent.h>

namespace tenken {

/// What a reader has to know of an item beside its verdict: what people decided against the machine or each other,
/// what they have to look at again, and which risks were accepted. Window, command line and documents show the same.
struct Remark {
    enum class Kind { Override, Dissent, Stale, Waiver };
    Kind kind = Kind::Override;
    const ItemStanding *standing = nullptr; ///< never null
    Text words;              ///< as people wrote it: secrets are masked by whoever prints it
    bool lacking = false;    ///< an override without a reason, a waiver that does not count
};
inline constexpr Remark::Kind remarkKinds[] = {Remark::Kind::Override, Remark::Kind::Dissent, Remark::Kind::Stale,
                                               Remark::Kind::Waiver};
Text label(Remark::Kind kind);
QString toString(Remark::Kind kind); ///< "override", "dissent", "stale", "waiver"

/// By kind, then in the checklist's order. The outcome must outlive them.
std::vector<Remark> remarksOf(const Outcome &outcome, const std::vector<StatedDissent> &dissents, const QDate &today);
std::vector<const Remark *> ofKind(const std::vector<Remark> &remarks, Remark::Kind kind);

} // namespace tenken
