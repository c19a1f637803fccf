// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparisonsample.h"

namespace tenken::samples
{

ComparisonPicture comparison()
{
    ComparisonPicture p;
    p.beforeName = QStringLiteral("v41");
    p.afterName = QStringLiteral("v42");
    p.before = steps();
    p.after = steps();
    p.after.pop_back();
    for (size_t i = 0; i < p.after.size(); ++i) {
        const double by = i < 3 ? 0.005 : 0.06 * double(i);
        LoadStep &after = p.after[i];
        const LoadStep &before = p.before[i];
        after.p50 *= 1 + by / 2;
        after.p95 *= 1 + by;
        LevelChange level;
        level.load = before.offered;
        level.before = level.after = int(i);
        level.keptUp = i < 8;
        level.p50 = {before.p50, after.p50, by / 2, by / 2 - 0.02, by / 2 + 0.02, Change::Outcome::NoneShown};
        level.p95 = {before.p95, after.p95, by, by - 0.05, by + 0.05, i < 3 ? Change::Outcome::NoneShown : Change::Outcome::Higher};
        level.p99 = {before.p99, -1, 0, 0, 0, Change::Outcome::NotComparable};
        level.errors = {0, 0, 0, 0, 0, Change::Outcome::NoneShown};
        level.throughput = {before.throughput, after.throughput, 0, -0.01, 0.01, Change::Outcome::NoneShown};
        p.comparison.levels.push_back(level);
    }
    p.comparison.onlyBefore = {240};
    p.comparison.verdict = {"p95 は 18 % 遅くなりました (95 %: 15–21 %)。", "p95 is slower by 18 % (95 %: 15–21 %)."};
    return p;
}

} // namespace tenken::samples
