// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/runcomparison.h>
#include <parts/pictures.h>

class QChart;

namespace tenken {

/// Two runs side by side: what each measured, and what of the difference is more than chance.
struct ComparisonPicture {
    QString beforeName, afterName;
    std::vector<LoadStep> before, after;
    RunComparison comparison;
};

QChart *comparisonChart(const ComparisonPicture &picture, const PictureStyle &style);
QList<QStringList> comparisonTable(const ComparisonPicture &picture, Lang lang);
Text comparisonTitle();

} // namespace tenken
