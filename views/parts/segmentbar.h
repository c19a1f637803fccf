// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/badge.h>

#include <QWidget>

namespace tenken {

/// How a section stands, as a bar; its numbers as tooltip and accessible description.
class SegmentBar : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentBar(QWidget *parent = nullptr);

    void setCount(const SectionCount &count, Lang lang);
    void setBarHeight(int height);     ///< 8 in a tree, 16 on the overview
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SectionCount m_count;
    int m_barHeight = 8;
};

/// "合格 31 · 注意 8 · 不合格 7 · 不明 5 · 対象外 1"; what is zero is left out.
QString countsInWords(const SectionCount &count, Lang lang);

} // namespace tenken
