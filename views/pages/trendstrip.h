// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <history/timeline.h>

#include <QWidget>

namespace tenken {

/// How the counts went from document to document: a column each, oldest at the left, the last one as it is now.
class TrendStrip : public QWidget
{
    Q_OBJECT
public:
    explicit TrendStrip(Lang lang, QWidget *parent = nullptr);

    void setReviews(std::vector<PastReview> oldestFirst);
    QSize sizeHint() const override { return {320, 148}; }
    QSize minimumSizeHint() const override { return {200, 148}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<PastReview> m_reviews;
    Lang m_lang;
};

} // namespace tenken
