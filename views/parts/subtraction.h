// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/coverage.h>
#include <parts/pictures.h>

namespace tenken
{

/// One block of "8 monitors −1 draft −2 muted = 3 reach people": what is taken away, drawn where it stood.
struct SubtractionStep {
    enum class Kind { All, Less, Left };
    Kind kind = Kind::Less;
    Reach reach = Reach::Someone;
    int count = 0, before = 0, after = 0, total = 0; ///< monitors left before and after it
    Text what;

    QString number() const; ///< "8", "−1", "= 3"
    Text words() const; ///< "1 drafts", for those who do not see the block
};
std::vector<SubtractionStep> subtractionSteps(const Coverage &coverage);

void drawSubtractionStep(QPainter &p, const QRectF &box, const SubtractionStep &step,
                         const PictureStyle &style);
constexpr qreal subtractionHeight = 68; ///< px at scale 1

} // namespace tenken
