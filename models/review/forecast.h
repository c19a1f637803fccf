// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>

namespace tenken {

/// Something that ends by itself: a waiver, or the validity of an answer or of a record.
struct Ending {
    enum class What { Waiver, Answer, Record };
    What what = What::Waiver;
    const Item *item = nullptr;
    QDate last;               ///< the last day on which it counts
};

/// Those that count today and end within a year, by day.
std::vector<Ending> endingsOf(const Outcome &outcome, const QDate &today);

/// The days on which the decision becomes another. `onDay` decides as decide() would on that day, without forecast.
using DecideOnDay = std::function<Outcome(const QDate &day)>;
std::vector<ForecastDay> forecastOf(const Outcome &now, const QDate &today, const DecideOnDay &onDay);

} // namespace tenken
