// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/pictures.h>

#include <QWidget>

#include <memory>

namespace tenken {

class Panel;
struct ComparisonPicture;

/// Shows what a finding's picture says: timelines, roll-outs, zones as drawings, load tests, capacity, scaling and
/// series as charts with crosshair (arrows step through the points) and zoom (+ − 0, wheel, drag). T swaps it for a
/// table of the same values, L a logarithmic axis for a linear one. The context menu copies and saves PNG, SVG and CSV;
/// Ctrl+C copies what is shown.
class PictureView : public QWidget
{
    Q_OBJECT
public:
    /// Which side of a load test is shown; other pictures have but one.
    enum class Facet { Knee, Run, Latency, Heatmap, Histogram };

    explicit PictureView(QWidget *parent = nullptr);
    ~PictureView() override;

    void setPicture(const std::shared_ptr<const Picture> &picture, Facet facet = Facet::Knee);
    void setPicture(Picture picture, Facet facet = Facet::Knee);
    const Picture &picture() const;
    void setComparison(ComparisonPicture comparison); ///< in place of a picture
    void setLanguage(Lang lang);
    void setScale(qreal scale);       ///< of text and lines: 1 on a desk, more on a projector
    void setTitleShown(bool shown);   ///< title above and conclusion below; off where the page says both itself
    void setTableShown(bool shown);
    bool isTableShown() const;
    bool isEmpty() const;             ///< nothing that can be drawn
    bool canSwitchScale() const;      ///< an axis can be linear as well as logarithmic
    void setScaleSwitched(bool switched);
    bool isScaleSwitched() const;
    void addButtonsTo(Panel *panel);  ///< scale, table and copying, where the page draws the title

    void copyImage();
    void copyTable();                 ///< as CSV
    void copySvg();
    void saveAs();                    ///< asks where; the ending says what
    QImage image(qreal ratio = 2) const;
    QByteArray svg() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QString csv() const;

signals:
    void tableShownChanged(bool shown);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showMenu(QPoint at);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tenken
