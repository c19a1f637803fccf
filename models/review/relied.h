// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Stands for all files in a Relied::path, where an item speaks of very many.
inline constexpr QStringView everyFile = u"*";

/// What an answer to this item would rest on now: the files and lines of its findings, of files that its links
/// name, and the limits of the pods where a load test decides.
std::vector<Relied> reliedNow(const Item &item, const ItemResult *result, const QStringList &links,
                              const Assessment &assessment);

/// Whether a load test decides the item: what it says is of pods with the limits they had then.
bool restsOnLoadTests(const Item &item);

/// "deployment.yaml:41–60"
QString placeOf(const Relied &relied);

} // namespace tenken
